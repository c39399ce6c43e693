//! What can go wrong with a backup.

use crate::store::StoreError;
use std::{
    io,
    path::{Path, PathBuf},
};

/// A backup that can't be made, or is none.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The store ends with the process.
    #[error("库在内存里, 没有可备份的 (the store lives in memory: there is nothing to back up)")]
    InMemory,
    /// The folder to write is there.
    #[error(
        "{path}: 已经存在, 不会覆盖; 换一个文件夹, 或自己移走它 (exists and is not overwritten: name another folder, or move it away)"
    )]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// An earlier attempt was broken off.
    #[error(
        "{path}: 上次没有做完的残余; 确认无人在用后删去 (left over from an attempt that was broken off: delete it when nobody uses it)"
    )]
    LeftOver {
        /// The folder.
        path: PathBuf,
    },
    /// The folder is no backup.
    #[error("{path}: 不是备份, 没有 backup.json (no backup: it has no backup.json)")]
    NoBackup {
        /// The folder.
        path: PathBuf,
    },
    /// The manifest can't be read.
    #[error("{path}: backup.json 损坏 (the manifest is damaged): {message}")]
    Manifest {
        /// The folder.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// The backup is of a program that came later.
    #[error(
        "{path}: 由更新的程序所备份 (made by a later program): {found}; 请用 zhengmai {program} 或更新的版本恢复 (restore it with that version or a later one)"
    )]
    TooNew {
        /// The folder.
        path: PathBuf,
        /// Its format and layout.
        found: String,
        /// The program that made it.
        program: String,
    },
    /// Files are not what the manifest says.
    #[error("{path}: 备份已损坏, {count} 个文件与清单不符 (damaged: files that are not what the manifest says): {}", .files.join(", "))]
    Damaged {
        /// The folder.
        path: PathBuf,
        /// How many.
        count: usize,
        /// The first of them, each with what is wrong.
        files: Vec<String>,
    },
    /// The stream broke off, or its reader did.
    #[error("备份没有传完 (the backup did not arrive whole): {0}")]
    Stream(#[source] io::Error),
    /// The file system refused.
    #[error("{path}: {error}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The place of an error of the file system.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |error| BackupError::Io { path, error }
}
