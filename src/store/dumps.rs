//! Dumps: the graph or one layer as a file, which can be sent from any byte on.

use super::{ExportFormat, Store, StoreError};
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use std::{
    fmt::Write as _,
    fs::File,
    io::{self, BufWriter, Write},
};

/// What can be dumped: its name, and how the paths of its graphs begin below `/graph/`. `None` is everything, graphs
/// beside the layers too.
pub const DUMPED: [(&str, Option<&str>); 8] = [
    ("all", None),
    ("effective", Some("effective")),
    ("claims", Some("source/")),
    ("links", Some("links")),
    ("decisions", Some("decisions")),
    ("registers", Some("registers")),
    ("provenance", Some("provenance")),
    ("ontology", Some("ontology")),
];

/// How a dump is compressed.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip (RFC 1952).
    Gzip,
    /// Zstandard (RFC 8878).
    Zstd,
}

/// A dump. Its file has no name, and is gone with it.
#[derive(Debug)]
pub struct Dump {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many they are.
    pub bytes: u64,
    file: File,
}

impl Dump {
    /// Reads from the byte at `at` on; how many bytes, none at the end.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        #[cfg(unix)]
        return std::os::unix::fs::FileExt::read_at(&self.file, into, at);
        #[cfg(windows)]
        return std::os::windows::fs::FileExt::seek_read(&self.file, into, at);
    }
}

impl Store {
    /// Writes a dump: of one state of the store, whoever writes to it meanwhile. With it, the number of commits that
    /// it holds.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn dump(
        &self,
        layer: Option<&str>,
        format: ExportFormat,
        compression: Compression,
    ) -> Result<(Dump, u64), StoreError> {
        let before = self.commits();
        let dump = self.written(layer, format, compression)?;
        if self.commits() == before {
            return Ok((dump, before));
        }
        // Somebody wrote: once more, and now writers wait.
        let _writer = self.lock();
        Ok((self.written(layer, format, compression)?, self.commits()))
    }

    fn written(&self, layer: Option<&str>, format: ExportFormat, compression: Compression) -> Result<Dump, StoreError> {
        let at = |error| StoreError::Io { path: self.iris().base().into(), error };
        let mut hashed =
            Hashed { file: BufWriter::new(self.scratch_file().map_err(at)?), hash: Sha256::new(), bytes: 0 };
        match compression {
            Compression::None => self.export(layer, format, &mut hashed)?,
            Compression::Gzip => {
                let mut writer = GzEncoder::new(&mut hashed, flate2::Compression::default());
                self.export(layer, format, &mut writer)?;
                writer.finish().map_err(at)?;
            }
            Compression::Zstd => {
                let mut writer = zstd::Encoder::new(&mut hashed, zstd::DEFAULT_COMPRESSION_LEVEL).map_err(at)?;
                self.export(layer, format, &mut writer)?;
                writer.finish().map_err(at)?;
            }
        }
        let file = hashed.file.into_inner().map_err(|error| at(error.into_error()))?;
        let mut sha256 = String::new();
        for byte in hashed.hash.finalize() {
            // Writing to a string does not fail.
            let _ = write!(sha256, "{byte:02x}");
        }
        Ok(Dump { sha256, bytes: hashed.bytes, file })
    }
}

/// A file that is hashed while it is written.
struct Hashed {
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
