//! 标注 (annotation): a gold file as it is written. What it may leave out is empty here; what it says beyond
//! this is for readers.

use super::place::Place;
use serde::{Deserialize, Deserializer};

/// A gold file: what a careful reader found in one document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Annotation {
    pub(super) sha256: String,
    pub(super) n_chars: usize,
    /// What it is exhaustive in; everything where it does not say.
    pub(super) tasks: Option<Vec<String>>,
    pub(super) title: Option<Normal>,
    pub(super) title_alternatives: Vec<Normal>,
    pub(super) title_acceptable: Vec<Normal>,
    pub(super) doc_kind: KindAnnotation,
    pub(super) document_number: Option<NumberAnnotation>,
    pub(super) external_number: Option<ExternalNumber>,
    pub(super) issuers: Vec<IssuerAnnotation>,
    pub(super) co_handlers: Vec<AgencyAnnotation>,
    pub(super) addressees: Vec<AgencyAnnotation>,
    pub(super) dates: Vec<DateAnnotation>,
    pub(super) header_metadata: Vec<MetadataAnnotation>,
    pub(super) works: Vec<WorkAnnotation>,
    pub(super) sections: Vec<HeadingAnnotation>,
    pub(super) groups: Vec<HeadingAnnotation>,
    pub(super) general: Vec<Quoted>,
    pub(super) measures: Vec<MeasureAnnotation>,
    pub(super) global_responsibilities: Vec<AgencyAnnotation>,
    pub(super) citations: Vec<CitationAnnotation>,
    pub(super) guiding_references: Vec<Quoted>,
    pub(super) expected_edges: Vec<EdgeAnnotation>,
    pub(super) targets: Vec<TargetAnnotation>,
    pub(super) quality: Vec<QualityAnnotation>,
    pub(super) hard_negatives: Vec<HardNegative>,
    pub(super) duplicate_spans: Vec<Quoted>,
}

/// Words with their place.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Quoted {
    pub(super) quote: String,
    pub(super) start: Option<usize>,
    pub(super) end: Option<usize>,
}

impl Quoted {
    pub(super) fn place(&self) -> Option<Place> {
        self.start.zip(self.end)
    }
}

