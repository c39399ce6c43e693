//! Bytes become a [`Source`](crate::model::Source): the one verb that touches the disk.

mod decode;
mod docx;
mod error;
mod files;
mod format;
mod html;
mod inputs;
pub mod limits;
mod lines;
mod metadata;
mod ofd;
mod package;
mod pages;
mod pdf;
mod xml;

pub use decode::{Decoded, decode, mojibake};
pub use error::{Fault, ReadError};
pub use files::files_below;
pub use inputs::{Inputs, Unread};
pub use lines::{InputLine, parse_line};
pub use pdf::PDF_THREAD;

use crate::model::{Finding, FindingCode, GivenValue, Severity, Source, sha256};
use format::Format;
use limits::LARGEST_FILE;
use std::{fs, path::Path};

/// 读入的文件 (what was read): the source, and the bytes that its hash is of.
#[derive(Debug)]
pub struct Loaded {
    /// The source.
    pub source: Source,
    /// The bytes, where they are not the text's own.
    bytes: Option<Vec<u8>>,
}

impl Loaded {
    /// The bytes that the source's hash is of.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_deref().unwrap_or(self.source.text.as_bytes())
    }
}

/// Reads one file that is one document, without the metadata beside it.
///
/// # Errors
/// When the system refuses, the file is too large, or its bytes are no document.
pub fn read(path: &Path) -> Result<Source, ReadError> {
    read_file(path).map(|loaded| loaded.source)
}

fn read_file(path: &Path) -> Result<Loaded, ReadError> {
    let io = |error| ReadError::Io { path: path.to_owned(), error };
    let bytes = fs::metadata(path).map_err(io)?.len();
    if bytes > LARGEST_FILE {
        return Err(ReadError::TooLarge { path: path.to_owned(), bytes });
    }
    let bytes = fs::read(path).map_err(io)?;
    loaded(&name_of(path), bytes).map_err(|fault| ReadError::Content { path: path.to_owned(), fault })
}

/// A source from bytes in memory.
///
/// # Errors
/// Where the bytes are no document.
pub fn source_of(name: &str, bytes: &[u8]) -> Result<Source, Fault> {
    loaded(name, bytes.to_vec()).map(|loaded| loaded.source)
}

fn loaded(name: &str, bytes: Vec<u8>) -> Result<Loaded, Fault> {
    let hash = sha256(&bytes);
    let format = Format::of(name, &bytes)?;
    // Plain UTF-8, the usual case, is taken as it is.
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if format == Format::Text && is_plain(&text) => {
            let findings = misread(&text);
            let source = Source { findings, ..Source::of_text(name.to_owned(), text, hash) };
            return Ok(Loaded { source, bytes: None });
        }
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let content = content(format, &bytes)?;
    let mut findings = content.findings;
    findings.extend(misread(&content.text));
    let source = Source {
        encoding: content.encoding,
        replaced: content.replaced,
        given: content.given,
        url: content.url,
        findings,
        ..Source::of_text(name.to_owned(), content.text, hash)
    };
    Ok(Loaded { source, bytes: Some(bytes) })
}

/// What a reader of one format makes of bytes.
#[derive(Debug, Default)]
struct Content {
    text: String,
    encoding: &'static str,
    replaced: usize,
    given: Vec<GivenValue>,
    url: Option<String>,
    findings: Vec<Finding>,
}

fn content(format: Format, bytes: &[u8]) -> Result<Content, Fault> {
    match format {
        Format::Text => {
            let Decoded { text, encoding, replaced } = decode(bytes).ok_or(Fault::NotText)?;
            Ok(Content { text, encoding, replaced, ..Content::default() })
        }
        Format::Html => {
            let charset = html::charset(bytes);
            let Decoded { text, encoding, replaced } =
                decode::decode_labelled(bytes, charset.as_deref()).ok_or(Fault::NotText)?;
            Ok(Content { encoding, replaced, ..html::read(&text)? })
        }
        Format::Docx => docx::read(bytes),
        Format::Ofd => ofd::read(bytes),
        Format::Pdf => pdf::read(bytes),
    }
}

/// A finding where the text was decoded wrongly before it came here.
fn misread(text: &str) -> Vec<Finding> {
    let message = |sign| format!("文字疑为以错误编码读出后另存 ({sign}), 请用原文件 (mojibake: use the original file)");
    let sign = mojibake(text);
    sign.map(|sign| Finding::whole(FindingCode::GarbageRun, Severity::Error, message(sign))).into_iter().collect()
}

/// Whether a text is its own bytes: no mark before it, no NUL in it.
fn is_plain(text: &str) -> bool {
    !text.starts_with('\u{feff}') && !text.contains('\0')
}

/// The name of a file without its folders.
fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
