//! `zhengmai config`: settings from the file, the environment and the flags.

use crate::support::{
    program::{Outcome, command, finish, run},
    root,
};
use serde_json::Value;
use std::{fs, path::Path};

fn json(outcome: &Outcome) -> Vec<Value> {
    serde_json::from_slice(&outcome.out).expect("JSON")
}

fn setting<'a>(settings: &'a [Value], key: &str) -> &'a Value {
    settings.iter().find(|setting| setting["key"] == key).unwrap_or_else(|| panic!("no setting {key}"))
}

/// Value and origin of a setting, with a file, variables and arguments.
fn told(folder: &Path, variables: &[(&str, &str)], arguments: &[&str], key: &str) -> String {
    let mut command = command(folder);
    command.args(["config", "--json"]).args(arguments).envs(variables.iter().copied());
    let settings = json(&finish(&mut command, b"").exits(0));
    let setting = setting(&settings, key);
    format!("{} {}", setting["value"].as_str().unwrap_or("-"), setting["origin"].as_str().unwrap_or("-"))
}

#[test]
fn flags_come_before_the_environment_that_before_the_file_that_before_the_defaults() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let timeout = ("ZHENGMAI_QUERY_TIMEOUT", "20");
    let flag = ["--query-timeout", "30"];
    assert_eq!(told(folder, &[], &[], "query-timeout"), "30 default");
    assert_eq!(told(folder, &[], &[], "max-rows"), "- default");
    fs::write(folder.join("zhengmai.toml"), "query-timeout = 10\nallow-update = true\nregisters = \"表\"\n")
        .expect("a file");
    assert_eq!(told(folder, &[], &[], "query-timeout"), "10 zhengmai.toml");
    assert_eq!(told(folder, &[timeout], &[], "query-timeout"), "20 ZHENGMAI_QUERY_TIMEOUT");
    assert_eq!(told(folder, &[timeout], &flag, "query-timeout"), "30 --query-timeout");
    assert_eq!(told(folder, &[], &[], "registers"), "表 zhengmai.toml");
    assert_eq!(told(folder, &[], &[], "allow-update"), "true zhengmai.toml");
    assert_eq!(told(folder, &[("ZHENGMAI_ALLOW_UPDATE", "0")], &[], "allow-update"), "0 ZHENGMAI_ALLOW_UPDATE");
    assert_eq!(told(folder, &[], &["--allow-update=false"], "allow-update"), "false --allow-update");
    fs::write(folder.join("other.toml"), "query-timeout = 5").expect("a file");
    assert_eq!(told(folder, &[], &["--config", "other.toml"], "query-timeout"), "5 other.toml");
    assert_eq!(told(folder, &[("ZHENGMAI_CONFIG", "other.toml")], &[], "query-timeout"), "5 other.toml");
    assert_eq!(
        told(folder, &[("ZHENGMAI_CONFIG", "other.toml")], &["--config=zhengmai.toml"], "query-timeout"),
        "10 zhengmai.toml"
    );
}

#[test]
fn a_file_that_can_not_be_meant_stops_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    for (text, words) in [
        ("bnid = \"127.0.0.1:1\"", &["zhengmai.toml:1", "bnid", "bind"] as &[&str]),
        ("\nquery-timeout = \"soon\"", &["zhengmai.toml:2", "query-timeout", "soon"]),
        ("query-timeout = 0", &["zhengmai.toml:1", "query-timeout"]),
        ("allow-update = \"perhaps\"", &["zhengmai.toml:1", "allow-update"]),
        ("bind", &["zhengmai.toml", "TOML"]),
    ] {
        fs::write(folder.path().join("zhengmai.toml"), text).expect("a file");
        for arguments in [&["config"] as &[&str], &["query", "--list"], &["serve"]] {
            run(folder.path(), arguments, b"").exits(2).says(words);
        }
    }
    fs::remove_file(folder.path().join("zhengmai.toml")).expect("a file");
    run(folder.path(), &["config", "--config", "none.toml"], b"").exits(2).says(&["none.toml"]);
}

#[test]
fn secrets_are_masked_and_misspelt_variables_told() {
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in [&["config"] as &[&str], &["config", "--json"]] {
        let mut command = command(folder.path());
        command.args(arguments).env("ZHENGMAI_TOKEN", "zm_0123456789").env("ZHENGMAI_BINT", "x");
        let outcome = finish(&mut command, b"").exits(0).says(&["ZHENGMAI_BINT"]);
        assert!(!outcome.text().contains("zm_0123456789") && outcome.text().contains("********"));
    }
    let help = run(folder.path(), &["backup", "--help"], b"").exits(0).text();
    assert!(help.contains("ZHENGMAI_TOKEN"), "{help}");
}

#[test]
fn what_is_told_is_a_file_of_settings_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = run(folder.path(), &["config", "--bind", "127.0.0.1:8080", "--max-rows", "9"], b"").exits(0);
    fs::write(folder.path().join("zhengmai.toml"), &first.out).expect("a file");
    let again = run(folder.path(), &["config"], b"").exits(0).text();
    assert!(again.contains("bind = \"127.0.0.1:8080\"  # zhengmai.toml"), "{again}");
    assert!(again.contains("max-rows = 9  # zhengmai.toml"), "{again}");
}

#[test]
fn the_example_and_the_table_in_the_documentation_are_those_of_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let example = root().join("deploy/zhengmai.toml");
    let settings =
        json(&run(folder.path(), &["config", "--json", "--config", &example.to_string_lossy()], b"").exits(0));
    assert_eq!(setting(&settings, "grace")["value"], "20");
    let text = |value: &Value| value.as_str().unwrap_or_default().replace('|', "\\|");
    let row = |setting: &Value| {
        let default = setting["default"].as_str().map_or("–".to_owned(), |default| format!("`{default}`"));
        let (key, variable) = (text(&setting["key"]), text(&setting["variable"]));
        format!("| `{key}` | `{variable}` | {default} | {} |\n", text(&setting["help"]))
    };
    let table: String = settings.iter().map(row).collect();
    let table =
        format!("\n| 键 key, `--flag` | 变量 variable | 缺省 default | 是什么 what |\n|---|---|---|---|\n{table}");
    let page = fs::read_to_string(root().join("docs/operations.md")).expect("the page");
    let written = page.split("<!-- settings -->").nth(1).and_then(|rest| rest.split("<!-- /settings -->").next());
    assert_eq!(written, Some(table.as_str()), "docs/operations.md; it should have:\n{table}");
}
