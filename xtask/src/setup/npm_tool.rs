//! Tools from npm that make the page smaller; where one cannot be had, the page is built without it.

use crate::{
    command::{capture, find, run},
    step::step,
    workspace::Workspace,
};
use anyhow::Result;
use std::{fs, path::PathBuf, process::Command};

/// Makes the program smaller. Older ones than 116 do not know all that the pinned compiler emits.
pub(super) const WASM_OPT: NpmTool = NpmTool {
    program: "wasm-opt",
    package: "binaryen",
    version: "132.0.0",
    fitting: |told| {
        let version = told.split_whitespace().nth(2)?;
        (version.parse::<u32>().ok()? >= 116).then(|| version.to_owned())
    },
};
/// Makes the script smaller. Another version writes another script.
pub(super) const ESBUILD: NpmTool = NpmTool {
    program: "esbuild",
    package: "esbuild",
    version: "0.28.2",
    fitting: |told| (told.trim() == ESBUILD.version).then(|| ESBUILD.version.to_owned()),
};

/// A program of one of npm's packages.
#[derive(Debug)]
pub(super) struct NpmTool {
    program: &'static str,
    package: &'static str,
    /// The package's that is installed where the PATH has no fitting program.
    version: &'static str,
    /// The version of one that fits, out of what it prints.
    fitting: fn(&str) -> Option<String>,
}

/// One that fits.
#[derive(Debug)]
pub(super) struct Fitting {
    /// The directory it lies in.
    pub(super) home: PathBuf,
    /// Its version.
    pub(super) version: String,
}

impl NpmTool {
    /// Finds or installs it; `None`, with a word about it, where neither works.
    ///
    /// # Errors
    /// If the tools directory cannot be written.
    pub(super) fn ensure(&self, workspace: &Workspace) -> Result<Option<Fitting>> {
        let on_path = find(self.program).and_then(|found| found.parent().map(PathBuf::from));
        if let Some(fitting) = on_path.and_then(|home| self.fitting(home)) {
            return Ok(Some(fitting));
        }
        let root = workspace.tools.join(format!("{}-{}", self.package, self.version));
        let home = root.join("node_modules").join(".bin");
        if let Some(installed) = self.fitting(home.clone()) {
            return Ok(Some(installed));
        }
        if find("npm").is_some() {
            fs::create_dir_all(&root)?;
            let installed =
                step(&format!("install {} (npm's {})", self.program, self.package), || {
                    let mut npm = Command::new("npm");
                    npm.args([
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--loglevel=error",
                        "--prefix",
                    ]);
                    run(npm.arg(&root).arg(format!("{}@{}", self.package, self.version)))
                });
            if let Err(error) = installed {
                println!("! {error:#}");
            }
        }
        let installed = self.fitting(home);
        if installed.is_none() {
            println!(
                "! no fitting {} here: the page is built without it, and larger",
                self.program
            );
        }
        Ok(installed)
    }

    fn fitting(&self, home: PathBuf) -> Option<Fitting> {
        let program = home.join(self.program);
        if !program.is_file() {
            return None;
        }
        let told = capture(Command::new(program).arg("--version")).ok()?;
        Some(Fitting { home, version: (self.fitting)(&told)? })
    }
}
