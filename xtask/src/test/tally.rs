//! What the test runners said at their end, summed over their binaries.

use crate::command::watch;
use anyhow::Result;
use std::{fmt, process::Command};

/// The sum of one command's `test result:` lines.
#[derive(Debug, Default)]
pub(super) struct Tally {
    name: &'static str,
    passed: u64,
    failed: u64,
    /// Filtered out or ignored.
    left_out: u64,
    ended_well: bool,
}

impl Tally {
    /// Runs a test command, its output shown, and sums what it reports.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(super) fn of(name: &'static str, command: &mut Command) -> Result<Self> {
        println!("→ tests: {name}");
        let mut tally = Self { name, ..Self::default() };
        tally.ended_well = watch(command, |line| tally.add(line))?;
        Ok(tally)
    }

    /// Whether everything passed.
    pub(super) fn is_sound(&self) -> bool {
        self.ended_well && self.failed == 0
    }

    /// Adds a line such as `test result: ok. 3 passed; 0 failed; 0 ignored; …`.
    fn add(&mut self, line: &str) {
        let Some(counts) = line.trim().strip_prefix("test result: ") else { return };
        for count in counts.split([';', '.']) {
            let mut words = count.split_whitespace();
            let number = words.next().and_then(|word| word.parse::<u64>().ok()).unwrap_or(0);
            match words.next() {
                Some("passed") => self.passed += number,
                Some("failed") => self.failed += number,
                Some("ignored" | "filtered") => self.left_out += number,
                _ => {}
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.is_sound() { "ok" } else { "FAILED" };
        let Self { name, passed, failed, left_out, .. } = self;
        write!(
            f,
            "test result: {verdict}. {passed} passed; {failed} failed; {left_out} left out ({name})"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runners_closing_lines_are_summed() {
        let mut tally = Tally { ended_well: true, ..Tally::default() };
        tally.add("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.01s");
        tally.add("test a_line_that_is_none ... ok");
        tally.add("test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out");
        assert_eq!((tally.passed, tally.failed, tally.left_out), (7, 0, 3));
        assert!(tally.is_sound());
    }

    #[test]
    fn one_failure_or_a_runner_that_broke_off_is_no_success() {
        let mut tally = Tally { ended_well: true, ..Tally::default() };
        tally.add("test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out");
        assert!(!tally.is_sound());
        assert!(!Tally::default().is_sound());
    }
}
