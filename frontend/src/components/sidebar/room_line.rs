//! One room of the sidebar: its name, what is unread, what was not sent, what is half written.

use std::sync::Arc;

use leptos::{ev::MouseEvent, prelude::*};
use parlor_shared::RoomId;

use crate::{
    components::{Sign, moving, small_icon, words},
    store::{ChatStore, RoomView},
};

/// A room's line.
#[component]
pub(super) fn RoomLine(
    /// Which room.
    room: RoomId,
) -> impl IntoView {
    let store = expect_context::<ChatStore>();
    store.room(&room).map(|view| {
        let view = ReadSignal::from(view);
        let current = store.current();
        let here = {
            let room = room.clone();
            Memo::new(move |_| current.with(|current| current.as_ref() == Some(&room)))
        };
        let address = format!("/r/{room}");
        let open = move |event: MouseEvent| {
            if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                event.prevent_default();
                store.open(&room);
            }
        };
        let unread = move || view.with(|view| view.unread);
        view! {
            <li>
                <a
                    class="room"
                    href=address
                    data-testid="room"
                    data-unread=moving(move || Some(unread()).filter(|unread| *unread > 0))
                    aria-current=moving(move || here.get().then_some("page"))
                    on:click=open
                >
                    <span class="label">
                        <bdi>{moving(move || view.with(|view| view.name.to_string()))}</bdi>
                    </span>
                    <Marks view />
                </a>
            </li>
        }
    })
}

/// The marks at the line's end, each said in words as well.
#[component]
fn Marks(
    /// The room.
    view: ReadSignal<Arc<RoomView>>,
) -> impl IntoView {
    let words = words();
    let failed = move || {
        view.with(|view| view.failed).then(|| {
            view! {
                <span class="failed" data-testid="failed" title=words.get().rooms.failed>
                    {small_icon(Sign::Warning)}
                    <span class="unseen">{words.get().rooms.failed}</span>
                </span>
            }
        })
    };
    let draft = move || {
        view.with(|view| view.draft).then(|| {
            view! {
                <span class="draft" data-testid="draft" title=words.get().rooms.draft>
                    {small_icon(Sign::Pencil)}
                    <span class="unseen">{words.get().rooms.draft}</span>
                </span>
            }
        })
    };
    let unread = move || {
        let unread = view.with(|view| view.unread);
        (unread > 0).then(|| {
            view! {
                <span class="count" data-testid="unread" aria-hidden="true">
                    {if unread > 999 { "999+".to_owned() } else { unread.to_string() }}
                </span>
                <span class="unseen">{(words.get().rooms.unread)(unread)}</span>
            }
        })
    };
    view! {
        {failed}
        {draft}
        {unread}
    }
}
