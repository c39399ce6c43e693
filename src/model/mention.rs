//! 提及 (mentions): what was found in a document, before anything is identified.
//! All places are in the clean text.

use super::{Deadline, DocNumber, Duty, DutyBasis, PartialDate, Relation, Span, Spanned};

/// Everything found in a document.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// Citations, in the order of the text, an enclosing one before those inside it.
    pub citations: Vec<CitationMention>,
    /// Measures, in the order of the text.
    pub measures: Vec<MeasureMention>,
    /// Targets, in the order of the text.
    pub targets: Vec<TargetMention>,
    /// Names for agencies that hold in this document: 以下简称“工商联”.
    pub agency_aliases: Vec<(Span, Span)>,
    /// The agency that acts in the covering text: 某办公室制定《…》.
    pub acting_agency: Option<Span>,
    /// Who took part in handling: 经会同滨海新区研究.
    pub co_handlers: Vec<Span>,
    /// 施行, 失效 dates said in the text.
    pub validity: Vec<(Span, super::DateRole, Option<PartialDate>)>,
}

/// A number beside a citation.
#[derive(Clone, Debug)]
pub struct MentionedNumber {
    /// The number.
    pub number: DocNumber,
    /// Its place.
    pub span: Span,
    /// Whether its code is in the register.
    pub is_registered: bool,
}

/// 引用 (citation) as found.
#[derive(Clone, Debug)]
pub struct CitationMention {
    /// With its brackets.
    pub span: Span,
    /// The title inside the brackets; `None` where only a number stands.
    pub title: Option<Span>,
    /// The number bound to it.
    pub number: Option<MentionedNumber>,
    /// The issuer named right before the brackets.
    pub issuer: Option<Span>,
    /// The words that tell the relation.
    pub cue: Option<Span>,
    /// What the words say.
    pub relation: Relation,
    /// Which rule read it.
    pub rule: &'static str,
    /// Index of the part that cites.
    pub part: usize,
    /// Index of the citation whose title encloses this one.
    pub nested_in: Option<usize>,
    /// Without brackets of its own.
    pub is_implicit: bool,
    /// The relation is the enclosing title's.
    pub is_inherited: bool,
    /// Places of 以下简称 names for it.
    pub aliases: Vec<Span>,
    /// 〈〉 that stands right after 印发 or 转发 in its title: the enclosing work carries it.
    pub carried: Option<Relation>,
}

/// 措施 (measure) as found.
#[derive(Clone, Debug)]
pub struct MeasureMention {
    /// Index of the item of the document's structure.
    pub item: usize,
    /// Who does what.
    pub duties: Vec<DutyMention>,
    /// By when.
    pub deadline: Option<Spanned<Deadline>>,
}

/// An agency's duty as found.
#[derive(Clone, Debug)]
pub struct DutyMention {
    /// The agency as written.
    pub agency: Span,
    /// The duty.
    pub duty: Duty,
    /// What it was read from.
    pub basis: DutyBasis,
}

/// 目标 (target) as found.
#[derive(Clone, Debug)]
pub struct TargetMention {
    /// Indicator, number and unit.
    pub span: Span,
    /// What is counted.
    pub indicator: Span,
    /// The number, 万 and 亿 multiplied out.
    pub value: f64,
    /// The unit.
    pub unit: Span,
    /// The horizon, as precise as written.
    pub by: Option<PartialDate>,
}
