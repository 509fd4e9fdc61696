//! Names say what a thing is; these words say nothing.

use super::{Finding, Source};

/// Words that hide the absence of a name, as parts of file and type names.
const EMPTY: [&str; 8] = ["manager", "helper", "helpers", "util", "utils", "misc", "data", "stuff"];
/// What introduces a type's name.
const TYPES: [&str; 4] = ["struct ", "enum ", "trait ", "type "];

pub(super) fn of_the_glossary(source: &Source) -> Vec<Finding> {
    if !source.is_rust() {
        return Vec::new();
    }
    let file = source.stem().split(['_', '-']).find(|part| EMPTY.contains(part));
    let file = file.map(|word| Finding::new(source, format!("`{word}` names no thing")));
    let types = source.code().filter_map(|(number, line)| {
        let name = type_name(line)?;
        let word = EMPTY.iter().find(|word| ends_in(name, word))?;
        Some(Finding::new(source, format!("line {number}: `{word}` in `{name}` names no thing")))
    });
    file.into_iter().chain(types).collect()
}

fn type_name(line: &str) -> Option<&str> {
    let declared = TYPES.iter().find_map(|keyword| {
        let (before, name) = line.split_once(keyword)?;
        (before.is_empty() || before.starts_with("pub")).then_some(name)
    })?;
    declared.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()
}

/// Whether the last word of a camel-case name is this one.
fn ends_in(name: &str, word: &str) -> bool {
    let start = name.len().checked_sub(word.len());
    start.and_then(|start| name.get(start..)).is_some_and(|end| {
        end.eq_ignore_ascii_case(word) && end.starts_with(|letter: char| letter.is_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::source;

    #[test]
    fn empty_words_are_found_in_file_and_type_names() {
        assert_eq!(of_the_glossary(&source("a/text_utils.rs", "")).len(), 1);
        assert_eq!(of_the_glossary(&source("a.rs", "pub struct RoomManager;")).len(), 1);
    }

    #[test]
    fn a_word_that_merely_contains_one_is_none() {
        assert!(of_the_glossary(&source("a/database.rs", "struct Metadata;")).is_empty());
    }
}
