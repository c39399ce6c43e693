//! The test tested: into a small sound crate one file is planted, and its fault must be named.

use super::{LINES, faults, source::File};
use proptest::{collection::vec, prop_assert, prop_assert_eq, proptest, sample::select};
use std::{fs, io, path::Path};

/// A file, its text, and how the one fault begins.
const FAULTS: &[(&str, &str, &str)] = &[
    (
        "src/parse/mod.rs",
        "use crate::store::Store;",
        "src/parse/mod.rs:1: `parse` may not name `crate::store::Store`, only [\"model\", \"register\"]",
    ),
    (
        "src/extract/works.rs",
        "\nuse crate::{model::Span,\n  parse::{self}};",
        "src/extract/works.rs:3: `extract` may not name `crate::parse::self`",
    ),
    (
        "src/clean.rs",
        "fn f(_: crate::resolve::Resolved) {}",
        "src/clean.rs:1: `clean` may not name `crate::resolve::Resolved`",
    ),
    ("src/clean/mod.rs", "use super::parse::parse;", "src/clean/mod.rs:1: `clean` may not name `super::parse::parse`"),
    (
        "src/clean/spam.rs",
        "mod tests { use super::super::Edits; }",
        "src/clean/spam.rs:1: `super::super::Edits`: write `crate::`",
    ),
    ("src/map/mod.rs", "pub(crate) use crate as all;", "src/map/mod.rs:1: `map` names the whole crate"),
    ("src/map/mod.rs", "use crate::*;", "src/map/mod.rs:1: `map` names the whole crate"),
    (
        "src/map/mod.rs",
        "use crate::helpers::x;",
        "src/map/mod.rs:1: `map` names `crate::helpers::x`, which is no module",
    ),
    ("src/map/mod.rs", "use std::{collections::BTreeMap, fs};", "src/map/mod.rs:1: `map` may not name `std::fs`"),
    (
        "src/map/mod.rs",
        "fn f() { let _ = ::std::fs::read(\"x\"); }",
        "src/map/mod.rs:1: `map` may not name `std::fs::read`",
    ),
    ("src/cli/mod.rs", "use tokio::fs::File;", "src/cli/mod.rs:1: `cli` may not name `tokio::fs::File`, only [] may"),
    (
        "src/lineage/mod.rs",
        "#[axum::debug_handler] fn f() {}",
        "src/lineage/mod.rs:1: `lineage` may not name `axum::debug_handler`, only [\"serve\"] may",
    ),
    (
        "src/serve/sparql.rs",
        "fn f(s: &oxigraph::store::Store) {}",
        "src/serve/sparql.rs:1: `serve` may not name `oxigraph::store::Store`",
    ),
    ("src/record.rs", "\nuse petgraph;", "src/record.rs:2: `record` may not name `petgraph`"),
    (
        "src/main.rs",
        "use zhengmai::store;\nfn main() {}",
        "src/main.rs:1: `main` may not name `zhengmai::store`, only [\"cli\"]",
    ),
    ("src/util/mod.rs", "use crate::model::Span;", "src/util/mod.rs:1: module `util` is not in the table"),
    ("src/lib.rs", "pub mod model;\n\npub mod utilities;", "src/lib.rs:3: module `utilities` is not in the table"),
    (
        "Cargo.toml",
        "[dependencies]\nanyhow = \"1\"\n# left\nleft-pad = \"1\"\n\n[dev-dependencies]\nproptest = \"1\"",
        "Cargo.toml: no module in the table owns `left_pad`",
    ),
];

