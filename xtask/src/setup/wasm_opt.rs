//! `wasm-opt` makes the page smaller; where it cannot be had, the page is built without it.

use crate::{
    command::{capture, find, run},
    step::step,
    workspace::Workspace,
};
use anyhow::Result;
use std::{fs, path::PathBuf, process::Command};

/// The npm package's version that is installed where the PATH has no fitting one.
const BINARYEN: &str = "132.0.0";
/// Older ones do not know all that the pinned compiler emits.
const OLDEST: u32 = 116;

/// A `wasm-opt` that fits.
#[derive(Debug)]
pub(super) struct WasmOpt {
    /// The directory it lies in.
    pub(super) home: PathBuf,
    /// Its version.
    pub(super) version: String,
}

/// Finds or installs it; `None`, with a word about it, where neither works.
///
/// # Errors
/// If the tools directory cannot be written.
pub(super) fn ensure(workspace: &Workspace) -> Result<Option<WasmOpt>> {
    let on_path = find("wasm-opt").and_then(|found| found.parent().map(PathBuf::from));
    if let Some(fitting) = on_path.and_then(fitting) {
        return Ok(Some(fitting));
    }
    let root = workspace.tools.join(format!("binaryen-{BINARYEN}"));
    let home = root.join("node_modules").join(".bin");
    if let Some(installed) = fitting(home.clone()) {
        return Ok(Some(installed));
    }
    if find("npm").is_some() {
        fs::create_dir_all(&root)?;
        let installed = step("install wasm-opt (npm's binaryen)", || {
            let mut npm = Command::new("npm");
            npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]);
            run(npm.arg(&root).arg(format!("binaryen@{BINARYEN}")))
        });
        if let Err(error) = installed {
            println!("! {error:#}");
        }
    }
    let installed = fitting(home);
    if installed.is_none() {
        println!("! no wasm-opt {OLDEST} or later here: the page is built without it, and larger");
    }
    Ok(installed)
}

fn fitting(home: PathBuf) -> Option<WasmOpt> {
    let program = home.join("wasm-opt");
    if !program.is_file() {
        return None;
    }
    let told = capture(Command::new(program).arg("--version")).ok()?;
    let version = told.split_whitespace().nth(2)?;
    (version.parse::<u32>().ok()? >= OLDEST).then(|| WasmOpt { home, version: version.to_owned() })
}
