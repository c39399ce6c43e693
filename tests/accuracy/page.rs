//! `docs/accuracy.md` and the ratchet tell the same numbers.

use super::read_json;
use crate::support::root;
use serde_json::Value;
use std::fs;
use zhengmai::evaluate::{Task, wilson};

#[test]
fn the_page_tells_the_numbers_of_the_ratchet() {
    let page = fs::read_to_string(root().join("docs/accuracy.md")).expect("the page");
    let ratchet = read_json("tests/gold/ratchet.json");
    for set in ["seeds", "corpus"] {
        let begin = format!("<!-- accuracy: {set} -->\n");
        let (_, section) = page.split_once(&begin).expect("a generated section");
        let (section, _) = section.split_once("<!-- /accuracy -->").expect("its end");
        for task in Task::all() {
            let counts = &ratchet[set]["tasks"][task.name()];
            let [tp, fp, missed] = ["tp", "fp", "fn"].map(|name| counts[name].as_u64().expect("a count"));
            let told = cells(section, task.name());
            assert_eq!(told[6..9], [tp, fp, missed].map(|count| count.to_string()), "{set} {}", task.name());
            for (cell, of) in [(&told[2], tp + fp), (&told[4], tp + missed)] {
                if cell != "–" {
                    assert_eq!(*cell, interval(tp, of), "{set} {}", task.name());
                }
            }
        }
        for (of, counts) in [("引用 citations", "citations"), ("责任 duties (agency, role)", "duties")] {
            for grade in ["high", "medium", "low"] {
                let told = cells(section, &format!("{of}: {grade}"));
                let counts: &Value = &ratchet[set]["confidence"][counts][grade];
                let (judged, both) = (counts["judged"].as_u64().expect("n"), counts["both"].as_u64().expect("both"));
                assert_eq!(told[1], judged.to_string(), "{set} {of} {grade}");
                assert_eq!(told[5], interval(both, judged), "{set} {of} {grade}");
            }
        }
    }
}

/// The cells of the line that begins with `name`.
fn cells(section: &str, name: &str) -> Vec<String> {
    let begin = format!("| {name} |");
    let line = section.lines().find(|line| line.starts_with(&begin)).unwrap_or_else(|| panic!("no line of {name}"));
    line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn interval(hits: u64, of: u64) -> String {
    let [hits, of] = [hits, of].map(|count| u32::try_from(count).expect("a count"));
    wilson(hits, of).map_or_else(|| "–".to_owned(), |(low, high)| format!("{low:.3}–{high:.3}"))
}
