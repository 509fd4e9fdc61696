//! The line under the composer: who is writing, and one thing to know about one's own text.

use parlor_shared::Person;

use super::Length;
use crate::{
    browser::{
        element::{Element, el, several},
        page,
    },
    components::words,
    live::Live,
    store::{ChatStore, Link},
    words::ComposerWords,
};

/// Characters left from which they are counted.
const NEAR: u64 = 200;

/// The line.
pub(super) fn under_line(length: Live<Length>) -> Element {
    el("div").class("under").child(typing_line()).child(own_line(length))
}

/// Who is writing.
fn typing_line() -> Element {
    let words = words();
    let typing = ChatStore::here().typing();
    let said = move || typing.with(|people| say(people, &words.get().composer));
    el("span")
        .class("typing")
        .attr("data-testid", "typing")
        .when(
            move || said().is_some(),
            move || {
                el("span")
                    .class("dots")
                    .attr("aria-hidden", "true")
                    .child(el("i"))
                    .child(el("i"))
                    .child(el("i"))
            },
        )
        .text_by(said)
}

fn say(people: &[Person], words: &ComposerWords) -> Option<String> {
    match people {
        [] => None,
        [one] => Some((words.typing_one)(&one.name)),
        [one, two] => Some((words.typing_two)(&one.name, &two.name)),
        many => Some((words.typing_many)(many.len() as u64)),
    }
}

/// Too much, nearly too much, no connection, a server that asks to wait, or which key sends: the
/// first that holds.
fn own_line(length: Live<Length>) -> Element {
    let words = words();
    let store = ChatStore::here();
    let (link, held) = (store.link(), store.held());
    let away = move || match link.get().link {
        Link::Connected => false,
        Link::Idle | Link::Connecting => link.get().without_since_ms.is_some() && !page::online(),
        Link::Waiting { .. } | Link::Out { .. } => true,
    };
    let line = |class: &str, testid: &str, text: &str| {
        el("span").class(class).attr("data-testid", testid).text(text)
    };
    several().part(move || {
        let (problem, words, length) = (words.get().problem, &words.get().composer, length.get());
        Some(if length.over() > 0 {
            let over = (words.over)(length.over());
            line("counter", "counter", &over).attr("data-over", true).attr("role", "status")
        } else if length.left() <= NEAR {
            line("counter", "counter", &(words.left)(length.left()))
        } else if away() {
            line("later", "later", words.later)
        } else if let Some(cause) = held.get() {
            line("later", "held", &problem(&cause)).attr("role", "status")
        } else {
            el("span").class("keys").text(words.keys)
        })
    })
}
