//! From a backup to a store, and from a stream to a backup: each file is held against its hash before anything is
//! put in its place.

use super::{
    error::{BackupError, at},
    manifest::{FileRecord, MANIFEST, Manifest, hash_of, is_inside},
};
use crate::store::layout::LAYOUT;
use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

/// How many damaged files an error names.
const NAMED: usize = 8;

/// That a folder is a whole backup that this program can restore. O(size of the backup).
///
/// # Errors
/// Names the files that are missing or not what they were.
pub fn check(backup: &Path) -> Result<Manifest, BackupError> {
    let manifest = Manifest::read(backup)?;
    if manifest.format != Manifest::FORMAT || manifest.layout > LAYOUT {
        let found = format!("{}, layout {}", manifest.format, manifest.layout);
        return Err(BackupError::TooNew { path: backup.to_owned(), found, program: manifest.program });
    }
    let faults: Vec<String> = manifest.files.iter().filter_map(|record| fault(backup, record)).collect();
    if faults.is_empty() {
        return Ok(manifest);
    }
    let files = faults.iter().take(NAMED).cloned().collect();
    Err(BackupError::Damaged { path: backup.to_owned(), count: faults.len(), files })
}

/// What is wrong with a file, if anything is.
fn fault(folder: &Path, record: &FileRecord) -> Option<String> {
    match hash_of(&folder.join(&record.path)) {
        Ok((bytes, sha256)) if bytes == record.bytes && sha256 == record.sha256 => None,
        Ok(_) => Some(format!("{} 内容不符 (changed)", record.path)),
        Err(BackupError::Io { error, .. }) if error.kind() == io::ErrorKind::NotFound => {
            Some(format!("{} 缺失 (missing)", record.path))
        }
        Err(error) => Some(format!("{} ({error})", record.path)),
    }
}

/// Makes a store of a backup. Everything is checked first, then copied beside the place and checked again, by
/// `look` too, and only then put in place.
///
/// # Errors
/// When the backup is not whole, there is something in the place of the store, or `look` refuses; there is no store
/// then, nor a part of one.
pub fn restore<E: From<BackupError>>(
    backup: &Path,
    store: &Path,
    look: impl FnOnce(&Path, &Manifest) -> Result<(), E>,
) -> Result<Manifest, E> {
    let manifest = check(backup)?;
    into_place(store, |draft| {
        for record in &manifest.files {
            copy(&backup.join(&record.path), draft, record)?;
        }
        look(draft, &manifest)
    })?;
    Ok(manifest)
}

/// Takes a backup out of a tar archive into a folder, which is there whole afterwards or not at all.
///
/// # Errors
/// When the archive is not whole, or the folder is there.
pub fn unpack(archive: impl Read, target: &Path) -> Result<Manifest, BackupError> {
    into_place(target, |draft| {
        let mut archive = tar::Archive::new(archive);
        for entry in archive.entries().map_err(BackupError::Stream)? {
            let mut entry = entry.map_err(BackupError::Stream)?;
            let path = entry.path().map_err(BackupError::Stream)?.to_string_lossy().into_owned();
            if !entry.header().entry_type().is_file() || !is_inside(&path) {
                let message = format!("{path} 不是备份中的文件 (no file of a backup)");
                return Err(BackupError::Stream(io::Error::new(io::ErrorKind::InvalidData, message)));
            }
            let place = draft.join(&path);
            make_parent(&place)?;
            let mut file = private().open(&place).map_err(at(&place))?;
            io::copy(&mut entry, &mut file).map_err(BackupError::Stream)?;
            file.sync_all().map_err(at(&place))?;
        }
        if !draft.join(MANIFEST).exists() {
            let message = "backup.json 没有到 (the manifest did not arrive)";
            return Err(BackupError::Stream(io::Error::new(io::ErrorKind::UnexpectedEof, message)));
        }
        check(draft)
    })
}

/// Fills a folder beside `target`, and puts it in its place when it is whole; else nothing is left.
pub(super) fn into_place<T, E: From<BackupError>>(
    target: &Path,
    fill: impl FnOnce(&Path) -> Result<T, E>,
) -> Result<T, E> {
    let is_empty = |path: &Path| fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    if target.exists() && !is_empty(target) {
        return Err(BackupError::Exists { path: target.to_owned() }.into());
    }
    let draft = draft_of(target);
    if draft.exists() {
        return Err(BackupError::LeftOver { path: draft }.into());
    }
    make_parent(target)?;
    make_folder(&draft)?;
    let filled = fill(&draft).and_then(|filled| {
        fs::rename(&draft, target).map_err(at(target))?;
        Ok(filled)
    });
    if filled.is_err() {
        // The error tells why; what can't be deleted is named by the next attempt.
        let _ = fs::remove_dir_all(&draft);
    }
    filled
}

fn draft_of(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    target.with_file_name(name)
}

/// Copies a file into a folder, and sees that it is what its record says.
pub(super) fn copy(from: &Path, folder: &Path, record: &FileRecord) -> Result<(), BackupError> {
    let place = folder.join(&record.path);
    make_parent(&place)?;
    fs::copy(from, &place).map_err(at(from))?;
    File::open(&place).and_then(|file| file.sync_all()).map_err(at(&place))?;
    match fault(folder, record) {
        None => Ok(()),
        Some(fault) => Err(BackupError::Damaged { path: folder.to_owned(), count: 1, files: vec![fault] }),
    }
}

fn make_parent(path: &Path) -> Result<(), BackupError> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => fs::create_dir_all(parent).map_err(at(parent)),
        _ => Ok(()),
    }
}

/// A folder for its owner only: it will hold tokens, and sources with personal data.
fn make_folder(path: &Path) -> Result<(), BackupError> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(at(path))
}

fn private() -> fs::OpenOptions {
    let mut options = File::options();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
