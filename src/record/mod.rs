//! The extraction record `zhengmai-extraction/1`: what a document says, as JSON, with places in code
//! points of the source. A public interface: fields may be added, none changes its meaning.

mod build;

pub use build::record;

use serde::Serialize;

/// The record's name and version.
pub const SCHEMA: &str = "zhengmai-extraction/1";

/// The record of one source.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The file.
    pub source: SourceRecord,
    /// The document's own facts.
    pub document: DocumentRecord,
    /// The works whose text the file holds.
    pub works: Vec<WorkRecord>,
    /// Measures, in the order of the text.
    pub measures: Vec<MeasureRecord>,
    /// Citations, in the order of the text.
    pub citations: Vec<CitationRecord>,
    /// Targets, in the order of the text.
    pub targets: Vec<TargetRecord>,
    /// What is wrong with the source.
    pub findings: Vec<FindingRecord>,
}

/// The file.
#[derive(Clone, Debug, Serialize)]
pub struct SourceRecord {
    /// The file's name.
    pub name: String,
    /// The identifier of the input line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Length in code points.
    pub chars: usize,
    /// The encoding's name.
    pub encoding: &'static str,
    /// Where it was had from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<String>,
    /// SHA-256 of the metadata that came beside the bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata_sha256: Option<String>,
}

/// A place and its words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Quote {
    /// The words as they stand in the source.
    pub text: Option<String>,
    /// First code point.
    pub start: Option<usize>,
    /// One past the last.
    pub end: Option<usize>,
    /// Who says so, where it is not the text: `page`, `metadata`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<&'static str>,
}

/// A quote with its normal form.
#[derive(Clone, Debug, Serialize)]
pub struct Normed {
    /// Where it stands.
    #[serde(flatten)]
    pub quote: Quote,
    /// Its normal form.
    pub norm: String,
}

/// The document's own facts.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentRecord {
    /// 标题.
    pub title: Option<Normed>,
    /// 文种.
    pub kind: Option<String>,
    /// 公文形式.
    pub form: Option<String>,
    /// 发文字号.
    pub number: Option<Normed>,
    /// GB/T 2260 code of the jurisdiction.
    pub region: String,
    /// Issuers, publisher, co-handlers.
    pub issuers: Vec<AgencyRecord>,
    /// 主送机关.
    pub addressees: Vec<AgencyRecord>,
    /// Dates.
    pub dates: Vec<DateRecord>,
    /// The publisher's block.
    pub metadata: Vec<MetadataRecord>,
}

/// An agency.
#[derive(Clone, Debug, Serialize)]
pub struct AgencyRecord {
    /// Where it stands.
    #[serde(flatten)]
    pub quote: Quote,
    /// Canonical full name.
    pub name: String,
    /// What it is to the document; addressees have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// Which rule named it.
    pub rule: &'static str,
    /// high, medium, low.
    pub confidence: &'static str,
}

/// A date.
#[derive(Clone, Debug, Serialize)]
pub struct DateRecord {
    /// Where it stands.
    #[serde(flatten)]
    pub quote: Quote,
    /// ISO 8601, as precise as written.
    pub iso: String,
    /// What it says.
    pub role: &'static str,
}

/// A field of the publisher's block.
#[derive(Clone, Debug, Serialize)]
pub struct MetadataRecord {
    /// Which field.
    pub field: &'static str,
    /// Its value; all null where the label stands empty.
    #[serde(flatten)]
    pub quote: Quote,
}

/// A work whose text the file holds.
#[derive(Clone, Debug, Serialize)]
pub struct WorkRecord {
    /// W0, W1 ….
    pub id: String,
    /// notice, promulgated, document.
    pub role: &'static str,
    /// Normal form of the title.
    pub title: Option<String>,
    /// Normal form of the number.
    pub number: Option<String>,
    /// Canonical key.
    pub key: String,
    /// What it carries.
    pub promulgates: Option<Vec<String>>,
    /// 文种.
    pub kind: Option<String>,
    /// 公文形式.
    pub form: Option<String>,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Other keys that it is known by.
    pub aliases: Vec<String>,
}

/// A measure.
#[derive(Clone, Debug, Serialize)]
pub struct MeasureRecord {
    /// M1, M2 ….
    pub id: String,
    /// The work that it belongs to.
    pub work: String,
    /// Labels from the outermost heading down, as written.
    pub path: Vec<String>,
    /// Its heading.
    pub heading: Option<String>,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Who does what.
    pub responsibilities: Vec<ResponsibilityRecord>,
    /// By when.
    pub deadline: Option<DeadlineRecord>,
}

/// Who does what.
#[derive(Clone, Debug, Serialize)]
pub struct ResponsibilityRecord {
    /// Where the agency stands.
    #[serde(flatten)]
    pub quote: Quote,
    /// Canonical full name.
    pub name: String,
    /// lead, joint, responsible, support.
    pub role: &'static str,
    /// clause, `sentence_subject`.
    pub basis: &'static str,
    /// Which rule named the agency.
    pub rule: &'static str,
    /// high, medium, low.
    pub confidence: &'static str,
}

/// A deadline.
#[derive(Clone, Debug, Serialize)]
pub struct DeadlineRecord {
    /// Where it stands.
    #[serde(flatten)]
    pub quote: Quote,
    /// ISO 8601; null without a date of its own.
    pub iso: Option<String>,
    /// 持续推进.
    pub continuing: bool,
}

/// A citation.
#[derive(Clone, Debug, Serialize)]
pub struct CitationRecord {
    /// Where it stands, brackets included.
    #[serde(flatten)]
    pub quote: Quote,
    /// Normal form of the title.
    pub title: Option<String>,
    /// The number bound to it.
    pub number: Option<Normed>,
    /// One of the thirteen relations.
    pub relation: &'static str,
    /// The words that tell the relation.
    pub cue: Option<Quote>,
    /// The citing work.
    pub work: String,
    /// The citing measure.
    pub measure: Option<String>,
    /// Index of the enclosing citation.
    pub nested_in: Option<usize>,
    /// Without brackets of its own.
    pub implicit: bool,
    /// The relation is the enclosing title's.
    pub inherited: bool,
    /// Canonical key of the cited work.
    pub key: String,
    /// identified, ambiguous, unidentified.
    pub state: &'static str,
    /// Keys that could be meant.
    pub candidates: Vec<String>,
    /// high, medium, low.
    pub confidence: &'static str,
    /// Which rule read it.
    pub rule: &'static str,
}

/// A target.
#[derive(Clone, Debug, Serialize)]
pub struct TargetRecord {
    /// Where it stands.
    #[serde(flatten)]
    pub quote: Quote,
    /// What is counted.
    pub indicator: String,
    /// The number, 万 and 亿 multiplied out.
    pub value: f64,
    /// The unit.
    pub unit: String,
    /// The horizon.
    pub by: Option<String>,
    /// The measure.
    pub measure: Option<String>,
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingRecord {
    /// Its code.
    pub code: &'static str,
    /// error, warn, info.
    pub severity: &'static str,
    /// Where it stands; all null for what has no place.
    #[serde(flatten)]
    pub quote: Quote,
    /// What was seen and concluded.
    pub message: String,
}
