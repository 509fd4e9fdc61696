//! What there is to tell once, outside the timeline.

use crate::{
    browser::{
        composer,
        element::{Element, el, several},
    },
    components::{Sign, Worded, icon, words},
    store::{ChatStore, Notice, NoticeWord},
    words::Words,
};

/// The notices, each until it is closed.
pub(crate) fn notice_list() -> Element {
    let words = words();
    let store = ChatStore::here();
    let notices = store.notices();
    let line = move |notice: Notice| {
        let id = notice.id;
        el("div")
            .class("notice")
            .attr("data-testid", "notice")
            .child(icon(Sign::Warning))
            .child(el("p").text_by({
                let word = notice.word.clone();
                move || say(&word, store, words.get())
            }))
            .child(act(&notice.word, store))
            .child(
                el("button")
                    .class("icon-button")
                    .attr_say("aria-label", |words| words.close)
                    .on_click(move |_| {
                        store.dismiss(id);
                        composer::focus();
                    })
                    .child(icon(Sign::Close)),
            )
    };
    el("div").attr("role", "status").each(
        move || notices.get(),
        |notice| notice.id.to_string(),
        line,
    )
}

/// What can be done about a notice, beside closing it.
fn act(word: &NoticeWord, store: ChatStore) -> Element {
    match word {
        NoticeWord::Update => el("button")
            .class("button")
            .attr("data-testid", "load-update")
            .on_click(move |_| store.load_update())
            .say(|words| words.load_update),
        NoticeWord::NotStored
        | NoticeWord::OutboxFull
        | NoticeWord::Refused(..)
        | NoticeWord::Forked { .. }
        | NoticeWord::Left(_) => several(),
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
        NoticeWord::Update => words.update.to_owned(),
        NoticeWord::OutboxFull => words.outbox_full.to_owned(),
        NoticeWord::Refused(_, problem) => (words.problem)(problem),
        NoticeWord::Forked { room, lost } => (words.forked)(&name(room), *lost),
        NoticeWord::Left(room) => (words.left)(&name(room)),
    }
}
