//! 文件标识: the key by which a work is one work, wherever it is read.

use super::{DocNumber, normal_title};
use std::fmt;

/// The canonical key of a work (extraction record, "Normal forms"). Computed from the text alone, so
/// that two documents which know the same facts arrive at the same key without meeting.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum WorkKey {
    /// By 发文字号.
    Number(DocNumber),
    /// By jurisdiction and normal title.
    Title {
        /// GB/T 2260 code, `int`, or several joined by `+`; 000000 where nothing tells.
        region: String,
        /// The title's normal form.
        title: String,
    },
    /// A text without number and title, by its source.
    Anonymous {
        /// GB/T 2260 code.
        region: String,
        /// SHA-256 of the source bytes.
        source: String,
        /// Which of the file's untitled works it is, from 1.
        ordinal: usize,
    },
}

impl WorkKey {
    /// The key of a title in a jurisdiction.
    #[must_use]
    pub fn title(region: &str, title: &str) -> Self {
        Self::Title { region: region.to_owned(), title: normal_title(title) }
    }
}

impl fmt::Display for WorkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "num:{number}"),
            Self::Title { region, title } => write!(f, "title:{region}:{title}"),
            Self::Anonymous { region, source, ordinal: 1 } => write!(f, "anon:{region}:{source}"),
            Self::Anonymous { region, source, ordinal } => write!(f, "anon:{region}:{source}:{ordinal}"),
        }
    }
}
