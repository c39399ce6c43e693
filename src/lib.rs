//! 政脉 (zhengmai): who implements whom, from the text of Chinese policy documents.
//!
//! A document flows through the modules in the order they are listed here.

// The nouns: what flows.

/// 公文 and its parts as plain values: no I/O, no store, no serialisation.
pub mod model;

/// Reference tables from `data/`: regions, agencies, issuer codes, kinds, cues, noise.
pub mod register;

// The verbs: what happens to a document. None of these modules knows another.

/// Bytes become a [`model::Source`].
pub mod read;

/// Dirty text becomes a [`model::CleanText`]: spam, page chrome and charset damage are blanked and reported.
pub mod clean;

/// Clean text becomes a [`model::Document`]: head, parts, numbered structure.
pub mod parse;

/// A document becomes [`model::Mentions`]: citations, duties, deadlines and targets are found.
pub mod extract;

/// Mentions become a [`model::Resolved`] document: agencies get full names, works get keys.
pub mod resolve;

/// A resolved document becomes its extraction record (JSON).
pub mod record;

/// A resolved document becomes the quads of its source graph (RDF).
pub mod map;

/// The passes composed: one source in, one resolved document out.
pub mod pipeline;

/// What things are called becomes an index: which of them words mean, and what comes near.
pub mod names;

// The edges: where the graph lives and how people reach it.

/// The way out: other hosts, where an operator has named them (ureq).
pub mod fetch;

/// Graphs at rest (Oxigraph).
pub mod store;

/// What needs the whole corpus: links between works, policies, the effective graph.
pub mod link;

/// Questions: SPARQL and the named queries.
pub mod query;

/// Which local plans implement which national ones (petgraph).
pub mod lineage;

/// Full-text search (tantivy).
pub mod search;

/// Human decisions.
pub mod review;

/// Accuracy against annotations, task by task.
pub mod evaluate;

/// Other people's formats (oxrdfio, sophia).
pub mod exchange;

/// Who may do what: roles, tokens, the log of writes.
pub mod access;

/// Settings out of a file and the environment.
pub mod config;

/// HTTP (axum).
pub mod serve;

/// The command line.
pub mod cli;
