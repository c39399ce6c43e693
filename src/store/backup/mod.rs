//! 备份 (backups): what a store was at one moment, as a folder or a stream, and back from there.
//!
//! A backup is the folder of a store and `backup.json`, which lists every file with its SHA-256. The graphs come out of
//! the database as a checkpoint while others write; what lies beside them (sources, tokens, the log of writes) is
//! copied. What can be made anew from these (indexes) is no part of it.

mod error;
mod manifest;
mod restore;

pub use error::BackupError;
pub use manifest::{FileRecord, Manifest};
pub use restore::{check, restore, unpack};

use super::{Store, StoreError, folder::CHECKPOINT, layout::LAYOUT};
use error::at;
use manifest::{MANIFEST, hash_of};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// What is left out: the locks of the living store.
const LEFT_OUT: [&str; 2] = ["lock", "tokens.lock"];

/// A store as it was at one moment. It costs next to nothing where the file system has hard links, and goes when it
/// is dropped.
#[derive(Debug)]
pub struct Snapshot {
    /// What it holds.
    pub manifest: Manifest,
    checkpoint: Checkpoint,
    sources: PathBuf,
}

/// A folder beside the graphs that goes when it is dropped.
#[derive(Debug)]
struct Checkpoint(PathBuf);

impl Checkpoint {
    /// A new folder, beside those of others who do the same.
    fn new(folder: &Path) -> Result<Self, BackupError> {
        let mut number = 0_u64;
        loop {
            let path = folder.join(format!("{CHECKPOINT}{number}"));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(at(&path)(error)),
            }
        }
    }
}

impl Drop for Checkpoint {
    fn drop(&mut self) {
        // What can't be deleted now is in nobody's way: every checkpoint has a name of its own.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Store {
    /// The store as it is now, whoever writes beside it: all that has been committed, and of no transaction a part.
    /// `created` is the time that the manifest tells. Writers wait while the database makes its checkpoint.
    ///
    /// # Errors
    /// When the store lives in memory, or the disk fails.
    pub fn snapshot(&self, created: &str) -> Result<Snapshot, BackupError> {
        let folder = self.folder.as_ref().ok_or(BackupError::InMemory)?.path();
        let checkpoint = Checkpoint::new(folder)?;
        let version = {
            let _writer = self.lock();
            self.checkpoint_to(&checkpoint.0.join("graphs"))?;
            self.version()?
        };
        Snapshot::of(
            folder,
            checkpoint,
            Header { created: created.to_owned(), version, base: self.iris.base().to_owned() },
        )
    }

    #[cfg(feature = "rocksdb")]
    fn checkpoint_to(&self, path: &Path) -> Result<(), StoreError> {
        Ok(self.inner.backup(path)?)
    }

    #[cfg(not(feature = "rocksdb"))]
    #[expect(clippy::unused_self, reason = "there is a database only with the feature")]
    fn checkpoint_to(&self, _: &Path) -> Result<(), StoreError> {
        Err(StoreError::NoDisk)
    }
}

/// What a manifest says beside its files.
struct Header {
    created: String,
    version: String,
    base: String,
}

impl Snapshot {
    fn of(folder: &Path, checkpoint: Checkpoint, header: Header) -> Result<Self, BackupError> {
        keep_small_files(folder, &checkpoint.0)?;
        let sources = folder.join("sources");
        let mut files = records(&checkpoint.0, "")?;
        if sources.is_dir() {
            files.extend(records(&sources, "sources/")?);
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let manifest = Manifest {
            format: Manifest::FORMAT.to_owned(),
            created: header.created,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            layout: LAYOUT,
            base: header.base,
            version: header.version,
            files,
        };
        Ok(Self { manifest, checkpoint, sources })
    }

    /// Where a file of the snapshot is.
    fn place(&self, record: &FileRecord) -> PathBuf {
        match record.path.strip_prefix("sources/") {
            Some(name) => self.sources.join(name),
            None => self.checkpoint.0.join(&record.path),
        }
    }

    /// Makes a backup in a folder, which is there whole afterwards or not at all.
    ///
    /// # Errors
    /// When the folder is there and not empty, or the disk fails.
    pub fn copy_to(&self, target: &Path) -> Result<(), BackupError> {
        restore::into_place(target, |draft| {
            for record in &self.manifest.files {
                restore::copy(&self.place(record), draft, record)?;
            }
            self.manifest.write(draft)
        })
    }

    /// Writes a backup as a tar archive, the manifest first.
    ///
    /// # Errors
    /// When the disk fails, or `writer` refuses.
    pub fn write_tar(&self, writer: impl Write) -> Result<(), BackupError> {
        let mut archive = tar::Builder::new(writer);
        let manifest = self.manifest.json()?;
        let mut header = tar::Header::new_gnu();
        header.set_size(manifest.len() as u64);
        header.set_mode(0o600);
        archive.append_data(&mut header, MANIFEST, manifest.as_slice()).map_err(BackupError::Stream)?;
        for record in &self.manifest.files {
            let place = self.place(record);
            let file = fs::File::open(&place).map_err(at(&place))?;
            let mut header = tar::Header::new_gnu();
            header.set_size(record.bytes);
            header.set_mode(0o600);
            // A file that is shorter by now would leave the archive out of step: it ends here instead.
            let bytes = io::Read::take(file, record.bytes);
            archive.append_data(&mut header, &record.path, bytes).map_err(BackupError::Stream)?;
        }
        archive.into_inner().and_then(|mut writer| writer.flush()).map_err(BackupError::Stream)
    }
}

/// Copies the files of the store's folder itself, of which some are added to: of those, the lines that are whole.
fn keep_small_files(folder: &Path, checkpoint: &Path) -> Result<(), BackupError> {
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if !path.is_file() || LEFT_OUT.contains(&name) || is(&path, "draft") || name == MANIFEST {
            continue;
        }
        let copy = checkpoint.join(name);
        fs::copy(&path, &copy).map_err(at(&path))?;
        if is(&path, "jsonl") {
            let bytes = fs::read(&copy).map_err(at(&copy))?;
            let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            fs::write(&copy, &bytes[..whole]).map_err(at(&copy))?;
        }
    }
    Ok(())
}

/// Whether a file is of a kind, by its name.
fn is(path: &Path, kind: &str) -> bool {
    path.extension().is_some_and(|extension| extension == kind)
}

/// Every file below a folder, but for drafts.
fn records(folder: &Path, prefix: &str) -> Result<Vec<FileRecord>, BackupError> {
    let mut records = Vec::new();
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let relative = format!("{prefix}{name}");
        if path.is_dir() {
            records.extend(self::records(&path, &format!("{relative}/"))?);
        } else if !is(&path, "draft") {
            let (bytes, sha256) = hash_of(&path)?;
            records.push(FileRecord { path: relative, bytes, sha256 });
        }
    }
    Ok(records)
}

#[cfg(test)]
mod tests;
