//! The page's own tests: WASM in a headless Chromium, by wasm-bindgen's test runner.

use super::tally::Tally;
use crate::{
    setup::{Browser, Tools},
    workspace::Workspace,
};
use anyhow::Result;
use serde_json::json;
use std::fs;

/// What Chromium needs to run as root, without a screen, and without calling anywhere.
const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// Compiles the page's tests to WASM and runs them.
///
/// # Errors
/// If they cannot be started.
pub(super) fn run(workspace: &Workspace, tools: &Tools, browser: &Browser) -> Result<Tally> {
    let settings = workspace.target.join("webdriver.json");
    let options = json!({ "args": FLAGS, "binary": browser.program });
    fs::write(&settings, json!({ "goog:chromeOptions": options }).to_string())?;
    let mut cargo = workspace.cargo();
    cargo
        .args(["test", "--offline", "--no-fail-fast", "--package=parlor-page"])
        .args(["--target", "wasm32-unknown-unknown"])
        .env("PATH", tools.path())
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings)
        // The runner gives all tests together so many seconds; its own 20 are too few for a busy machine.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
        .env("CHROMEDRIVER", &browser.driver);
    Tally::of("the page, in headless Chromium", &mut cargo)
}
