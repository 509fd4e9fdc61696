//! What the first view of each document costs: its HTML and all code and styles that load with it, as
//! brotli.

use super::{Document, styles};
use crate::{setup::Tools, workspace::Workspace};
use anyhow::{Result, ensure};
use std::{fs, path::Path};
use walkdir::WalkDir;

/// The most the first view may cost, in bytes of brotli.
const fn budget(document: Document) -> u64 {
    match document {
        Document::Chat => 165 * 1024,
        Document::Transports => 100 * 1024,
    }
}

/// Prints what the first views are made of and refuses one that is too heavy.
///
/// # Errors
/// If a budget is exceeded, or no page has been built.
pub(crate) fn within_budget(workspace: &Workspace, tools: &Tools) -> Result<()> {
    Document::ALL.into_iter().try_for_each(|document| weigh_in(document, workspace, tools))
}

fn weigh_in(document: Document, workspace: &Workspace, tools: &Tools) -> Result<()> {
    let (file, budget) = (document.file(), budget(document));
    let parts = first_view(&workspace.dist(), file)?;
    println!("  {:>9} {:>9}  first view of {file}", "plain", "brotli");
    for part in &parts {
        println!("  {:>9} {:>9}  {}", part.plain, part.brotli, part.name);
    }
    let total = parts.iter().map(|part| part.brotli).sum();
    let (kib, of) = (kib(total), kib(budget));
    println!("  {:>9} {total:>9}  in all, {kib} of {of} KiB", "");
    let built = &tools.versions;
    ensure!(
        total <= budget,
        "the first view of {file} takes {kib} KiB of brotli, more than {of}; built with {built}"
    );
    Ok(())
}

struct Part {
    name: String,
    plain: u64,
    brotli: u64,
}

fn first_view(dist: &Path, file: &str) -> Result<Vec<Part>> {
    let html = fs::read_to_string(dist.join(file))?;
    let mut parts = Vec::new();
    for entry in WalkDir::new(dist).sort_by_file_name() {
        let path = entry?.into_path();
        let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        let name = path.strip_prefix(dist)?.to_string_lossy().replace('\\', "/");
        let waits = name.starts_with(styles::LATER_NAME);
        let named = name == file || (html.contains(&name) && !waits);
        if named && ["html", "js", "css", "wasm"].contains(&kind) {
            parts.push(weigh(&path, name)?);
        }
    }
    Ok(parts)
}

/// A file that brotli does not make smaller has no sibling and counts as it is.
fn weigh(path: &Path, name: String) -> Result<Part> {
    let plain = fs::metadata(path)?.len();
    let sibling = path
        .with_file_name(format!("{}.br", path.file_name().unwrap_or_default().to_string_lossy()));
    let brotli = fs::metadata(sibling).map_or(plain, |file| file.len());
    Ok(Part { name, plain, brotli })
}

/// Bytes as KiB with one decimal.
fn kib(bytes: u64) -> String {
    format!("{}.{}", bytes / 1024, bytes % 1024 * 10 / 1024)
}
