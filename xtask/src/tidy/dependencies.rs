//! Every dependency a member names is one its code uses.

use super::{Finding, Source};

/// Used by their mere presence or through a macro's output.
const SILENT: [&str; 1] = ["getrandom"];

/// Members that are made of others' sources, which count as their own.
const MADE_OF: [(&str, &[&str]); 1] =
    [("tests/newer/", &["backend/", "frontend/model/", "shared/", "tests/"])];

pub(super) fn all_used(sources: &[Source]) -> Vec<Finding> {
    let manifests = sources.iter().filter(|source| source.path.ends_with("/Cargo.toml"));
    manifests.flat_map(|manifest| unused(manifest, sources)).collect()
}

fn unused(manifest: &Source, sources: &[Source]) -> Vec<Finding> {
    let member = manifest.path.trim_end_matches("Cargo.toml");
    // A member may lie within another: its code is its own.
    let nested = |source: &Source| {
        let mut inner = sources.iter().filter(|s| s.path.ends_with("/Cargo.toml"));
        inner.any(|s| {
            s.path.len() > manifest.path.len()
                && source.is_in(s.path.trim_end_matches("Cargo.toml"))
        })
    };
    let made_of = MADE_OF.iter().filter(|(made, _)| *made == member).flat_map(|(_, of)| *of);
    let taken: Vec<&&str> = made_of.collect();
    let own = |source: &Source| source.is_in(member) && !nested(source);
    let is_code = |source: &Source| own(source) || taken.iter().any(|place| source.is_in(place));
    let code: Vec<&Source> = sources.iter().filter(|s| s.is_rust() && is_code(s)).collect();
    dependencies(&manifest.text)
        .filter(|name| !SILENT.contains(name))
        .filter(|name| !code.iter().any(|source| uses(source, &name.replace('-', "_"))))
        .map(|name| Finding::new(manifest, format!("`{name}` is not used; take it out")))
        .collect()
}

/// The names in the dependency tables of a manifest.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    manifest.lines().filter_map(move |line| {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        }
        let name = line.split(['.', '=', ' ']).next()?;
        let is_name = inside && !name.is_empty() && !name.starts_with(['[', '#']);
        is_name.then_some(name)
    })
}

fn uses(source: &Source, name: &str) -> bool {
    source.code().any(|(_, line)| {
        line.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
            .any(|word| word == name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::source;

    #[test]
    fn a_dependency_without_a_use_is_found() {
        let manifest =
            "[package]\nname = \"a\"\n[dependencies]\nserde-json.workspace = true\nuuid = \"1\"\n";
        let sources = [source("a/Cargo.toml", manifest), source("a/src/lib.rs", "use uuid::Uuid;")];
        let found = all_used(&sources);
        assert_eq!(found.len(), 1);
        assert!(found.iter().all(|finding| finding.message.contains("serde-json")));
    }

    #[test]
    fn what_the_sources_use_that_a_member_is_made_of_is_used() {
        let manifest =
            source("tests/newer/Cargo.toml", "[dependencies]\naxum = \"1\"\nuuid = \"1\"\n");
        let sources = [manifest, source("backend/src/app.rs", "use axum::Router;")];
        let found = all_used(&sources);
        assert_eq!(found.len(), 1);
        assert!(found.iter().all(|finding| finding.message.contains("uuid")));
    }
}
