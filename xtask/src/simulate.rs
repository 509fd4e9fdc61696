//! `cargo xtask simulate`: the deterministic simulation, for as many schedules as asked.

use crate::{command::run, workspace::Workspace};
use anyhow::Result;

/// Builds the simulation in release and runs it with the given arguments.
///
/// # Errors
/// If it does not build, or a schedule breaks the promise.
pub(crate) fn simulate(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.args(["run", "--release", "--package=parlor-tests", "--bin=simulate", "--"]);
    run(cargo.args(arguments))
}
