//! Which of the two pages shows: the sign-in form or the chat.

use leptos::prelude::*;

use crate::{
    browser::storage::Storage,
    pages::{ChatPage, SignInPage},
    preferences::Preferences,
    store::{ChatStore, Session},
};

/// The whole page.
#[expect(clippy::must_use_candidate, reason = "the macro does not pass the attribute on")]
#[component]
pub fn App() -> impl IntoView {
    let storage = Storage::open();
    let store = ChatStore::new(storage.clone());
    provide_context(store);
    provide_context(Preferences::open(storage));
    store.begin();
    let session = store.session();
    let stage = Memo::new(move |_| match session.get() {
        // index.html's skeleton shows.
        Session::Asking => None,
        Session::Out => Some(false),
        Session::In(_) => Some(true),
    });
    move || match stage.get() {
        None => ().into_any(),
        Some(false) => view! { <SignInPage/> }.into_any(),
        Some(true) => view! { <ChatPage/> }.into_any(),
    }
}
