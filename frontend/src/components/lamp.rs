//! The connection's lamp: lit, dim or out; in words too while it is not lit.

use leptos::prelude::*;

use crate::{
    components::{moving, words},
    store::{ChatStore, Link},
};

/// The lamp beside the name of the place.
#[component]
pub(crate) fn Lamp() -> impl IntoView {
    let words = words();
    let link = expect_context::<ChatStore>().link();
    let state = Signal::derive(move || shine(link.get().link));
    let said = moving(move || {
        let words = &words.get().link;
        match state.get() {
            Shine::Lit => words.lit,
            Shine::Dim => words.dim,
            Shine::Out => words.out,
        }
    });
    view! {
        <span class="link-state">
            <span aria-hidden="true">
                {moving(move || (state.get() != Shine::Lit).then(|| said.get()))}
            </span>
            <span
                class="lamp"
                role="img"
                data-testid="lamp"
                data-link=moving(move || state.get().name())
                aria-label=said
                title=said
            ></span>
        </span>
    }
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
