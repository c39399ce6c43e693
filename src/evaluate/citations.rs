//! Citations: found or not, their relation, number and key.

use super::{
    accepted::{accepted, pairs},
    annotation::CitationAnnotation,
    gold::Gold,
    grades,
    place::{Place, fold, is_bracketed, is_similar, overlap},
    prediction::{CitationPrediction, Prediction},
    scores::{Scores, Task},
    tally::{Fault, Given, Wanted, compare},
};
use std::collections::{BTreeMap, HashSet};

/// Where a predicted citation stands: on a mention of the gold, or elsewhere.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Standing {
    Mention(usize),
    Elsewhere(Option<Place>),
}

/// What became of a predicted citation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    /// A mention that must be found.
    Found,
    /// Neither rewarded nor punished.
    Neutral,
    /// None of the gold's.
    Spurious,
}

pub(super) type Match<'a> = (&'a CitationPrediction, Standing, Status);

/// Each predicted citation with its standing and status, in the order of the record.
pub(super) fn matches<'a>(gold: &Gold, record: &'a Prediction) -> Vec<Match<'a>> {
    let is_core = |n: usize| gold.core.binary_search(&n).is_ok();
    let optional: Vec<Place> = gold.mentions.iter().filter(|&(_, &n)| !is_core(n)).map(|(&place, _)| place).collect();
    let mut taken = HashSet::new();
    let judge = |citation: &'a CitationPrediction| {
        let at = citation.quote.place();
        let mention = at.and_then(|at| gold.mentions.get(&at)).copied();
        let standing = mention.map_or(Standing::Elsewhere(at), Standing::Mention);
        let is_first = taken.insert(standing);
        let status = match mention {
            Some(n) if is_first && is_core(n) => Status::Found,
            Some(_) if is_first => Status::Neutral,
            _ if gold.is_copied(at) => Status::Neutral,
            None if !is_bracketed(citation.quote.words())
                && optional.iter().any(|&place| is_similar(at, Some(place))) =>
            {
                Status::Neutral
            }
            _ if is_guidance(gold, at) => Status::Neutral,
            _ => Status::Spurious,
        };
        (citation, standing, status)
    };
    record.citations.iter().map(judge).collect()
}

/// Most of it is a reference to guiding thought, and it lies on no hard negative.
fn is_guidance(gold: &Gold, at: Option<Place>) -> bool {
    let length = at.map_or(0, |(start, end)| end.saturating_sub(start));
    at.is_some()
        && gold.raw.guiding_references.iter().any(|guide| 2 * overlap(at, guide.place()) > length)
        && !gold.raw.hard_negatives.iter().any(|other| overlap(at, other.quoted.place()) > 0)
}

pub(super) fn score(gold: &Gold, record: &Prediction, scores: &mut Scores) {
    let matches = matches(gold, record);
    for (citation, _, status) in &matches {
        if *status == Status::Spurious {
            let words = citation.quote.words();
            let task = if is_bracketed(words) { Task::CitationSpan } else { Task::CitationImplicit };
            scores.of(task).mistake(Fault::Spurious, words, citation.quote.start);
            grades::count(&mut scores.grades.citations, citation.confidence.as_deref(), false, false);
        }
    }
    mentions(gold, &matches, scores);
    numbers(gold, &matches, scores);
    keys(gold, &matches, scores);
    super::edges::score(gold, record, &matches, scores);
}

/// Which mentions were found, and with which relation.
fn mentions(gold: &Gold, matches: &[Match<'_>], scores: &mut Scores) {
    let found: BTreeMap<usize, &CitationPrediction> = matches
        .iter()
        .filter_map(|(citation, standing, status)| match standing {
            Standing::Mention(n) if *status == Status::Found => Some((*n, *citation)),
            _ => None,
        })
        .collect();
    for (n, mention) in core(gold) {
        let quoted = &mention.quoted;
        let spans = scores.of(if is_bracketed(&quoted.quote) { Task::CitationSpan } else { Task::CitationImplicit });
        let Some(citation) = found.get(&n) else {
            spans.mistake(Fault::Missed, gold.quote(quoted), quoted.start);
            continue;
        };
        spans.tp += 1;
        let accepted = accepted(&mention.relation, &[&mention.relation_alternatives]);
        let relation = citation.relation.as_deref().unwrap_or("–");
        let is_right = accepted.iter().any(|right| right == relation);
        scores
            .relation_pairs
            .push((mention.relation.clone(), if is_right { &mention.relation } else { relation }.to_owned()));
        if is_right {
            scores.of(Task::CitationRelation).tp += 1;
        } else {
            let what = format!("{relation} instead of {}: {}", mention.relation, gold.quote(quoted));
            scores.of(Task::CitationRelation).mistake(Fault::Wrong, what, quoted.start);
        }
        let keys = gold.accepted_keys(&mention.keys);
        let names_it = citation.key.as_ref().is_some_and(|key| keys.contains(&fold(key)));
        grades::count(&mut scores.grades.citations, citation.confidence.as_deref(), names_it, is_right);
    }
}

/// (mention, number) pairs.
fn numbers(gold: &Gold, matches: &[Match<'_>], scores: &mut Scores) {
    let wanted: Vec<_> = core(gold)
        .filter_map(|(n, mention)| Some((n, mention, mention.number.as_ref()?)))
        .map(|(n, mention, number)| Wanted {
            accepted: pairs(&[Standing::Mention(n)], &accepted(&number.norm, &[&number.norm_alternatives])),
            what: number.norm.clone(),
            start: mention.quoted.start,
        })
        .collect();
    let given = counted(matches).filter_map(|(citation, standing)| {
        let norm = citation.number.as_ref()?.norm.clone()?;
        Some(Given { key: (standing, norm.clone()), what: norm, start: citation.quote.start, is_neutral: false })
    });
    compare(scores.of(Task::CitationNumber), &wanted, given.collect());
}

/// (mention, key of the cited work) pairs.
fn keys(gold: &Gold, matches: &[Match<'_>], scores: &mut Scores) {
    let wanted: Vec<_> = core(gold)
        .map(|(n, mention)| Wanted {
            accepted: pairs(&[Standing::Mention(n)], &gold.accepted_keys(&mention.keys)),
            what: gold.key(&mention.keys.key),
            start: mention.quoted.start,
        })
        .collect();
    let given = counted(matches).filter_map(|(citation, standing)| {
        let key = citation.key.as_ref().filter(|key| !key.is_empty())?;
        Some(Given { key: (standing, fold(key)), what: key.clone(), start: citation.quote.start, is_neutral: false })
    });
    compare(scores.of(Task::WorkKey), &wanted, given.collect());
}

fn core(gold: &Gold) -> impl Iterator<Item = (usize, &CitationAnnotation)> {
    gold.core.iter().filter_map(|&n| Some((n, gold.raw.citations.get(n)?)))
}

fn counted<'a>(matches: &'a [Match<'a>]) -> impl Iterator<Item = (&'a CitationPrediction, Standing)> {
    matches
        .iter()
        .filter(|(_, _, status)| *status != Status::Neutral)
        .map(|(citation, standing, _)| (*citation, *standing))
}
