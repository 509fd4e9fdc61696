//! A person's colour and initials.

use crate::browser::{
    element::{Element, el},
    intl,
};
use parlor_shared::PersonId;

/// How many hues there are; `tokens.css` has them.
const HUES: u32 = 9;

/// A person's square. Decoration: the name stands beside it.
pub(crate) fn avatar(person: &PersonId, name: &str, small: bool) -> Element {
    let size = small.then_some("small");
    el("span")
        .class("avatar")
        .attr("data-size", size)
        .attr("data-hue", hue(person))
        .attr("aria-hidden", "true")
        .text(&initials(name))
}

/// The person's hue, the same for everybody and for ever: FNV-1a of the id.
pub(crate) fn hue(person: &PersonId) -> String {
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    (person.as_str().bytes().fold(0x811c_9dc5, mix) % HUES).to_string()
}

/// The first letters of the first two words where letters stand apart (Latin, Greek, Cyrillic);
/// elsewhere one character, as in Chinese.
fn initials(name: &str) -> String {
    let apart =
        |letter: &char| letter.is_ascii_alphabetic() || ('\u{c0}'..'\u{530}').contains(letter);
    let mut firsts = name.split_whitespace().filter_map(|word| word.chars().next());
    let Some(first) = firsts.next() else { return String::new() };
    let second = firsts.next().filter(|second| apart(&first) && apart(second));
    intl::upper(&[Some(first), second].into_iter().flatten().collect::<String>())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::initials;

    #[wasm_bindgen_test]
    fn initials_are_two_letters_or_one_character() {
        assert_eq!(initials("Ada Lovelace"), "AL");
        assert_eq!(initials("ming 明"), "M");
        assert_eq!(initials("Noor نور"), "N");
        assert_eq!(initials("Ada 2"), "A");
        assert_eq!(initials("林晓"), "林");
        assert_eq!(initials("ß"), "SS");
        assert_eq!(initials(" "), "");
    }
}
