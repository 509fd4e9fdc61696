//! `cargo xtask screens`: a picture of every screen, in docs/screens.

use crate::{command::run, server, setup, step::step, workspace::Workspace};
use anyhow::Result;
use std::fs;

/// Builds page and server, walks through the page in a real browser and writes what it looks like.
///
/// # Errors
/// If set-up or build fails, or a screen does not come to be.
pub(crate) fn screens(workspace: &Workspace) -> Result<()> {
    let (tools, browser) = setup::for_tests(workspace)?;
    server::build(workspace, &tools)?;
    let directory = workspace.root.join("docs/screens");
    step("pictures of every screen", || {
        if directory.exists() {
            fs::remove_dir_all(&directory)?;
        }
        let mut cargo = workspace.cargo();
        cargo
            .args(["run", "--offline", "--package=parlor-tests", "--bin=screens", "--"])
            .arg(&directory)
            .env("PARLOR_BIN", workspace.server())
            .env("PARLOR_CHROMIUM", &browser.program)
            .env("CHROMEDRIVER", &browser.driver);
        run(&mut cargo)
    })
}
