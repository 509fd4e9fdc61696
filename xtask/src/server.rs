//! The server's binary, in release, with the built page inside.

use crate::{command::run, page, setup::Tools, step::step, workspace::Workspace};
use anyhow::Result;

/// Builds page and server.
///
/// # Errors
/// If either does not build.
pub(crate) fn build(workspace: &Workspace, tools: &Tools) -> Result<()> {
    page::build(workspace, tools)?;
    step("build the server", || {
        let mut cargo = workspace.cargo();
        run(cargo.args(["build", "--release", "--offline", "--package=parlor", "--features=page"]))
    })
}
