//! `cargo xtask run`: from a clone to a served page.

use crate::{server, setup, workspace::Workspace};
use anyhow::Result;
use std::process::Command;

/// Sets up, builds, and becomes the server. `PARLOR_*` variables and `arguments` reach it as given.
///
/// # Errors
/// If set-up or build fails, or the server ends with a failure.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let tools = setup::for_builds(workspace)?;
    server::build(workspace, &tools)?;
    println!("→ Parlor serves http://localhost:3000 unless told otherwise; Ctrl-C stops it");
    let mut server = Command::new(workspace.server());
    server.args(arguments).current_dir(&workspace.root);
    become_it(&mut server)
}

/// On Unix the server takes this process over, so that signals reach it directly.
#[cfg(unix)]
fn become_it(server: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(server.exec().into())
}

/// Elsewhere this process waits for it.
#[cfg(not(unix))]
fn become_it(server: &mut Command) -> Result<()> {
    crate::command::run(server)
}