/// A title, of which only the normal form counts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Normal {
    pub(super) norm: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct KindAnnotation {
    pub(super) statutory_kind: Option<String>,
    pub(super) statutory_kind_alternatives: Vec<Option<String>>,
    /// Where it stands, the kind is inferred.
    #[serde(deserialize_with = "present")]
    pub(super) statutory_kind_basis: Option<serde_json::Value>,
    pub(super) functional_kind: Option<String>,
    pub(super) functional_kind_alternatives: Vec<Option<String>>,
    pub(super) kind_alternatives: Vec<Option<String>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NumberAnnotation {
    pub(super) norm: String,
    pub(super) norm_alternatives: Vec<String>,
    pub(super) quote_alternatives: Vec<String>,
}

/// A number that does not stand in the text.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum ExternalNumber {
    Norm { norm: String },
    Text(String),
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AgencyAnnotation {
    #[serde(flatten)]
    pub(super) quoted: Quoted,
    pub(super) canonical: String,
    pub(super) canonical_alternatives: Vec<String>,
    pub(super) alternatives: Vec<String>,
    pub(super) kind: Option<String>,
    pub(super) role: String,
    pub(super) role_alternatives: Vec<String>,
    pub(super) tier: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct IssuerAnnotation {
    pub(super) as_written: Quoted,
    #[serde(flatten)]
    pub(super) agency: AgencyAnnotation,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DateAnnotation {
    #[serde(flatten)]
    pub(super) quoted: Quoted,
    pub(super) iso: Option<String>,
    pub(super) iso_alternatives: Vec<Option<String>>,
    pub(super) role: String,
    pub(super) role_alternatives: Vec<String>,
    pub(super) tier: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MetadataAnnotation {
    pub(super) label: Option<Quoted>,
    pub(super) field: String,
    pub(super) field_alternatives: Vec<String>,
    pub(super) value: Option<Quoted>,
    pub(super) tier: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WorkAnnotation {
    pub(super) id: String,
    #[serde(flatten)]
    pub(super) keys: Keys,
    pub(super) promulgates: Option<OneOrMore<String>>,
}

/// The keys under which a work is known.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Keys {
    pub(super) key: String,
    pub(super) key_alternatives: Vec<String>,
    pub(super) key_aliases: Vec<String>,
    /// A number that does not stand in the text, perhaps with a remark in brackets.
    pub(super) external_number: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct HeadingAnnotation {
    pub(super) id: String,
    pub(super) start: usize,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MeasureAnnotation {
    pub(super) id: String,
    pub(super) start: usize,
    pub(super) number: Option<String>,
    pub(super) path: Vec<String>,
    pub(super) path_alternatives: Vec<Vec<String>>,
    pub(super) section: Option<String>,
    pub(super) work: String,
    pub(super) tier: Option<String>,
    pub(super) responsibilities: Vec<AgencyAnnotation>,
    pub(super) deadline: Option<DeadlineAnnotation>,
    pub(super) deadlines: Vec<DeadlineAnnotation>,
    pub(super) period: Option<OneOrMore<DeadlineAnnotation>>,
    pub(super) periods: Vec<DeadlineAnnotation>,
    pub(super) frequency: Option<OneOrMore<DeadlineAnnotation>>,
}

/// A deadline, a period or a frequency.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DeadlineAnnotation {
    #[serde(flatten)]
    pub(super) quoted: Quoted,
    pub(super) r#type: Option<String>,
    pub(super) date: StatedDate,
    pub(super) date_alternatives: Vec<Option<String>>,
    pub(super) iso_alternatives: Vec<Option<String>>,
    pub(super) tier: Option<String>,
}

/// What an annotation says of a date: nothing, that there is none, or which.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Option<String>")]
pub(super) enum StatedDate {
    #[default]
    Unstated,
    None,
    Date(String),
}

impl From<Option<String>> for StatedDate {
    fn from(date: Option<String>) -> Self {
        date.filter(|date| !date.is_empty()).map_or(Self::None, Self::Date)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CitationAnnotation {
    pub(super) id: String,
    #[serde(flatten)]
    pub(super) quoted: Quoted,
    pub(super) span_alternatives: Vec<Quoted>,
    pub(super) number: Option<NumberAnnotation>,
    pub(super) relation: String,
    pub(super) relation_alternatives: Vec<String>,
    #[serde(flatten)]
    pub(super) keys: Keys,
    pub(super) nested_in: Option<String>,
    pub(super) tier: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct EdgeAnnotation {
    pub(super) from: String,
    pub(super) from_alternatives: Vec<String>,
    pub(super) relation: String,
    pub(super) relation_alternatives: Vec<String>,
    pub(super) to: String,
    pub(super) to_alternatives: Vec<String>,
    pub(super) mentions: Vec<String>,
    pub(super) tier: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TargetAnnotation {
    #[serde(flatten)]
    pub(super) quoted: Quoted,
    /// A number, a word, or a range of two; null where the target is qualitative.
    pub(super) value: serde_json::Value,
    pub(super) unit: Option<String>,
    pub(super) unit_alternatives: Vec<Option<String>>,
    pub(super) by: Option<String>,
    pub(super) by_alternatives: Vec<Option<String>>,
    pub(super) tier: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct QualityAnnotation {
    #[serde(flatten)]
    pub(super) quoted: Quoted,
    pub(super) code: Option<String>,
    pub(super) code_alternatives: Vec<String>,
    pub(super) severity: String,
    pub(super) related_spans: Vec<Quoted>,
}

/// A place where the hasty reader sees something that is none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct HardNegative {
    #[serde(flatten)]
    pub(super) quoted: Quoted,
    pub(super) forbids: Option<Vec<String>>,
}

/// A value, or a list of them.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMore<T> {
    More(Vec<T>),
    One(T),
}

/// The values of [`OneOrMore`], or none.
pub(super) fn all_of<T>(value: Option<&OneOrMore<T>>) -> &[T] {
    match value {
        Some(OneOrMore::One(one)) => std::slice::from_ref(one),
        Some(OneOrMore::More(more)) => more,
        None => &[],
    }
}

/// Tells `null` from a field that is left out.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
