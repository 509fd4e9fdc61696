//! `cargo xtask test`: sets up what tests need, builds once, runs them all, sums up.

mod page_tests;
mod tally;

use crate::{server, setup, step::took, workspace::Workspace};
use anyhow::{Result, ensure};
use clap::Args;
use std::time::Instant;
use tally::Tally;

/// Which tests to run; all, if nothing is said.
#[derive(Args, Debug, Default)]
pub(crate) struct Selection {
    /// Only the tests that run on this machine itself: units, both engines, end to end
    #[arg(long, conflicts_with = "page")]
    host: bool,
    /// Only the page's tests, in the headless browser
    #[arg(long)]
    page: bool,
    /// Passed on to `cargo test`, after `--`: `-- -p parlor-tests --test e2e a_message`
    #[arg(last = true)]
    cargo: Vec<String>,
}

/// Runs the selected tests, all of them even after a failure, and prints the sum last.
///
/// # Errors
/// If set-up or a build fails, or a test does.
pub(crate) fn test(workspace: &Workspace, selection: &Selection) -> Result<()> {
    let start = Instant::now();
    let (tools, browser) = setup::for_tests(workspace)?;
    let mut tallies = Vec::new();
    if !selection.page {
        server::build(workspace, &tools)?;
        tallies.push(host(workspace, &browser, &selection.cargo)?);
    }
    if !selection.host && selection.cargo.is_empty() {
        tallies.push(page_tests::run(workspace, &tools, &browser)?);
    }
    println!("\n{}", "─".repeat(60));
    for tally in &tallies {
        println!("{tally}");
    }
    let sound = tallies.iter().all(Tally::is_sound);
    println!("all tests in {}", took(start.elapsed()));
    ensure!(sound, "not all tests passed");
    Ok(())
}

/// The host's tests; they find the server and the browser by these variables.
fn host(workspace: &Workspace, browser: &setup::Browser, extra: &[String]) -> Result<Tally> {
    let mut cargo = workspace.cargo();
    cargo.args(["test", "--offline", "--no-fail-fast"]);
    if !extra.iter().any(|word| word == "-p" || word.starts_with("--package")) {
        cargo.args(["--workspace", "--exclude=parlor-page"]);
    }
    cargo
        .args(extra)
        .env("PARLOR_BIN", workspace.server())
        .env("PARLOR_CHROMIUM", &browser.program)
        .env("CHROMEDRIVER", &browser.driver);
    Tally::of("host, both engines, end to end", &mut cargo)
}
