//! A [`Document`](crate::model::Document) becomes [`Mentions`](crate::model::Mentions): citations, measures, duties, deadlines, targets, found by their
//! shape. Nothing is identified here.

mod agencies;
mod brackets;
mod citations;
mod clauses;
mod cues;
mod deadlines;
mod implicit;
mod labels;
mod measures;
mod numbers;
mod relations;
mod sentences;
mod subjects;
mod targets;
mod validity;

use self::sentences::Sentences;
use crate::{
    model::{Checked, CleanText, Document, Mentions},
    register::Register,
};

/// Finds everything in a document. Total. O(n).
#[must_use]
pub fn extract(register: &Register, text: &CleanText, document: &Document) -> Checked<Mentions> {
    let mut findings = Vec::new();
    let text = text.text.as_str();
    let sentences = Sentences::new(text);
    let cues = register.cues.find_all(text);
    let mut citations = citations::find(register, &sentences, &cues, document, &mut findings);
    citations.extend(implicit::find(register, &sentences, &cues, document, &citations));
    citations::in_text_order(&mut citations);
    let measures = measures::find(register, text, document, &mut findings);
    let targets = targets::find(&sentences, document, &measures);
    let mentions = Mentions {
        agency_aliases: agencies::aliases(register, text),
        acting_agency: agencies::acting(register, text, document),
        co_handlers: agencies::co_handlers(text, document),
        validity: validity::find(text, document),
        citations,
        measures,
        targets,
    };
    Checked { value: mentions, findings }
}
