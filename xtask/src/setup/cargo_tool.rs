//! Programs that come as crates: used from the PATH in the right version, else installed aside.

use crate::{
    command::{capture, find, run},
    step::step,
    workspace::Workspace,
};
use anyhow::{Context, Result, ensure};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Whether a tool is built with the lock file it ships or with the newest fitting crates.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lock {
    /// As released.
    Shipped,
    /// As resolved today.
    Newest,
}

/// One crate with programs in it, in one exact version.
#[derive(Debug)]
pub(super) struct CargoTool<'a> {
    package: &'a str,
    /// All must be there; the first tells its version.
    programs: &'a [&'a str],
    version: &'a str,
    lock: Lock,
}

impl<'a> CargoTool<'a> {
    pub(super) fn new(
        package: &'a str,
        programs: &'a [&'a str],
        version: &'a str,
        lock: Lock,
    ) -> Self {
        Self { package, programs, version, lock }
    }

    /// The directory its programs lie in, after installing them if need be.
    ///
    /// # Errors
    /// If the installation fails.
    pub(super) fn ensure(&self, workspace: &Workspace) -> Result<PathBuf> {
        if let Some(home) = self.on_path() {
            return Ok(home);
        }
        let root = workspace.tools.join(format!("{}-{}", self.name(), self.version));
        let home = root.join("bin");
        if !self.is_in(&home) {
            step(&format!("install {} {}", self.name(), self.version), || {
                self.install(workspace, &root)
            })?;
            ensure!(self.is_in(&home), "{} is not in {}", self.name(), home.display());
        }
        Ok(home)
    }

    /// What the tool is called, which need not be its package's name.
    fn name(&self) -> &str {
        self.programs.first().copied().unwrap_or(self.package)
    }

    fn on_path(&self) -> Option<PathBuf> {
        let home = find(self.name())?.parent()?.to_owned();
        self.is_in(&home).then_some(home)
    }

    fn is_in(&self, home: &Path) -> bool {
        let file = |program: &str| home.join(format!("{program}{}", env::consts::EXE_SUFFIX));
        self.programs.iter().all(|program| file(program).is_file())
            && capture(Command::new(file(self.name())).arg("--version"))
                .is_ok_and(|told| told.split_whitespace().any(|word| word == self.version))
    }

    /// Prebuilt if `cargo binstall` is there and can, compiled otherwise.
    fn install(&self, workspace: &Workspace, root: &Path) -> Result<()> {
        fs::create_dir_all(&workspace.tools)?;
        if find("cargo-binstall").is_some() && self.fetch_built(workspace, root).is_ok() {
            return Ok(());
        }
        let scratch = workspace.tools.join(format!("build-{}", self.name()));
        let built = self.compile(workspace, root, &scratch);
        if scratch.exists() {
            fs::remove_dir_all(&scratch)?;
        }
        built
    }

    fn fetch_built(&self, workspace: &Workspace, root: &Path) -> Result<()> {
        let wanted = format!("{}@{}", self.package, self.version);
        let mut cargo = workspace.cargo();
        cargo.args(["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"]);
        run(cargo.arg(root).arg(wanted))
    }

    fn compile(&self, workspace: &Workspace, root: &Path, scratch: &Path) -> Result<()> {
        println!("  compiling it; this takes some minutes, once");
        let mut cargo = workspace.cargo();
        cargo.args(["install", self.package, "--version", self.version, "--root"]).arg(root);
        if let Lock::Shipped = self.lock {
            cargo.arg("--locked");
        }
        // Measured: quick to build matters more here than quick to run.
        cargo
            .current_dir(&workspace.tools)
            .env("CARGO_TARGET_DIR", scratch)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env_remove("RUSTFLAGS");
        run(&mut cargo).with_context(|| format!("cannot install {} {}", self.package, self.version))
    }
}
