//! Files named by their content, so that browsers may keep them for ever.

use super::hex;
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

/// A name that another content would change: 16 hexadecimal digits, by which the server knows it.
pub(super) fn named(stem: &str, contents: &[&[u8]], kind: &str) -> String {
    let mut hash = Sha256::new();
    for content in contents {
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    let digits: String = hex(&hash.finalize()).chars().take(16).collect();
    format!("{stem}-{digits}.{kind}")
}

/// Writes a file into `dist/`.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write(dist: &Path, name: &str, content: &[u8]) -> Result<()> {
    Ok(fs::write(dist.join(name), content)?)
}
