//! `zhengmai token`.

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
