//! A question answered: what has it, how many there are and of which sorts, and where the words stand.

use super::{
    Counts, Facet, Filters, Question, Search, SearchError, Snippet, Wanted,
    compile::Compiler,
    facets::Counting,
    highlight::{marks, snippet},
    question::{Part, parts},
    schema::Fields,
    units::{Measure, Units, Work},
};
use crate::query::Watch;
use oxrdf::NamedNode;
use std::collections::BTreeMap;
use tantivy::{
    DocAddress, Order, Searcher, TantivyDocument,
    collector::{
        Count, TopDocs,
        sort_key::{SortBySimilarityScore, SortByStaticFastValue, SortByString},
    },
    query::Query,
    schema::{Field, Value as _},
};

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// How many there are in all.
    pub total: usize,
    /// Those of the page that was asked for, best first.
    pub hits: Vec<Hit>,
    /// How many there are of each value of each facet. Of a facet whose values are asked for: as if they were not.
    pub facets: BTreeMap<Facet, Counts>,
    /// Whether nothing has all that was asked for, and these are works whose titles have most of it.
    pub is_nearly: bool,
}

/// A work or a measure that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The work; of a measure, the work it belongs to.
    pub work: Work,
    /// The measure, where measures were wanted.
    pub measure: Option<Measure>,
    /// By what it is ranked: only the order means something.
    pub score: f32,
    /// What was looked for in the work's label, in code points: start, and one past the last.
    pub marks: Vec<(usize, usize)>,
    /// The passage that has most of what was looked for; none where the text has nothing of it.
    pub snippet: Option<Snippet>,
}

/// Results that are listed at most, on all pages.
pub const LISTED: usize = 10_000;

impl Search {
    /// Answers a question. The index is brought up to date before.
    ///
    /// # Errors
    /// When the question can't be answered as it is ([`SearchError::is_of_the_question`]), or the index fails.
    pub fn find(&self, question: &Question) -> Result<Answer, SearchError> {
        if question.offset.saturating_add(question.limit) > LISTED {
            return Err(SearchError::TooFar { most: LISTED });
        }
        let parts = parts(&question.text, &self.0.words)?;
        let index = &self.0.index;
        index.update()?;
        let run = Run { search: self, question, searcher: index.searcher(), fields: &index.fields };
        let compiler = Compiler { fields: &index.fields };
        let all = |filters: &Filters| Some(compiler.question(&parts, question.wanted, filters));
        let needles: Vec<String> = parts.iter().flat_map(Part::needles).collect();
        let answer = run.answer(all, &needles)?;
        if answer.total > 0 || question.wanted == Wanted::Measures || run.count(all(&Filters::default()))? > 0 {
            return Ok(answer);
        }
        let pairs: Vec<String> = parts.iter().flat_map(Part::pairs).collect();
        let nearly = run.answer(|filters| compiler.nearly(&parts, filters), &pairs)?;
        Ok(Answer { is_nearly: nearly.total > 0, ..nearly })
    }
}

/// A question under way.
struct Run<'a> {
    search: &'a Search,
    question: &'a Question,
    searcher: Searcher,
    fields: &'a Fields,
}

impl Run<'_> {
    /// Answers by the query that there is for filters, if there is one.
    fn answer(
        &self,
        query: impl Fn(&Filters) -> Option<Box<dyn Query>>,
        needles: &[String],
    ) -> Result<Answer, SearchError> {
        let filters = &self.question.filters;
        let Some(main) = query(filters) else { return Ok(Answer::default()) };
        let free = Facet::ALL.into_iter().filter(|facet| filters.of(*facet).next().is_none());
        let counting = Counting { fields: self.fields, facets: free.collect() };
        let (total, mut facets) = self.searcher.search(&*main, &(Count, counting))?;
        for facet in filters.facets() {
            // What else could be chosen instead.
            let counting = Counting { fields: self.fields, facets: vec![facet] };
            if let Some(query) = query(&filters.without(facet)) {
                facets.append(&mut self.searcher.search(&*query, &counting)?);
            }
        }
        Ok(Answer { total, hits: self.hits(&*main, needles)?, facets, is_nearly: false })
    }

    fn count(&self, query: Option<Box<dyn Query>>) -> Result<usize, SearchError> {
        query.map_or(Ok(0), |query| Ok(self.searcher.search(&*query, &Count)?))
    }

    /// The hits of the page: by score, then the latest, then by title.
    fn hits(&self, query: &dyn Query, needles: &[String]) -> Result<Vec<Hit>, SearchError> {
        if self.question.limit == 0 {
            return Ok(Vec::new());
        }
        let top = TopDocs::with_limit(self.question.limit).and_offset(self.question.offset);
        let by_date = SortByStaticFastValue::<u64>::for_field("date");
        let by_title = (SortByString::for_field("order"), Order::Asc);
        let ranked = top.order_by((SortBySimilarityScore, by_date, by_title));
        let units = Units::of(self.search.0.index.store());
        let mut hits = Vec::new();
        for ((score, ..), address) in self.searcher.search(query, &ranked)? {
            // A thousand long texts may be read here, for somebody who has gone.
            Watch::look_at_current();
            hits.extend(self.hit(&units, address, score, needles)?);
        }
        Ok(hits)
    }

    /// A hit; `None` where the store has lost it since the index was brought up to date.
    fn hit(
        &self,
        units: &Units<'_>,
        address: DocAddress,
        score: f32,
        needles: &[String],
    ) -> Result<Option<Hit>, SearchError> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let node = |field: Field| {
            NamedNode::new_unchecked(document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default())
        };
        let Some(work) = units.work(&node(self.fields.work))? else { return Ok(None) };
        let measure = match self.question.wanted {
            Wanted::Works => None,
            Wanted::Measures => match units.measure(&node(self.fields.iri))? {
                Some(measure) => Some(measure),
                None => return Ok(None),
            },
        };
        let texts = match &measure {
            Some(measure) => vec![measure.text.clone()],
            None if needles.is_empty() => Vec::new(),
            None => units.texts(&work.iri)?,
        };
        let snippet = texts.iter().find_map(|text| snippet(&text.sha256, text.start, &text.text, needles));
        Ok(Some(Hit { marks: marks(&work.label, needles), work, measure, score, snippet }))
    }
}
