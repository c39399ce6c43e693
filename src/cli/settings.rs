//! What a setting is: an option of `zhengmai serve` or of the commands that ask a server. Its default may be changed
//! by the file of settings, that by the environment, that by the command line; clap is told so, and keeps the order.

use super::Cli;
use crate::config::{ConfigError, FILE_VARIABLE, File, variable};
use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory as _, builder::BoolishValueParser};
use std::{ffi::OsString, path::PathBuf};

/// The commands whose options are settings.
const COMMANDS: [&str; 2] = ["serve", "backup"];

/// The options of every command.
const OF_ALL: [&str; 1] = ["registers"];

/// What is no setting, though an option: what only one call can mean.
const NOT_KEPT: [&str; 3] = ["help", "version", "config"];

/// A setting.
#[derive(Debug)]
pub(super) struct Setting {
    /// Its key in the file, which is its name on the command line.
    pub(super) key: String,
    /// What it is for.
    pub(super) help: String,
    /// Its value where nobody gives one; none where that is worked out.
    pub(super) default: Option<String>,
}

/// Every setting, in the order of the commands.
pub(super) fn all() -> Vec<Setting> {
    arguments(&Cli::command()).iter().map(setting).collect()
}

fn setting(argument: &Arg) -> Setting {
    let default = argument.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
    Setting {
        key: argument.get_long().unwrap_or_default().to_owned(),
        help: argument.get_help().map(ToString::to_string).unwrap_or_default(),
        default: default.or_else(|| is_flag(argument).then(|| "false".to_owned())),
    }
}

/// The options that are settings.
fn arguments(command: &Command) -> Vec<Arg> {
    let of_all =
        command.get_arguments().filter(|argument| argument.get_long().is_some_and(|long| OF_ALL.contains(&long)));
    let of_commands = COMMANDS.iter().filter_map(|name| command.find_subcommand(name));
    let of_commands = of_commands.flat_map(Command::get_arguments).filter(|argument| argument.get_long().is_some());
    let mut known: Vec<Arg> = Vec::new();
    for argument in of_commands.chain(of_all) {
        let is_kept = argument.get_long().is_none_or(|long| !NOT_KEPT.contains(&long));
        if is_kept && known.iter().all(|other| other.get_id() != argument.get_id()) {
            known.push(argument.clone());
        }
    }
    known
}

fn is_flag(argument: &Arg) -> bool {
    matches!(argument.get_action(), ArgAction::SetTrue)
}

/// What was asked for, with the file of settings that counted.
///
/// # Errors
/// When the file can't be used. Wrong arguments end the process with their message.
pub(super) fn matches(arguments: Vec<OsString>) -> Result<(ArgMatches, Option<File>)> {
    let file = File::find(named_file(&arguments))?;
    let command = layered(Cli::command(), file.as_ref());
    if let Some(file) = &file {
        check(file)?;
    }
    let matches = command.try_get_matches_from(arguments).unwrap_or_else(|error| error.exit());
    Ok((matches, file))
}

/// The file that the arguments name.
fn named_file(arguments: &[OsString]) -> Option<PathBuf> {
    let mut arguments = arguments.iter().take_while(|argument| *argument != "--");
    while let Some(argument) = arguments.next() {
        if argument == "--config" {
            return arguments.next().map(PathBuf::from);
        }
        if let Some(path) = argument.to_str().and_then(|argument| argument.strip_prefix("--config=")) {
            return Some(path.into());
        }
    }
    None
}

/// The command line with the environment and the file beneath it.
fn layered(command: Command, file: Option<&File>) -> Command {
    let settings = arguments(&command);
    let below = |argument: Arg| match argument.get_long().map(str::to_owned) {
        Some(long) if settings.iter().any(|known| known.get_id() == argument.get_id()) => {
            with_layers(argument, &long, file.and_then(|file| file.get(&long)))
        }
        _ => argument,
    };
    let command = everywhere(command, &below);
    // `config` takes what the others take, to tell what would come of it.
    let own = settings.iter().filter(|argument| !argument.is_global_set()).cloned().map(below).collect::<Vec<Arg>>();
    command.mut_subcommand("config", |command| command.args(own))
}

/// A change of every argument, of commands of commands too.
fn everywhere(command: Command, change: &impl Fn(Arg) -> Arg) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let command = command.mut_args(change);
    names.iter().fold(command, |command, name| command.mut_subcommand(name, |command| everywhere(command, change)))
}

fn with_layers(argument: Arg, key: &str, value: Option<&str>) -> Arg {
    let argument = argument.env(variable(key));
    let argument = if is_flag(&argument) {
        // What a file or the environment turns on, the command line can turn off.
        let argument = argument.action(ArgAction::Set).num_args(0..=1).require_equals(true);
        let argument = argument.value_parser(BoolishValueParser::new()).hide_possible_values(true);
        argument.default_value("false").default_missing_value("true").value_name("BOOL")
    } else {
        argument
    };
    match value {
        Some(value) => argument.default_value(value.to_owned()),
        None => argument,
    }
}

/// That every key of the file is a setting, and every value one that the command line would take.
fn check(file: &File) -> Result<(), ConfigError> {
    let settings = all();
    file.check(settings.iter().map(|setting| setting.key.as_str()))?;
    let plain = layered(Cli::command(), None);
    for (key, value) in file.iter() {
        let typed = ["zhengmai".to_owned(), "config".to_owned(), format!("--{key}={value}")];
        if let Err(error) = plain.clone().try_get_matches_from(typed) {
            let words = error.to_string();
            let line = words.lines().next().unwrap_or_default().trim_start_matches("error: ");
            return Err(file.wrong(key, line.to_owned()));
        }
    }
    Ok(())
}

/// Variables of the environment that look like settings and are none.
pub(super) fn unknown_variables() -> Vec<String> {
    let known: Vec<String> = all().iter().map(|setting| variable(&setting.key)).collect();
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let mut unknown: Vec<String> =
        names.filter(|name| name.starts_with("ZHENGMAI_") && name != FILE_VARIABLE && !known.contains(name)).collect();
    unknown.sort_unstable();
    unknown
}
