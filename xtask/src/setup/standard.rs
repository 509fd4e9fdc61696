//! The standard library's source: the page is built with a standard library of its own, for size
//! and without words for its panics. Where the source cannot be had, the ready-made one serves.

use crate::{
    command::{capture, run},
    step::step,
    workspace::Workspace,
};
use anyhow::Result;
use std::{path::Path, process::Command};

/// What makes cargo build the standard library too. The compiler asks for the first before it does
/// anything that is not yet stable; that it is pinned to one exact version makes this dependable.
const OWN: [(&str, &str); 3] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];

/// Flags for the page's code: a panic is a trap at once. They stand above any others given.
const FLAGS: [&str; 2] = ["-Zunstable-options", "-Cpanic=immediate-abort"];

/// The standard library that the page is built with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standard {
    /// Built with the page, from source.
    Own,
    /// As it comes with the compiler.
    ReadyMade,
}

impl Standard {
    /// Prepares a command that runs cargo for the page.
    pub(crate) fn prepare(self, command: &mut Command) {
        match self {
            Self::Own => {
                command.envs(OWN).env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\x1f"));
            }
            Self::ReadyMade => {}
        }
    }

    /// Its name among the tools.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::ReadyMade => "ready-made",
        }
    }
}

/// Finds the source or has rustup add it; the ready-made library, with a word about it, where
/// neither works.
///
/// # Errors
/// If rustc does not answer.
pub(super) fn ensure(workspace: &Workspace) -> Result<Standard> {
    if has_source(workspace)? {
        return Ok(Standard::Own);
    }
    let added = step("add the standard library's source", || {
        run(Command::new("rustup")
            .args(["component", "add", "rust-src"])
            .current_dir(&workspace.root))
    });
    if let Err(error) = added {
        println!("! {error:#}");
    }
    if has_source(workspace)? {
        return Ok(Standard::Own);
    }
    println!(
        "! no source of the standard library here: the page is built with the ready-made one, and larger"
    );
    Ok(Standard::ReadyMade)
}

/// Whether the source lies where cargo looks for it.
fn has_source(workspace: &Workspace) -> Result<bool> {
    let rustc = ["--print", "sysroot"];
    let root = capture(Command::new("rustc").args(rustc).current_dir(&workspace.root))?;
    Ok(Path::new(root.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file())
}
