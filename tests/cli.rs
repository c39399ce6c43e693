//! The program from outside. Exit codes: 0 done; 1 done, and the answer is no; 2 not done.

/// Commands that need no store.
mod stateless;

/// Commands on a store on disk.
#[cfg(feature = "rocksdb")]
mod stored;

/// Backups, verification, tools, beside a server that writes.
#[cfg(feature = "rocksdb")]
mod backups;

/// Settings.
mod config;

mod tokens;
