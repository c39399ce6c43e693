//! The log of writes: a line of JSON for each, only ever added to. It calls people by the id of their token; who
//! that is stands with the tokens.

use super::{Access, AccessError, file::private, line::line};
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions},
    io::{self, BufRead as _, BufReader, Write as _},
};

/// What somebody wrote.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Entry<'a> {
    /// The id of a token; `anybody` where nobody is asked. On the command line what `--by` says: `local`.
    pub who: &'a str,
    /// Which way: `http`, `cli`.
    pub via: &'a str,
    /// What was done: `update`, `put`, `post`, `delete`, `ingest`, `remove`, `forget`, `reject`, `withdraw`,
    /// `token-create`, `token-revoke`.
    pub action: &'a str,
    /// The graph, the source, the claim, or the text of the update.
    pub what: &'a str,
    /// The status that was answered; on the command line 200 or 500.
    pub status: u16,
}

/// A line of the log, as it is read.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Noted {
    /// When, in ISO 8601 (UTC).
    pub time: String,
    /// As [`Entry::who`].
    pub who: String,
    /// As [`Entry::via`].
    pub via: String,
    /// As [`Entry::action`].
    pub action: String,
    /// As [`Entry::what`].
    pub what: String,
    /// As [`Entry::status`].
    pub status: u16,
}

impl Access {
    /// Adds a line to the log, and waits until the disk has it.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn note(&self, entry: Entry<'_>) -> Result<(), AccessError> {
        let Some(path) = self.log() else { return Ok(()) };
        let add = || -> io::Result<()> {
            let line = line(&entry)?;
            let mut file = private(OpenOptions::new().create(true).append(true)).open(&path)?;
            file.write_all(&line)?;
            file.sync_data()
        };
        add().map_err(|error| AccessError::Io { path: path.clone(), error })
    }

    /// The lines of the log, oldest first; `None` for one that can't be read, as when the power failed while it was
    /// written.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn noted(&self) -> Result<impl Iterator<Item = Option<Noted>>, AccessError> {
        let file = match self.log() {
            Some(path) => match File::open(&path) {
                Ok(file) => Some(file),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(AccessError::Io { path, error }),
            },
            None => None,
        };
        let lines = file.into_iter().flat_map(|file| BufReader::new(file).split(b'\n'));
        Ok(lines.map(|line| serde_json::from_slice(&line.ok()?).ok()))
    }

    fn log(&self) -> Option<std::path::PathBuf> {
        self.folder.as_ref().map(|folder| folder.join("audit.jsonl"))
    }
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
            access.note(Entry { who: "t-1", via: "http", action: "put", what: "urn:图\n", status }).unwrap();
        }
        let log = fs::read_to_string(folder.path().join("audit.jsonl")).unwrap();
        assert_eq!(log.lines().count(), 2);
        fs::write(folder.path().join("audit.jsonl"), format!("{log}{{\"time\":")).unwrap();
        let lines: Vec<Option<Noted>> = access.noted().unwrap().collect();
        let second = lines[1].as_ref().unwrap();
        assert_eq!((second.status, second.what.as_str()), (403, "urn:图\n"));
        assert!(second.time.ends_with('Z'));
        assert!(lines.len() == 3 && lines[2].is_none(), "what was torn is told");
    }
}
