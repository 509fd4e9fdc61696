//! The line under the composer: who is writing, and one thing to know about one's own text.

use leptos::prelude::*;
use parlor_shared::Person;

use super::Length;
use crate::{
    browser::page,
    components::{moving, shown_while, words},
    store::{ChatStore, Link},
    words::ComposerWords,
};

/// Characters left from which they are counted.
const NEAR: u64 = 200;

/// The line.
#[component]
pub(super) fn UnderLine(
    /// How much is written.
    length: RwSignal<Length>,
) -> impl IntoView {
    view! {
        <div class="under">
            <TypingLine />
            <OwnLine length />
        </div>
    }
}

/// Who is writing.
#[component]
fn TypingLine() -> impl IntoView {
    let words = words();
    let typing = expect_context::<ChatStore>().typing();
    let said = Memo::new(move |_| typing.with(|people| say(people, &words.get().composer)));
    let shown = Memo::new(move |_| said.with(Option::is_some));
    view! {
        <span class="typing" data-testid="typing">
            {shown_while(move || shown.get(), move || view! {
                <span class="dots" aria-hidden="true">
                    <i></i>
                    <i></i>
                    <i></i>
                </span>
            }.into_any())}
            {moving(move || said.get())}
        </span>
    }
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
#[component]
fn OwnLine(
    /// How much is written.
    length: RwSignal<Length>,
) -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let (link, held) = (store.link(), store.held());
    let away = Memo::new(move |_| match link.get().link {
        Link::Connected => false,
        Link::Idle | Link::Connecting => link.get().without_since_ms.is_some() && !page::online(),
        Link::Waiting { .. } | Link::Out { .. } => true,
    });
    move || {
        let (problem, words, length) = (words.get().problem, &words.get().composer, length.get());
        if length.over() > 0 {
            let over = (words.over)(length.over());
            view! { <span class="counter" data-testid="counter" data-over role="status">{over}</span> }
                .into_any()
        } else if length.left() <= NEAR {
            let left = (words.left)(length.left());
            view! { <span class="counter" data-testid="counter">{left}</span> }.into_any()
        } else if away.get() {
            view! { <span class="later" data-testid="later">{words.later}</span> }.into_any()
        } else if let Some(cause) = held.get() {
            let said = problem(&cause);
            view! { <span class="later" data-testid="held" role="status">{said}</span> }.into_any()
        } else {
            view! { <span class="keys">{words.keys}</span> }.into_any()
        }
    }
}
