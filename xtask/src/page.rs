//! The page in `dist/`: built by trunk, made small, sealed by a content security policy, compressed,
//! weighed.

mod budget;
mod compress;
mod content;
mod document;
mod glue;
mod inputs;
mod order;
mod policy;
mod program;
mod styles;
mod wasm;
mod worker;

use crate::{setup::Tools, step::step, workspace::Workspace};
use anyhow::Result;
pub(crate) use budget::within_budget;
pub(crate) use document::Document;
pub(crate) use inputs::hex;
use std::fs;

/// The file in `dist/` that names the build, and so says what it was built from.
const BUILD: &str = "build.txt";
/// The file in `dist/` with the `Content-Security-Policy` that all of it is served with.
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
    step("build the page", || {
        Document::ALL.into_iter().try_for_each(|document| document.build(workspace, tools))
    })?;
    let documents = step("make the page small", || {
        let chat = Document::Chat.slim(workspace, tools)?;
        let transports = Document::Transports.slim(workspace, tools)?;
        // The worker keeps the chat for when there is no network, and nothing else: it comes first.
        let worker = workspace.root.join("frontend/sw.js");
        let chat = worker::write(&worker, &dist, &chat)?;
        Document::Chat.move_in(workspace, &chat)?;
        Document::Transports.move_in(workspace, &transports)?;
        Ok([chat, transports])
    })?;
    step("seal and compress the page", || {
        fs::write(dist.join(POLICY), policy::of(&documents)?)?;
        compress::all(&dist)?;
        fs::write(dist.join(BUILD), inputs)?;
        Ok(())
    })
}
