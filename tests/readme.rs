//! The README's examples: each `$ zhengmai …` of a console block prints what stands below it.

use crate::support::{documents, program::run, root};
use std::fs;

/// Command and expected output of every console block.
fn examples(page: &str) -> Vec<(String, String)> {
    let blocks = page.split("```console\n").skip(1).filter_map(|block| block.split("\n```").next());
    let split = |block: &str| {
        let (command, output) = block.split_once('\n').expect("a command and its output");
        (command.trim_start_matches("$ zhengmai ").to_owned(), output.trim_end().to_owned())
    };
    blocks.map(split).collect()
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("in")).expect("a folder");
    for (name, bytes) in documents() {
        fs::write(folder.path().join("in").join(name), bytes).expect("a written file");
    }
    run(folder.path(), &["ingest", "in"], b"").exits(0);
    let page = fs::read_to_string(root().join("README.md")).expect("a README");
    let examples = examples(&page);
    assert!(examples.len() >= 2, "the README has examples");
    for (command, expected) in examples {
        let arguments: Vec<&str> = command.split(' ').map(|word| word.trim_matches('\'')).collect();
        let outcome = run(folder.path(), &arguments, b"");
        let printed = outcome.text() + &outcome.err;
        assert_eq!(printed.trim_end(), expected, "{command}");
    }
}
