//! Where things lie: the root, the target directory, the built page, the shared tools.

use crate::command::capture;
use anyhow::{Context, Result};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The checkout this task works on.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The directory with the workspace's Cargo.toml.
    pub(crate) root: PathBuf,
    /// Cargo's target directory, wherever the environment puts it.
    pub(crate) target: PathBuf,
    /// Tools of exact versions, shared by all clones and apart from the user's own.
    pub(crate) tools: PathBuf,
}

impl Workspace {
    /// Finds the workspace this program was built from.
    ///
    /// # Errors
    /// If cargo cannot describe it.
    pub(crate) fn open() -> Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.parent().context("xtask has no parent directory")?.to_owned();
        let described = capture(cargo_in(&root).args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version=1",
        ]))?;
        let described: serde_json::Value = serde_json::from_str(&described)?;
        let target = described
            .get("target_directory")
            .and_then(serde_json::Value::as_str)
            .context("cargo metadata names no target directory")?;
        Ok(Self { root, target: target.into(), tools: cargo_home()?.join("parlor-tools") })
    }

    /// The built page, ready to be embedded.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The release server with the page inside.
    pub(crate) fn server(&self) -> PathBuf {
        self.target.join("release").join(format!("parlor{}", env::consts::EXE_SUFFIX))
    }

    /// A cargo command in the root.
    pub(crate) fn cargo(&self) -> Command {
        cargo_in(&self.root)
    }

    /// The version of a package in Cargo.lock.
    ///
    /// # Errors
    /// If the lock file cannot be read or does not name the package.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let lock = fs::read_to_string(self.root.join("Cargo.lock"))?;
        let named = format!("name = \"{package}\"");
        lock.lines()
            .skip_while(|line| *line != named)
            .nth(1)
            .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
            .map(str::to_owned)
            .with_context(|| format!("Cargo.lock names no {package}"))
    }
}

/// The cargo that runs this task, so that the pinned toolchain is kept.
fn cargo_in(root: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root);
    cargo
}

/// Cargo's home, as cargo itself finds it.
fn cargo_home() -> Result<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
        .context("neither CARGO_HOME nor a home directory is known")
}
