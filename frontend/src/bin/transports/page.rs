//! The whole page, from its head to what is counted.

use leptos::prelude::provide_context;
use parlor_page::{
    browser::{
        element::{Element, drawn, el},
        page as browser_page,
        storage::Storage,
    },
    live::afterwards,
    preferences::Preferences,
};

use crate::{
    card::card, lesson::Lesson, status::status, summary::summary, transport::Transport,
    words::LessonWords,
};

/// The sign of Parlor, as on every page.
const MARK: &str = "<svg viewBox='0 0 24 24' aria-hidden=true><path class=bulb d='M8 15a4 4 0 0 0 8 0z'/>\
                    <path d='M12 2v4M9 6h6l4.5 9h-15z'/></svg>";

/// The page.
pub(crate) fn page() -> Element {
    let preferences = Preferences::open(Storage::open());
    let lesson = Lesson::open(preferences);
    provide_context(lesson);
    afterwards(move || browser_page::title(lesson.words().title));
    let cards = Transport::ALL
        .into_iter()
        .fold(el("div").class("ways"), |row, transport| row.child(card(transport)));
    el("div").class("lesson").child(head(lesson)).child(
        el("main")
            .child(el("h1").text_by(move || lesson.words().heading))
            .child(el("p").class("lead").text_by(move || lesson.words().lead))
            .child(status())
            .child(cards)
            .child(legend(lesson))
            .child(el("div").class("below").child(summary()).child(counted(lesson))),
    )
}

fn head(lesson: Lesson) -> Element {
    el("header")
        .class("top")
        .child(el("span").class("mark").child(drawn(MARK)).child(el("span").text("Parlor")))
        .child(el("a").attr("href", "/").text_by(move || lesson.words().back))
}

/// What is drawn, beside a sample of it.
fn legend(lesson: Lesson) -> Element {
    let item = |sample: &str, say: fn(&LessonWords) -> &'static str| {
        let sample = format!("<svg class='strip sample' aria-hidden=true>{sample}</svg>");
        el("li").child(drawn(&sample)).child(el("span").text_by(move || say(lesson.words())))
    };
    el("ul")
        .class("legend")
        .attr_by("aria-label", move || lesson.words().legend)
        .child(item(
            "<line class=way x1=6 x2=34 y1=8 y2=8 /><circle class=sent cx=6 cy=8 r=3 /><circle class=heard cx=34 cy=8 r=4.5 />",
            |words| words.message,
        ))
        .child(item("<rect class=hear x=2 y=2 width=36 height=12 rx=2 />", |words| words.bar))
        .child(item("<rect class=say x=12 y=5 width=16 height=6 rx=2 />", |words| words.said))
}

fn counted(lesson: Lesson) -> Element {
    el("section")
        .class("counted")
        .child(el("h2").text_by(move || lesson.words().counted_title))
        .part(move || {
            let lines = lesson.words().counted.iter();
            Some(lines.fold(el("ul"), |list, line| list.child(el("li").text(line))))
        })
}
