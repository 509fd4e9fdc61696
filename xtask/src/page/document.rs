//! The documents that the page is made of, each with a program and styles of its own: the chat, and what
//! compares the transports. What one of them weighs, the other does not carry.

use super::{program, styles};
use crate::{command::run, setup::Tools, workspace::Workspace};
use anyhow::{Context, Result};
use std::{fs, path::PathBuf};
use walkdir::WalkDir;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Document {
    /// All of Parlor.
    Chat,
    /// `/transports`: one conversation over all ways at once.
    Transports,
}

impl Document {
    /// All of them.
    pub(super) const ALL: [Self; 2] = [Self::Chat, Self::Transports];

    /// Its file in `frontend/` and in `dist/`.
    pub(crate) const fn file(self) -> &'static str {
        match self {
            Self::Chat => "index.html",
            Self::Transports => "transports.html",
        }
    }

    /// What the names of its program begin with.
    const fn stem(self) -> &'static str {
        match self {
            Self::Chat => "page",
            Self::Transports => "transports",
        }
    }

    /// Where it is built. Trunk empties what it builds into.
    fn directory(self, workspace: &Workspace) -> PathBuf {
        match self {
            Self::Chat => workspace.dist(),
            Self::Transports => workspace.target.join("transports-dist"),
        }
    }

    /// Has trunk build it as a release, minified; `wasm-opt` runs later, on what is left.
    ///
    /// # Errors
    /// If trunk fails.
    pub(super) fn build(self, workspace: &Workspace, tools: &Tools) -> Result<()> {
        let mut trunk = tools.command("trunk");
        trunk.args(["build", "--release=true", "--offline=true", "--minify=true"]);
        trunk.arg("--cargo-profile=page").arg("--html-output").arg(self.file());
        trunk.arg("--dist").arg(self.directory(workspace)).arg(self.source(workspace));
        tools.standard.prepare(&mut trunk);
        run(trunk.current_dir(&workspace.root).env("CARGO_TARGET_DIR", &workspace.target))
    }

    /// Its source.
    pub(crate) fn source(self, workspace: &Workspace) -> PathBuf {
        workspace.root.join("frontend").join(self.file())
    }

    /// Makes its styles and its program small, and gives back what its HTML is then.
    ///
    /// # Errors
    /// If trunk left something else than was expected.
    pub(super) fn slim(self, workspace: &Workspace, tools: &Tools) -> Result<String> {
        let dist = self.directory(workspace);
        let html = fs::read_to_string(dist.join(self.file())).context("trunk left no page")?;
        let html = styles::join(&dist, &html)?;
        program::slim(&program::Place { workspace, tools, dist: &dist, stem: self.stem() }, &html)
    }

    /// Puts what it is made of beside the others.
    ///
    /// # Errors
    /// If a file cannot be copied.
    pub(super) fn move_in(self, workspace: &Workspace, html: &str) -> Result<()> {
        let (from, dist) = (self.directory(workspace), workspace.dist());
        if from != dist {
            for entry in WalkDir::new(&from).min_depth(1) {
                let path = entry?.into_path();
                if path.is_file() {
                    let to = dist.join(path.strip_prefix(&from)?);
                    fs::create_dir_all(to.parent().context("a file lies nowhere")?)?;
                    fs::copy(&path, to)?;
                }
            }
        }
        Ok(fs::write(dist.join(self.file()), html)?)
    }
}
