//! What can go wrong with a search.

use crate::{register::RegisterError, store::StoreError};
use std::{io, path::PathBuf};

/// A search that got no answer, or an index that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Nothing is left of the words without blanks and brackets.
    #[error("没有可找的字: “{0}” 只有空白或括号 (nothing to look for: only blanks or brackets)")]
    Nothing(String),
    /// The words are too many.
    #[error("要找的字过多: {found} 个, 至多 {most} 个 (too many characters: {found}, at most {most})")]
    TooLong {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// A page behind the last that is shown.
    #[error("只列出前 {most} 项; 请加字或筛选 (only the first {most} are listed; narrow the search)")]
    TooFar {
        /// How many are listed.
        most: usize,
    },
    /// A facet has no such value.
    #[error("{facet} 没有值 “{value}”; 可用 (known): {known}")]
    Value {
        /// The facet.
        facet: &'static str,
        /// What was asked for.
        value: String,
        /// What it may be.
        known: String,
    },
    /// The index failed.
    #[error("全文索引出错 (the search index failed): {0}")]
    Index(#[from] tantivy::TantivyError),
    /// The folder of the index could not be written.
    #[error("{path}")]
    Io {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The built-in registers are broken.
    #[error(transparent)]
    Register(#[from] RegisterError),
}

impl SearchError {
    /// Whether the one who asks can mend it.
    #[must_use]
    pub fn is_of_the_question(&self) -> bool {
        matches!(self, Self::Nothing(_) | Self::TooLong { .. } | Self::TooFar { .. } | Self::Value { .. })
    }
}
