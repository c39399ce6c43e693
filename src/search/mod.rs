//! 检索 (full-text search) over titles, texts and measures, by an index that follows the store.
//!
//! What is asked for is looked for as parts of the texts, in a form of characters that does not know brackets and
//! blanks, by bigrams; so whatever a text says is found by any part of it. A question is cut at the words
//! of the registers, and each word must be there, by any of its names. If nothing has all of it, titles that have
//! most of it are offered and said to be that.

mod bigrams;
mod compile;
mod error;
mod facets;
mod find;
mod fold;
mod highlight;
mod index;
mod question;
mod schema;
mod service;
mod units;
mod words;

pub use error::SearchError;
pub use facets::{Counts, Facet, Filters};
pub use find::{Answer, Hit, LISTED};
pub use highlight::Snippet;
pub use question::{Question, Wanted};
pub use units::{Measure, Text, Work};

use crate::{register::Register, store::Store};
use index::Index;
use std::{
    fmt,
    path::Path,
    sync::{Arc, OnceLock},
};
use words::Words;

/// Full-text search in a store. Cheap to clone; clones are the same.
///
/// ```
/// use zhengmai::{search::{Question, Search}, store::Store};
/// let store = Store::in_memory("http://127.0.0.1:7979")?;
/// let search = Search::open(&store)?;
/// let question = Question { text: "知识产权".to_owned(), limit: 10, ..Question::default() };
/// assert_eq!(search.find(&question)?.total, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Search(Arc<Shared>);

struct Shared {
    index: Index,
    words: Arc<Words>,
}

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search").finish_non_exhaustive()
    }
}

impl Search {
    /// Search in a store. The index is in the store's folder, or in memory where the store is; it is made where there is
    /// none of the store's version, which takes O(n) for n characters, and brought up to date by each search with what
    /// has been committed since, at the cost of what that touches.
    ///
    /// # Errors
    /// When the store can't be read, or the index not be written.
    pub fn open(store: &Store) -> Result<Self, SearchError> {
        Self::of(store, store.search_folder().as_deref())
    }

    /// As [`open`](Self::open), with the index in a folder, where nothing else may be.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn in_folder(store: &Store, folder: &Path) -> Result<Self, SearchError> {
        Self::of(store, Some(folder))
    }

    fn of(store: &Store, folder: Option<&Path>) -> Result<Self, SearchError> {
        Ok(Self(Arc::new(Shared { index: Index::open(store, folder)?, words: words()? })))
    }

    /// Brings the index up to date with the store's commits. Searches do so themselves; this is for who has written
    /// and does not search.
    ///
    /// # Errors
    /// When the store can't be read, or the index not be written; the next update tries again.
    pub fn update(&self) -> Result<(), SearchError> {
        self.0.index.update()
    }

    /// As [`update`](Self::update), and leaves nothing in the index's files of what has been taken out of the store; for
    /// what is to be forgotten.
    ///
    /// # Errors
    /// As [`update`](Self::update).
    pub fn purge(&self) -> Result<(), SearchError> {
        self.0.index.purge()
    }

    /// The bytes that the index takes.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn size(&self) -> Result<u64, SearchError> {
        self.0.index.size()
    }

    /// A region by its GB/T 2260 code, with those above it.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn region_name(&self, code: &str) -> Result<String, SearchError> {
        Ok(units::Units::of(self.0.index.store()).region_name(code)?)
    }
}

/// The words of the built-in registers, made once.
fn words() -> Result<Arc<Words>, SearchError> {
    static WORDS: OnceLock<Arc<Words>> = OnceLock::new();
    if let Some(words) = WORDS.get() {
        return Ok(Arc::clone(words));
    }
    let words = Arc::new(Words::of(&Register::embedded()?));
    Ok(Arc::clone(WORDS.get_or_init(|| words)))
}
