//! JSON Lines: one document a line, `{"id","text","meta"}`.

use super::ReadError;
use crate::model::{Source, sha256};
use serde::Deserialize;

/// A line of JSON Lines.
#[derive(Debug, Deserialize)]
pub struct InputLine {
    /// The caller's identifier.
    #[serde(default)]
    pub id: Option<String>,
    /// The document's text.
    pub text: String,
}

/// Reads one line; `number` counts from 1 and names the source where the line has no `id`.
/// The source's hash is that of the text in UTF-8.
///
/// # Errors
/// When the line is no JSON object with a `text`.
pub fn parse_line(line: &str, number: usize) -> Result<Source, ReadError> {
    let input: InputLine = serde_json::from_str(line).map_err(|error| ReadError::Line {
        line: number,
        message: format!("应为 (expected) {{\"id\",\"text\",\"meta\"}}: {error}"),
    })?;
    Ok(Source {
        name: input.id.clone().unwrap_or_else(|| format!("line-{number}")),
        id: input.id,
        sha256: sha256(input.text.as_bytes()),
        encoding: "UTF-8",
        text: input.text,
        replaced: 0,
    })
}
