//! JSON Lines: one document a line, `{"id","text","meta"}`.

use super::{Loaded, ReadError, metadata::Given};
use crate::model::{Source, sha256};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::path::Path;

/// A line of JSON Lines.
#[derive(Debug, Deserialize)]
pub struct InputLine {
    /// The caller's identifier.
    #[serde(default)]
    pub id: Option<String>,
    /// The document's text.
    pub text: String,
    /// What is known beside the text: 发文字号, 发布机构, 成文日期 … under Chinese or English names.
    #[serde(default)]
    pub meta: Option<Map<String, Value>>,
}

/// Reads one line; `number` counts from 1 and names the source where the line has no `id`.
/// The source's hash is that of the text in UTF-8.
///
/// # Errors
/// When the line is no JSON object with a `text`.
pub fn parse_line(line: &[u8], number: usize, file: Option<&Path>) -> Result<Loaded, ReadError> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let fault = |error: &dyn std::fmt::Display| ReadError::Line {
        file: file.map(Path::to_owned),
        line: number,
        message: format!("应为 (expected) UTF-8 {{\"id\",\"text\",\"meta\"}}: {error}"),
    };
    let line = std::str::from_utf8(line).map_err(|error| fault(&error))?;
    let input: InputLine = serde_json::from_str(line).map_err(|error| fault(&error))?;
    let name = input.id.clone().unwrap_or_else(|| match file {
        Some(file) => format!("{}-{number}", super::name_of(file)),
        None => format!("line-{number}"),
    });
    let hash = sha256(input.text.as_bytes());
    let mut source = Source { id: input.id, ..Source::of_text(name, input.text, hash) };
    if let Some(given) = input.meta.and_then(|meta| Given::of_object(&meta)) {
        given.lay_on(&mut source);
    }
    Ok(Loaded { source, bytes: None })
}

/// Whether a line is one of JSON Lines.
pub(super) fn is_line(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    serde_json::from_slice::<InputLine>(line).is_ok()
}
