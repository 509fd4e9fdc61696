//! The page in `dist/`: built by trunk, sealed by a content security policy, compressed, weighed.

mod budget;
mod compress;
mod inputs;
mod policy;

use crate::{command::run, setup::Tools, step::step, workspace::Workspace};
use anyhow::{Context, Result};
pub(crate) use budget::within_budget;
pub(crate) use inputs::hex;
use std::fs;

/// The file in `dist/` that names the build, and so says what it was built from.
const BUILD: &str = "build.txt";
/// The file in `dist/` with the `Content-Security-Policy` that index.html is served with.
const POLICY: &str = "csp.txt";

/// Builds the page, unless the one in `dist/` is of these sources and tools already.
///
/// # Errors
/// If trunk fails, or the page holds something its own policy would block.
pub(crate) fn build(workspace: &Workspace, tools: &Tools) -> Result<()> {
    let dist = workspace.dist();
    let inputs = inputs::fingerprint(workspace, &tools.versions)?;
    if fs::read_to_string(dist.join(BUILD)).is_ok_and(|built| built.trim() == inputs) {
        println!("✓ the page in dist/ is up to date");
        return Ok(());
    }
    step("build the page", || trunk(workspace, tools))?;
    step("seal and compress the page", || {
        let index = fs::read_to_string(dist.join("index.html")).context("trunk left no page")?;
        fs::write(dist.join(POLICY), policy::of(&index)?)?;
        compress::all(&dist)?;
        fs::write(dist.join(BUILD), inputs)?;
        Ok(())
    })
}

/// Without wasm-opt the build is no trunk release, which would insist on it; the rest is the same.
fn trunk(workspace: &Workspace, tools: &Tools) -> Result<()> {
    let release = if tools.wasm_opt { "--release=true" } else { "--release=false" };
    let mut trunk = tools.command("trunk");
    trunk.args(["build", release, "--offline=true", "--minify=true", "--cargo-profile=page"]);
    trunk.arg("--dist").arg(workspace.dist());
    tools.standard.prepare(&mut trunk);
    run(trunk.current_dir(&workspace.root).env("CARGO_TARGET_DIR", &workspace.target))
}
