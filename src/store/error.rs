//! What can go wrong with a store.

use std::{io, path::PathBuf};

/// A store that can't be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder holds no store.
    #[error("{path}: 这里没有政脉库 (no store here); 先运行 (first run) zhengmai ingest PATH --store {path}")]
    Missing {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds something else.
    #[error("{path}: 不是政脉库, 也不是空文件夹 (neither a store nor an empty folder)")]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// Another process has the store.
    #[error(
        "{path}: 库正被另一进程使用 (in use by another process); 停下 zhengmai serve 或 ingest 后再试, 或经 HTTP 查询"
    )]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// The store was made by a later or unknown version.
    #[error(
        "{path}: 库的布局是 {found}, 本程序只到 {expected}; 请换更新的程序 (the layout of the store is of a later program: use that or a later one)"
    )]
    Layout {
        /// The folder.
        path: PathBuf,
        /// What it says.
        found: String,
        /// What this program reads.
        expected: u32,
    },
    /// The store was made by an earlier version.
    #[error(
        "{path}: 库的布局 {found} 较旧, 现为 {expected}; 先备份, 再以可写方式打开一次即升级, 如 (an older layout: back it up, then open it once for writing) zhengmai ingest"
    )]
    Older {
        /// The folder.
        path: PathBuf,
        /// What it says.
        found: u32,
        /// What this program reads.
        expected: u32,
    },
    /// The base is fixed when a store is created.
    #[error("{path}: 库的基址是 {found}, 不是 {given}; 建库后不能改 (the base of a store is fixed)")]
    Base {
        /// The folder.
        path: PathBuf,
        /// The store's base.
        found: String,
        /// The one asked for.
        given: String,
    },
    /// The base is no IRI.
    #[error("基址应为绝对 http(s) IRI (the base must be an absolute http(s) IRI): {0}")]
    BadBase(String),
    /// The program was built without RocksDB.
    #[error("本程序编译时未含磁盘存储 (built without a store on disk); 用默认 features 重新编译")]
    NoDisk,
    /// The file system refused.
    #[error("{path}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// The database failed.
    #[error("数据库错误 (database error): {0}")]
    Database(#[from] oxigraph::store::StorageError),
}
