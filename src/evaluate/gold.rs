//! 金标准 (gold): an annotation in the terms of the extraction record.

use super::{
    accepted::{accepted, is_optional},
    annotation::{Annotation, CitationAnnotation, ExternalNumber, Keys, MeasureAnnotation, Quoted},
    place::{Place, fold, is_bracketed, overlap},
};
use crate::model::squeeze;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Relations of a document's mentions of itself, which are no citations.
const SELF_RELATIONS: [&str; 2] = ["self_title", "refers_to_self"];
/// Relations between a notice and what it carries.
const CARRYING: [&str; 2] = ["promulgates", "forwards"];

/// One gold file, ready to be compared with a record of the same source.
#[derive(Clone, Debug)]
pub struct Gold {
    /// The file's name without its extension.
    pub name: String,
    /// SHA-256 of the source's bytes, by which gold and source find each other.
    pub sha256: String,
    pub(super) raw: Annotation,
    /// The citation that stands at a place, by its index.
    pub(super) mentions: BTreeMap<Place, usize>,
    /// Indices of the citations that must be found.
    pub(super) core: Vec<usize>,
    /// Main key of a work → all its accepted keys.
    pub(super) forms: HashMap<String, Vec<String>>,
    /// Where each measure may start.
    pub(super) measure_starts: Vec<Vec<usize>>,
    /// The measure that starts at a place, by its index.
    pub(super) measure_at: HashMap<usize, usize>,
    /// Indices of the measures that must be found.
    pub(super) measures: Vec<usize>,
    personal: Vec<Place>,
}

impl Gold {
    pub(super) fn new(name: &str, raw: Annotation) -> Self {
        let mut gold = Self {
            name: name.to_owned(),
            sha256: raw.sha256.clone(),
            mentions: mentions(&raw),
            core: (0..raw.citations.len()).filter(|&n| is_required(&raw.citations[n])).collect(),
            forms: HashMap::new(),
            measure_starts: measure_starts(&raw),
            measure_at: HashMap::new(),
            measures: required_measures(&raw.measures),
            personal: personal(&raw),
            raw,
        };
        for (n, starts) in gold.measure_starts.iter().enumerate() {
            gold.measure_at.extend(starts.iter().map(|&start| (start, n)));
        }
        for keys in gold.raw.citations.iter().map(|c| &c.keys).chain(gold.raw.works.iter().map(|work| &work.keys)) {
            let keys = gold.accepted_keys(keys);
            gold.forms.entry(keys[0].clone()).or_default().extend(keys);
        }
        gold
    }

    /// The record's form of a gold key: `implicit:`, `planned:` and `alias:` are `title:`, `cn` is 100000,
    /// `anon:` carries the hash.
    pub(super) fn key(&self, key: &str) -> String {
        let (kind, rest) = key.split_once(':').unwrap_or((key, ""));
        if kind == "num" {
            return key.to_owned();
        }
        let (region, title) = rest.split_once(':').unwrap_or((rest, ""));
        let region = if region == "cn" { "100000" } else { region };
        if kind == "anon" { format!("anon:{region}:{}", self.sha256) } else { fold(&format!("title:{region}:{title}")) }
    }

    /// Accepted keys of a work or of a mention's work, the best one first.
    pub(super) fn accepted_keys(&self, work: &Keys) -> Vec<String> {
        let keys = accepted(&work.key, &[&work.key_alternatives, &work.key_aliases]);
        let mut keys: Vec<String> = keys.iter().map(|key| self.key(key)).collect();
        if let Some(number) = work.external_number.as_ref().filter(|number| !number.is_empty()) {
            keys.push(format!("num:{}", squeeze(without_remark(number))));
        }
        keys
    }

    /// The number of the document that does not stand in its text.
    pub(super) fn external_number(&self) -> Option<&str> {
        match self.raw.external_number.as_ref()? {
            ExternalNumber::Norm { norm } => Some(norm),
            ExternalNumber::Text(number) => Some(number).filter(|number| !number.is_empty()).map(String::as_str),
        }
    }

    /// The measures that must be found.
    pub(super) fn required(&self) -> impl Iterator<Item = &MeasureAnnotation> {
        self.measures.iter().filter_map(|&n| self.raw.measures.get(n))
    }

    /// In a second copy of the text.
    pub(super) fn is_copied(&self, place: Option<Place>) -> bool {
        self.raw.duplicate_spans.iter().any(|copy| overlap(place, copy.place()) > 0)
    }

    /// The words of a gold item, with personal data as ■ in equal number.
    pub(super) fn quote(&self, quoted: &Quoted) -> String {
        let start = quoted.start.unwrap_or(0);
        let is_personal = |at: usize| self.personal.iter().any(|&(from, to)| from <= at && at < to);
        let masked = quoted.quote.chars().enumerate();
        masked.map(|(n, c)| if is_personal(start + n) && !c.is_whitespace() { '■' } else { c }).collect()
    }
}

fn mentions(raw: &Annotation) -> BTreeMap<Place, usize> {
    let places = raw.citations.iter().enumerate().flat_map(|(n, mention)| {
        let places = mention.span_alternatives.iter().chain([&mention.quoted]);
        places.filter_map(move |place| Some((place.place()?, n)))
    });
    places.collect()
}

/// A title without brackets inside another, or in its own 关于印发X的通知, may be given or left out.
fn is_required(mention: &CitationAnnotation) -> bool {
    let relation = mention.relation.as_str();
    let is_nested = mention.nested_in.as_ref().is_some_and(|outer| !outer.is_empty());
    let is_inner = !is_bracketed(&mention.quoted.quote) && (is_nested || CARRYING.contains(&relation));
    !is_optional(mention.tier.as_ref()) && !is_inner && !SELF_RELATIONS.contains(&relation)
}

/// A measure without a number may also start at the heading above it.
fn measure_starts(raw: &Annotation) -> Vec<Vec<usize>> {
    let headings: HashMap<&str, usize> =
        raw.groups.iter().chain(&raw.sections).map(|h| (h.id.as_str(), h.start)).collect();
    let starts = raw.measures.iter().map(|measure| {
        let heading = measure.section.as_deref().filter(|_| measure.number.is_none()).and_then(|id| headings.get(id));
        [measure.start].into_iter().chain(heading.copied()).collect()
    });
    starts.collect()
}

/// Optional measures, and items with measures below them, may be given or left out.
fn required_measures(measures: &[MeasureAnnotation]) -> Vec<usize> {
    let above: HashSet<(&str, &[String])> = measures
        .iter()
        .flat_map(|measure| (1..measure.path.len()).map(|depth| (measure.work.as_str(), &measure.path[..depth])))
        .collect();
    let is_wanted = |measure: &MeasureAnnotation| {
        !is_optional(measure.tier.as_ref()) && !above.contains(&(measure.work.as_str(), measure.path.as_slice()))
    };
    (0..measures.len()).filter(|&n| is_wanted(&measures[n])).collect()
}

/// Where the annotator marked personal data.
fn personal(raw: &Annotation) -> Vec<Place> {
    let items = raw.quality.iter().filter(|item| item.code.as_deref() == Some("personal_data"));
    items.filter_map(|item| item.quoted.place()).collect()
}

/// `国发〔2021〕20号 (remark)` → `国发〔2021〕20号`.
fn without_remark(number: &str) -> &str {
    let bracket = number.match_indices('(').find(|(at, _)| number[..*at].ends_with(char::is_whitespace));
    bracket.map_or(number, |(at, _)| number[..at].trim_end())
}
