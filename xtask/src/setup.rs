//! Set-up: every tool of the right version, installed once, found again in milliseconds.

mod cargo_tool;
mod npm_tool;
mod standard;
mod system;
mod target;

use crate::{command::run, step::step, workspace::Workspace};
use anyhow::{Context, Result};
use cargo_tool::{CargoTool, Lock};
use npm_tool::{ESBUILD, Fitting, WASM_OPT};
use standard::Standard;
use std::{
    env,
    ffi::OsString,
    path::PathBuf,
    process::{Command, Stdio},
};
pub(crate) use system::{Browser, browser, curl, redis};

/// The trunk that builds with the pinned toolchain (0.22 wants a newer one).
const TRUNK: &str = "0.21.14";

/// The tools that build the page.
#[derive(Debug)]
pub(crate) struct Tools {
    /// What `trunk` and the wasm-bindgen runner are started with as PATH.
    path: OsString,
    /// Whether `wasm-opt` is on that path.
    pub(crate) wasm_opt: bool,
    /// Whether `esbuild` is.
    pub(crate) esbuild: bool,
    /// The standard library that the page is built with.
    pub(crate) standard: Standard,
    /// Names and versions of all of them: other tools give another page.
    pub(crate) versions: String,
}

impl Tools {
    /// A command that finds these tools before any others.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("PATH", &self.path);
        command
    }

    /// The PATH on which these tools come first.
    pub(crate) fn path(&self) -> &OsString {
        &self.path
    }
}

/// Everything a build of page and server needs.
///
/// # Errors
/// If a tool is missing and cannot be installed; the error names the command that would.
pub(crate) fn for_builds(workspace: &Workspace) -> Result<Tools> {
    target::wasm(workspace)?;
    let standard = standard::ensure(workspace)?;
    fetch(workspace, standard)?;
    let trunk = CargoTool::new("trunk", &["trunk"], TRUNK, Lock::Shipped);
    let trunk_home = trunk.ensure(workspace)?;
    let version = workspace.locked_version("wasm-bindgen")?;
    // Its shipped lock names a version that not every mirror serves.
    let programs = ["wasm-bindgen", "wasm-bindgen-test-runner"];
    let bindgen = CargoTool::new("wasm-bindgen-cli", &programs, &version, Lock::Newest);
    let bindgen_home = bindgen.ensure(workspace)?;
    let [wasm_opt, esbuild] = [WASM_OPT.ensure(workspace)?, ESBUILD.ensure(workspace)?];
    let version_of = |found: &Option<Fitting>| {
        found.as_ref().map_or_else(|| "none".to_owned(), |found| found.version.clone())
    };
    let (optimiser, minifier) = (version_of(&wasm_opt), version_of(&esbuild));
    let library = standard.name();
    let versions = format!(
        "trunk {TRUNK}, wasm-bindgen {version}, wasm-opt {optimiser}, esbuild {minifier}, \
         {library} standard library"
    );
    println!("✓ tools: {versions}");
    let (has_optimiser, has_minifier) = (wasm_opt.is_some(), esbuild.is_some());
    let others = [wasm_opt, esbuild].into_iter().flatten().map(|found| found.home);
    let path = path_with([trunk_home, bindgen_home].into_iter().chain(others))?;
    Ok(Tools { path, wasm_opt: has_optimiser, esbuild: has_minifier, standard, versions })
}

/// Everything the tests need: the builds' tools, a Redis server, curl, a browser and its driver.
///
/// # Errors
/// As [`for_builds`].
pub(crate) fn for_tests(workspace: &Workspace) -> Result<(Tools, Browser)> {
    let tools = for_builds(workspace)?;
    redis()?;
    curl()?;
    Ok((tools, browser()?))
}

/// Brings in all crates, those of the standard library too, so that every later step works offline.
fn fetch(workspace: &Workspace, standard: Standard) -> Result<()> {
    let host = target::host()?;
    let fetching = || {
        let mut cargo = workspace.cargo();
        standard.prepare(&mut cargo);
        cargo.args(["fetch", "--target", &host, "--target", target::WASM]);
        cargo
    };
    let known = fetching().args(["--quiet", "--offline"]).stderr(Stdio::null()).status();
    if known.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    step("fetch the crates", || run(&mut fetching()))
}

/// The PATH with the tools' homes in front; a tool already on the PATH has its home there.
fn path_with(homes: impl IntoIterator<Item = PathBuf>) -> Result<OsString> {
    let present = env::var_os("PATH").unwrap_or_default();
    let all = homes.into_iter().chain(env::split_paths(&present));
    env::join_paths(all).context("a tool lies in a directory that no PATH can name")
}