/// A file and a text in which nothing is wrong.
const SOUND: &[(&str, &str)] = &[
    ("src/parse/mod.rs", "use crate::{model::{Span, Spanned}, register::Register};\nuse crate::parse::lines;"),
    ("src/parse/lines.rs", "use super::head;\nmod tests { use super::*; mod deep { use super::line; } }"),
    ("src/parse/mod.rs", "mod tests {\n  use super::store;\n  fn f() { let x = [1..2]; }\n}\n"),
    ("src/parse/mod.rs", "// use crate::store::Store;\n/* crate::store::S /* nested */ std::fs::read */"),
    ("src/parse/mod.rs", "/// [`crate::store::Store`]\nconst S: &str = \"crate::store::Store \\\" std::fs::read\";"),
    ("src/parse/mod.rs", "const S: &str = r#\"crate::store::Store \" std::fs\"#; const B: &[u8] = b\"axum::Router\";"),
    ("src/parse/mod.rs", "fn f<'a>(c: char, s: &'a str) -> bool { c == '\"' || c == '\\'' || c == '\\u{22}' }"),
    ("src/parse/mod.rs", "fn f() -> impl Sized + use<> { <u8 as Into<u8>>::fs::x; r#my::fs::read() }"),
    ("src/cli/mod.rs", "use crate::{parse, store::Store};\nuse std::{env, fs, process::ExitCode};"),
    ("src/main.rs", "fn main() -> std::process::ExitCode { zhengmai::cli::run() }"),
    ("src/model.rs", "pub mod store { pub struct Store; }\n"),
];

/// The faults of the small crate with `text` in the file `name`.
fn faults_with(name: &str, text: &str) -> io::Result<Vec<String>> {
    let root = tempfile::tempdir()?;
    let write = |name: &str, text: &str| {
        let file = root.path().join(name);
        file.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(file, text)
    };
    write("Cargo.toml", "[dependencies]\nanyhow = \"1\"\n")?;
    write("src/lib.rs", "/// Nouns.\npub mod model;\n")?;
    write("src/model.rs", "pub struct Span;\n")?;
    write(name, text)?;
    faults(root.path())
}

#[test]
fn each_planted_fault_is_named() -> io::Result<()> {
    let long = ("src/model.rs", &*"\n".repeat(LINES + 1), "src/model.rs: 501 lines");
    for (name, text, fault) in FAULTS.iter().chain([&long]) {
        let faults = faults_with(name, text)?;
        assert!(matches!(faults.as_slice(), [only] if only.starts_with(fault)), "{name} with {text:?}: {faults:#?}");
    }
    Ok(())
}

#[test]
fn what_is_allowed_or_only_spoken_of_is_no_fault() -> io::Result<()> {
    for (name, text) in SOUND {
        let faults = faults_with(name, text)?;
        assert!(faults.is_empty(), "{name} with {text:?}: {faults:#?}");
    }
    Ok(())
}

/// Things that a reader of Rust may stumble over, each complete.
const OBSTACLES: &[&str] = &[
    "// \"",
    "/* ' /* \" */ */",
    "\"\\\\\"",
    "\"//\"",
    "r\"\\\"",
    "r##\"\"#\"##",
    "br#\"'\"#",
    "b'\"'",
    "'\"'",
    "'\\\\'",
    "'\\''",
    "'政'",
    "&'a str",
    "r#use",
    "1.0e-3_f64",
    "x::<'a, T>",
    "{ mod m {} }",
];

proptest! {
    #[test]
    fn any_text_can_be_read(text in "(?s).{0,60}|[/*\"'#rbc\\\\{}:;,<> \nusea]{0,60}") {
        let file = File::new(Path::new("parse/mod.rs"), &text);
        let lines = text.matches('\n').count() + 1;
        prop_assert!(file.paths().iter().all(|path| path.line <= lines));
    }

    #[test]
    fn an_import_is_seen_after_any_obstacle(before in vec(select(OBSTACLES), 0..8)) {
        let mut text: String = before.iter().flat_map(|obstacle| [obstacle, "\n"]).collect();
        text.push_str("use crate::store;");
        let paths = File::new(Path::new("parse/mod.rs"), &text).paths();
        prop_assert_eq!(&paths[paths.len() - 1].segments, &["crate", "store"]);
        prop_assert_eq!(paths[paths.len() - 1].line, before.len() + 1);
    }
}
