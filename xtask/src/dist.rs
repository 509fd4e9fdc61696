//! `cargo xtask dist`: one self-contained binary.

use crate::{page::hex, server, setup, step::step, workspace::Workspace};
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::fs;

/// Leaves the release server, page inside, in `target/dist`, and says its size and hash.
///
/// # Errors
/// If set-up or build fails.
pub(crate) fn dist(workspace: &Workspace) -> Result<()> {
    let tools = setup::for_builds(workspace)?;
    server::build(workspace, &tools)?;
    let built = workspace.server();
    let directory = workspace.target.join("dist");
    let left = directory.join(built.file_name().unwrap_or_default());
    step("copy the binary", || {
        fs::create_dir_all(&directory)?;
        fs::copy(&built, &left)?;
        Ok(())
    })?;
    let content = fs::read(&left)?;
    println!("{}", left.display());
    println!("  {} KiB, sha256 {}", content.len() / 1024, hex(&Sha256::digest(&content)));
    Ok(())
}
