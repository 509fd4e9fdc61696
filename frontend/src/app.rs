//! Which of the two pages shows: the sign-in form or the chat.

use leptos::prelude::provide_context;

use crate::{
    bell::Bell,
    browser::{
        element::{Element, several},
        page,
        storage::Storage,
    },
    live::afterwards,
    pages::{chat_page, sign_in_page},
    preferences::Preferences,
    store::{ChatStore, Session},
};

/// The whole page.
pub fn app() -> Element {
    let storage = Storage::open();
    let store = ChatStore::new(storage.clone());
    provide_context(store);
    provide_context(Bell::open(storage.clone()));
    let preferences = Preferences::open(storage);
    provide_context(preferences);
    store.begin();
    afterwards(move || {
        preferences.language().track();
        store.call_rooms();
    });
    let (session, unread) = (store.session(), store.unread());
    afterwards(move || page::icon(unread.get() > 0));
    let stage = move || match session.get() {
        // index.html's skeleton shows.
        Session::Asking => None,
        Session::Out => Some(false),
        Session::In(_) => Some(true),
    };
    several().switch(stage, |inside| match inside {
        None => several(),
        Some(false) => sign_in_page(),
        Some(true) => chat_page(),
    })
}
