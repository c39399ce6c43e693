//! The integration tests, one binary: linking it once is quicker than once for each file.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop where it fails")]

/// Accuracy against annotations.
mod accuracy;

/// Who may import whom.
mod architecture;

/// The program from outside: exit codes, help, formats, what goes wrong.
mod cli;

/// Graphs: order of arrival, decisions, forgetting, what comes late.
mod graph;

/// Every form of input: pages, packages, print, lines, metadata beside them, and what is hostile.
mod inputs;

/// Who rests on whom, from stores and from made-up graphs.
mod lineage;

/// The time that reading takes.
mod linear;

/// A corpus beside the checkout, where there is one.
mod material;

/// Personal data and spam in no output.
mod privacy;

/// What holds for any text at all.
mod properties;

/// The named queries, each on a store.
mod queries;

/// Rows of small documents: every kind of clause and head in words of our own.
mod reading;

/// The README's examples.
#[cfg(feature = "rocksdb")]
mod readme;

/// Many documents: how long linking takes.
mod scale;

/// Full-text search.
mod search;

/// The service over HTTP, with a real client.
mod service;

/// The shapes, on the store and on planted faults.
mod shapes;

/// What the tests share.
mod support;
