//! Gold files and the sources that they speak of.

use super::{annotation::Annotation, gold::Gold};
use crate::{
    model::{Source, sha256},
    read::{self, ReadError},
};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

/// Gold or sources that can't be had.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// The system refused.
    #[error("{path}: 无法读取 (cannot read): {error}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A gold file that is none.
    #[error("{path}: 不是标注文件 (not a gold file): {error}")]
    Gold {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// The folder holds no gold.
    #[error("{path}: 没有标注文件 (no gold file here: *.json with sha256 and citations)")]
    NoGold {
        /// The folder.
        path: PathBuf,
    },
    /// A source can't be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Reads the gold files of a folder, in the order of their names. A JSON file without `sha256` and `citations`
/// is none and is passed over.
///
/// # Errors
/// When the folder or a file can't be read, a file is malformed, or there is no gold file.
pub fn read_gold(folder: &Path) -> Result<Vec<Gold>, EvaluateError> {
    let io = |error| EvaluateError::Io { path: folder.to_owned(), error };
    let entries = fs::read_dir(folder).map_err(io)?.collect::<Result<Vec<_>, _>>().map_err(io)?;
    let paths: BTreeSet<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    let mut gold = Vec::new();
    for path in paths.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let text = fs::read_to_string(&path).map_err(|error| EvaluateError::Io { path: path.clone(), error })?;
        let malformed = |error| EvaluateError::Gold { path: path.clone(), error };
        let value: serde_json::Value = serde_json::from_str(&text).map_err(malformed)?;
        if value.get("sha256").is_none() || value.get("citations").is_none() {
            continue;
        }
        let annotation: Annotation = serde_json::from_value(value).map_err(malformed)?;
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        gold.push(Gold::new(&name, annotation));
    }
    if gold.is_empty() { Err(EvaluateError::NoGold { path: folder.to_owned() }) } else { Ok(gold) }
}

/// The sources below `paths` that the gold speaks of, by the hash of their bytes. The others are not decoded.
///
/// # Errors
/// When a path can't be read, or a source of the gold is no text.
pub fn sources_of(gold: &[Gold], paths: &[PathBuf]) -> Result<BTreeMap<String, Source>, EvaluateError> {
    let wanted: BTreeSet<&str> = gold.iter().map(|gold| gold.sha256.as_str()).collect();
    let files = read::files_below(paths)?;
    let found: Vec<Option<Source>> = files
        .par_iter()
        .map(|path| {
            let bytes = fs::read(path).map_err(|error| EvaluateError::Io { path: path.clone(), error })?;
            Ok(if wanted.contains(sha256(&bytes).as_str()) { Some(read::read(path)?) } else { None })
        })
        .collect::<Result<_, EvaluateError>>()?;
    Ok(found.into_iter().flatten().map(|source| (source.sha256.clone(), source)).collect())
}
