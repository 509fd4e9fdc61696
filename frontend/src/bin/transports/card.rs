//! One way's card: what it is called, how it works, what it does right now, and what that has cost.

use parlor_page::browser::element::{Element, drawn, el, several};

use crate::{
    figures::{Figures, bytes, millis},
    follower::Standing,
    lesson::Lesson,
    strip::strip,
    transport::Transport,
    words::LessonWords,
};

/// The card.
pub(crate) fn card(transport: Transport) -> Element {
    let lesson = Lesson::here();
    let figures = lesson.figures(transport);
    let lost = move || {
        let Figures { standing, down, .. } = figures.get();
        match standing {
            Standing::Ended(code) => Some((lesson.words().lost)(transport, code, down > 0)),
            Standing::Opening | Standing::Live | Standing::Over => None,
        }
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
