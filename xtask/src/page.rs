//! The page in `dist/`: built by trunk, made small, sealed by a content security policy, compressed,
//! weighed.

mod budget;
mod classes;
mod compress;
mod content;
mod glue;
mod inputs;
mod order;
mod policy;
mod program;
mod styles;
mod wasm;
mod worker;

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
    let index = dist.join("index.html");
    step("make the page small", || {
        let page = fs::read_to_string(&index).context("trunk left no page")?;
        let page = styles::join(&dist, &page)?;
        let page = program::slim(workspace, tools, &page)?;
        let worker = workspace.root.join("frontend/sw.js");
        Ok(fs::write(&index, worker::write(&worker, &dist, &page)?)?)
    })?;
    step("seal and compress the page", || {
        fs::write(dist.join(POLICY), policy::of(&fs::read_to_string(&index)?)?)?;
        compress::all(&dist)?;
        fs::write(dist.join(BUILD), inputs)?;
        Ok(())
    })
}

/// A release, minified; `wasm-opt` runs later, on what is left.
fn trunk(workspace: &Workspace, tools: &Tools) -> Result<()> {
    let mut trunk = tools.command("trunk");
    trunk.args(["build", "--release=true", "--offline=true", "--minify=true"]);
    trunk.args(["--cargo-profile=page", "--dist"]).arg(workspace.dist());
    tools.standard.prepare(&mut trunk);
    run(trunk.current_dir(&workspace.root).env("CARGO_TARGET_DIR", &workspace.target))
}
