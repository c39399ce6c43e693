//! 公文 and its parts as plain values: no I/O, no store, no serialisation.

mod agency;
mod checked;
mod date;
mod doc_number;
mod document;
mod hash;
mod iri;
mod key;
mod mention;
mod numeral;
mod relation;
mod resolved;
mod source;
mod span;
mod title;
pub mod vocab;
mod written_date;
mod written_number;

pub use agency::{AgencyName, AgencyRole, Duty, DutyBasis, Level, without_count};
pub use checked::{Checked, Confidence, Finding, FindingCode, Severity};
pub use date::{DateRole, Deadline, PartialDate};
pub use doc_number::{DocNumber, NumberForm};
pub use document::{Document, Item, MetadataEntry, MetadataField, TextPart, WorkRole};
pub use hash::sha256;
pub use iri::{IriScheme, segment};
pub use key::WorkKey;
pub use mention::{CitationMention, DutyMention, MeasureMention, MentionedNumber, Mentions, TargetMention};
pub use numeral::{chinese_numeral, parse_integer};
pub use relation::Relation;
pub use resolved::{
    Agency, Citation, DatedRole, Measure, MetadataValue, Resolved, Responsibility, State, Target, Work,
};
pub use source::{CleanText, CodePoints, GivenValue, Origin, PlacedText, Source};
pub use span::{OffsetMap, Place, Places, Span, Spanned, Stated};
pub use title::{is_han, is_title_variant, normal_title, squeeze};
pub use written_date::{dates_in, whole_date};
pub use written_number::{number_at_start, numbers_in};

/// The version of the rules: it changes when what is read from the same text with the same registers can
/// change, and with it every document counts as unread.
pub const RULE_SET: &str = "4";
