//! What the tests share: the registers, the documents of `data/documents`, readings in compact words.

/// The built program.
pub(crate) mod program;

use std::{fmt::Write as _, fs, path::PathBuf, sync::OnceLock};
use zhengmai::{
    map::to_quads,
    model::{IriScheme, RULE_SET, Source},
    pipeline::process,
    read::source_of,
    record::{AgencyRecord, Record, ResponsibilityRecord, record},
    register::Register,
};

/// The registers that are built in, parsed once.
pub(crate) fn register() -> &'static Register {
    static REGISTER: OnceLock<Register> = OnceLock::new();
    REGISTER.get_or_init(|| Register::embedded().expect("the built-in registers are valid"))
}

/// A source from text.
pub(crate) fn source(text: &str) -> Source {
    source_of("test.txt", text.as_bytes()).expect("a text")
}

/// The extraction record of a text.
pub(crate) fn read(text: &str) -> Record {
    let source = source(text);
    record(&source, &process(register(), &source))
}

/// The quads of a source's graph.
pub(crate) fn quads(source: &Source) -> Vec<oxrdf::Quad> {
    let iris = IriScheme::new(IriScheme::DEFAULT_BASE);
    to_quads(&iris, RULE_SET, source, &process(register(), source))
}

/// The checkout.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The five documents: file name and bytes, in the order of their names.
pub(crate) fn documents() -> Vec<(String, Vec<u8>)> {
    let folder = root().join("data/documents");
    let mut documents: Vec<(String, Vec<u8>)> = fs::read_dir(&folder)
        .expect("data/documents")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(&path).expect("a readable document"))
        })
        .collect();
    documents.sort();
    documents
}

/// The document whose file name starts with `number`.
pub(crate) fn document(number: &str) -> String {
    let (_, bytes) = documents().into_iter().find(|(name, _)| name.starts_with(number)).expect("a document");
    String::from_utf8(bytes).expect("UTF-8")
}

/// The slice of `text` between two places in code points.
pub(crate) fn slice(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end.saturating_sub(start)).collect()
}

/// Rows that did not come out as they should, told together.
#[derive(Default)]
pub(crate) struct Faults(String);

impl Faults {
    pub(crate) fn compare(&mut self, name: &str, text: &str, expected: &str, found: &str) {
        if expected != found {
            let _ = writeln!(
                self.0,
                "✗ {name}\n    text      {}\n    expected  {expected}\n    found     {found}",
                text.trim().replace('\n', "⏎")
            );
        }
    }

    pub(crate) fn assert_none(self) {
        let count = self.0.matches("✗ ").count();
        assert!(self.0.is_empty(), "{count} rows:\n{}", self.0);
    }
}

/// Joins what is there, or says that nothing is.
pub(crate) fn joined(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().collect();
    if parts.is_empty() { "-".to_owned() } else { parts.join("; ") }
}

/// An agency by its full name; a class of agencies (各…, …单位, …部门) by the words in the text: its region
/// may stand before it or not.
pub(crate) fn agency(text: Option<&str>, name: &str) -> String {
    let words = text.unwrap_or_default();
    let is_class = words.contains('各') || words.ends_with("单位") || words.ends_with("部门");
    if is_class { words.to_owned() } else { name.to_owned() }
}

/// `lead 甲; joint 乙、丙`: who does what, agencies of one role that follow each other together.
pub(crate) fn duties(duties: &[ResponsibilityRecord]) -> Vec<String> {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for duty in duties {
        let name = agency(duty.quote.text.as_deref(), &duty.name);
        match groups.last_mut() {
            Some((role, names)) if *role == duty.role => names.push(name),
            _ => groups.push((duty.role, vec![name])),
        }
    }
    groups.into_iter().map(|(role, names)| format!("{role} {}", names.join("、"))).collect()
}

/// Agencies of a document, with their roles where they have one.
pub(crate) fn agencies(agencies: &[AgencyRecord]) -> String {
    joined(agencies.iter().map(|found| {
        let name = agency(found.quote.text.as_deref(), &found.name);
        found.role.map_or(name.clone(), |role| format!("{role} {name}"))
    }))
}
