//! Bytes become a [`Source`](crate::model::Source): the one verb that touches the disk.

mod decode;
mod lines;

pub use decode::decode;
pub use lines::{InputLine, parse_line};

use crate::model::{Source, sha256};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The largest file that is read, in bytes. A policy document of 64 MiB of text does not exist.
pub const LARGEST_FILE: u64 = 64 << 20;

/// A file that can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system refused.
    #[error("{path}: 无法读取 (cannot read): {error}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The file is larger than [`LARGEST_FILE`].
    #[error("{path}: 文件过大 (too large): {bytes} 字节; 上限 (limit) {LARGEST_FILE}")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// The bytes are no text.
    #[error("{path}: 不是文本文件 (not a text file); 请先转换为 UTF-8 或 GB18030 文本")]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// A line of JSON Lines that is none.
    #[error("第{line}行 (line {line}): {message}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
}

/// Reads one file.
///
/// # Errors
/// When the system refuses, the file is too large, or its bytes are no text.
pub fn read(path: &Path) -> Result<Source, ReadError> {
    let io = |error| ReadError::Io { path: path.to_owned(), error };
    let bytes = fs::metadata(path).map_err(io)?.len();
    if bytes > LARGEST_FILE {
        return Err(ReadError::TooLarge { path: path.to_owned(), bytes });
    }
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let bytes = fs::read(path).map_err(io)?;
    source_of(&name, &bytes).ok_or_else(|| ReadError::NotText { path: path.to_owned() })
}

/// A source from bytes in memory; `None` where they are no text.
#[must_use]
pub fn source_of(name: &str, bytes: &[u8]) -> Option<Source> {
    let (text, encoding, replaced) = decode(bytes)?;
    Some(Source { name: name.to_owned(), id: None, sha256: sha256(bytes), encoding, text, replaced })
}

/// The files below `paths`, folders walked in the order of their names; hidden ones and the notes that
/// lie beside documents (README, *.meta.json) left out.
///
/// # Errors
/// When a path does not exist or a folder can't be listed.
pub fn files_below(paths: &[PathBuf]) -> Result<Vec<PathBuf>, ReadError> {
    let mut files = Vec::new();
    for path in paths {
        let io = |error| ReadError::Io { path: path.clone(), error };
        if fs::metadata(path).map_err(io)?.is_dir() {
            walk(path, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), ReadError> {
    let io = |error| ReadError::Io { path: folder.to_owned(), error };
    let entries = fs::read_dir(folder).map_err(io)?.collect::<Result<Vec<_>, _>>().map_err(io)?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        if name.starts_with('.') || name.starts_with("README") || name.ends_with(".meta.json") {
            continue;
        }
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
