//! What a run came to, in sentences made of what was measured.

use parlor_page::{
    browser::{
        element::{Element, el, several},
        intl,
    },
    words::Language,
};

use crate::{
    figures::{Figures, bytes, millis},
    lesson::Lesson,
    stage::Stage,
    transport::Transport,
    words::LessonWords,
};

/// The sum, once a run is over that has heard something.
pub(crate) fn summary() -> Element {
    let lesson = Lesson::here();
    several().part(move || {
        if !matches!(lesson.stage().get(), Stage::Done(_) | Stage::Shut(_)) {
            return None;
        }
        let (language, words) = (lesson.language().get(), lesson.words());
        let lines = sentences(language, words, &lesson.all_figures().get());
        if lines.is_empty() {
            return None;
        }
        let frame = el("section").class("sum").attr("data-testid", "summary");
        let frame = frame.child(el("h2").text(words.sum_title));
        Some(lines.iter().fold(frame, |frame, line| frame.child(el("p").text(line))))
    })
}

/// One sentence each of requests, delays and bytes, of the ways that heard anything.
fn sentences(language: Language, words: &LessonWords, figures: &[Figures]) -> Vec<String> {
    let ways: Vec<_> =
        Transport::ALL.into_iter().zip(figures).filter(|(_, it)| it.heard > 0).collect();
    // What was refused was heard by none; whoever was cut off heard fewer than the others.
    let Some(all) = ways.iter().map(|(_, it)| it.heard).max() else { return Vec::new() };
    let list = |each: &dyn Fn(Transport, &Figures) -> String| {
        let parts: Vec<_> = ways.iter().map(|(way, it)| each(*way, it)).collect();
        intl::names(language, &parts)
    };
    let number = |value| intl::count(language, value);
    let requests = |way, it: &Figures| {
        let only = (it.heard < all).then(|| number(it.heard));
        (words.took_each)(way, it.requests, &number(it.requests), only.as_deref())
    };
    let delays = |way, it: &Figures| (words.within_each)(way, &millis(language, it.median));
    let weights = |way, it: &Figures| (words.weighed_each)(way, &bytes(language, it.all));
    vec![
        (words.took)(&number(all), &list(&requests)),
        (words.within)(&list(&delays)),
        (words.weighed)(&list(&weights)),
    ]
}

#[cfg(test)]
mod tests {
    use parlor_page::words::Language;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::sentences;
    use crate::{figures::Figures, words::of};

    fn measured(requests: u64, heard: u64, median: Option<f64>) -> Figures {
        Figures { requests, heard, median, all: requests * 1_024, ..Figures::default() }
    }

    #[wasm_bindgen_test]
    fn a_way_that_heard_fewer_messages_is_not_said_to_have_heard_them_all() {
        let figures =
            [measured(63, 40, Some(1_010.0)), measured(51, 40, Some(3.5)), measured(1, 3, None)];
        let took = |language| sentences(language, of(language), &figures).swap_remove(0);
        assert_eq!(
            took(Language::English),
            "To say and hear the same 40 messages, it took short polling 63 requests, long polling 51 requests, \
             and the WebSocket 1 request for only 3 of them."
        );
        assert!(took(Language::Chinese).contains("WebSocket 1 次请求（只听到其中 3 条）"));
    }

    #[wasm_bindgen_test]
    fn the_sum_is_made_of_what_was_measured_and_passes_over_what_heard_nothing() {
        let figures =
            [measured(63, 41, Some(1_010.0)), measured(7, 0, None), measured(1, 41, Some(3.2))];
        let said = sentences(Language::English, of(Language::English), &figures);
        assert_eq!(
            said,
            [
                "To say and hear the same 41 messages, it took short polling 63 requests and the WebSocket 1 request.",
                "Half of what was heard came within 1,010\u{a0}ms by short polling and 3.2\u{a0}ms by the WebSocket.",
                "With headers, about this much went back and forth: 63.0\u{a0}KiB for short polling and 1.0\u{a0}KiB for the WebSocket.",
            ]
        );
        assert!(sentences(Language::Chinese, of(Language::Chinese), &[]).is_empty());
    }
}
