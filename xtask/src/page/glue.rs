//! The script between browser and program, as wasm-bindgen writes it: the names that both sides
//! know are made short on both sides, comments and indents go.
//!
//! wasm-bindgen's names end in 16 digits of a hash each, which no compression shortens. Whatever is
//! not as expected ends the build: a name that only one side has would end the page.

use super::wasm::{self, NewNames};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;

/// What the imports' module is called instead of its file's name.
const MODULE: &str = "i";
/// The script's name for the program's exports.
const PROGRAM: &str = "wasm";
/// What a short name is made of.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Program and script with short names; exports that the script does not use are left out.
///
/// # Errors
/// If a name that one of them uses is not found in the other where it is expected.
pub(super) fn shortened(program: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let names = wasm::names(program)?;
    let used: Vec<_> = uses(script).collect();
    let exports = short(names.exports.iter().filter(|name| used.contains(&name.as_str())));
    let imports = short(names.imports.iter());
    let script = rename(script, &imports, &exports)?;
    let file = format!("\"{}\":", names.module);
    ensure!(script.matches(&file).count() == 1, "the script does not give {file} once");
    let script = bare(&script.replace(&file, &format!("{MODULE}:")))?;
    let new = NewNames { module: MODULE, imports: &imports, exports: &exports };
    Ok((wasm::renamed(program, &new)?, script))
}

/// Short names, in the order in which they are asked for.
fn short<'a>(names: impl Iterator<Item = &'a String>) -> BTreeMap<String, String> {
    let mut letters = LETTERS.chars().map(String::from).collect::<Vec<_>>();
    let pairs = LETTERS.chars().flat_map(|a| LETTERS.chars().map(move |b| format!("{a}{b}")));
    letters.extend(pairs);
    names.cloned().zip(letters).collect()
}

/// A word of the script with what stands before it.
struct Word<'a> {
    /// The word before.
    last: &'a str,
    /// All between that and this.
    gap: &'a str,
    text: &'a str,
    /// All behind it.
    rest: &'a str,
}

impl Word<'_> {
    /// Whether it names an export of the program.
    fn is_export(&self) -> bool {
        self.last == PROGRAM && self.gap == "."
    }
}

/// The script in words; the last one may be empty.
fn words(script: &str) -> impl Iterator<Item = Word<'_>> {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let (mut last, mut left) = ("", script);
    std::iter::from_fn(move || {
        if left.is_empty() {
            return None;
        }
        let (gap, word) = left.split_at(left.find(is_letter).unwrap_or(left.len()));
        let end = word.find(|c| !is_letter(c)).unwrap_or(word.len());
        let (text, rest) = word.split_at(end);
        let found = Word { last, gap, text, rest };
        (last, left) = (text, rest);
        Some(found)
    })
}

/// The exports that the script uses.
fn uses(script: &str) -> impl Iterator<Item = &str> {
    words(script).filter(Word::is_export).map(|word| word.text)
}

fn rename(
    script: &str,
    imports: &BTreeMap<String, String>,
    exports: &BTreeMap<String, String>,
) -> Result<String> {
    let mut written = String::with_capacity(script.len());
    let mut given = 0;
    for word in words(script) {
        let text = if word.is_export() {
            let new = exports.get(word.text);
            new.with_context(|| format!("the program exports no {}", word.text))?
        } else if let Some(new) = imports.get(word.text) {
            let is_key = word.rest.starts_with(':');
            ensure!(is_key, "{} stands where no import is given", word.text);
            given += 1;
            new
        } else {
            word.text
        };
        written.push_str(word.gap);
        written.push_str(text);
    }
    let wanted = imports.len();
    ensure!(given == wanted, "the script gives {given} imports, the program wants {wanted}");
    Ok(written)
}

/// The script without comments of whole lines, indents and empty lines.
fn bare(script: &str) -> Result<String> {
    let mut written = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        // A text over several lines would be changed.
        ensure!(line.matches('`').count() % 2 == 0, "the script has a text of several lines");
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            written.push_str(line);
            written.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    ensure!(!in_comment, "the script ends in a comment");
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> BTreeMap<String, String> {
        short(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>().iter())
    }

    #[test]
    fn imports_and_exports_get_short_names_and_nothing_else_does() {
        let script =
            "const i = {\n  __wbg_now_12: function() { wasm.free(wasm.memory); now.free(); } };";
        let written = rename(script, &names(&["__wbg_now_12"]), &names(&["free", "memory"]));
        let wanted = "const i = {\n  a: function() { wasm.a(wasm.b); now.free(); } };";
        assert_eq!(written.unwrap(), wanted);
    }

    #[test]
    fn a_name_that_only_one_side_knows_ends_the_build() {
        let none = BTreeMap::new();
        assert!(rename("wasm.free()", &none, &none).is_err());
        assert!(rename("({ now: 1 })", &names(&["now", "log"]), &none).is_err());
        assert!(rename("({ now: 1, now: 2 })", &names(&["now"]), &none).is_err());
        assert!(rename("now()", &names(&["now"]), &none).is_err());
    }

    #[test]
    fn there_are_short_names_for_far_more_than_the_page_has() {
        let many: Vec<_> = (0..2_000).map(|number| number.to_string()).collect();
        let mut short: Vec<_> = short(many.iter()).into_values().collect();
        short.sort();
        short.dedup();
        assert_eq!(short.len(), many.len());
    }

    #[test]
    fn comments_and_indents_go_and_texts_stay() {
        let script = "/**\n * What it is\n */\nf(`// a`);\n\n    // why\n    g('/*');\n";
        assert_eq!(bare(script).unwrap(), "f(`// a`);\ng('/*');\n");
        assert!(bare("f(`a\n  b`)").is_err());
    }
}
