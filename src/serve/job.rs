//! What is done for a request, from its beginning to its end: then it is counted, charged and noted.

use super::{caller::Caller, error::ApiError, state::AppState};
use crate::{
    access::{QueryLine, redacted},
    model::sha256,
    query::{Stop, Watch},
};
use std::time::{Duration, Instant};

/// How much of a query the log has.
const SHOWN: usize = 4000;

/// A piece of work for a request.
#[derive(Clone, Debug)]
pub(super) struct Job {
    kind: &'static str,
    /// The text of a query or an update.
    text: Option<String>,
    caller: Caller,
}

/// How it ended.
#[derive(Debug)]
pub(super) struct Ended<'a> {
    /// How long it ran.
    pub(super) took: Duration,
    /// How many bytes it wrote.
    pub(super) bytes: u64,
    pub(super) error: Option<&'a ApiError>,
}

impl Job {
    /// A query or an update.
    pub(super) fn on(text: &str) -> Self {
        Self { kind: kind(text), text: Some(text.to_owned()), caller: Caller::current() }
    }

    /// Something that has a name.
    pub(super) fn named(kind: &'static str) -> Self {
        Self { kind, text: None, caller: Caller::current() }
    }

    /// Counts, charges and notes it.
    pub(super) fn ended(&self, state: &AppState, watch: &Watch, ended: &Ended<'_>) {
        let outcome = match (ended.error, watch.stopped()) {
            (Some(_), Some(Stop::Unwanted)) => "cancelled",
            (Some(error), _) => error.fault.code(),
            (None, _) => "done",
        };
        state.metrics().ended(self.kind, outcome, ended.took);
        if let Some(client) = &self.caller.client {
            state.rates().charge(client, ended.took, ended.bytes, Instant::now());
        }
        let (Some(log), Some(text)) = (state.query_log(), &self.text) else { return };
        let query = redacted(text);
        let line = QueryLine {
            request: &self.caller.request,
            who: &self.caller.who,
            kind: self.kind,
            sha256: &sha256(query.as_bytes()),
            query: &query.chars().take(SHOWN).collect::<String>(),
            duration_ms: u64::try_from(ended.took.as_millis()).unwrap_or(u64::MAX),
            rows: watch.answered(),
            bytes: ended.bytes,
            outcome,
            status: ended.error.map_or(200, |error| error.fault.status().as_u16()),
        };
        if let Err(error) = log.note(&line) {
            tracing::warn!(%error, "the query log could not be written");
        }
    }
}

/// The form of a query, as its first word after the prologue tells.
fn kind(text: &str) -> &'static str {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix('#') {
            rest = comment.split_once('\n').map_or("", |(_, rest)| rest);
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let word = rest[..end].to_ascii_lowercase();
        match word.as_str() {
            // The IRI ends the declaration.
            "prefix" | "base" => rest = rest.split_once('>').map_or("", |(_, rest)| rest),
            "select" => return "select",
            "ask" => return "ask",
            "construct" => return "construct",
            "describe" => return "describe",
            "insert" | "delete" | "with" | "load" | "clear" | "drop" | "create" | "copy" | "move" | "add" => {
                return "update";
            }
            _ => return "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn a_query_is_told_by_its_first_word() {
        for (text, expected) in [
            ("SELECT * {}", "select"),
            ("# ask\n\n  Ask{}", "ask"),
            ("BASE <http://example.org/>PREFIX select: <urn:x>\nconstruct {} {}", "construct"),
            ("PREFIX : <urn:x> DESCRIBE :a", "describe"),
            ("PREFIX : <urn:x> INSERT DATA { :a :b 1 }", "update"),
            ("WITH <urn:g> DELETE {} WHERE {}", "update"),
            ("selection", "other"),
            ("PREFIX", "other"),
            ("#", "other"),
            ("", "other"),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }
}
