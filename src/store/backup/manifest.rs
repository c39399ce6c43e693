//! The manifest of a backup: `backup.json`.

use super::error::{BackupError, at};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::Path,
};

/// The name of the manifest.
pub(super) const MANIFEST: &str = "backup.json";

/// What a backup holds.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Manifest {
    /// `zhengmai-backup/1`.
    pub format: String,
    /// When it was made, ISO 8601 in UTC.
    pub created: String,
    /// The version of the program that made it.
    pub program: String,
    /// The layout of the store.
    pub layout: u32,
    /// The base of the store's IRIs.
    pub base: String,
    /// The version of the store.
    pub version: String,
    /// Its files, by path.
    pub files: Vec<FileRecord>,
}

/// A file of a backup.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct FileRecord {
    /// Its path in the backup, with `/` between the parts.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
}

impl Manifest {
    /// The format that this program writes and reads.
    pub(super) const FORMAT: &str = "zhengmai-backup/1";

    /// Bytes of all files.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// As it stands in the file.
    pub(super) fn json(&self) -> Result<Vec<u8>, BackupError> {
        let mut json = serde_json::to_vec_pretty(self).map_err(|error| BackupError::Stream(error.into()))?;
        json.push(b'\n');
        Ok(json)
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), BackupError> {
        let path = folder.join(MANIFEST);
        let mut file = File::create(&path).map_err(at(&path))?;
        file.write_all(&self.json()?).and_then(|()| file.sync_all()).map_err(at(&path))
    }

    /// The manifest of a backup.
    ///
    /// # Errors
    /// When there is none, or it leads out of its folder.
    pub(super) fn read(folder: &Path) -> Result<Self, BackupError> {
        let text = match fs::read(folder.join(MANIFEST)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(BackupError::NoBackup { path: folder.to_owned() });
            }
            Err(error) => return Err(at(&folder.join(MANIFEST))(error)),
        };
        let damaged = |message: String| BackupError::Manifest { path: folder.to_owned(), message };
        let manifest: Self = serde_json::from_slice(&text).map_err(|error| damaged(error.to_string()))?;
        match manifest.files.iter().find(|file| !is_inside(&file.path)) {
            Some(file) => Err(damaged(format!("{} 在备份之外 (leads out of the backup)", file.path))),
            None => Ok(manifest),
        }
    }
}

/// Whether a path of a manifest stays in its folder.
pub(super) fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
        && !path.contains('\\')
}

/// Size and SHA-256 of a file.
pub(super) fn hash_of(path: &Path) -> Result<(u64, String), BackupError> {
    let mut file = File::open(path).map_err(at(path))?;
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 256 << 10];
    loop {
        let read = file.read(&mut buffer).map_err(at(path))?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
        bytes += read as u64;
    }
    let hash: Vec<String> = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((bytes, hash.concat()))
}
