//! Packages of parts (DOCX, OFD, XLSX are zip files), unpacked within limits.

use super::{
    Fault,
    limits::{LARGEST_PACKAGE, LARGEST_RATIO, MOST_PARTS},
};
use std::{
    cell::Cell,
    io::{Cursor, Read as _},
};
use zip::{ZipArchive, result::ZipError};

/// A part smaller than this may unpack to any multiple of its size.
const SMALL: u64 = 1 << 20;

/// A package in memory.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    format: &'static str,
    unpacked: Cell<u64>,
}

impl<'a> Package<'a> {
    /// Opens a package; `format` names it in errors.
    pub(super) fn open(bytes: &'a [u8], format: &'static str) -> Result<Self, Fault> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(format, &error))?;
        if archive.len() > MOST_PARTS {
            return Err(Fault::Beyond { what: "包内文件数 (parts of the package)", limit: MOST_PARTS as u64 });
        }
        Ok(Self { archive, format, unpacked: Cell::new(0) })
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> Vec<String> {
        self.archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect()
    }

    /// The bytes of a part; `None` where there is none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Some(index) = self.archive.index_for_name(name.trim_start_matches('/')) else { return Ok(None) };
        self.at(index).map(Some)
    }

    /// Unpacks every part, to see that the limits hold.
    pub(super) fn unpack_all(&mut self) -> Result<(), Fault> {
        (0..self.archive.len()).try_for_each(|index| self.at(index).map(drop))
    }

    fn at(&mut self, index: usize) -> Result<Vec<u8>, Fault> {
        let mut part = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Fault::Encrypted,
            error => damaged(self.format, &error),
        })?;
        let left = LARGEST_PACKAGE - self.unpacked.get();
        let limit = left.min(part.compressed_size().saturating_mul(LARGEST_RATIO).max(SMALL));
        let mut bytes = Vec::new();
        // What the entry says of its own size is not believed.
        let read = part.by_ref().take(limit + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > limit {
            return Err(Fault::Beyond { what: "解压后的大小 (unpacked size)", limit });
        }
        read.map_err(|error| Fault::Damaged { format: self.format, reason: error.to_string() })?;
        self.unpacked.set(self.unpacked.get() + bytes.len() as u64);
        Ok(bytes)
    }
}

fn damaged(format: &'static str, error: &ZipError) -> Fault {
    Fault::Damaged { format, reason: error.to_string() }
}
