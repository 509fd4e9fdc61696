//! What can be an id, a text, a name.

use parlor_shared::{
    Problem,
    limits::{NAME_SCALARS, TEXT_BYTES, TEXT_SCALARS, check_name, check_text, is_id},
};
use proptest::prelude::*;

const NOT_ALLOWED: Problem = Problem::NameNotAllowed { max: NAME_SCALARS as u32 };
const TOO_LONG: Problem =
    Problem::TextTooLong { max: TEXT_SCALARS as u32, max_bytes: TEXT_BYTES as u32 };

#[test]
fn names_are_made_tidy() {
    assert_eq!(check_name("  Ada \u{3000} Lovelace "), Ok("Ada Lovelace".to_owned()));
    for name in ["Ada", "李小龙", "محمد", "Zoë", "O’Brien-Smith", "🦊", "नमस्ते"]
    {
        assert_eq!(check_name(name), Ok(name.to_owned()));
    }
}

#[test]
fn a_name_has_one_to_forty_scalars() {
    assert_eq!(check_name(&"é".repeat(NAME_SCALARS)), Ok("é".repeat(NAME_SCALARS)));
    assert_eq!(check_name(&"é".repeat(NAME_SCALARS + 1)), Err(NOT_ALLOWED));
    assert_eq!(check_name(""), Err(NOT_ALLOWED));
    assert_eq!(check_name(" \u{2003} "), Err(NOT_ALLOWED));
}

#[test]
fn names_have_no_control_bidi_or_invisible_characters() {
    let hostile = [
        ("null", '\0'),
        ("line feed", '\n'),
        ("tab", '\t'),
        ("escape", '\u{1B}'),
        ("C1 control", '\u{9B}'),
        ("soft hyphen", '\u{AD}'),
        ("Arabic letter mark", '\u{61C}'),
        ("Hangul filler", '\u{3164}'),
        ("zero-width space", '\u{200B}'),
        ("zero-width joiner", '\u{200D}'),
        ("right-to-left mark", '\u{200F}'),
        ("line separator", '\u{2028}'),
        ("right-to-left override", '\u{202E}'),
        ("word joiner", '\u{2060}'),
        ("first strong isolate", '\u{2068}'),
        ("byte order mark", '\u{FEFF}'),
        ("variation selector", '\u{FE0F}'),
        ("interlinear annotation", '\u{FFF9}'),
        ("tag letter", '\u{E0061}'),
        ("Egyptian joiner", '\u{13430}'),
        ("private use", '\u{E000}'),
        ("noncharacter", '\u{FFFF}'),
    ];
    for (what, character) in hostile {
        assert_eq!(check_name(&format!("Ad{character}a")), Err(NOT_ALLOWED), "{what}");
    }
}

#[test]
fn a_text_is_counted_in_scalars_and_in_bytes() {
    assert_eq!(check_text(&"a".repeat(TEXT_SCALARS)), Ok(()));
    assert_eq!(check_text(&"a".repeat(TEXT_SCALARS + 1)), Err(TOO_LONG));
    assert_eq!(check_text(&"🦊".repeat(TEXT_SCALARS)), Ok(()), "16,000 bytes");
    assert_eq!(check_text(&"🦊".repeat(TEXT_SCALARS + 1)), Err(TOO_LONG));
}

#[test]
fn a_text_that_shows_nothing_is_empty() {
    for text in ["", "  \n\t", "\u{200B}", "\u{FEFF}\u{2060} \u{3164}"] {
        assert_eq!(check_text(text), Err(Problem::TextEmpty), "{text:?}");
    }
    assert_eq!(check_text(" \u{200F}שלום"), Ok(()));
}

proptest! {
    #[test]
    fn a_tidy_name_stays_as_it_is(name in any::<String>()) {
        if let Ok(tidy) = check_name(&name) {
            prop_assert_eq!(check_name(&tidy), Ok(tidy.clone()));
        }
    }

    #[test]
    fn ids_are_plain_and_short(text in any::<String>()) {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let right = !text.is_empty() && text.len() <= 64 && text.chars().all(plain);
        prop_assert_eq!(is_id(&text), right);
    }
}

#[test]
fn sixty_four_characters_are_an_id_and_one_more_are_none() {
    assert!(is_id(&"a".repeat(64)));
    assert!(!is_id(&"a".repeat(65)));
}
