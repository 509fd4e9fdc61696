//! The service worker beside the page: told which build it belongs to and which files make it up,
//! as the page is told which build it is.

use super::hex;
use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};
use walkdir::WalkDir;

/// What stands for the build in the worker.
const BUILD: &str = "%BUILD%";
/// What stands for the files.
const FILES: &str = "\"%FILES%\"";
/// Kinds of files that the page is made of.
const KINDS: [&str; 8] = ["css", "js", "png", "svg", "wasm", "wav", "webmanifest", "woff2"];

/// Writes `sw.js` into `dist/`, and gives back index.html with its build.
///
/// # Errors
/// If a file cannot be read or written, or the worker has no place for what it must be told.
pub(super) fn write(source: &Path, dist: &Path, index: &str) -> Result<String> {
    let mut build = Sha256::new();
    build.update(index);
    let mut files = vec!["/".to_owned()];
    for entry in WalkDir::new(dist).sort_by_file_name() {
        let path = entry?.into_path();
        let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        let name = path.strip_prefix(dist)?.to_string_lossy().replace('\\', "/");
        if KINDS.contains(&kind) && name != "sw.js" {
            build.update(fs::read(&path)?);
            files.push(format!("/{name}"));
        }
    }
    let worker = fs::read_to_string(source)?;
    build.update(&worker);
    let build: String = hex(&build.finalize()).chars().take(16).collect();
    for place in [BUILD, FILES] {
        ensure!(worker.matches(place).count() == 1, "sw.js must say {place} once");
    }
    let list = serde_json::to_string(&files)?;
    let list = list.trim_start_matches('[').trim_end_matches(']');
    fs::write(dist.join("sw.js"), worker.replace(BUILD, &build).replace(FILES, list))?;
    let (head, rest) = index.split_once("<title").context("index.html has no title")?;
    Ok(format!("{head}<meta name=build content={build}><title{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_holds_the_whole_page_and_another_content_is_another_build() {
        let dist = std::env::temp_dir().join(format!("parlor-worker-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        let source = dist.join("source.txt");
        fs::write(&source, "const BUILD = \"%BUILD%\"; const FILES = [\"%FILES%\"];").unwrap();
        for (name, content) in [("a.css", "1"), ("a.css.br", "2"), ("b.wasm", "3")] {
            fs::write(dist.join(name), content).unwrap();
        }
        let index = "<head><title>Parlor</title>";

        let first = write(&source, &dist, index).unwrap();
        let worker = fs::read_to_string(dist.join("sw.js")).unwrap();
        fs::write(dist.join("a.css"), "other").unwrap();
        let second = write(&source, &dist, index).unwrap();

        assert!(worker.ends_with(r#"const FILES = ["/","/a.css","/b.wasm"];"#), "{worker}");
        let build = first.split("content=").nth(1).unwrap().get(..16).unwrap();
        assert!(worker.contains(build), "{worker} and {first}");
        assert_ne!(first, second);
        fs::remove_dir_all(dist).unwrap();
    }
}
