//! Rows: what is drawn anew, and what a refused one offers.

use std::{cell::RefCell, collections::BTreeSet, rc::Rc};

use parlor_shared::{Event, Problem};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    Element, KeyboardEventInit, MutationObserver, MutationObserverInit, MutationRecord, Node,
};

use crate::{
    peer::{Peer, ada, bob, message},
    screen,
};

#[wasm_bindgen_test]
async fn a_changed_message_touches_its_own_row_only() {
    let screen = screen::open(Peer::with(&[("Lobby", &["one", "two", "three"])])).await;
    screen.until("the room is there", |screen| screen.row("three").is_some()).await;
    screen.settle().await;
    let touched = Touched::watch(&screen.list());

    screen.peer.announces("lobby", message(2, 4, &bob(), "two, better"));
    screen.until("the change shows", |screen| screen.row("two, better").is_some()).await;
    screen.settle().await;

    let row = screen.row("two, better").unwrap().get_attribute("data-row").unwrap();
    assert_eq!(touched.rows(), BTreeSet::from([Some(row)]));
}

#[wasm_bindgen_test]
async fn a_refused_message_stays_and_offers_to_retry_or_discard_it() {
    let screen = screen::open(Peer::with(&[("Lobby", &["one"])])).await;
    screen.until("the room is there", |screen| screen.row("one").is_some()).await;
    screen.write("hello");
    assert!(screen.enter(&KeyboardEventInit::new()));
    screen.until("it shows", |screen| screen.state("hello").is_some()).await;
    assert_eq!(screen.state("hello").unwrap(), "pencil");
    screen.until("it is sent", |screen| screen.peer.sends().len() == 1).await;

    let (id, _) = screen.peer.sends().remove(0);
    screen.peer.says(&Event::Error { id: Some(id), problem: Problem::NotAllowed });
    screen.until("it can be retried", |screen| screen.one("retry").is_some()).await;
    screen.one("retry").unwrap().click();
    screen.until("it is sent again", |screen| screen.peer.sends().len() == 2).await;
    assert_eq!(screen.peer.sends()[1], (id, "hello".to_owned()));
    screen.until("it is pencil again", |screen| screen.one("discard").is_none()).await;

    screen.peer.says(&Event::Error { id: Some(id), problem: Problem::NotAllowed });
    screen.until("it can be discarded", |screen| screen.one("discard").is_some()).await;
    screen.one("discard").unwrap().click();
    screen.until("it is gone", |screen| screen.row("hello").is_none()).await;
}

#[wasm_bindgen_test]
async fn a_message_is_taken_back_also_when_its_room_is_left_at_once() {
    let screen = screen::open(Peer::with(&[("Lobby", &["one"]), ("Garden", &["two"])])).await;
    screen.until("the room is there", |screen| screen.row("one").is_some()).await;
    screen.peer.announces("lobby", message(2, 2, &ada(), "a slip"));
    screen.until("one's own is there", |screen| screen.row("a slip").is_some()).await;
    screen.one("delete").unwrap().click();
    screen.until("it can be undone", |screen| screen.one("undo").is_some()).await;
    assert_eq!(screen.peer.deletes(), []);

    screen.go("Garden").await;
    screen.until("it is taken back", |screen| !screen.peer.deletes().is_empty()).await;
    assert_eq!(screen.peer.deletes(), [("lobby".to_owned(), 2)]);
}

/// Which rows a change of the document touched.
struct Touched {
    rows: Rc<RefCell<BTreeSet<Option<String>>>>,
    observer: MutationObserver,
    _call: Closure<dyn FnMut(js_sys::Array)>,
}

impl Touched {
    fn watch(list: &Element) -> Self {
        let rows = Rc::new(RefCell::new(BTreeSet::new()));
        let seen = rows.clone();
        let call = Closure::<dyn FnMut(js_sys::Array)>::new(move |records: js_sys::Array| {
            for record in records.iter() {
                let target = record.unchecked_into::<MutationRecord>().target().unwrap();
                seen.borrow_mut().insert(row_of(&target));
            }
        });
        let observer = MutationObserver::new(call.as_ref().unchecked_ref()).unwrap();
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_character_data(true);
        what.set_attributes(true);
        what.set_subtree(true);
        observer.observe_with_options(list, &what).unwrap();
        Self { rows, observer, _call: call }
    }

    fn rows(&self) -> BTreeSet<Option<String>> {
        self.observer.disconnect();
        self.rows.borrow().clone()
    }
}

fn row_of(node: &Node) -> Option<String> {
    let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
    element.closest("[data-row]").unwrap()?.get_attribute("data-row")
}
