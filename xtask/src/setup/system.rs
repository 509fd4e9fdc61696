//! What the tests take from the system's packages: a Redis server, curl, a browser and its driver.

use crate::{
    command::{capture, find, run},
    step::step,
};
use anyhow::{Result, bail};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The browser that tests drive.
#[derive(Debug)]
pub(crate) struct Browser {
    /// The browser itself.
    pub(crate) program: PathBuf,
    /// Its WebDriver.
    pub(crate) driver: PathBuf,
}

/// Makes sure of `redis-server` and `redis-cli`.
///
/// # Errors
/// If they are missing and cannot be installed; the error names the command.
pub(crate) fn redis() -> Result<()> {
    let present = || (find("redis-server").is_some() && find("redis-cli").is_some()).then_some(());
    present_or_installed("a Redis server", &["redis-server"], "redis", present)
}

/// Makes sure of `curl`, by which the protocol's shell lines are tested.
///
/// # Errors
/// As [`redis`].
pub(crate) fn curl() -> Result<()> {
    present_or_installed("curl", &["curl"], "curl", || find("curl").map(drop))
}

/// Makes sure of Chromium (or Chrome) and its driver.
///
/// # Errors
/// As [`redis`].
pub(crate) fn browser() -> Result<Browser> {
    let packages = ["chromium", "chromium-driver"];
    present_or_installed("Chromium and its driver", &packages, "chromium chromedriver", || {
        let program =
            ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(find)?;
        let beside = Path::new("/usr/lib/chromium-browser/chromedriver");
        let driver = find("chromedriver").or_else(|| beside.is_file().then(|| beside.into()))?;
        Some(Browser { program, driver })
    })
}

fn present_or_installed<T>(
    what: &str,
    debian: &[&str],
    elsewhere: &str,
    present: impl Fn() -> Option<T>,
) -> Result<T> {
    if let Some(found) = present() {
        return Ok(found);
    }
    let by_hand = by_hand(debian, elsewhere);
    let Some(mut apt) = apt_get() else {
        bail!("the tests need {what}; install it with:\n\n    {by_hand}\n");
    };
    step(&format!("install {what}"), || {
        // A list that is merely old often still works: only the installation must succeed.
        if let Some(Err(error)) = apt_get().map(|mut apt| run(apt.args(["update", "-qq"]))) {
            println!("! {error:#}");
        }
        apt.args(["install", "-y", "--no-install-recommends"]).args(debian);
        run(&mut apt)
    })?;
    match present() {
        Some(found) => Ok(found),
        None => bail!("{what} is still missing; look at what this says:\n\n    {by_hand}\n"),
    }
}

/// `apt-get` as root, if that is possible without asking anybody.
fn apt_get() -> Option<Command> {
    let apt = find("apt-get")?;
    let root = capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let mut command = if root {
        Command::new(apt)
    } else {
        let mut sudo = Command::new("sudo");
        let may = sudo.args(["-n", "true"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
        may.ok().filter(std::process::ExitStatus::success)?;
        let mut sudo = Command::new("sudo");
        sudo.arg("-n").arg(apt);
        sudo
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Some(command)
}

/// The command a person would give on this system.
fn by_hand(debian: &[&str], elsewhere: &str) -> String {
    let debian = debian.join(" ");
    let managers = [
        ("apt-get", format!("sudo apt-get install {debian}")),
        ("dnf", format!("sudo dnf install {elsewhere}")),
        ("pacman", format!("sudo pacman -S {elsewhere}")),
        ("apk", format!("sudo apk add {elsewhere}")),
        ("brew", format!("brew install {elsewhere}")),
    ];
    let fitting = managers.into_iter().find(|(manager, _)| find(manager).is_some());
    fitting.map_or_else(|| format!("(your system's packages) {elsewhere}"), |(_, line)| line)
}
