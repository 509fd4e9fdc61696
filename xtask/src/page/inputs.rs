//! What the page is made from, as one hash: the same inputs need no second build.

use crate::workspace::Workspace;
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::{fs, path::Path};
use walkdir::WalkDir;

/// All that can change the page; `xtask/src/page` makes it small and writes its policy.
const INPUTS: [&str; 11] = [
    "frontend",
    "shared/src",
    "shared/Cargo.toml",
    "xtask/src/page",
    "xtask/src/page.rs",
    "xtask/src/setup/standard.rs",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "rust-toolchain.toml",
    ".cargo",
];

/// The inputs' names and contents and the tools' versions, as 16 hexadecimal digits.
///
/// # Errors
/// If a file cannot be read.
pub(super) fn fingerprint(workspace: &Workspace, tools: &str) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(tools);
    for input in INPUTS {
        let path = workspace.root.join(input);
        if path.exists() {
            add(&mut hash, &workspace.root, &path)?;
        }
    }
    Ok(hex(&hash.finalize()).chars().take(16).collect())
}

fn add(hash: &mut Sha256, root: &Path, path: &Path) -> Result<()> {
    // What only tests read changes no page.
    let walk = WalkDir::new(path).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.file_name() != "tests") {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(root)?;
            let content = fs::read(entry.path())?;
            hash.update(name.to_string_lossy().as_bytes());
            hash.update(content.len().to_le_bytes());
            hash.update(content);
        }
    }
    Ok(())
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
