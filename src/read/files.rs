//! The files below folders, in a fixed order.

use super::{ReadError, metadata};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The files below `paths`, folders walked in the order of their names; hidden ones and what lies beside
/// documents (README, metadata) left out.
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
        let name = super::name_of(&path);
        if name.starts_with('.') || name.starts_with("README") || metadata::is_beside(&name) {
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
