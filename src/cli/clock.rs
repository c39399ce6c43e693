//! The one place that looks at the clock: times stand in the provenance and decision graphs alone.

use crate::link::Run;
use crate::model::RULE_SET;

/// Now, in ISO 8601 (UTC, whole seconds).
pub(super) fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}

/// A run that starts now.
pub(super) fn run() -> Run {
    Run { id: uuid::Uuid::now_v7().to_string(), rule_set: RULE_SET.to_owned(), started: now() }
}
