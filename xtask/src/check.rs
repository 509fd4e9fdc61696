//! `cargo xtask check`: exactly what CI runs, quickest first.

use crate::{
    command::run,
    page, setup,
    step::{step, took},
    test, tidy,
    workspace::Workspace,
};
use anyhow::Result;
use std::time::Instant;

/// The page's target and package, for every command that treats it apart from the host's crates.
const PAGE: [&str; 3] = ["--package=parlor-page", "--target", "wasm32-unknown-unknown"];
/// All that runs on the host.
const HOST: [&str; 2] = ["--workspace", "--exclude=parlor-page"];

/// Runs it all; the first failure ends it.
///
/// # Errors
/// Whatever does not hold.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let start = Instant::now();
    step("format", || run(workspace.cargo().args(["fmt", "--all", "--check"])))?;
    tidy::tidy(workspace)?;
    let (tools, _) = setup::for_tests(workspace)?;
    step("lints of the host's crates", || lint(workspace, &HOST))?;
    step("lints of the page", || lint(workspace, &PAGE))?;
    step("docs of the host's crates", || document(workspace, &HOST))?;
    step("docs of the page", || document(workspace, &PAGE))?;
    page::build(workspace, &tools)?;
    step("the first view's weight", || page::within_budget(workspace, &tools))?;
    test::test(workspace, &test::Selection::default())?;
    println!("all checks in {}", took(start.elapsed()));
    Ok(())
}

fn lint(workspace: &Workspace, packages: &[&str]) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.args(["clippy", "--locked", "--offline", "--all-targets"]).args(packages);
    run(cargo.args(["--", "-D", "warnings"]))
}

fn document(workspace: &Workspace, packages: &[&str]) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.args(["doc", "--locked", "--offline", "--no-deps", "--document-private-items"]);
    run(cargo.args(packages).env("RUSTDOCFLAGS", "-D warnings"))
}
