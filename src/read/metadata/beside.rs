//! Metadata beside a file: `NAME.meta.json`, and a table for its folder.

use super::{Given, table};
use crate::read::{Fault, ReadError, decode, limits::LARGEST_FILE, name_of};
use serde_json::{Map, Value};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The names of a folder's table.
const TABLES: [&str; 4] = ["metadata.csv", "metadata.xlsx", "元数据.csv", "元数据.xlsx"];

/// Whether a file of this name is metadata of others.
pub(in crate::read) fn is_beside(name: &str) -> bool {
    name.ends_with(".meta.json") || TABLES.contains(&name)
}

/// The metadata beside files; each folder's table is read once.
#[derive(Debug, Default)]
pub(in crate::read) struct Beside {
    tables: BTreeMap<PathBuf, BTreeMap<String, Given>>,
}

impl Beside {
    /// What is given for a file, its own metadata before those of the table, and what could not be read of them.
    pub(in crate::read) fn of(&mut self, path: &Path) -> (Option<Arc<Given>>, Vec<ReadError>) {
        let mut errors = Vec::new();
        let own = own(path).unwrap_or_else(|error| {
            errors.push(error);
            None
        });
        let folder = path.parent().unwrap_or(Path::new(""));
        if !self.tables.contains_key(folder) {
            let table = read_table(folder).unwrap_or_else(|error| {
                errors.push(error);
                BTreeMap::new()
            });
            self.tables.insert(folder.to_owned(), table);
        }
        let row = self.tables.get(folder).and_then(|table| table.get(&name_of(path)));
        let given = match (own, row) {
            (Some(own), Some(row)) => Some(own.before(row)),
            (own, row) => own.or_else(|| row.cloned()),
        };
        (given.map(Arc::new), errors)
    }
}

/// `a.txt.meta.json`, else `a.meta.json`, of `a.txt`.
fn own(path: &Path) -> Result<Option<Given>, ReadError> {
    let beside = [path.with_file_name(format!("{}.meta.json", name_of(path))), path.with_extension("meta.json")];
    for path in beside {
        let Some(bytes) = read_if_there(&path)? else { continue };
        let unusable = |reason: String| ReadError::Content { path: path.clone(), fault: Fault::Metadata { reason } };
        let text = decode(&bytes).ok_or_else(|| unusable("不是文本 (no text)".to_owned()))?.text;
        let object: Map<String, Value> = serde_json::from_str(&text)
            .map_err(|error| unusable(format!("应为 JSON 对象 (a JSON object is expected): {error}")))?;
        return Ok(Given::of_object(&object));
    }
    Ok(None)
}

fn read_table(folder: &Path) -> Result<BTreeMap<String, Given>, ReadError> {
    for name in TABLES {
        let path = folder.join(name);
        if let Some(bytes) = read_if_there(&path)? {
            return table::read(&bytes).map_err(|fault| ReadError::Content { path, fault });
        }
    }
    Ok(BTreeMap::new())
}

fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, ReadError> {
    match fs::metadata(path) {
        Ok(about) if about.len() > LARGEST_FILE => {
            return Err(ReadError::TooLarge { path: path.to_owned(), bytes: about.len() });
        }
        Ok(about) if !about.is_file() => return Ok(None),
        _ => (),
    }
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(ReadError::Io { path: path.to_owned(), error }),
    }
}
