//! What there is to tell once, outside the timeline.

use leptos::prelude::*;

use crate::{
    components::{Sign, icon, moving, words},
    store::{ChatStore, Notice, NoticeWord},
    words::Words,
};

/// The notices, each until it is closed.
#[component]
pub(crate) fn NoticeList() -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let notices = store.notices();
    let line = move |notice: Notice| {
        let id = notice.id;
        view! {
            <div class="notice" data-testid="notice">
                {icon(Sign::Warning)}
                <p>{moving(move || say(&notice.word, store, words.get()))}</p>
                <button
                    class="icon-button"
                    aria-label=moving(move || words.get().close)
                    on:click=move |_| store.dismiss(id)
                >
                    {icon(Sign::Close)}
                </button>
            </div>
        }
    };
    view! {
        <div role="status">
            <For each=move || notices.get() key=|notice| notice.id children=line />
        </div>
    }
}

/// A notice in words.
fn say(word: &NoticeWord, store: ChatStore, words: &Words) -> String {
    let name = |room| {
        let room = store.room(room);
        room.map_or_else(String::new, |room| room.get_untracked().name.to_string())
    };
    match word {
        NoticeWord::NotStored => words.not_stored.to_owned(),
        NoticeWord::OutboxFull => words.outbox_full.to_owned(),
        NoticeWord::Refused(_, problem) => (words.problem)(problem),
        NoticeWord::Forked { room, lost } => (words.forked)(&name(room), *lost),
        NoticeWord::Left(room) => (words.left)(&name(room)),
    }
}
