//! What is told of a file that can't be read: what, where, what to do.

use super::limits::LARGEST_FILE;
use std::{fmt, io, path::PathBuf};

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
    /// The bytes are no document that can be read.
    #[error("{path}: {fault}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with them.
        fault: Fault,
    },
    /// A line of JSON Lines that is none.
    #[error("{}第{line}行 (line {line}): {message}", In(.file))]
    Line {
        /// The file; `None` for standard input.
        file: Option<PathBuf>,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
}

/// What is wrong with the content of a file, and what to do.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Fault {
    /// The bytes are no text and of no known format.
    #[error("不是文本文件 (not a text file); 请先转换为 UTF-8 或 GB18030 文本")]
    NotText,
    /// A format that is known and not read.
    #[error("不读{format} (this format is not read); {advice}")]
    Unsupported {
        /// Its name.
        format: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// A format that is read, but not this file of it.
    #[error("{format} 文件已损坏 (damaged): {reason}; 请用原程序打开后另存 (open it and save it anew)")]
    Damaged {
        /// The format's name.
        format: &'static str,
        /// What was found wrong.
        reason: String,
    },
    /// A limit of [`limits`](super::limits) is passed.
    #[error("超出上限 (beyond the limit): {what}, {limit}; 请拆分或另存为纯文本 (split it, or save it as text)")]
    Beyond {
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// Metadata that can't be used; the documents are read without.
    #[error("元数据无法使用 (metadata not usable): {reason}")]
    Metadata {
        /// Why not.
        reason: String,
    },
    /// A document of pictures.
    #[error("没有文字层, 是扫描件 (no text layer: a scan); 请先做文字识别 (OCR it first)")]
    NoTextLayer,
    /// A document that only a password opens.
    #[error("文件已加密 (encrypted); 请先解除密码 (take the password off first)")]
    Encrypted,
}

/// The file before a line's number, where there is one.
struct In<'a>(&'a Option<PathBuf>);

impl fmt::Display for In<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |path| write!(f, "{}: ", path.display()))
    }
}
