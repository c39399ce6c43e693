//! The layout of a store's folder: which one it is, and the steps from each to the next.

use super::StoreError;
use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::Path,
};

/// The layout that this program writes and reads.
pub(super) const LAYOUT: u32 = 1;

/// The file that says what a folder is.
pub(super) const IDENTITY: &str = "zhengmai.store";

/// What brings a folder from one layout to the next. It may be broken off and done again.
type Step = fn(&Path) -> io::Result<()>;

/// The step from layout 1 to 2, from 2 to 3, and so on: a new layout does not compile without its step.
const STEPS: [Step; LAYOUT as usize - 1] = [];

/// What a folder says of itself.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Identity {
    pub(super) layout: u32,
    pub(super) base: String,
}

impl Identity {
    /// Of the layout of this program, or an older one.
    ///
    /// # Errors
    /// When it is of a later one, or none at all.
    pub(super) fn read(folder: &Path) -> Result<Self, StoreError> {
        let file = folder.join(IDENTITY);
        let text = fs::read_to_string(&file).map_err(|error| StoreError::Io { path: file, error })?;
        let value =
            |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default();
        match value("layout").parse() {
            Ok(layout @ 1..=LAYOUT) => Ok(Self { layout, base: value("base").to_owned() }),
            _ => {
                Err(StoreError::Layout { path: folder.to_owned(), found: value("layout").to_owned(), expected: LAYOUT })
            }
        }
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), StoreError> {
        write_whole(&folder.join(IDENTITY), format!("layout={}\nbase={}\n", self.layout, self.base).as_bytes())
    }
}

/// Brings a folder to the layout of this program, step by step; each that is done is noted.
///
/// # Errors
/// When the disk fails; what is done until then stays done.
pub(super) fn upgrade(folder: &Path, identity: &mut Identity) -> Result<(), StoreError> {
    take(folder, identity, &STEPS)
}

fn take(folder: &Path, identity: &mut Identity, steps: &[Step]) -> Result<(), StoreError> {
    for step in steps.iter().skip(identity.layout as usize - 1) {
        step(folder).map_err(|error| StoreError::Io { path: folder.to_owned(), error })?;
        identity.layout += 1;
        identity.write(folder)?;
    }
    Ok(())
}

/// Writes a file so that it is there whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let draft = path.with_extension("draft");
    let write = || -> io::Result<()> {
        let mut file = File::create(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&draft, path)
    };
    write().map_err(|error| StoreError::Io { path: path.to_owned(), error })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_another_layout_is_told_by_its_number() {
        let folder = tempfile::tempdir().unwrap();
        for (text, layout) in [
            ("layout=1\nbase=http://a\n", Some(1)),
            ("base=http://a\nlayout=1\n", Some(1)),
            ("layout=2\nbase=http://a\n", None),
            ("layout=0\nbase=http://a\n", None),
            ("layout=-1\n", None),
            ("", None),
        ] {
            fs::write(folder.path().join(IDENTITY), text).unwrap();
            let read = Identity::read(folder.path());
            assert_eq!(read.as_ref().ok().map(|identity| identity.layout), layout, "{text}: {read:?}");
        }
    }

    #[test]
    fn the_steps_that_are_left_are_taken_and_one_that_failed_is_taken_again() {
        fn add(folder: &Path, word: &str) -> io::Result<()> {
            let old = fs::read_to_string(folder.join("done")).unwrap_or_default();
            fs::write(folder.join("done"), old + word)
        }
        let folder = tempfile::tempdir().unwrap();
        let steps: [Step; 3] = [
            |folder| add(folder, "a"),
            |folder| add(folder, "b"),
            |folder| if folder.join("ready").exists() { add(folder, "c") } else { Err(io::ErrorKind::Other.into()) },
        ];
        let mut identity = Identity { layout: 2, base: "http://a".to_owned() };
        assert!(take(folder.path(), &mut identity, &steps).is_err());
        let noted = fs::read_to_string(folder.path().join(IDENTITY)).unwrap();
        assert_eq!(noted, "layout=3\nbase=http://a\n");
        fs::write(folder.path().join("ready"), "").unwrap();
        take(folder.path(), &mut identity, &steps).unwrap();
        take(folder.path(), &mut identity, &steps).unwrap();
        assert_eq!((identity.layout, fs::read_to_string(folder.path().join("done")).unwrap().as_str()), (4, "bc"));
    }
}
