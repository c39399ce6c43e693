//! `zhengmai token` and `zhengmai audit`.

use crate::support::program::run;
use std::fs;

#[test]
fn a_token_is_made_listed_and_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let token = |arguments: &[&str]| run(folder.path(), &[&["token"], arguments, &["--store", "."]].concat(), b"");
    token(&["list"]).exits(2).says(&["这里没有政脉库"]);
    fs::write(folder.path().join("zhengmai.store"), "layout=1\nbase=http://127.0.0.1:7979\n").expect("a file");
    assert_eq!(token(&["list"]).exits(0).text(), "");
    token(&["create", "--role", "root", "--name", "张三"]).exits(2).says(&["reader reviewer writer admin"]);
    let made = token(&["create", "--role", "writer", "--name", "张三"]).exits(0).says(&["writer", "张三"]);
    let shown = made.text();
    assert!(shown.starts_with("zm_") && shown.trim().len() == 67, "{shown}");
    let list = token(&["list"]).exits(0).text();
    assert!(list.contains("writer") && list.contains("张三") && !list.contains(shown.trim()));
    let id = list.split_whitespace().next().expect("an id");
    token(&["revoke", id]).exits(0);
    token(&["revoke", id]).exits(2).says(&["没有令牌"]);
    assert_eq!(token(&["list"]).exits(0).text(), "");
}

#[test]
fn what_the_command_line_writes_is_in_the_log_by_an_id_that_is_no_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |arguments: &[&str]| run(folder.path(), &[arguments, &["--store", "."]].concat(), b"");
    place(&["audit"]).exits(2).says(&["这里没有政脉库"]);
    fs::write(folder.path().join("zhengmai.store"), "layout=1\nbase=http://127.0.0.1:7979\n").expect("a file");
    assert_eq!(place(&["audit"]).exits(0).text(), "");
    place(&["token", "create", "--role", "writer", "--name", "张三", "--by", "李四"]).exits(2).says(&["代号"]);
    place(&["token", "create", "--role", "writer", "--name", "张三", "--by", "ops-7"]).exits(0);
    place(&["token", "revoke", "t-none"]).exits(2);
    let lines = place(&["audit", "--json"]).exits(0).json_lines();
    let told: Vec<_> =
        lines.iter().map(|line| (line["who"].as_str(), line["action"].as_str(), line["status"].as_u64())).collect();
    assert_eq!(
        told,
        [(Some("ops-7"), Some("token-create"), Some(200)), (Some("local"), Some("token-revoke"), Some(500))]
    );
    assert!(lines.iter().all(|line| line["via"] == "cli"));
    assert!(!fs::read_to_string(folder.path().join("audit.jsonl")).expect("a log").contains("张三"));
    let id = place(&["token", "list"]).exits(0).text().split_whitespace().next().expect("an id").to_owned();
    for (arguments, count) in [
        (vec!["--who", "local"], 1),
        (vec!["--action", "token-create"], 1),
        (vec!["--since", "2020-01-01"], 2),
        (vec!["--since", "9999"], 0),
        (vec!["--last", "1"], 1),
        (vec!["--who", id.as_str()], 0),
    ] {
        let text = place(&[&["audit"], arguments.as_slice()].concat()).exits(0).text();
        assert_eq!(text.lines().count(), count, "{arguments:?}: {text}");
    }
    let log = folder.path().join("audit.jsonl");
    let torn = format!("{}{{\"time\":\"20", fs::read_to_string(&log).expect("a log"));
    fs::write(&log, torn).expect("a file");
    place(&["audit"]).exits(0).says(&["1 行读不出"]);
}
