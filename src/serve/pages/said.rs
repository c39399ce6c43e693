//! 出处 (evidence) as readers see it: a sentence once, however much was read from it, with the words marked.

use super::{
    parts::{confidence, href},
    reader::Claim,
};
use crate::lineage::Evidence;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What was read from a sentence.
#[derive(Debug)]
struct Said {
    file: String,
    sentence: String,
    /// Words, place on the page of the source, page of the claim, confidence, rule; in the order of the text.
    reads: Vec<Read>,
}

#[derive(Debug)]
struct Read {
    quote: String,
    place: String,
    claim: String,
    confidence: String,
    rule: String,
}

/// Where a claim comes from: the words, the file, the rule, how sure it is.
pub(super) fn evidence(claim: &Claim) -> Markup {
    evidences(std::slice::from_ref(claim))
}

/// Where claims come from, a sentence once.
pub(super) fn evidences(claims: &[Claim]) -> Markup {
    shown(said(claims.iter().map(|claim| {
        let read = Read {
            quote: claim.quote.clone(),
            place: place(claim),
            claim: href(claim.iri.as_str()).unwrap_or_default(),
            confidence: claim.confidence.clone(),
            rule: claim.rule.clone(),
        };
        (claim.file.as_str(), claim.context(), read)
    })))
}

/// The sentences behind an edge.
pub(super) fn sentences(evidences: &[Evidence]) -> Markup {
    shown(said(evidences.iter().map(|evidence| {
        let read = Read {
            quote: evidence.quote.clone(),
            place: format!("/doc/source/{}#at-{}", evidence.source, evidence.start),
            claim: href(evidence.claim.as_str()).unwrap_or_default(),
            confidence: evidence.confidence.clone(),
            rule: String::new(),
        };
        (evidence.file.as_str(), evidence.sentence.as_str(), read)
    })))
}

/// The place of a claim on the page of its source.
fn place(claim: &Claim) -> String {
    let page = href(claim.source.as_str()).unwrap_or_default();
    let has_anchor = claim.end > claim.start && matches!(claim.class.as_str(), "Citation" | "Assignment" | "DeadlineClaim");
    if has_anchor { format!("{page}#at-{}", claim.start) } else { page }
}

fn said<'a>(reads: impl Iterator<Item = (&'a str, &'a str, Read)>) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (file, sentence, read) in reads {
        let at = *places.entry((file, sentence)).or_insert(said.len());
        if at == said.len() {
            said.push(Said { file: file.to_owned(), sentence: sentence.to_owned(), reads: Vec::new() });
        }
        said[at].reads.push(read);
    }
    said
}

fn shown(said: Vec<Said>) -> Markup {
    html! {
        @for Said { file, sentence, reads } in said {
            div.evidence {
                @if !sentence.is_empty() {
                    q { (marked(&sentence, &reads.iter().map(|read| read.quote.as_str()).collect::<Vec<_>>())) }
                }
                p.from {
                    @if let Some(first) = reads.first() {
                        (confidence(&first.confidence)) " " a href=(first.place) { (file) }
                        @if !first.rule.is_empty() { " · " code { (first.rule) } }
                        " · "
                        @for (n, read) in reads.iter().enumerate() {
                            @if n > 0 { "、" }
                            a href=(read.claim) { "陈述" @if reads.len() > 1 { (n + 1) } }
                        }
                    }
                }
            }
        }
    }
}

/// A sentence with words of it marked; where they overlap, as one.
pub(super) fn marked(sentence: &str, quotes: &[&str]) -> Markup {
    let places = quotes.iter().filter(|quote| !quote.is_empty());
    let mut places: Vec<(usize, usize)> =
        places.filter_map(|quote| sentence.find(quote).map(|at| (at, at + quote.len()))).collect();
    places.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (start, end) in places {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    let ends = std::iter::once(0).chain(joined.iter().map(|place| place.1));
    html! {
        @for (from, (start, end)) in ends.zip(&joined) { (&sentence[from..*start]) mark { (&sentence[*start..*end]) } }
        (&sentence[joined.last().map_or(0, |place| place.1)..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_in_their_sentence() {
        for (sentence, quotes, html) in [
            ("依据甲、乙。", vec!["乙"], "依据甲、<mark>乙</mark>。"),
            ("<甲>", vec!["丙", ""], "&lt;甲&gt;"),
            // In each other, overlapping, apart, beyond the basic plane.
            ("据《𠮷〈乙〉》和丙", vec!["〈乙〉", "《𠮷〈乙〉》", "丙"], "据<mark>《𠮷〈乙〉》</mark>和<mark>丙</mark>"),
            ("甲乙丙", vec!["甲乙", "乙丙"], "<mark>甲乙丙</mark>"),
        ] {
            assert_eq!(marked(sentence, &quotes).into_string(), html);
        }
    }
}
