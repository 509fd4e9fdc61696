//! The protocol's document and its sources change together: the document holds their hash.

use super::{Finding, Source, source};
use crate::{page::hex, workspace::Workspace};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;

/// The document that describes the wire.
const DOCUMENT: &str = "docs/protocol.md";
/// What stands before and after the hash in it.
const BEFORE: &str = "<!-- shared/src hash: ";
const AFTER: &str = " -->";

/// A document that was not read again after the wire changed is found.
pub(super) fn documented(sources: &[Source]) -> Option<Finding> {
    let document = sources.iter().find(|source| source.path == DOCUMENT)?;
    let (_, rest) = document.text.split_once(BEFORE)?;
    let (held, _) = rest.split_once(AFTER)?;
    let message = "shared/src has changed since this was written: read it again, mend it, \
                   then `cargo xtask tidy --bless`";
    (held != hash(sources)).then(|| Finding::new(document, message))
}

/// Writes the present hash into the document.
///
/// # Errors
/// If the document is missing or holds no place for it.
pub(crate) fn bless(workspace: &Workspace) -> Result<()> {
    let hash = hash(&source::all(&workspace.root)?);
    let path = workspace.root.join(DOCUMENT);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {DOCUMENT}"))?;
    let (start, rest) = text.split_once(BEFORE).context("the document has no hash line")?;
    let (_, end) = rest.split_once(AFTER).context("the document's hash line does not end")?;
    fs::write(&path, format!("{start}{BEFORE}{hash}{AFTER}{end}"))?;
    println!("✓ {DOCUMENT} is of shared/src {hash}");
    Ok(())
}

/// The names and code of `shared/src/`, comments and unit tests left out, as 16 digits.
fn hash(sources: &[Source]) -> String {
    let mut hash = Sha256::new();
    for source in sources.iter().filter(|source| source.is_in("shared/src/")) {
        hash.update(&source.path);
        for (_, line) in source.code_before_tests() {
            hash.update(line);
        }
    }
    hex(&hash.finalize()).chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::source;

    fn with_wire(code: &str, held: &str) -> [Source; 2] {
        let document = format!("{BEFORE}{held}{AFTER}");
        [source(DOCUMENT, &document), source("shared/src/v1.rs", code)]
    }

    #[test]
    fn a_wire_that_changed_under_its_document_is_found() {
        let held = hash(&with_wire("struct A;", ""));
        assert!(documented(&with_wire("struct A;", &held)).is_none());
        assert!(documented(&with_wire("// why\nstruct A;", &held)).is_none());
        assert!(documented(&with_wire("struct B;", &held)).is_some());
    }
}
