//! The folder of a store: what it is (`zhengmai.store`), who has it (`lock`), the graphs, the sources.

use super::{
    StoreError,
    layout::{IDENTITY, Identity, LAYOUT, upgrade, write_whole},
    rewrite,
};
use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// How the names of checkpoints begin.
pub(super) const CHECKPOINT: &str = "checkpoint-";

/// An open folder. The lock goes when it is dropped, also when the process is killed.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    base: String,
    /// The layout that it had before it was brought to that of this program.
    older: Option<u32>,
    _lock: File,
}

impl Folder {
    /// Opens for writing, making the folder where there is none.
    pub(super) fn open(path: &Path, base: Option<&str>) -> Result<Self, StoreError> {
        let at = |error| StoreError::Io { path: path.to_owned(), error };
        if !path.join(IDENTITY).exists() {
            let base = base.unwrap_or(crate::model::IriScheme::DEFAULT_BASE);
            let base = base.trim_end_matches('/');
            if !is_base(base) {
                return Err(StoreError::BadBase(base.to_owned()));
            }
            fs::create_dir_all(path).map_err(at)?;
            let lock = lock(path, true)?;
            let others = fs::read_dir(path)
                .map_err(at)?
                .filter_map(Result::ok)
                .filter(|entry| entry.file_name() != "lock")
                .count();
            if others > 0 {
                return Err(StoreError::Foreign { path: path.to_owned() });
            }
            fs::create_dir_all(path.join("sources")).map_err(at)?;
            Identity { layout: LAYOUT, base: base.to_owned() }.write(path)?;
            return Ok(Self { path: path.to_owned(), base: base.to_owned(), older: None, _lock: lock });
        }
        let lock = lock(path, true)?;
        let mut identity = Identity::read(path)?;
        let found = identity.base.clone();
        match base.map(|base| base.trim_end_matches('/')) {
            Some(given) if given != found => {
                Err(StoreError::Base { path: path.to_owned(), found, given: given.to_owned() })
            }
            _ => {
                let older = (identity.layout < LAYOUT).then_some(identity.layout);
                upgrade(path, &mut identity)?;
                remove_checkpoints(path).map_err(at)?;
                rewrite::settle(path).and_then(|()| rewrite::clear(path)).map_err(at)?;
                Ok(Self { path: path.to_owned(), base: found, older, _lock: lock })
            }
        }
    }

    /// Opens an existing store for writing.
    pub(super) fn open_old(path: &Path) -> Result<Self, StoreError> {
        if path.join(IDENTITY).exists() {
            Self::open(path, None)
        } else {
            Err(StoreError::Missing { path: path.to_owned() })
        }
    }

    /// Opens an existing store for reading.
    pub(super) fn open_existing(path: &Path) -> Result<Self, StoreError> {
        if !path.join(IDENTITY).exists() {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        let lock = lock(path, false)?;
        let Identity { layout, base } = Identity::read(path)?;
        if layout < LAYOUT {
            return Err(StoreError::Older { path: path.to_owned(), found: layout, expected: LAYOUT });
        }
        rewrite::settle(path).map_err(|error| StoreError::Io { path: path.to_owned(), error })?;
        Ok(Self { path: path.to_owned(), base, older: None, _lock: lock })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn older(&self) -> Option<u32> {
        self.older
    }

    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Where the database lives.
    pub(super) fn graphs(&self) -> PathBuf {
        self.path.join("graphs")
    }

    /// Where the index of full-text search lives.
    pub(super) fn search(&self) -> PathBuf {
        self.path.join("search")
    }

    fn source(&self, sha256: &str) -> PathBuf {
        self.path.join("sources").join(sha256)
    }

    pub(super) fn keep(&self, sha256: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.source(sha256);
        if path.exists() { Ok(()) } else { write_whole(&path, bytes) }
    }

    pub(super) fn bytes(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.source(sha256);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::Io { path, error }),
        }
    }

    /// How many bytes the files take.
    pub(super) fn size(&self) -> Result<u64, StoreError> {
        size_below(&self.path).map_err(|error| StoreError::Io { path: self.path.clone(), error })
    }

    pub(super) fn forget(&self, sha256: &str) -> Result<(), StoreError> {
        let path = self.source(sha256);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::Io { path, error }),
            _ => Ok(()),
        }
    }
}

pub(super) fn size_below(folder: &Path) -> io::Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        match entry.metadata() {
            Ok(about) if about.is_dir() => sum += size_below(&entry.path())?,
            Ok(about) => sum += about.len(),
            // The database gives up files while it works.
            Err(error) if error.kind() == io::ErrorKind::NotFound => (),
            Err(error) => return Err(error),
        }
    }
    Ok(sum)
}

fn lock(path: &Path, exclusive: bool) -> Result<File, StoreError> {
    let at = |error| StoreError::Io { path: path.to_owned(), error };
    let file =
        File::options().create(true).truncate(false).write(true).read(true).open(path.join("lock")).map_err(at)?;
    let locked = if exclusive { file.try_lock() } else { file.try_lock_shared() };
    match locked {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Busy { path: path.to_owned() }),
        Err(TryLockError::Error(error)) => Err(at(error)),
    }
}

/// Checkpoints of backups that were broken off. Nobody makes one now: the folder is locked.
fn remove_checkpoints(path: &Path) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(CHECKPOINT) && entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn is_base(base: &str) -> bool {
    let rest = base.strip_prefix("http://").or_else(|| base.strip_prefix("https://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains([' ', '<', '>', '"', '?', '#']))
}
