//! The program in `dist/`, WebAssembly and its script: short names, `wasm-opt`, `esbuild`, names by
//! content.

use super::{content, content::named, glue, order, wasm};
use crate::{command::run, setup::Tools, workspace::Workspace};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// For size. Nothing but the last kilobyte of the stack lies in the first of the memory, which
/// lets additions go into the addresses of loads and stores (1 KB of brotli).
const OPTIMISE: [&str; 3] = ["-Oz", "--converge", "--low-memory-unused"];
/// By the names given for it. What the module uses of WebAssembly, it says itself: with all that
/// `wasm-opt` knows, no browser would load it.
const ORDER: &str = "--reorder-functions-by-name";
/// What the file's name ends in that tells the functions in a stack trace by their numbers; it lies in
/// the target directory.
const FUNCTIONS: &str = "-functions.txt";

/// Where a program lies, and what its names begin with.
#[derive(Debug)]
pub(super) struct Place<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) tools: &'a Tools,
    pub(super) dist: &'a Path,
    pub(super) stem: &'a str,
}

/// Makes the program small and has its HTML name it by its content.
///
/// # Errors
/// If trunk left none, or not as wasm-bindgen makes it.
pub(super) fn slim(place: &Place<'_>, html: &str) -> Result<String> {
    let (dist, tools) = (place.dist, place.tools);
    let (wasm_path, script_path) = (only(dist, "wasm")?, only(dist, "js")?);
    let script = fs::read_to_string(&script_path)?;
    let (program, script) = glue::shortened(&fs::read(&wasm_path)?, &script)?;
    fs::write(&wasm_path, program)?;
    if tools.wasm_opt {
        optimise(place, &wasm_path)?;
    }
    let program = wasm::bare(&fs::read(&wasm_path)?)?;
    fs::write(&script_path, script)?;
    if tools.esbuild {
        minify(tools, &script_path)?;
    }
    let script = fs::read(&script_path)?;

    let mut html = html.to_owned();
    for (old, kind, content) in
        [(wasm_path, "wasm", program.as_slice()), (script_path, "js", script.as_slice())]
    {
        // Neither works with another than its own, so each is named by both.
        let name = named(place.stem, &[&program, &script], kind);
        let known = old.file_name().map(|name| name.to_string_lossy().into_owned());
        let known = known.filter(|name| html.contains(name));
        html = html.replace(&known.context("the HTML does not name the program")?, &name);
        fs::remove_file(old)?;
        content::write(dist, &name, content)?;
    }
    Ok(html)
}

/// The only file of a kind.
fn only(dist: &Path, kind: &str) -> Result<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dist)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == kind) {
            found.push(path);
        }
    }
    ensure!(found.len() <= 1, "the page has {} files of {kind}", found.len());
    found.pop().with_context(|| format!("the page has no file of {kind}"))
}

/// Short names inside the script too, and nothing that a browser need not read (1 KB of brotli).
fn minify(tools: &Tools, script: &Path) -> Result<()> {
    let mut minifier = tools.command("esbuild");
    minifier.args(["--minify", "--format=esm", "--target=es2022", "--log-level=warning"]);
    run(minifier
        .arg("--allow-overwrite")
        .arg(format!("--outfile={}", script.display()))
        .arg(script))
}

fn optimise(place: &Place<'_>, program: &Path) -> Result<()> {
    let functions = place.workspace.target.join(format!("{}{FUNCTIONS}", place.stem));
    let optimiser = || {
        let mut optimiser = place.tools.command("wasm-opt");
        optimiser.arg(program).arg("-o").arg(program);
        optimiser
    };
    run(optimiser().args(OPTIMISE).arg(format!("--symbolmap={}", functions.display())))?;
    let ordered = order::named(&fs::read(program)?)?;
    fs::write(program, &ordered.program)?;
    run(optimiser().arg(ORDER))?;
    let moved = order::moved(&fs::read_to_string(&functions)?, &ordered)?;
    Ok(fs::write(functions, moved)?)
}
