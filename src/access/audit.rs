//! The log of writes: a line of JSON for each, only ever added to. It calls people by the id of their token; who
//! that is stands with the tokens.

use super::{Access, AccessError, file::private};
use serde::Serialize;
use std::{
    fs::OpenOptions,
    io::{self, Write as _},
};

/// What somebody wrote.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Entry<'a> {
    /// The id of a token; `anybody` where nobody is asked.
    pub who: &'a str,
    /// What was done: `update`, `put`, `post`, `delete`.
    pub action: &'a str,
    /// The graph, or the text of the update.
    pub what: &'a str,
    /// The status that was answered.
    pub status: u16,
}

#[derive(Serialize)]
struct Line<'a> {
    time: &'a str,
    #[serde(flatten)]
    entry: Entry<'a>,
}

impl Access {
    /// Adds a line to the log, and waits until the disk has it.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn note(&self, entry: Entry<'_>) -> Result<(), AccessError> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let path = folder.join("audit.jsonl");
        let add = || -> io::Result<()> {
            let mut line = serde_json::to_vec(&Line { time: &now(), entry })?;
            line.push(b'\n');
            let mut file = private(OpenOptions::new().create(true).append(true)).open(&path)?;
            file.write_all(&line)?;
            file.sync_data()
        };
        add().map_err(|error| AccessError::Io { path: path.clone(), error })
    }
}

/// Now, in ISO 8601 (UTC). It stands beside the graph, never in it.
pub(super) fn now() -> String {
    jiff::Timestamp::now().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn every_write_is_a_line_behind_the_others() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("zhengmai.store"), "").unwrap();
        let access = Access::open(folder.path()).unwrap();
        for status in [204, 403] {
            access.note(Entry { who: "t-1", action: "put", what: "urn:图\n", status }).unwrap();
        }
        let log = fs::read_to_string(folder.path().join("audit.jsonl")).unwrap();
        let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[1]["status"].as_u64(), lines[1]["what"].as_str()), (Some(403), Some("urn:图\n")));
        assert!(lines[0]["time"].as_str().is_some_and(|time| time.ends_with('Z')));
    }
}
