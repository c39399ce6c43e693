//! 来源 (source): the file as it was read, the text cleaned for reading, and quotes with their place.

use super::{Finding, MetadataField, OffsetMap, Places, Span};

/// 来源文件 (source file), decoded.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The file's name, without folders.
    pub name: String,
    /// The identifier that the input line gave it, where there was one.
    pub id: Option<String>,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The encoding's name: UTF-8, GB18030.
    pub encoding: &'static str,
    /// The decoded text, without a leading byte-order mark, line ends as they were.
    pub text: String,
    /// How many characters had to be replaced because the bytes made none.
    pub replaced: usize,
    /// 随附元数据 (given metadata): what is said of the document beside its text, personal data left out.
    pub given: Vec<GivenValue>,
    /// SHA-256 of the metadata that came beside the bytes, where some did: the same bytes with other metadata are read anew.
    pub metadata_sha256: Option<String>,
    /// Where it was had from.
    pub url: Option<String>,
    /// When it was had, as the metadata say it.
    pub retrieved: Option<String>,
    /// What the reader saw wrong, or left out.
    pub findings: Vec<Finding>,
}

impl Source {
    /// A source whose text is in UTF-8, with nothing beside it.
    #[must_use]
    pub fn of_text(name: String, text: String, sha256: String) -> Self {
        Self { name, text, sha256, encoding: "UTF-8", ..Self::default() }
    }

    /// The first value given for a field.
    #[must_use]
    pub fn given(&self, field: MetadataField) -> Option<&GivenValue> {
        self.given.iter().find(|value| value.field == field)
    }
}

/// A value of metadata that does not stand in the text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GivenValue {
    /// Which field.
    pub field: MetadataField,
    /// The value as given.
    pub text: String,
    /// Who says so.
    pub origin: Origin,
}

/// 出处类别 (origin): where a value was had from.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Origin {
    /// The text; the place tells where.
    #[default]
    Text,
    /// The head of the page (`<meta name="PubDate">`), or a document's properties.
    Page,
    /// Metadata beside the file, or the `meta` of a line.
    Metadata,
}

impl Origin {
    /// The word of the extraction record.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Page => "page",
            Self::Metadata => "metadata",
        }
    }
}

/// The text in the form that the later stages read: one character for each character (or run of
/// invisible ones) of the source, full width made half width, noise blanked. Its offsets lead back.
#[derive(Clone, Debug, Default)]
pub struct CleanText {
    /// The text.
    pub text: String,
    /// The way back to the source.
    pub offsets: OffsetMap,
}

impl CleanText {
    /// The slice at a place.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// The place in the source of a place in the clean text.
    #[must_use]
    pub fn in_source(&self, span: Span) -> Span {
        Span { start: self.offsets.to_source(span.start), end: self.offsets.to_source(span.end) }
    }
}

/// Counts Unicode code points up to a byte offset, from checkpoints. O(1) for an offset, O(n) to build.
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    checkpoints: Vec<usize>,
}

const STRIDE: usize = 256;

fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

impl<'a> CodePoints<'a> {
    /// Counts the code points of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut checkpoints = vec![0];
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            count += count_characters(chunk);
            checkpoints.push(count);
        }
        Self { text, checkpoints }
    }

    /// The number of code points before the byte `offset`.
    #[must_use]
    pub fn before(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let whole = offset / STRIDE;
        let counted = self.checkpoints.get(whole).copied().unwrap_or(0);
        counted + self.text.as_bytes().get(whole * STRIDE..offset).map_or(0, count_characters)
    }

    /// The number of code points of the whole text.
    #[must_use]
    pub fn total(&self) -> usize {
        self.checkpoints.last().copied().unwrap_or(0)
    }
}

/// The one gate through which text leaves the core: places in code points of the source, and quotes
/// in which personal data stands as ■ in equal number.
#[derive(Clone, Debug)]
pub struct PlacedText<'a> {
    source: &'a str,
    clean: &'a CleanText,
    points: CodePoints<'a>,
    masked: Places,
}

impl<'a> PlacedText<'a> {
    /// The gate for a source and its clean text; `personal` are the places of personal data in the clean text.
    #[must_use]
    pub fn new(source: &'a Source, clean: &'a CleanText, personal: &[Span]) -> Self {
        let masked = personal.iter().map(|&span| clean.in_source(span)).collect();
        Self { source: &source.text, clean, points: CodePoints::new(&source.text), masked }
    }

    /// Start and end in code points of the source.
    #[must_use]
    pub fn place(&self, span: Span) -> (usize, usize) {
        let span = self.clean.in_source(span);
        (self.points.before(span.start as usize), self.points.before(span.end as usize))
    }

    /// The source's words at a place of the clean text.
    #[must_use]
    pub fn quote(&self, span: Span) -> String {
        self.masked_slice(self.clean.in_source(span))
    }

    /// The whole source text.
    #[must_use]
    pub fn whole(&self) -> String {
        self.masked_slice(Span::new(0, self.source.len()))
    }

    /// Length of the source in code points.
    #[must_use]
    pub fn characters(&self) -> usize {
        self.points.total()
    }

    fn masked_slice(&self, span: Span) -> String {
        let slice = span.of(self.source);
        if !self.masked.overlap(span) {
            return slice.to_owned();
        }
        let is_masked = |offset: usize| {
            self.masked.overlap(Span::new(span.start as usize + offset, span.start as usize + offset + 1))
        };
        slice.char_indices().map(|(offset, c)| if is_masked(offset) && !c.is_whitespace() { '■' } else { c }).collect()
    }
}
