//! What a document says once everything in it has its name. All places are in the clean text.

use super::{
    AgencyName, AgencyRole, CleanText, Confidence, DateRole, Deadline, DocNumber, Duty, DutyBasis, MetadataField,
    PartialDate, Place, Relation, Span, Spanned, Stated, WorkKey, WorkRole,
};

/// A document, resolved: the value from which the extraction record and the graph are made.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The text that all places refer to.
    pub text: CleanText,
    /// GB/T 2260 code of the document's jurisdiction, 000000 where nothing tells.
    pub region: String,
    /// The publisher's block.
    pub metadata: Vec<MetadataValue>,
    /// The document's own title, in its normal form.
    pub title: Option<Stated<String>>,
    /// 文种.
    pub kind: Option<String>,
    /// 公文形式: 实施意见, 若干措施 ….
    pub form: Option<String>,
    /// The document's own number.
    pub number: Option<Stated<DocNumber>>,
    /// Issuers, publisher, co-handlers.
    pub issuers: Vec<Agency>,
    /// 主送机关.
    pub addressees: Vec<Agency>,
    /// Dates with their roles.
    pub dates: Vec<DatedRole>,
    /// The works whose text the file holds.
    pub works: Vec<Work>,
    /// 措施.
    pub measures: Vec<Measure>,
    /// 引用.
    pub citations: Vec<Citation>,
    /// 目标.
    pub targets: Vec<Target>,
}

/// A field of the publisher's block.
#[derive(Clone, Debug)]
pub struct MetadataValue {
    /// Which field.
    pub field: MetadataField,
    /// Where its label stands.
    pub label: Option<Span>,
    /// Where its value stands.
    pub value: Option<Place>,
}

/// An agency named by the document.
#[derive(Clone, Debug)]
pub struct Agency {
    /// As written.
    pub place: Place,
    /// Its canonical name.
    pub name: AgencyName,
    /// What it is to the document (addressees have none).
    pub role: Option<AgencyRole>,
    /// A private or official person, not an agency.
    pub is_person: bool,
    /// Which rule named it.
    pub rule: &'static str,
    /// How sure that is.
    pub confidence: Confidence,
}

/// A date of the document.
#[derive(Clone, Debug)]
pub struct DatedRole {
    /// As written.
    pub place: Place,
    /// The date.
    pub date: PartialDate,
    /// What it says.
    pub role: DateRole,
}

/// A work whose text the file holds.
#[derive(Clone, Debug)]
pub struct Work {
    /// What it is to the other works of the file.
    pub role: WorkRole,
    /// From its title to its last line.
    pub span: Span,
    /// Title in its normal form.
    pub title: Option<Stated<String>>,
    /// Its own number.
    pub number: Option<Stated<DocNumber>>,
    /// Its key.
    pub key: WorkKey,
    /// Other keys it is known by.
    pub aliases: Vec<WorkKey>,
    /// 文种.
    pub kind: Option<String>,
    /// 公文形式.
    pub form: Option<String>,
    /// Indices of the works that it carries.
    pub promulgates: Vec<usize>,
    /// 转发 instead of 印发.
    pub forwards: bool,
    /// GB/T 2260 code of its jurisdiction.
    pub region: String,
    /// For an untitled work: the hash of its normalised text, which names it.
    pub text_hash: Option<String>,
}

/// How far a citation's work is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// One work, by number or by a distinctive title.
    Identified,
    /// Several works could be meant.
    Ambiguous,
    /// Nothing tells which.
    Unidentified,
}

impl State {
    /// The word of the extraction record, and the local name of the individual.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Identified => "identified",
            Self::Ambiguous => "ambiguous",
            Self::Unidentified => "unidentified",
        }
    }
}

/// 引用 (citation), identified as far as the document tells.
#[derive(Clone, Debug)]
pub struct Citation {
    /// With its brackets.
    pub span: Span,
    /// Title in its normal form.
    pub title: Option<String>,
    /// The number bound to it.
    pub number: Option<Spanned<DocNumber>>,
    /// How the citing work stands to the cited one.
    pub relation: Relation,
    /// The words that tell the relation.
    pub cue: Option<Span>,
    /// Index of the citing work.
    pub work: usize,
    /// Index of the measure that cites.
    pub measure: Option<usize>,
    /// Index of the enclosing citation.
    pub nested_in: Option<usize>,
    /// The enclosing work carries this one (印发, 转发).
    pub carried: Option<Relation>,
    /// Without brackets of its own.
    pub is_implicit: bool,
    /// The relation is the enclosing title's.
    pub is_inherited: bool,
    /// Key of the cited work.
    pub key: WorkKey,
    /// The title's key where the number won.
    pub alias: Option<WorkKey>,
    /// How far the work is known.
    pub state: State,
    /// Keys that could be meant.
    pub candidates: Vec<WorkKey>,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// Which rule read it.
    pub rule: &'static str,
}

/// 措施 (measure).
#[derive(Clone, Debug)]
pub struct Measure {
    /// Index of the work it belongs to.
    pub work: usize,
    /// Labels from the outermost heading down, as written.
    pub path: Vec<Span>,
    /// Its heading.
    pub heading: Option<Span>,
    /// From its number to its end.
    pub span: Span,
    /// Who does what.
    pub responsibilities: Vec<Responsibility>,
    /// By when.
    pub deadline: Option<Spanned<Deadline>>,
}

/// 责任分工: who does what.
#[derive(Clone, Debug)]
pub struct Responsibility {
    /// The agency as written.
    pub span: Span,
    /// Its canonical name.
    pub name: AgencyName,
    /// The duty.
    pub duty: Duty,
    /// What it was read from.
    pub basis: DutyBasis,
    /// Which rule named the agency.
    pub rule: &'static str,
    /// How sure the name is.
    pub confidence: Confidence,
}

/// 目标 (target).
#[derive(Clone, Debug)]
pub struct Target {
    /// Indicator, number and unit.
    pub span: Span,
    /// What is counted.
    pub indicator: String,
    /// The number, 万 and 亿 multiplied out.
    pub value: f64,
    /// The unit.
    pub unit: String,
    /// The horizon.
    pub by: Option<PartialDate>,
    /// Index of the measure.
    pub measure: Option<usize>,
    /// Index of the work.
    pub work: usize,
}
