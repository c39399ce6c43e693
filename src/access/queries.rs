//! The log of queries: a line of JSON for each, without what looks like personal data or a secret.

use super::{AccessError, file::private, line::line};
use serde::Serialize;
use std::{
    fs::{File, OpenOptions},
    io::{self, Write as _},
    path::Path,
    sync::{Mutex, PoisonError},
};

/// How a query or an update went.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct QueryLine<'a> {
    /// The id of the request.
    pub request: &'a str,
    /// The id of a token; `anybody` where nobody is asked.
    pub who: &'a str,
    /// `select`, `ask`, `construct`, `describe`, `update`.
    pub kind: &'a str,
    /// SHA-256 of the text as it stands here, before it was cut: equal for equal queries.
    pub sha256: &'a str,
    /// The text, [`redacted`].
    pub query: &'a str,
    /// How long it ran, in milliseconds.
    pub duration_ms: u64,
    /// How many rows or triples were answered.
    pub rows: u64,
    /// How many bytes were answered, before compression.
    pub bytes: u64,
    /// `done`, `cancelled`, or the code of a problem.
    pub outcome: &'a str,
    /// The status that was answered, or would have been.
    pub status: u16,
}

/// A file that lines are added to.
#[derive(Debug)]
pub struct QueryLog(Mutex<File>);

impl QueryLog {
    /// Opens a log, and makes it where there is none.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn open(path: &Path) -> Result<Self, AccessError> {
        let file = private(OpenOptions::new().create(true).append(true)).open(path);
        let file = file.map_err(|error| AccessError::Io { path: path.to_owned(), error })?;
        Ok(Self(Mutex::new(file)))
    }

    /// Adds a line.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn note(&self, query: &QueryLine<'_>) -> io::Result<()> {
        let line = line(query)?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(&line)
    }
}

/// What stands for what is not shown.
const MASK: char = '■';

/// How long a run of digits must be to look like the number of a person: telephones have seven and more.
const DIGITS: usize = 7;

/// How long a word of letters and digits must be to look like a secret.
const SECRET: usize = 24;

/// A query or an update without its comments, and in its strings without what looks like personal data or a secret:
/// addresses of mail, long numbers (telephone, identity card, account), tokens. IRIs stay, but for mail and tokens.
///
/// ```
/// use zhengmai::access::redacted;
/// let query = "SELECT * { ?s ?p '电话 13800138000', '国发〔2023〕15号' } # for 张三";
/// assert_eq!(redacted(query), "SELECT * { ?s ?p '电话 ■', '国发〔2023〕15号' } ");
/// ```
#[must_use]
pub fn redacted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '#' => {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            }
            '"' | '\'' => string_length(rest, first),
            '<' => iri_length(rest),
            _ => rest.find(['#', '"', '\'', '<']).unwrap_or(rest.len()),
        };
        let (part, behind) = rest.split_at(length.max(first.len_utf8()));
        mask(part, matches!(first, '"' | '\''), &mut out);
        rest = behind;
    }
    out
}

/// How long the string is that `text` begins with, with its quotation marks.
fn string_length(text: &str, quote: char) -> usize {
    let long: String = [quote; 3].iter().collect();
    let mark = if text.starts_with(&long) { long.as_str() } else { &long[..1] };
    let mut at = mark.len();
    while let Some(next) = text[at..].chars().next() {
        if text[at..].starts_with(mark) {
            return at + mark.len();
        }
        at += next.len_utf8();
        if next == '\\' {
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    text.len()
}

/// How long the IRI is that `text` begins with; one character where it is no IRI but a comparison.
fn iri_length(text: &str) -> usize {
    let end = text[1..].find(|c: char| c == '>' || c.is_whitespace() || "<\"{}|^`\\".contains(c));
    match end.map(|end| end + 1) {
        Some(end) if text[end..].starts_with('>') => end + 1,
        _ => 1,
    }
}

/// Writes words, those that may not be seen as a mark.
fn mask(text: &str, is_string: bool, out: &mut String) {
    let is_word = |c: char| c.is_ascii_alphanumeric() || "@._-+=%".contains(c);
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(length);
        if is_secret(word, is_string) {
            out.push(MASK);
        } else {
            out.push_str(word);
        }
        let length = behind.find(is_word).unwrap_or(behind.len());
        out.push_str(&behind[..length]);
        rest = &behind[length..];
    }
}

fn is_secret(word: &str, is_string: bool) -> bool {
    let is_mail = word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let is_token = word.contains("zm_") && word.len() >= SECRET;
    // Written with dashes, a number is one all the same.
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let is_date = digits == 8 && word.len() == 10 && word.split('-').map(str::len).eq([4, 2, 2]);
    let is_number = digits >= DIGITS && !is_date && word.bytes().all(|b| b.is_ascii_digit() || b"-+.xX".contains(&b));
    let runs = word.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default();
    let is_random = word.len() >= SECRET && digits > 0 && word.bytes().any(|b| b.is_ascii_alphabetic());
    is_mail || is_token || (is_string && (is_number || runs >= DIGITS || is_random))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_person_or_a_secret_is_masked() {
        let token = format!("zm_{}", "0123456789abcdef".repeat(4));
        for (text, seen) in [
            ("ASK { ?s ?p '13800138000' }", "ASK { ?s ?p '■' }"),
            ("ASK { ?s ?p \"022-12345678转1\" }", "ASK { ?s ?p \"■转1\" }"),
            ("FILTER(?x = '12010119900101123X')", "FILTER(?x = '■')"),
            ("'''a@b.example\n邮箱'''", "'''■\n邮箱'''"),
            ("'it\\'s 13800138000' ?p", "'it\\'s ■' ?p"),
            (&format!("<http://x/?t={token}>"), "<http://x/?■>"),
            (&format!("'{token}'"), "'■'"),
            ("<mailto:a@b.example>", "<mailto:■>"),
            ("?x # 张三 13800138000", "?x "),
            ("?x # 张三\n?y", "?x \n?y"),
            ("'13800138000", "'■"),
        ] {
            assert_eq!(redacted(text), seen, "{text}");
        }
    }

    #[test]
    fn what_does_not_stays() {
        for text in [
            "SELECT ?s { ?s <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> '国发〔2023〕15号'@zh } LIMIT 100000000",
            "ASK { ?s ?p '2023-12-31'^^xsd:date FILTER(?n < 20 && ?m > 3) }",
            "<http://127.0.0.1:7979/graph/source/0123456789abcdef0123456789abcdef>",
            "'' \"\" '''''' '知识产权\\n'",
            "?a < ?b",
            "",
        ] {
            assert_eq!(redacted(text), text);
        }
    }
}
