//! 压实 (rewriting): the database written anew, with nothing in it but what it says. The database never gives up a word
//! that it once had, and what came in pieces lies in pieces; afterwards such words are gone from the disk, and what
//! belongs together lies together.

use super::{
    Store, StoreError,
    folder::{Folder, size_below},
    open_inner, open_inner_read_only, put_in_order,
};
use oxigraph::store::StorageError;
use std::{
    fs::{self, File},
    io,
    path::Path,
};

/// Where the new database is written.
const DRAFT: &str = "graphs.partial";

/// Where the old one is until the new one is in its place.
const OLD: &str = "graphs.old";

const GRAPHS: &str = "graphs";

impl Store {
    /// Rewrites the database of the store in a folder; gives its bytes before and after. What it says stays the same,
    /// and so does its version. It may be broken off at any time: then the old database is still there. O(size of the
    /// store), and while it lasts the room of both.
    ///
    /// # Errors
    /// When another process has the store open, there is none, or the disk fails.
    pub fn rewrite(path: &Path) -> Result<(u64, u64), StoreError> {
        let folder = Folder::open_old(path)?;
        let at = |error| StoreError::Io { path: path.to_owned(), error };
        let before = size_below(&folder.graphs()).map_err(at)?;
        write(&folder.graphs(), &path.join(DRAFT))?;
        swap(path).map_err(at)?;
        Ok((before, size_below(&folder.graphs()).map_err(at)?))
    }
}

fn write(from: &Path, to: &Path) -> Result<(), StoreError> {
    let (old, new) = (open_inner_read_only(from)?, open_inner(to)?);
    let mut loader = new.bulk_loader();
    loader.load_ok_quads::<StorageError, StorageError>(old.iter())?;
    loader.commit()?;
    for graph in old.named_graphs() {
        new.insert_named_graph(graph?.as_ref())?;
    }
    put_in_order(&new)
}

/// Puts the new database in the place of the old one.
fn swap(path: &Path) -> io::Result<()> {
    fs::rename(path.join(GRAPHS), path.join(OLD))?;
    fs::rename(path.join(DRAFT), path.join(GRAPHS))?;
    File::open(path)?.sync_all()?;
    fs::remove_dir_all(path.join(OLD))
}

/// Brings to its end what was broken off between the old database and the new one: the new one was whole by then.
pub(super) fn settle(path: &Path) -> io::Result<()> {
    let is_there = |name: &str| path.join(name).exists();
    if is_there(GRAPHS) || !is_there(OLD) {
        return Ok(());
    }
    match fs::rename(path.join(DRAFT), path.join(GRAPHS)) {
        // Another process was quicker.
        Err(_) if is_there(GRAPHS) => Ok(()),
        done => done,
    }
}

/// Removes what a rewriting left that was broken off. Nobody rewrites now: the folder is locked.
pub(super) fn clear(path: &Path) -> io::Result<()> {
    for name in [DRAFT, OLD] {
        match fs::remove_dir_all(path.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => (),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wherever_it_is_broken_off_there_is_one_whole_database_afterwards() {
        for (before, kept) in [
            (&[(GRAPHS, "old")][..], "old"),
            (&[(GRAPHS, "old"), (DRAFT, "half")], "old"),
            (&[(OLD, "old"), (DRAFT, "new")], "new"),
            (&[(GRAPHS, "new"), (OLD, "old")], "new"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            for (name, content) in before {
                fs::create_dir(folder.path().join(name)).unwrap();
                fs::write(folder.path().join(name).join("is"), content).unwrap();
            }
            settle(folder.path()).unwrap();
            clear(folder.path()).unwrap();
            assert_eq!(fs::read_to_string(folder.path().join(GRAPHS).join("is")).unwrap(), kept, "{before:?}");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{before:?}");
        }
    }
}
