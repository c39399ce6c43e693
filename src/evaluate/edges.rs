//! Edges: who stands to whom in which relation, derived from citations and works on both sides.

use super::{
    accepted::{accepted, is_optional},
    annotation::{CitationAnnotation, EdgeAnnotation, all_of},
    citations::{Match, Status},
    gold::Gold,
    place::fold,
    prediction::{CitationPrediction, Prediction},
    scores::{Scores, Task},
    tally::{Given, Wanted, compare},
};
use std::collections::{HashMap, HashSet};

/// From, relation, to; a dash stands for what a record leaves out.
type Edge = (String, String, String);

pub(super) fn score(gold: &Gold, record: &Prediction, matches: &[Match<'_>], scores: &mut Scores) {
    let edges = expected(gold);
    let known: HashSet<&Edge> = edges.iter().flat_map(|(accepted, _)| accepted).collect();
    let in_words = |edge: &Edge| format!("{} {} {}", edge.0, edge.1, edge.2);
    let given = derived(record, matches)
        .into_iter()
        .map(|(edge, counts)| Given {
            what: in_words(&edge),
            is_neutral: !counts || known.contains(&edge),
            key: edge,
            start: None,
        })
        .collect();
    let wanted: Vec<_> = edges
        .iter()
        .filter(|(_, is_required)| *is_required)
        .map(|(accepted, _)| Wanted {
            what: accepted.first().map(in_words).unwrap_or_default(),
            accepted: accepted.clone(),
            start: None,
        })
        .collect();
    compare(scores.of(Task::Edges), &wanted, given);
}

/// Of each edge of the gold the accepted forms, best first, and whether it is required.
fn expected(gold: &Gold) -> Vec<(Vec<Edge>, bool)> {
    let mentions: HashMap<&str, (usize, &CitationAnnotation)> =
        gold.raw.citations.iter().enumerate().map(|(n, mention)| (mention.id.as_str(), (n, mention))).collect();
    let works: HashMap<&str, &str> =
        gold.raw.works.iter().map(|work| (work.id.as_str(), work.keys.key.as_str())).collect();
    let carried = gold.raw.works.iter().flat_map(|work| {
        let others = all_of(work.promulgates.as_ref()).iter().filter_map(|other| works.get(other.as_str()));
        others.map(|other| (work.keys.key.as_str(), *other))
    });
    let carried: HashSet<(&str, &str)> = carried.collect();
    let forms = |key: &str, alternatives: &[String]| -> Vec<String> {
        let keys = accepted(key, &[alternatives]).into_iter().map(|key| gold.key(&key));
        keys.flat_map(|key| gold.forms.get(&key).cloned().unwrap_or_else(|| vec![key])).collect()
    };
    let edge = |edge: &EdgeAnnotation| {
        let support = support(gold, edge, &mentions);
        let mut relations = accepted(&edge.relation, &[&edge.relation_alternatives]);
        let agreeing = support.iter().filter(|(_, mention)| mention.relation == edge.relation);
        relations.extend(agreeing.flat_map(|(_, mention)| mention.relation_alternatives.iter().cloned()));
        let (from, to) = (forms(&edge.from, &edge.from_alternatives), forms(&edge.to, &edge.to_alternatives));
        let is_known = support.is_empty()
            || carried.contains(&(edge.from.as_str(), edge.to.as_str()))
            || support.iter().any(|(n, _)| gold.core.contains(n));
        (product(&from, &relations, &to), is_known && !is_optional(edge.tier.as_ref()))
    };
    gold.raw.expected_edges.iter().map(edge).collect()
}

/// The mentions that an edge rests on: those it names, else those nested in a title of its origin.
fn support<'a>(
    gold: &'a Gold,
    edge: &EdgeAnnotation,
    mentions: &HashMap<&str, (usize, &'a CitationAnnotation)>,
) -> Vec<(usize, &'a CitationAnnotation)> {
    let named: Vec<_> = edge.mentions.iter().filter_map(|id| mentions.get(id.as_str()).copied()).collect();
    if !named.is_empty() {
        return named;
    }
    let is_nested = |mention: &CitationAnnotation| {
        let outer = mention.nested_in.as_ref().and_then(|outer| mentions.get(outer.as_str()));
        mention.keys.key == edge.to && outer.is_some_and(|(_, outer)| outer.keys.key == edge.from)
    };
    gold.raw.citations.iter().enumerate().filter(|(_, mention)| is_nested(mention)).collect()
}

fn product(from: &[String], relations: &[String], to: &[String]) -> Vec<Edge> {
    let mut edges = Vec::with_capacity(from.len() * relations.len() * to.len());
    for from in from {
        for relation in relations {
            edges.extend(to.iter().map(|to| (from.clone(), relation.clone(), to.clone())));
        }
    }
    edges
}

/// Edges of a record in the order in which they come up; each tells whether anything but neutral mentions
/// stands behind it.
fn derived(record: &Prediction, matches: &[Match<'_>]) -> Vec<(Edge, bool)> {
    let mut edges: Vec<(Edge, bool)> = Vec::new();
    let mut places: HashMap<Edge, usize> = HashMap::new();
    let mut add = |edge: Edge, counts: bool| {
        let place = *places.entry(edge.clone()).or_insert(edges.len());
        match edges.get_mut(place) {
            Some((_, known)) => *known |= counts,
            None => edges.push((edge, counts)),
        }
    };
    let key = |key: Option<&String>| key.map_or_else(|| "–".to_owned(), |key| fold(key));
    let works: HashMap<&str, Option<&String>> =
        record.works.iter().map(|work| (work.id.as_str(), work.key.as_ref())).collect();
    let mut forwarded = HashSet::new();
    for (citation, _, status) in matches {
        let counts = *status != Status::Neutral;
        let from = citation.work.as_ref().and_then(|work| works.get(work.as_str()).copied().flatten());
        let relation = citation.relation.clone().unwrap_or_else(|| "–".to_owned());
        let edge = (key(from), relation, key(citation.key.as_ref()));
        if edge.1 == "forwards" {
            forwarded.insert((edge.0.clone(), edge.2.clone()));
        }
        add(edge, counts);
        let outer = citation.nested_in.and_then(|n| record.citations.get(n));
        if let Some((outer, relation)) = outer.and_then(|outer| Some((outer, carrying(outer, citation)?))) {
            let edge = (key(outer.key.as_ref()), relation.to_owned(), key(citation.key.as_ref()));
            if relation == "forwards" {
                forwarded.insert((edge.0.clone(), edge.2.clone()));
            }
            add(edge, counts);
        }
    }
    for work in &record.works {
        let carried = all_of(work.promulgates.as_ref()).iter().filter_map(|other| works.get(other.as_str()));
        for other in carried {
            let ends = (key(work.key.as_ref()), key(*other));
            if !forwarded.contains(&ends) {
                add((ends.0, "promulgates".to_owned(), ends.1), true);
            }
        }
    }
    edges
}

/// What the verb right before a title inside another says that the outer work does with it.
fn carrying(outer: &CitationPrediction, inner: &CitationPrediction) -> Option<&'static str> {
    let length = inner.quote.start?.checked_sub(outer.quote.start?)?;
    let before: String = outer.quote.text.as_ref()?.chars().take(length).collect();
    let before = before.trim_end();
    let before = before.strip_suffix('了').unwrap_or(before);
    if before.ends_with("转发") {
        return Some("forwards");
    }
    ["印发", "发布", "公布", "颁布"].iter().any(|verb| before.ends_with(verb)).then_some("promulgates")
}
