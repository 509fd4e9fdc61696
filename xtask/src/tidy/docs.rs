//! Documents: every path they name exists, and every setting stands in the README.

use super::{Finding, Source};
use std::path::Path;

/// The documents whose paths are checked.
const DOCUMENTS: [&str; 4] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/"];
/// What a path in a code span begins with; other spans with a slash are routes or types.
const PLACES: [&str; 9] = [
    "backend/",
    "frontend/",
    "shared/",
    "tests/",
    "xtask/",
    "docs/",
    ".ci/",
    ".cargo/",
    ".github/",
];

pub(super) fn named_paths_exist(root: &Path, source: &Source) -> Vec<Finding> {
    if !DOCUMENTS.iter().any(|place| source.is_in(place)) || !source.path.ends_with(".md") {
        return Vec::new();
    }
    let beside = source.path.rsplit_once('/').map_or("", |(directory, _)| directory);
    let spans = code_spans(&source.text).filter(|span| is_path(span)).map(|span| root.join(span));
    let links = links(&source.text).map(|link| root.join(beside).join(link));
    spans
        .chain(links)
        .filter(|path| !path.exists())
        .map(|path| path.strip_prefix(root).map(Path::to_path_buf).unwrap_or(path))
        .map(|path| Finding::new(source, format!("names {}, which is not there", path.display())))
        .collect()
}

/// A variable of the configuration that the README does not name is found.
pub(super) fn settings_are_named(sources: &[Source]) -> Vec<Finding> {
    let Some(readme) = sources.iter().find(|source| source.path == "README.md") else {
        return Vec::new();
    };
    let configuration =
        sources.iter().filter(|source| source.path.starts_with("backend/src/config"));
    configuration
        .flat_map(|source| source.text.split("env = \"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|variable| !readme.text.contains(&format!("`{variable}`")))
        .map(|variable| Finding::new(readme, format!("does not name the setting {variable}")))
        .collect()
}

/// The text between single back-ticks, code blocks left out.
fn code_spans(text: &str) -> impl Iterator<Item = &str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|part| part.split('`').skip(1).step_by(2))
}

/// A path as it stands, not a pattern for several.
fn is_path(span: &str) -> bool {
    PLACES.iter().any(|place| span.starts_with(place))
        && !span.contains(['*', '{', '<', '…', ' ', ':'])
}

/// The relative targets of Markdown links.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    targets
        .filter_map(|(target, _)| target.split('#').next())
        .filter(|target| !target.is_empty() && !target.contains(':') && !target.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::source;

    #[test]
    fn a_document_that_names_a_file_that_is_not_there_is_found() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = "See `docs/none.md` and [that](none.md), not `GET /ws` or `xtask/*.rs`.";
        assert_eq!(named_paths_exist(root, &source("README.md", text)).len(), 2);
        let text =
            "See [the manifest](Cargo.toml#dependencies) and [elsewhere](https://a.example).";
        assert!(named_paths_exist(root, &source("README.md", text)).is_empty());
    }

    #[test]
    fn a_setting_that_the_readme_does_not_name_is_found() {
        let configuration = source("backend/src/config.rs", "#[arg(env = \"PARLOR_KEEP\")]");
        let readme = |text| source("README.md", text);
        assert_eq!(settings_are_named(&[configuration, readme("none")]).len(), 1);
        let configuration = source("backend/src/config.rs", "#[arg(env = \"PARLOR_KEEP\")]");
        assert!(settings_are_named(&[configuration, readme("`PARLOR_KEEP`")]).is_empty());
    }
}
