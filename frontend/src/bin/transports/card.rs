//! One way's card: what it is called, how it works, what it does right now, and what that has cost.

use parlor_page::browser::element::{Element, drawn, el, several};
use parlor_shared::CloseCode;

use crate::{
    figures::{Figures, bytes, millis},
    follower::Standing,
    lesson::Lesson,
    strip::strip,
    transport::Transport,
    trouble::Trouble,
    words::LessonWords,
};

/// The card.
pub(crate) fn card(transport: Transport) -> Element {
    let lesson = Lesson::here();
    let figures = lesson.figures(transport);
    let lost = move || {
        let Figures { standing, down, .. } = figures.get();
        let Standing::Ended(code) = standing else { return None };
        let trouble = lesson.stage().get().trouble();
        // What the page says on the whole need not be said in three cards too.
        (trouble.is_none() || trouble != said_by_server(code))
            .then(|| why(lesson.words(), transport, code, down > 0))
    };
    el("section")
        .class("transport")
        .attr("data-testid", format!("way-{}", transport.code()))
        .attr("aria-labelledby", format!("name-{}", transport.code()))
        .attr_by("data-heard", move || figures.get().heard)
        .child(
            el("header")
                .child(
                    el("h2")
                        .attr("id", format!("name-{}", transport.code()))
                        .text_by(move || (lesson.words().name)(transport)),
                )
                .child(lamp(transport)),
        )
        .child(el("p").class("how").text_by(move || (lesson.words().how)(transport)))
        .child(drawing(transport))
        .child(list(transport))
        .child(
            el("div")
                .attr("role", "status")
                .part(move || lost().map(|why| el("p").class("lost").text(&why))),
        )
}

/// What the server itself gave as its reason, where this close code is one.
fn said_by_server(code: u16) -> Option<Trouble> {
    match CloseCode::from_code(code)? {
        // It says that the client was not there any more: for a person, the connection was cut.
        CloseCode::Slow | CloseCode::NoPong => None,
        CloseCode::Restarting
        | CloseCode::Internal
        | CloseCode::StoreAway
        | CloseCode::NoSession
        | CloseCode::Version
        | CloseCode::ForeignOrigin
        | CloseCode::TooManyConnections
        | CloseCode::BadFrame
        | CloseCode::Malformed => Some(Trouble::of_close(code)),
    }
}

/// Why its link ended.
fn why(words: &LessonWords, transport: Transport, code: u16, was_open: bool) -> String {
    said_by_server(code)
        .map_or_else(|| (words.lost)(transport, code, was_open), |trouble| (words.trouble)(trouble))
}

/// Whether it is connected.
fn lamp(transport: Transport) -> Element {
    let lesson = Lesson::here();
    let figures = lesson.figures(transport);
    let shine = move || match figures.get().standing {
        Standing::Live => "lit",
        Standing::Opening | Standing::Ended(_) | Standing::Over => "out",
    };
    let said = move || (lesson.words().standing)(figures.get().standing);
    el("span")
        .class("lamp")
        .attr("role", "img")
        .attr_by("data-link", shine)
        .attr_by("aria-label", said)
        .attr_by("title", said)
}

/// The last half minute.
fn drawing(transport: Transport) -> Element {
    let lesson = Lesson::here();
    let figures = lesson.figures(transport);
    let picture = move || {
        let now = lesson.now().get();
        let drawn_now = lesson.tally(transport, |tally| strip(transport, Some(tally), now));
        Some(drawn(&drawn_now.unwrap_or_else(|| strip(transport, None, now))))
    };
    let label = move || {
        let Figures { requests, heard, .. } = figures.get();
        (lesson.words().strip)(&requests.to_string(), &heard.to_string())
    };
    el("figure")
        .child(el("div").attr("role", "img").attr_by("aria-label", label).part(picture))
        .child(
            el("figcaption")
                .attr("aria-hidden", "true")
                .child(el("span").text_by(move || lesson.words().ago))
                .child(el("span").text_by(move || lesson.words().now)),
        )
}

/// One figure: what it is, what it is now, its unit.
type Figure =
    (&'static str, fn(&LessonWords) -> &'static str, fn(Lesson, &Figures) -> String, bool);

/// The figures of all ways. Of a socket the frames are told, of the others what came back empty.
const FIGURES: [Figure; 8] = [
    ("requests", |words| words.requests, |_, it| it.requests.to_string(), false),
    ("median", |words| words.median, |lesson, it| millis(lesson.language().get(), it.median), true),
    ("empty", |words| words.empty, |_, it| it.beside.to_string(), false),
    ("frames", |words| words.frames, |_, it| it.beside.to_string(), false),
    ("last", |words| words.last, |lesson, it| millis(lesson.language().get(), it.last), true),
    ("sent", |words| words.sent, |lesson, it| bytes(lesson.language().get(), it.up), false),
    (
        "received",
        |words| words.received,
        |lesson, it| bytes(lesson.language().get(), it.down),
        false,
    ),
    ("all", |words| words.all, |lesson, it| bytes(lesson.language().get(), it.all), false),
];

fn list(transport: Transport) -> Element {
    let other = if transport == Transport::Socket { "empty" } else { "frames" };
    let own = FIGURES.into_iter().filter(|(code, ..)| *code != other);
    own.fold(el("dl").class("figures"), |list, figure| list.child(line(transport, figure)))
}

fn line(transport: Transport, (code, label, write, timed): Figure) -> Element {
    let lesson = Lesson::here();
    let figures = lesson.figures(transport);
    // Behind a space that does not break, and only behind a number.
    let unit = move || {
        let there = figures.get().median.is_some();
        (timed && there).then(|| format!("\u{a0}{}", lesson.words().unit))
    };
    el("div")
        .attr("data-figure", code)
        .child(el("dt").text_by(move || label(lesson.words())))
        .child(
            el("dd")
                .child(
                    el("span")
                        .attr("data-testid", format!("{code}-{}", transport.code()))
                        .text_by(move || write(lesson, &figures.get())),
                )
                .child(if timed { el("small").text_by(unit) } else { several() }),
        )
}

#[cfg(test)]
mod tests {
    use parlor_page::words::Language;
    use parlor_shared::CloseCode;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::why;
    use crate::{transport::Transport, words::of};

    fn said(transport: Transport, code: u16, was_open: bool) -> String {
        why(of(Language::English), transport, code, was_open)
    }

    #[wasm_bindgen_test]
    fn only_what_the_server_gave_no_reason_for_is_put_down_to_the_network() {
        let crowded = CloseCode::TooManyConnections.code();
        assert!(said(Transport::Socket, crowded, false).contains("as many connections open"));
        let away = CloseCode::StoreAway.code();
        for transport in Transport::ALL {
            assert!(said(transport, away, true).contains("store"), "{transport:?}");
        }
        for code in CloseCode::ALL {
            let said = said(Transport::Socket, code.code(), true);
            assert!(!said.contains("between this browser and the server"), "{said}");
        }
        assert!(said(Transport::Socket, 1_006, false).contains("No WebSocket gets through"));
        assert!(said(Transport::Long, 1_006, true).contains("got no answer"));
        let slow = CloseCode::Slow.code();
        assert_eq!(said(Transport::Socket, slow, true), "The connection was cut (code 4001).");
    }
}
