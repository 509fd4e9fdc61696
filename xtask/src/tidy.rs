//! `cargo xtask tidy`: the house rules of CONTRIBUTING.md that a machine can check.

mod boundaries;
mod dependencies;
mod docs;
mod layout;
mod protocol;
mod source;
mod testing;
mod words;

use crate::{step::step, workspace::Workspace};
use anyhow::{Result, ensure};
pub(crate) use protocol::bless;
use source::Source;

/// One place that breaks one rule.
#[derive(Debug)]
struct Finding {
    /// The file, from the root.
    path: String,
    /// What is wrong, and what would be right.
    message: String,
}

impl Finding {
    fn new(source: &Source, message: impl Into<String>) -> Self {
        Self { path: source.path.clone(), message: message.into() }
    }
}

/// A rule looks at one file and says what it found.
type Rule = fn(&Source) -> Vec<Finding>;

/// All rules about single files.
const RULES: [Rule; 12] = [
    layout::opens_with_its_purpose,
    layout::is_short_enough,
    layout::is_no_mod_rs,
    words::of_the_glossary,
    boundaries::environment,
    boundaries::browser,
    boundaries::dependency_direction,
    boundaries::error_types,
    testing::nothing_is_switched_off,
    testing::nothing_sleeps_for_luck,
    testing::every_test_of_the_page_runs,
    testing::no_marker_is_left,
];

/// Checks everything and prints what it found.
///
/// # Errors
/// If anything breaks a rule.
pub(crate) fn tidy(workspace: &Workspace) -> Result<()> {
    step("tidy", || {
        let sources = source::all(&workspace.root)?;
        let mut findings: Vec<Finding> =
            sources.iter().flat_map(|source| RULES.iter().flat_map(|rule| rule(source))).collect();
        findings.extend(sources.iter().flat_map(|s| docs::named_paths_exist(&workspace.root, s)));
        findings.extend(docs::settings_are_named(&sources));
        findings.extend(dependencies::all_used(&sources));
        findings.extend(protocol::documented(&sources));
        for finding in &findings {
            println!("  {}: {}", finding.path, finding.message);
        }
        sources.iter().filter_map(layout::is_getting_long).for_each(|note| println!("  {note}"));
        ensure!(findings.is_empty(), "{} places break the house rules", findings.len());
        Ok(())
    })
}
