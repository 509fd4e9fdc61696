//! Files: each says what it owns, is short, and lies where it is looked for.

use super::{Finding, Source};

/// Above this many lines a file is named; above the second it is refused.
const LONG: usize = 250;
const TOO_LONG: usize = 400;

pub(super) fn opens_with_its_purpose(source: &Source) -> Vec<Finding> {
    let missing = source.is_rust() && !source.text.starts_with("//! ");
    let message = "open with `//!` and one sentence on what this file owns";
    missing.then(|| Finding::new(source, message)).into_iter().collect()
}

pub(super) fn is_short_enough(source: &Source) -> Vec<Finding> {
    let lines = source.text.lines().count();
    let refused = source.is_rust() && !source.is_test() && lines > TOO_LONG;
    let message = format!("{lines} lines; divide it, {TOO_LONG} is the most");
    refused.then(|| Finding::new(source, message)).into_iter().collect()
}

/// A word about a file that is allowed but on its way to too long.
pub(super) fn is_getting_long(source: &Source) -> Option<String> {
    let lines = source.text.lines().count();
    let named = source.is_rust() && !source.is_test() && lines > LONG && lines <= TOO_LONG;
    named.then(|| format!("note: {} has {lines} lines (aim at 150)", source.path))
}

pub(super) fn is_no_mod_rs(source: &Source) -> Vec<Finding> {
    let is = source.path.ends_with("/mod.rs");
    is.then(|| Finding::new(source, "write foo.rs beside foo/")).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::source;

    #[test]
    fn a_file_without_a_purpose_is_found() {
        assert_eq!(opens_with_its_purpose(&source("a.rs", "use b;\n")).len(), 1);
        assert!(opens_with_its_purpose(&source("a.rs", "//! Owns a.\n")).is_empty());
    }

    #[test]
    fn a_file_of_401_lines_is_found_and_one_of_251_is_named() {
        assert_eq!(is_short_enough(&source("a.rs", &"\n".repeat(401))).len(), 1);
        assert!(is_short_enough(&source("a.rs", &"\n".repeat(400))).is_empty());
        assert!(is_getting_long(&source("a.rs", &"\n".repeat(251))).is_some());
        assert!(is_short_enough(&source("b/tests/a.rs", &"\n".repeat(900))).is_empty());
    }

    #[test]
    fn a_mod_rs_is_found() {
        assert_eq!(is_no_mod_rs(&source("backend/src/hub/mod.rs", "")).len(), 1);
    }
}
