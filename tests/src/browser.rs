//! A real Chromium of a test's own, without a window, driven through chromedriver.

use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};
use serde_json::Value;
use tempfile::TempDir;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};

use crate::{eventually, redis_server::free_port};

/// What lets Chromium run anywhere and leave the network alone.
const FLAGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // As large as a small desktop's: what a click has to scroll to first, it sometimes misses.
    "--window-size=1280,940",
    // A name of this machine that is not its loopback address: pages there are no secure context.
    "--host-resolver-rules=MAP parlor.lan 127.0.0.1",
];

/// A running browser with one window. Close it with [`Browser::close`]; dropping it kills it.
#[derive(Debug)]
pub struct Browser {
    driver: WebDriver,
    process: Process,
    /// Its profile: new, and removed with it.
    _profile: TempDir,
}

/// The driver's process; it takes the browser with it.
#[derive(Debug)]
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // A test that ends has nobody to tell.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Browser {
    /// Starts a browser (`PARLOR_CHROMIUM`, else `chromium`; `CHROMEDRIVER`, else `chromedriver`)
    /// and opens `url`.
    ///
    /// # Errors
    /// When either is not installed or does not start.
    pub async fn open(url: &str) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let port = free_port()?;
        let binary = |variable, usual: &str| std::env::var(variable).unwrap_or(usual.to_owned());
        let process = Command::new(binary("CHROMEDRIVER", "chromedriver"))
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("chromedriver cannot be started: is it installed?")?;
        let process = Process(process);
        let mut wishes = DesiredCapabilities::chrome();
        wishes.set_binary(&on_the_path(&binary("PARLOR_CHROMIUM", "chromium")))?;
        for flag in FLAGS {
            wishes.add_arg(flag)?;
        }
        wishes.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        wishes.set_browser_log_level(LoggingPrefsLogLevel::Severe)?;
        let address = format!("http://127.0.0.1:{port}");
        eventually("chromedriver answers", async || {
            reqwest::get(format!("{address}/status")).await.ok().map(drop)
        })
        .await?;
        let driver = WebDriver::new(&address, wishes).await?;
        driver.set_script_timeout(Duration::from_secs(20)).await?;
        driver.goto(url).await?;
        Ok(Self { driver, process, _profile: profile })
    }

    /// The browser's controls.
    #[must_use]
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Gives a command of the DevTools protocol to the tab in front.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        let answer = self.driver.cdp().send_raw(method, parameters).await;
        answer.with_context(|| method.to_owned())
    }

    /// Every error on the consoles since the last look: what the page logged, what it threw, and what
    /// its Content-Security-Policy forbade. A network that is away is no error of the page's.
    ///
    /// # Errors
    /// When the driver does not say.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let entries = self.driver.browser_log().await?;
        let own = entries.into_iter().filter(|entry| entry.source.as_deref() != Some("network"));
        Ok(own.map(|entry| entry.message).collect())
    }

    /// Closes it.
    ///
    /// # Errors
    /// When it has crashed before.
    pub async fn close(self) -> Result<()> {
        self.driver.quit().await?;
        drop(self.process);
        Ok(())
    }
}

/// A program's whole path: chromedriver does not look for the browser by its name.
fn on_the_path(program: &str) -> String {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|dir| dir.join(program)).find(|at| at.is_file());
    found.map_or_else(|| program.to_owned(), |at| at.display().to_string())
}
