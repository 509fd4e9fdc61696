//! What was said: text with its links, folded where it is very long, or that it was taken back.

use std::sync::Arc;

use super::{
    links::{Piece, pieces},
    message::of,
};
use crate::{
    browser::{
        element::{Element, el, several},
        timeline::Scroll,
    },
    components::{Worded, words},
    live::{Live, Reading},
    store::{Row, RowKey},
};

/// Lines a text may have before it folds.
const LINES: usize = 14;
/// How many narrow characters a line holds, roughly; a wide one counts for two.
const WIDTH: usize = 80;

/// The longest text, in bytes, that can stand large as emoji: three families or a dozen faces.
const EMOJI_BYTES: usize = 75;

/// A message's text.
pub(super) fn message_text(key: RowKey, row: Reading<Arc<Row>>) -> Element {
    let (words, scroll) = (words(), Scroll::here());
    let unfolded = Live::new(false);
    let text = move || of(row, |message| message.text.clone()).flatten();
    let long =
        move || of(row, |message| message.text.as_deref().is_some_and(is_long)) == Some(true);
    let label = move || {
        let words = &words.get().timeline;
        if unfolded.get() { words.fold } else { words.unfold }
    };
    let unfold = move || {
        el("button")
            .class("button unfold")
            .attr("data-kind", "plain")
            .attr_by("aria-expanded", move || unfolded.get().to_string())
            .on_click(move |_| {
                scroll.keep(key);
                unfolded.update(|unfolded| *unfolded = !*unfolded);
            })
            .text_by(label)
    };
    let stands = move || {
        let what = el("div")
            .class("text")
            .attr("data-testid", "text")
            .attr("dir", "auto")
            .attr_by("data-emoji", move || {
                of(row, |message| message.text.as_deref().is_some_and(is_emoji)) == Some(true)
            })
            .attr_by("data-folded", move || long() && !unfolded.get())
            .switch(text, |text| text.map_or_else(several, |text| written(&text)))
            .when(move || of(row, |message| message.edited) == Some(true), edited);
        several().child(what).when(long, unfold)
    };
    let there = move || of(row, |message| message.text.is_some()) == Some(true);
    several().switch(there, move |there| if there { stands() } else { deleted() })
}

/// Stands in the place of a text that was taken back.
fn deleted() -> Element {
    el("p").class("deleted").say(|words| words.timeline.deleted)
}

/// Says that the text was changed.
fn edited() -> Element {
    let mark = el("span").class("edited").attr("data-testid", "edited");
    mark.say(|words| words.timeline.edited)
}

/// The text, its addresses as links that give nothing away and vouch for nothing.
fn written(text: &str) -> Element {
    pieces(text).fold(several(), |whole, piece| match piece {
        Piece::Text(text) => whole.text(text),
        Piece::Link { address, text } => {
            let link = el("a").attr("href", address).attr("target", "_blank");
            whole.child(link.attr("rel", "noopener noreferrer nofollow").text(text))
        }
    })
}

/// Whether a text is a few emoji and nothing else. Digits and the like are none here.
fn is_emoji(text: &str) -> bool {
    let part = |c: char| matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' | '\u{200d}' | '\u{fe0f}');
    (1..=EMOJI_BYTES).contains(&text.len()) && text.chars().all(|c| part(c) || c == ' ')
}

/// Whether a text has more lines than may stand unfolded.
fn is_long(text: &str) -> bool {
    let width =
        |line: &str| -> usize { line.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum() };
    let lines = text.lines().map(|line| width(line).div_ceil(WIDTH).max(1));
    lines.sum::<usize>() > LINES
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::{is_emoji, is_long};

    #[wasm_bindgen_test]
    fn a_few_emoji_alone_stand_large() {
        for text in ["👍", "🎉🎉 ❤️", "👩‍👩‍👧‍👦", "☕"] {
            assert!(is_emoji(text), "{text}");
        }
        for text in ["👍 ok", "1️⃣2", "", "好", "🎉".repeat(20).as_str()] {
            assert!(!is_emoji(text), "{text}");
        }
    }

    #[wasm_bindgen_test]
    fn a_text_is_long_from_its_fifteenth_line() {
        assert!(!is_long(&"a\n".repeat(14)));
        assert!(is_long(&"a\n".repeat(15)));
        assert!(is_long(&"长".repeat(40 * 14 + 1)));
        assert!(!is_long(&"long".repeat(20 * 14)));
    }
}
