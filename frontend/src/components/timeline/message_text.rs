//! What was said: text with its links, folded where it is very long, or that it was taken back.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::{moving, shown_while};

use super::{
    links::{Piece, pieces},
    message::of,
};
use crate::{components::words, store::Row};

/// Lines a text may have before it folds.
const LINES: usize = 14;
/// How many narrow characters a line holds, roughly; a wide one counts for two.
const WIDTH: usize = 80;

/// A message's text.
#[component]
pub(super) fn MessageText(
    /// The row.
    row: ReadSignal<Arc<Row>>,
) -> impl IntoView {
    let words = words();
    let unfolded = RwSignal::new(false);
    let text = Memo::new(move |_| of(row, |message| message.text.clone()).flatten());
    let edited = Memo::new(move |_| of(row, |message| message.edited) == Some(true));
    let long = Memo::new(move |_| text.with(|text| text.as_deref().is_some_and(is_long)));
    let folded = moving(move || long.get() && !unfolded.get());
    let deleted = move || view! { <p class="deleted">{words.get().timeline.deleted}</p> };
    let mark = move || {
        let mark = moving(move || words.get().timeline.edited);
        edited.get().then(|| view! { <span class="edited" data-testid="edited">{mark}</span> })
    };
    let label = moving(move || {
        let words = &words.get().timeline;
        if unfolded.get() { words.fold } else { words.unfold }
    });
    view! {
        <Show when=move || text.with(Option::is_some) fallback=deleted>
            <div class="text" data-testid="text" dir="auto" data-folded=folded>
                {move || text.get().map(|text| written(&text))}
                {mark}
            </div>
            {shown_while(move || long.get(), move || view! {
                <button
                    class="button unfold"
                    data-kind="plain"
                    aria-expanded=moving(move || unfolded.get().to_string())
                    on:click=move |_| unfolded.update(|unfolded| *unfolded = !*unfolded)
                >
                    {label}
                </button>
            }.into_any())}
        </Show>
    }
}

/// The text, its addresses as links that give nothing away and vouch for nothing.
fn written(text: &str) -> impl IntoView + use<> {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.to_owned().into_any(),
        Piece::Link { address, text } => view! {
            <a href=address target="_blank" rel="noopener noreferrer nofollow">
                {text.to_owned()}
            </a>
        }
        .into_any(),
    };
    pieces(text).map(piece).collect_view()
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
    use super::is_long;

    #[test]
    fn a_text_is_long_from_its_fifteenth_line() {
        assert!(!is_long(&"a\n".repeat(14)));
        assert!(is_long(&"a\n".repeat(15)));
        assert!(is_long(&"长".repeat(40 * 14 + 1)));
        assert!(!is_long(&"long".repeat(20 * 14)));
    }
}
