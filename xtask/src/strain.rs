//! `cargo xtask load`, and the other tasks of one program that strains a running server.

use crate::{command::run, workspace::Workspace};
use anyhow::Result;

/// Builds the server, without its page, and the program in release, and runs one of its tasks with
/// the given arguments.
///
/// # Errors
/// If it does not build, or the task finds something wrong.
pub(crate) fn strain(workspace: &Workspace, task: &str, arguments: &[String]) -> Result<()> {
    let mut build = workspace.cargo();
    run(build.args(["build", "--release", "--package=parlor", "--package=parlor-strain"]))?;
    let mut cargo = workspace.cargo();
    cargo.args(["run", "--release", "--package=parlor-strain", "--bin=strain", "--", task]);
    run(cargo.args(arguments).env("PARLOR_BIN", workspace.server()))
}
