//! The file of tokens: read whole, written whole.

use super::{AccessError, Token};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::Path,
    time::{Duration, SystemTime},
};

/// By what it is seen that a file has been written anew.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Stamp {
    modified: SystemTime,
    length: u64,
    /// A file that is written anew is another one, where the system tells files apart.
    number: u64,
}

/// No clock of a file system is coarser.
const GRAIN: Duration = Duration::from_secs(2);

impl Stamp {
    /// That of a file; none where there is none.
    pub(super) fn of(path: &Path) -> Result<Option<Self>, AccessError> {
        let stamp = fs::metadata(path).and_then(|file| {
            #[cfg(unix)]
            let number = std::os::unix::fs::MetadataExt::ino(&file);
            #[cfg(not(unix))]
            let number = 0;
            Ok(Self { modified: file.modified()?, length: file.len(), number })
        });
        match stamp {
            Ok(stamp) => Ok(Some(stamp)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(AccessError::Io { path: path.to_owned(), error }),
        }
    }

    /// Whether the file was written so long ago that writing it now would give it another time.
    pub(super) fn is_settled(self) -> bool {
        self.modified.elapsed().is_ok_and(|elapsed| elapsed > GRAIN)
    }
}

pub(super) fn read(path: &Path) -> Result<Vec<Token>, AccessError> {
    let text = fs::read(path).map_err(|error| AccessError::Io { path: path.to_owned(), error })?;
    serde_json::from_slice(&text).map_err(|error| AccessError::Damaged { path: path.to_owned(), error })
}

/// Writes the file so that it is there whole or not at all, for its owner only.
pub(super) fn write(path: &Path, tokens: &[Token]) -> Result<(), AccessError> {
    let draft = path.with_extension("draft");
    let write = || -> io::Result<()> {
        let mut file = private(OpenOptions::new().create(true).truncate(true).write(true)).open(&draft)?;
        file.write_all(&serde_json::to_vec_pretty(tokens)?)?;
        file.sync_all()?;
        fs::rename(&draft, path)
    };
    write().map_err(|error| AccessError::Io { path: path.to_owned(), error })
}

/// Keeps other processes from changing the tokens until it is dropped.
pub(super) fn lock(path: &Path) -> Result<File, AccessError> {
    let lock = || -> io::Result<File> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        file.lock()?;
        Ok(file)
    };
    lock().map_err(|error| AccessError::Io { path: path.to_owned(), error })
}

/// A new file that only its owner can read.
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}
