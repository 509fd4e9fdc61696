//! Makes the newer version: copies the sources of this checkout and adds one kind of record and one
//! kind of event to them, as somebody would who writes the next version. What it adds, and where,
//! stands in `additions.rs`.

mod additions;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use additions::ADDITIONS;
use anyhow::{Context, Result, ensure};
use walkdir::WalkDir;

/// Each crate as a module: its name there, where its sources are, how others name it.
const CRATES: [(&str, &str, &str); 4] = [
    ("shared", "shared/src", "parlor_shared::"),
    ("model", "frontend/model/src", "parlor_model::"),
    ("backend", "backend/src", "parlor::"),
    ("tests", "tests/src", "parlor_tests::"),
];

/// The test clients that know the wire. What knows nothing of it is taken from the older version.
const TESTS: &str = "//! Test clients of the newer version.

mod actor;
mod mirror;
mod node;
mod random;
mod raw;
mod session;

pub use actor::{Actor, Opening, Witness};
pub use mirror::Mirror;
pub use node::{Node, roomy};
pub use parlor_tests::{Bridge, PATIENCE, Store, eventually};
pub use random::{fresh_command, fresh_number};
pub use raw::{Dial, Raw};
pub use session::{Session, SignIn};
";

fn main() -> Result<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../..");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=additions.rs");
    let mut list = String::new();
    for (module, place, _) in CRATES {
        println!("cargo::rerun-if-changed={}", root.join(place).display());
        copy(&root, &out, module, place)?;
        list += &format!(
            "/// The newer `{place}`.\n#[path = {:?}]\npub mod {module};\n",
            out.join(place).join("lib.rs")
        );
    }
    fs::write(out.join("tests/src/lib.rs"), within("tests", TESTS))?;
    add(&out)?;
    fs::write(out.join("newer.rs"), list)?;
    Ok(())
}

/// Copies one crate's sources, which become a module.
fn copy(root: &Path, out: &Path, module: &str, place: &str) -> Result<()> {
    if out.join(place).exists() {
        fs::remove_dir_all(out.join(place))?;
    }
    for entry in WalkDir::new(root.join(place)) {
        let entry = entry?;
        let to = out.join(entry.path().strip_prefix(root)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&to)?;
            continue;
        }
        let text = fs::read_to_string(entry.path())?;
        let is_rust = to.extension().is_some_and(|kind| kind == "rs");
        fs::write(&to, if is_rust { within(module, &text) } else { text })?;
    }
    Ok(())
}

/// The text with its paths as they are where each crate is a module, and without unit tests: the
/// older version runs them.
fn within(module: &str, text: &str) -> String {
    let untested = text.replace("#[cfg(test)]", "#[cfg(feature = \"unit-tests\")]");
    let own = renamed(&untested, "crate::", &format!("crate::{module}::"));
    // The test clients take what knows no wire from the older version's.
    let others = CRATES.iter().filter(|(_, _, name)| *name != "parlor_tests::");
    others.fold(own, |text, (module, _, name)| renamed(&text, name, &format!("crate::{module}::")))
}

/// Renames a path where it begins; `a::crate_x::` or `not_parlor::` is none.
fn renamed(text: &str, from: &str, to: &str) -> String {
    let mut parts = text.split(from);
    let mut renamed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let inside = renamed.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        renamed += if inside { from } else { to };
        renamed += part;
    }
    renamed
}

/// Makes every addition; one that finds no place fails, so that it is brought up to date.
fn add(out: &Path) -> Result<()> {
    for (place, after, added) in ADDITIONS {
        let path = out.join(place);
        let text = fs::read_to_string(&path).unwrap_or_default();
        ensure!(text.contains(after), "{place} has no {after:?} any more: see additions.rs");
        fs::write(&path, text.replace(after, &format!("{after}{added}")))?;
    }
    for (_, place, _) in CRATES {
        for entry in WalkDir::new(out.join(place)) {
            let entry = entry?;
            if entry.path().extension().is_some_and(|kind| kind == "rs") {
                let text = fs::read_to_string(entry.path()).context("a copy")?;
                fs::write(entry.path(), additions::handled(&text))?;
            }
        }
    }
    Ok(())
}
