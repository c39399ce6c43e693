//! `zhengmai config`: what is set, and by whom.

use super::settings::{self, Setting};
use crate::config::{File, is_secret, variable};
use anyhow::Result;
use clap::{ArgMatches, Args, parser::ValueSource};
use serde_json::json;
use std::{
    ffi::OsStr,
    io::{self, Write as _},
    process::ExitCode,
};

#[derive(Args, Debug)]
#[command(
    after_help = "后者优先 (each before those to its left): 缺省 default < zhengmai.toml < ZHENGMAI_… < 参数 flags\n\n例 (examples):\n  zhengmai config                            每项的值与来处 (each value, and where it came from)\n  zhengmai config --query-timeout 10         若给了这个参数 (as if this were given)\n  zhengmai config > zhengmai.toml            以现在的值为起点 (a file to start from)"
)]
pub(super) struct ConfigArgs {
    /// 以 JSON 输出 (as JSON)
    #[arg(long)]
    json: bool,
}

/// Who set a value.
fn origin(setting: &Setting, matches: &ArgMatches, file: Option<&File>) -> String {
    match matches.value_source(&id(setting)) {
        Some(ValueSource::CommandLine) => format!("--{}", setting.key),
        Some(ValueSource::EnvVariable) => variable(&setting.key),
        _ => match file.filter(|file| file.get(&setting.key).is_some()) {
            Some(file) => file.path.display().to_string(),
            None => "default".to_owned(),
        },
    }
}

/// What clap calls it.
fn id(setting: &Setting) -> String {
    setting.key.replace('-', "_")
}

/// A value as it may be shown.
fn shown(setting: &Setting, matches: &ArgMatches) -> Option<String> {
    let values: Vec<_> = matches.get_raw(&id(setting))?.map(OsStr::to_string_lossy).collect();
    Some(if is_secret(&setting.key) { "********".to_owned() } else { values.join(",") })
}

pub(super) fn run(args: &ConfigArgs, matches: &ArgMatches, file: Option<&File>) -> Result<ExitCode> {
    let settings = settings::all();
    let mut out = io::stdout().lock();
    if args.json {
        let record = |setting: &Setting| {
            json!({
                "key": setting.key,
                "variable": variable(&setting.key),
                "value": shown(setting, matches),
                "origin": origin(setting, matches, file),
                "default": setting.default,
                "help": setting.help,
            })
        };
        let records: Vec<_> = settings.iter().map(record).collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&records)?)?;
    } else {
        for setting in &settings {
            let origin = origin(setting, matches, file);
            writeln!(out, "# {}\n{}  # {origin}\n", setting.help, line(setting, shown(setting, matches).as_deref()))?;
        }
    }
    for name in settings::unknown_variables() {
        super::complain(&format!("注意: 没有设置 (no such setting) {name}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// A setting as it stands in the file; as a comment where it has no value, or none to be shown.
fn line(setting: &Setting, value: Option<&str>) -> String {
    let key = &setting.key;
    match value {
        None => format!("# {key} ="),
        Some(value) if is_secret(key) => format!("# {key} = \"{value}\""),
        Some(value) if value == "true" || value == "false" || value.parse::<u64>().is_ok() => {
            format!("{key} = {value}")
        }
        Some(value) => format!("{key} = {}", toml::Value::from(value)),
    }
}
