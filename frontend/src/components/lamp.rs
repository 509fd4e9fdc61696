//! The connection's lamp: lit, dim or out; in words too while it is not lit.

use crate::{
    browser::element::{Element, el},
    components::words,
    store::{ChatStore, Link, Way},
};

/// The lamp beside the name of the place.
pub(crate) fn lamp() -> Element {
    let words = words();
    let link = ChatStore::here().link();
    let state = move || shine(link.get().link);
    // Beside the lamp, where not all is as usual; and in full for whoever asks the lamp.
    let beside = move || {
        let (words, way) = (&words.get().link, link.get().way);
        match state() {
            Shine::Lit if way == Way::Socket => None,
            Shine::Lit => Some(words.way(way)),
            Shine::Dim => Some(words.dim),
            Shine::Out => Some(words.out),
        }
    };
    let said = move || {
        let words = &words.get().link;
        match state() {
            Shine::Lit => format!("{} · {}", words.lit, words.way(link.get().way)),
            Shine::Dim => words.dim.to_owned(),
            Shine::Out => words.out.to_owned(),
        }
    };
    el("span")
        .class("link-state")
        .child(el("span").attr("aria-hidden", "true").text_by(beside))
        .child(
            el("span")
                .class("lamp")
                .attr("role", "img")
                .attr("data-testid", "lamp")
                .attr_by("data-link", move || state().name())
                .attr_by("aria-label", said)
                .attr_by("title", said),
        )
}

/// How the lamp shines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shine {
    Lit,
    Dim,
    Out,
}

impl Shine {
    fn name(self) -> &'static str {
        match self {
            Self::Lit => "lit",
            Self::Dim => "dim",
            Self::Out => "out",
        }
    }
}

fn shine(link: Link) -> Shine {
    match link {
        Link::Connected => Shine::Lit,
        Link::Idle | Link::Connecting => Shine::Dim,
        Link::Waiting { .. } | Link::Out { .. } => Shine::Out,
    }
}
