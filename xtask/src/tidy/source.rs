//! The files that the rules look at.

use super::Finding;
use anyhow::Result;
use std::{fs, path::Path};
use walkdir::{DirEntry, WalkDir};

/// What is built, fetched or stored here, or comes from elsewhere.
const SKIPPED: [&str; 6] = ["target", "dist", "data", "vendor", "node_modules", "fuzz"];

/// One text file of the project.
#[derive(Debug)]
pub(super) struct Source {
    /// From the root, with `/`.
    pub(super) path: String,
    pub(super) text: String,
}

impl Source {
    /// Whether it is Rust.
    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether it is part of tests only: a `tests` directory of any crate, or a `tests.rs`.
    pub(super) fn is_test(&self) -> bool {
        self.path.split('/').any(|part| part == "tests" || part == "tests.rs")
    }

    /// Whether it lies under a directory (`backend/src/engine/`) or is that file.
    pub(super) fn is_in(&self, place: &str) -> bool {
        self.path == place || (place.ends_with('/') && self.path.starts_with(place))
    }

    /// The name without directory and ending.
    pub(super) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default()
    }

    /// Its lines that are code, with their numbers from 1: no comments, no blank lines.
    pub(super) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().zip(1..).map(|(line, number)| (number, line.trim()));
        lines.filter(|(_, line)| !line.is_empty() && !line.starts_with("//"))
    }

    /// The lines of code that hold one of these words, and what to do about them.
    pub(super) fn naming<'a>(
        &'a self,
        lines: impl Iterator<Item = (usize, &'a str)>,
        words: &[&str],
        why: &str,
    ) -> Vec<Finding> {
        let found = lines.filter_map(|(number, line)| {
            let word = words.iter().find(|word| line.contains(**word))?;
            Some(Finding::new(self, format!("line {number}: `{word}`: {why}")))
        });
        found.filter(|_| self.is_rust()).collect()
    }

    /// Its code before the unit tests at its end.
    pub(super) fn code_before_tests(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code().take_while(|(_, line)| *line != "#[cfg(test)]")
    }
}

/// All text files under the root that are Rust, Markdown, manifests or styles.
///
/// # Errors
/// If the tree cannot be read.
pub(super) fn all(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    let wanted = |entry: &DirEntry| entry.depth() == 0 || !is_skipped(entry);
    for entry in WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(wanted) {
        let entry = entry?;
        let kind = entry.path().extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        if entry.file_type().is_file() && ["rs", "md", "toml", "css", "html"].contains(&kind) {
            let path = entry.path().strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            sources.push(Source { path, text: fs::read_to_string(entry.path())? });
        }
    }
    Ok(sources)
}

fn is_skipped(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') || SKIPPED.contains(&name.as_ref())
}

#[cfg(test)]
pub(super) fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}
