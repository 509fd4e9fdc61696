//! The pinned toolchain's second target, wasm32.

use crate::{
    command::{capture, run},
    step::step,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use std::{path::Path, process::Command};

/// What the page compiles to.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The machine's own target.
///
/// # Errors
/// If rustc does not answer.
pub(super) fn host() -> Result<String> {
    let told = capture(Command::new("rustc").arg("-vV"))?;
    told.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .context("rustc -vV names no host")
}

/// Makes sure that the standard library for wasm32 is there.
///
/// # Errors
/// If it is missing and rustup cannot add it.
pub(super) fn wasm(workspace: &Workspace) -> Result<()> {
    let rustc = ["--print", "target-libdir", "--target", WASM];
    let library = capture(Command::new("rustc").args(rustc).current_dir(&workspace.root))?;
    if Path::new(library.trim()).is_dir() {
        return Ok(());
    }
    step("add the wasm32 target", || {
        run(Command::new("rustup").args(["target", "add", WASM]).current_dir(&workspace.root))
            .with_context(|| format!("the standard library for {WASM} is missing; with a Rust that is not rustup's, install it from where Rust came"))
    })
}
