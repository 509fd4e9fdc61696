//! Tests run, wait for conditions, and leave nothing for later.

use super::{Finding, Source};

/// Files that may sleep: they look, or try, again and again until a deadline, or keep a beat.
const MAY_SLEEP: [&str; 5] = [
    "tests/src/eventually.rs",
    "tests/src/redis_server.rs",
    "tests/strain/src/load/limit.rs",
    "tests/tests/redis/epochs.rs",
    "tests/tests/redis/node.rs",
];

/// No test is skipped, and none passes by panicking anywhere.
pub(super) fn nothing_is_switched_off(source: &Source) -> Vec<Finding> {
    find(source, &["#[ignore", "#[should_panic"], "assert what happens, in a test that runs")
}

/// The page's own tests are WASM; cargo's kind would be built there and never run.
pub(super) fn every_test_of_the_page_runs(source: &Source) -> Vec<Finding> {
    let page = source.is_in("frontend/src/") || source.is_in("frontend/tests/");
    if page { find(source, &["#[test]"], "use `#[wasm_bindgen_test]`") } else { Vec::new() }
}

/// A sleep in a test is either too short or too long.
pub(super) fn nothing_sleeps_for_luck(source: &Source) -> Vec<Finding> {
    let may = !source.is_test() || MAY_SLEEP.iter().any(|place| source.is_in(place));
    if may { Vec::new() } else { find(source, &["sleep("], "wait for a condition instead") }
}

/// What is left to do is an issue, not a comment.
pub(super) fn no_marker_is_left(source: &Source) -> Vec<Finding> {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];
    let lines = source.text.lines().zip(1..).filter_map(|(line, number)| {
        let mark = marks.iter().find(|mark| {
            line.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == **mark)
        })?;
        Some(Finding::new(source, format!("line {number}: {mark}: do it, or file an issue")))
    });
    lines.filter(|_| source.is_rust()).collect()
}

/// This file names what it looks for.
fn find(source: &Source, words: &[&str], why: &str) -> Vec<Finding> {
    if source.is_in("xtask/src/tidy/testing.rs") {
        return Vec::new();
    }
    source.naming(source.code(), words, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::source;

    #[test]
    fn a_skipped_test_is_found() {
        assert_eq!(nothing_is_switched_off(&source("a.rs", "#[ignore]")).len(), 1);
        assert_eq!(nothing_is_switched_off(&source("a.rs", "#[should_panic]")).len(), 1);
    }

    #[test]
    fn a_test_of_the_page_that_would_not_run_is_found() {
        assert_eq!(every_test_of_the_page_runs(&source("frontend/src/a.rs", "#[test]")).len(), 1);
        assert!(every_test_of_the_page_runs(&source("backend/src/a.rs", "#[test]")).is_empty());
    }

    #[test]
    fn a_sleeping_test_is_found() {
        let sleeps = "thread::sleep(LONG);";
        assert_eq!(nothing_sleeps_for_luck(&source("tests/tests/e2e/send.rs", sleeps)).len(), 1);
        assert!(nothing_sleeps_for_luck(&source("tests/src/eventually.rs", sleeps)).is_empty());
    }

    #[test]
    fn a_marker_for_later_is_found() {
        let text = format!("// {}: later", concat!("TO", "DO"));
        assert_eq!(no_marker_is_left(&source("a.rs", &text)).len(), 1);
    }
}
