//! The program in `dist/`, WebAssembly and its script: short names, `wasm-opt`, names by content.

use super::{classes, content, content::named, glue, order, wasm};
use crate::{command::run, setup::Tools, workspace::Workspace};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// For size. Nothing but the last kilobyte of the stack lies in the first of the memory, which
/// lets additions go into the addresses of loads and stores (1 KB of brotli).
const OPTIMISE: [&str; 2] = ["-Oz", "--low-memory-unused"];
/// By the names given for it. What the module uses of WebAssembly, it says itself: with all that
/// `wasm-opt` knows, no browser would load it.
const ORDER: &str = "--reorder-functions-by-name";
/// The file in the target directory that tells the functions in a stack trace by their numbers.
const FUNCTIONS: &str = "page-functions.txt";

/// Makes the program small and has index.html name it by its content.
///
/// # Errors
/// If trunk left none, or not as wasm-bindgen makes it.
pub(super) fn slim(workspace: &Workspace, tools: &Tools, index: &str) -> Result<String> {
    let dist = workspace.dist();
    let (wasm_path, script_path) = (only(&dist, "wasm")?, only(&dist, "js")?);
    let script = classes::unused_away(&fs::read_to_string(&script_path)?);
    let (program, script) = glue::shortened(&fs::read(&wasm_path)?, &script)?;
    fs::write(&wasm_path, program)?;
    if tools.wasm_opt {
        optimise(workspace, tools, &wasm_path)?;
    }
    let program = wasm::bare(&fs::read(&wasm_path)?)?;

    let mut index = index.to_owned();
    for (old, kind, content) in
        [(wasm_path, "wasm", program.as_slice()), (script_path, "js", script.as_bytes())]
    {
        // Neither works with another than its own, so each is named by both.
        let name = named("page", &[&program, script.as_bytes()], kind);
        let known = old.file_name().map(|name| name.to_string_lossy().into_owned());
        let known = known.filter(|name| index.contains(name));
        index = index.replace(&known.context("index.html does not name the program")?, &name);
        fs::remove_file(old)?;
        content::write(&dist, &name, content)?;
    }
    Ok(index)
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

fn optimise(workspace: &Workspace, tools: &Tools, program: &Path) -> Result<()> {
    let functions = workspace.target.join(FUNCTIONS);
    let optimiser = || {
        let mut optimiser = tools.command("wasm-opt");
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
