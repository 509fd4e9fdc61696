//! The page, mounted for one test, and what a person can see and do on it.

use leptos::prelude::document;
use parlor_page::{
    app::app,
    browser::{
        cache,
        element::{self, Mounted},
        task, timer,
    },
};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlTextAreaElement, KeyboardEvent, KeyboardEventInit,
};

use crate::peer::{Peer, ada};

/// How long anything may take, in steps of 10 ms.
const PATIENCE: u32 = 500;

/// What makes the timeline scroll, as index.html links it.
const STYLES: &str = concat!(
    include_str!("../../styles/tokens.css"),
    include_str!("../../styles/base.css"),
    include_str!("../../styles/layout.css"),
    include_str!("../../styles/timeline.css"),
    include_str!("../../styles/composer.css"),
);

/// A mounted page and its far end. Dropping it takes the page away.
pub(crate) struct Screen {
    pub(crate) peer: Peer,
    root: HtmlElement,
    _page: Mounted,
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// The page as Ada finds it who was signed in before; storage is empty but for that.
pub(crate) async fn open(peer: Peer) -> Screen {
    let window = web_sys::window().unwrap();
    if let Ok(Some(storage)) = window.local_storage() {
        let _ = storage.clear();
        let _ = storage.set_item("parlor.me", &parlor_shared::encode(&ada()));
    }
    cache::erase("parlor.ada").await;
    mount(peer).await
}

/// The page, with whatever storage holds.
pub(crate) async fn mount(peer: Peer) -> Screen {
    let window = web_sys::window().unwrap();
    // A browser takes only so many changes of the address in ten seconds; a test before may have
    // made them.
    while window.location().pathname().unwrap() != "/" {
        let history = window.history().unwrap();
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some("/"));
        timer::pause(50).await;
    }
    let root: HtmlElement = document().create_element("main").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let page = element::mount(&root, app);
    Screen { peer, root, _page: page }
}

impl Screen {
    /// Waits until it is so, while the far end does its part.
    pub(crate) async fn until(&self, what: &str, is: impl Fn(&Self) -> bool) {
        for turn in 0..PATIENCE {
            self.peer.serve();
            if is(self) {
                return;
            }
            // Most things take a few microtasks; only then is it worth the clock's while.
            if turn < 20 { task::turn().await } else { timer::pause(10).await }
        }
        panic!("never: {what}\n{}", self.root.inner_html());
    }

    /// Lets everything that is under way happen.
    pub(crate) async fn settle(&self) {
        for _ in 0..5 {
            self.peer.serve();
            timer::pause(10).await;
        }
    }

    /// Every element of a test id, in order.
    pub(crate) fn all(&self, testid: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(&format!("[data-testid=\"{testid}\"]")).unwrap();
        (0..found.length()).map(|at| found.item(at).unwrap().unchecked_into()).collect()
    }

    /// The one element of a test id.
    pub(crate) fn one(&self, testid: &str) -> Option<HtmlElement> {
        self.all(testid).pop()
    }

    /// The row that says this.
    pub(crate) fn row(&self, text: &str) -> Option<HtmlElement> {
        self.all("row").into_iter().find(|row| row.text_content().unwrap().contains(text))
    }

    /// How sure the row is that says this.
    pub(crate) fn state(&self, text: &str) -> Option<String> {
        self.row(text)?.get_attribute("data-state")
    }

    /// What is written in the composer.
    pub(crate) fn written(&self) -> Option<String> {
        self.one("composer").map(|field| field.unchecked_into::<HtmlTextAreaElement>().value())
    }

    /// Writes in the composer.
    pub(crate) fn write(&self, text: &str) {
        let field: HtmlTextAreaElement = self.one("composer").unwrap().unchecked_into();
        field.focus().unwrap();
        field.set_value(text);
        let init = EventInit::new();
        init.set_bubbles(true);
        let event = Event::new_with_event_init_dict("input", &init).unwrap();
        field.dispatch_event(&event).unwrap();
    }

    /// Presses Enter in the composer. Says whether the page took it.
    pub(crate) fn enter(&self, init: &KeyboardEventInit) -> bool {
        init.set_key("Enter");
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", init).unwrap();
        let field: Element = self.one("composer").unwrap().unchecked_into();
        !field.dispatch_event(&event).unwrap()
    }

    /// Opens a room by its line in the sidebar.
    pub(crate) async fn go(&self, name: &str) {
        let line = |screen: &Self| {
            let rooms = screen.all("room");
            rooms.into_iter().find(|room| room.text_content().unwrap().contains(name))
        };
        self.until("the room is in the sidebar", |screen| line(screen).is_some()).await;
        line(self).unwrap().click();
        let here =
            |screen: &Self| line(screen).is_some_and(|line| line.has_attribute("aria-current"));
        self.until("the room is open", here).await;
    }

    /// Gives the page its styles: without them nothing scrolls.
    pub(crate) fn dress(&self) {
        let style = document().create_element("style").unwrap();
        style.set_text_content(Some(STYLES));
        self.root.append_child(&style).unwrap();
    }

    /// What scrolls.
    pub(crate) fn scroller(&self) -> Element {
        self.list().closest(".scroller").unwrap().unwrap()
    }

    /// How many elements the page has.
    pub(crate) fn elements(&self) -> u32 {
        self.root.query_selector_all("*").unwrap().length()
    }

    /// The list of rows.
    pub(crate) fn list(&self) -> Element {
        self.root.query_selector("[role=log] > ol").unwrap().unwrap()
    }
}
