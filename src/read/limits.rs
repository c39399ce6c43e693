//! 上限 (limits): what no policy document exceeds, so that a hostile file costs one error and no more.

/// The largest file that is read, and the longest line of JSON Lines, in bytes.
pub const LARGEST_FILE: u64 = 64 << 20;
/// What the parts of one package (DOCX, OFD, XLSX) may unpack to, in bytes, together.
pub const LARGEST_PACKAGE: u64 = 128 << 20;
/// How many times larger than in the package a part may unpack, where it is larger than a mebibyte.
pub const LARGEST_RATIO: u64 = 200;
/// The most parts of a package.
pub const MOST_PARTS: usize = 20_000;
/// The most pages of a document with pages.
pub const MOST_PAGES: usize = 5_000;
/// The deepest nesting of elements.
pub const DEEPEST: usize = 256;
/// The most nodes of a page.
pub const MOST_NODES: usize = 2_000_000;
/// The longest value of metadata, in characters.
pub const LONGEST_VALUE: usize = 500;
