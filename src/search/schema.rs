//! The fields of the index.

use super::{bigrams, facets::Facet};
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};

/// The fields. One document of the index is a work or a measure.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    /// IRI of the work or the measure.
    pub(super) iri: Field,
    /// [`WORK`] or [`MEASURE`].
    pub(super) class: Field,
    /// IRI of the work; of a measure, that of the text it stands in.
    pub(super) work: Field,
    /// SHA-256 of sources that it was taken from.
    pub(super) source: Field,
    /// Titles and numbers; of a measure, its heading. In bigrams.
    pub(super) title: Field,
    /// The text. In bigrams.
    pub(super) body: Field,
    /// Full names of agencies. In bigrams.
    pub(super) agencies: Field,
    /// 发文字号 of its own, in normal form.
    pub(super) number: Field,
    /// 文号 in its text, in normal form.
    pub(super) cited: Field,
    /// Whole titles, folded.
    pub(super) exact: Field,
    /// The date as a number: 20210509.
    pub(super) date: Field,
    /// What those that are equal are ordered by: the title and the IRI; of measures, their place before it.
    pub(super) order: Field,
    facets: [Field; Facet::ALL.len()],
}

pub(super) const WORK: &str = "work";
pub(super) const MEASURE: &str = "measure";

impl Fields {
    pub(super) fn new() -> Self {
        let mut builder = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(bigrams::NAME)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text = TextOptions::default().set_indexing_options(indexing);
        Self {
            iri: builder.add_text_field("iri", STRING | STORED),
            class: builder.add_text_field("class", STRING),
            work: builder.add_text_field("work", STRING | STORED),
            source: builder.add_text_field("source", STRING),
            title: builder.add_text_field("title", text.clone()),
            body: builder.add_text_field("body", text.clone()),
            agencies: builder.add_text_field("agencies", text),
            number: builder.add_text_field("number", STRING),
            cited: builder.add_text_field("cited", STRING),
            exact: builder.add_text_field("exact", STRING),
            date: builder.add_u64_field("date", FAST),
            order: builder.add_text_field("order", FAST),
            facets: Facet::ALL.map(|facet| builder.add_text_field(facet.name(), STRING | FAST)),
            schema: builder.build(),
        }
    }

    /// The field of a facet.
    pub(super) fn facet(&self, facet: Facet) -> Field {
        self.facets[facet as usize]
    }
}
