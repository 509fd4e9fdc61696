//! `cargo xtask bench`: two builds of the server, given as programs or as git revisions.

use crate::{
    command::{capture, run},
    strain,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Builds what is given as a revision, and compares both.
///
/// # Errors
/// If one does not build, or does not serve.
pub(crate) fn bench(
    workspace: &Workspace,
    before: &str,
    after: &str,
    words: &[String],
) -> Result<()> {
    let [before, after] = [server(workspace, before)?, server(workspace, after)?];
    let mut arguments =
        ["--before", &before.to_string_lossy(), "--after", &after.to_string_lossy()]
            .map(ToOwned::to_owned)
            .to_vec();
    arguments.extend(words.iter().cloned());
    strain::strain(workspace, "bench", &arguments)
}

/// The program itself, or the one of a revision, built in a checkout of its own that stays for the
/// next time.
fn server(workspace: &Workspace, given: &str) -> Result<PathBuf> {
    if Path::new(given).is_file() {
        return Ok(PathBuf::from(given).canonicalize()?);
    }
    let mut name = Command::new("git");
    name.current_dir(&workspace.root).args(["rev-parse", "--short=12", "--verify"]);
    let name = capture(name.arg(format!("{given}^{{commit}}")));
    let name = name.with_context(|| format!("{given} is neither a program nor a revision"))?;
    let place = workspace.target.join("bench").join(name.trim());
    if !place.exists() {
        let mut checkout = Command::new("git");
        checkout.current_dir(&workspace.root).args(["worktree", "add", "--detach"]);
        run(checkout.arg(&place).arg(name.trim()))?;
    }
    let target = workspace.target.join("bench/target");
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&place).args(["build", "--release", "--package=parlor"]);
    run(cargo.env("CARGO_TARGET_DIR", &target))?;
    // The next revision is built in the same place.
    let kept = place.join("parlor-server");
    std::fs::copy(target.join("release/parlor"), &kept)?;
    Ok(kept)
}
