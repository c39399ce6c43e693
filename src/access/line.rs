//! A line of a log: JSON, and when it was noted.

use serde::Serialize;

#[derive(Serialize)]
struct Timed<'a, T> {
    time: &'a str,
    #[serde(flatten)]
    noted: &'a T,
}

/// What is noted now, as a line, whole, so that it is added at once.
pub(super) fn line(noted: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(&Timed { time: &now(), noted })?;
    line.push(b'\n');
    Ok(line)
}

/// Now, in ISO 8601 (UTC). It stands beside the graph, never in it.
#[must_use]
pub fn now() -> String {
    jiff::Timestamp::now().to_string()
}
