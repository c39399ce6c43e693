//! From the parts of a question to a query of the index, and how results are ranked: own numbers, then titles, then
//! agencies, then text; in each of these what is held before what is only cited; then by how much is said of it.

use super::{
    Filters, Wanted, bigrams,
    question::Part,
    schema::{Fields, MEASURE, WORK},
    words::Word,
};
use std::ops::Bound;
use tantivy::{
    Term,
    query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery},
    schema::{Field, IndexRecordOption},
};

/// What is added to a score. Each is more than all those below it together.
mod weight {
    /// The number is its own.
    pub(super) const NUMBER: f32 = 4000.0;
    /// The title is this and no more.
    pub(super) const WHOLE_TITLE: f32 = 2000.0;
    /// All that is asked for stands in the title as it is written.
    pub(super) const TITLE: f32 = 1000.0;
    /// All words stand in the title.
    pub(super) const WORDS_OF_TITLE: f32 = 500.0;
    /// All words stand in names of agencies.
    pub(super) const AGENCIES: f32 = 250.0;
    /// Its text is in the store.
    pub(super) const HELD: f32 = 100.0;
    /// Of what the index itself reckons (BM25), for titles and for texts.
    pub(super) const RECKONED: f32 = 0.02;
}

type Boxed = Box<dyn Query>;

/// Compiles questions for an index.
pub(super) struct Compiler<'a> {
    pub(super) fields: &'a Fields,
}

impl Compiler<'_> {
    /// What has every part, ranked.
    pub(super) fn question(&self, parts: &[Part], wanted: Wanted, filters: &Filters) -> Boxed {
        let Fields { title, body, agencies, number, exact, .. } = *self.fields;
        let mut clauses = self.filters(wanted, filters);
        for part in parts {
            clauses.push((Occur::Must, unscored(self.part(part))));
        }
        let mut prefer = |query: Boxed, weight: f32| {
            clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(query, weight)) as Boxed));
        };
        for part in parts {
            if let Part::Number(own) = part {
                prefer(term(number, &own.to_string()), weight::NUMBER);
            }
        }
        if !parts.is_empty() {
            let whole: String = parts.iter().map(Part::text).collect();
            prefer(term(exact, &whole), weight::WHOLE_TITLE);
            prefer(all(parts.iter().map(|part| phrase(title, &part.text()))), weight::TITLE);
            let words: Vec<&Word> = words(parts).collect();
            if !words.is_empty() {
                prefer(all(words.iter().map(|word| word_in(word, &[title]))), weight::WORDS_OF_TITLE);
                prefer(all(words.iter().map(|word| word_in(word, &[agencies]))), weight::AGENCIES);
            }
        }
        prefer(term(self.fields.facet(super::Facet::Status), "held"), weight::HELD);
        for text in parts.iter().map(Part::text) {
            for field in [title, body] {
                let reckoned = BoostQuery::new(phrase(field, &text), weight::RECKONED);
                clauses.push((Occur::Should, Box::new(reckoned)));
            }
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// Works whose titles have most of the bigrams of a question, those that have more first.
    pub(super) fn nearly(&self, parts: &[Part], filters: &Filters) -> Option<Boxed> {
        /// Of fewer characters nothing is nearly the same.
        const SHORTEST: usize = 3;
        let texts: Vec<String> = parts.iter().map(Part::text).collect();
        let mut pairs: Vec<&str> = texts.iter().flat_map(|text| bigrams::all(text)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        if pairs.len() < SHORTEST {
            return None;
        }
        // Three in five: a character that is wrong spoils two pairs, a word between two words one.
        let needed = (pairs.len() * 3).div_ceil(5);
        let pair = |text: &&str| -> Boxed { Box::new(ConstScoreQuery::new(term(self.fields.title, text), 1.0)) };
        let some = BooleanQuery::union_with_minimum_required_clauses(pairs.iter().map(pair).collect(), needed);
        let mut clauses = self.filters(Wanted::Works, filters);
        clauses.push((Occur::Must, Box::new(some)));
        Some(Box::new(BooleanQuery::new(clauses)))
    }

    fn filters(&self, wanted: Wanted, filters: &Filters) -> Vec<(Occur, Boxed)> {
        let class = match wanted {
            Wanted::Works => WORK,
            Wanted::Measures => MEASURE,
        };
        let mut clauses = vec![(Occur::Must, unscored(term(self.fields.class, class)))];
        for facet in filters.facets() {
            let values = filters.of(facet).map(|value| term(self.fields.facet(facet), value));
            clauses.push((Occur::Must, unscored(any(values))));
        }
        clauses
    }

    fn part(&self, part: &Part) -> Boxed {
        let Fields { title, body, agencies, number, cited, .. } = *self.fields;
        match part {
            Part::Number(own) => {
                let normal = own.to_string();
                let written = [title, body].map(|field| phrase(field, &part.text()));
                any([number, cited].map(|field| term(field, &normal)).into_iter().chain(written))
            }
            Part::Words { words, .. } => all(words.iter().map(|word| word_in(word, &[title, body, agencies]))),
        }
    }
}

fn words(parts: &[Part]) -> impl Iterator<Item = &Word> {
    parts.iter().flat_map(|part| match part {
        Part::Words { words, .. } => words.as_slice(),
        Part::Number(_) => &[],
    })
}

/// A word by any of its names in any of these fields.
fn word_in(word: &Word, fields: &[Field]) -> Boxed {
    let names: Vec<&String> = [&word.text].into_iter().chain(&word.others).collect();
    any(fields.iter().flat_map(|field| names.iter().map(|name| phrase(*field, name))))
}

fn term(field: Field, text: &str) -> Boxed {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

/// Where a text has this part.
fn phrase(field: Field, part: &str) -> Boxed {
    let pairs = bigrams::covering(part);
    match pairs.as_slice() {
        [] => beginning(field, part),
        [(_, pair)] => term(field, pair),
        pairs => {
            let terms = pairs.iter().map(|(place, pair)| (*place, Term::from_field_text(field, pair)));
            Box::new(PhraseQuery::new_with_offset(terms.collect()))
        }
    }
}

/// Where a text has this one character: it begins a bigram, or stands at the end.
fn beginning(field: Field, character: &str) -> Boxed {
    let next =
        character.chars().next().and_then(|c| (u32::from(c) + 1..=u32::from(char::MAX)).find_map(char::from_u32));
    let upper = next.map_or(Bound::Unbounded, |next| Bound::Excluded(Term::from_field_text(field, &next.to_string())));
    Box::new(RangeQuery::new(Bound::Included(Term::from_field_text(field, character)), upper))
}

fn any(queries: impl IntoIterator<Item = Boxed>) -> Boxed {
    Box::new(BooleanQuery::union(queries.into_iter().collect()))
}

fn all(queries: impl IntoIterator<Item = Boxed>) -> Boxed {
    let queries: Vec<Boxed> = queries.into_iter().collect();
    if queries.is_empty() { Box::new(AllQuery) } else { Box::new(BooleanQuery::intersection(queries)) }
}

/// A condition that says nothing about rank.
fn unscored(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
