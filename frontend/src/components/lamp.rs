//! The connection's lamp: lit, dim or out; in words too while it is not lit.

use crate::{
    browser::element::{Element, el},
    components::words,
    store::{ChatStore, Link},
};

/// The lamp beside the name of the place.
pub(crate) fn lamp() -> Element {
    let words = words();
    let link = ChatStore::here().link();
    let state = move || shine(link.get().link);
    let said = move || {
        let words = &words.get().link;
        match state() {
            Shine::Lit => words.lit,
            Shine::Dim => words.dim,
            Shine::Out => words.out,
        }
    };
    el("span")
        .class("link-state")
        .child(
            el("span")
                .attr("aria-hidden", "true")
                .text_by(move || (state() != Shine::Lit).then(said)),
        )
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
