//! What SPARQL asks for, answered.

use super::{Facet, Filters, Question, Search, SearchError, Wanted};
use crate::{
    model::vocab::{eli, skos, zm},
    query::{TextError, TextHit, TextQuestion, TextSearch},
};
use oxrdf::NamedNode;

impl TextSearch for Search {
    fn text_search(&self, asked: &TextQuestion) -> Result<Vec<TextHit>, TextError> {
        let failed = |error: SearchError| {
            let what = error.to_string();
            if error.is_of_the_question() { TextError::Question(what) } else { TextError::Failed(what) }
        };
        if asked.text.trim().is_empty() {
            return Err(failed(SearchError::Nothing(asked.text.clone())));
        }
        let mut filters = Filters::default();
        for (property, value) in &asked.filters {
            let (facet, value) = self.filter(property, value).map_err(failed)?;
            filters.ask(facet, &value).map_err(failed)?;
        }
        let wanted = if asked.measures { Wanted::Measures } else { Wanted::Works };
        let question = Question { text: asked.text.clone(), filters, wanted, limit: asked.limit, offset: asked.offset };
        let answer = self.find(&question).map_err(failed)?;
        // Who asks by a query wants what has the words, and no guesses.
        let hits = answer.hits.into_iter().filter(|_| !answer.is_nearly);
        let hits = hits.map(|hit| {
            let node = hit.measure.as_ref().map_or(&hit.work.iri, |measure| &measure.iri).clone();
            let source = |sha256: &str| self.0.index.store().iris().source(sha256);
            let place = hit.snippet.as_ref().map(|found| (source(&found.sha256), found.start, found.end));
            let snippet = hit.snippet.map_or(hit.work.label, |found| found.text);
            TextHit { node, score: hit.score, snippet, place }
        });
        Ok(hits.collect())
    }
}

impl Search {
    /// The facet and its value that a property and a value of the graph mean.
    fn filter(&self, property: &NamedNode, value: &NamedNode) -> Result<(Facet, String), SearchError> {
        let local = value.as_str().rsplit(['#', '/']).next().unwrap_or_default();
        let without = |prefix: &str| local.strip_prefix(prefix).unwrap_or(local).to_owned();
        let facets = [
            (zm("level"), Facet::Level),
            (zm("status"), Facet::Status),
            (zm("form"), Facet::Form),
            (eli("jurisdiction"), Facet::Region),
            (eli("type_document"), Facet::Kind),
        ];
        Ok(match facets.into_iter().find(|(known, _)| known == property) {
            Some((_, Facet::Kind)) => (Facet::Kind, without("kind-")),
            Some((_, Facet::Form)) => (Facet::Form, without("form-")),
            Some((_, facet)) => (facet, local.to_owned()),
            None => {
                let effective = self.0.index.store().iris().layer("effective");
                let names =
                    self.0.index.store().quads(Some(value), Some(&skos("prefLabel")), None, Some(&effective))?;
                let name = names.first().map(|quad| match &quad.object {
                    oxrdf::Term::Literal(name) => name.value().to_owned(),
                    other => other.to_string(),
                });
                // An agency that the store does not know has issued nothing.
                (Facet::Issuer, name.unwrap_or_else(|| value.as_str().to_owned()))
            }
        })
    }
}
