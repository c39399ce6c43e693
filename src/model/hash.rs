//! SHA-256, by which sources and texts are named.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// SHA-256 in lower-case hexadecimal.
///
/// ```
/// assert!(zhengmai::model::sha256(b"").starts_with("e3b0c442"));
/// ```
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
