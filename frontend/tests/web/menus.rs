//! What can be done with a message, asked for by a key or a finger; and copying from several.

use js_sys::Function;
use leptos::prelude::{document, window};
use parlor_shared::{Event, Problem};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, KeyboardEventInit};

use crate::{
    keys::{focused, key, press},
    peer::{Peer, ada, message},
    screen::{self, Screen},
};

/// A word of Bob's, and one of Ada's whose page it is.
async fn two_messages() -> Screen {
    let screen = screen::open(Peer::with(&[("Lobby", &["theirs"])])).await;
    screen.until("the room is there", |screen| screen.row("theirs").is_some()).await;
    screen.peer.announces("lobby", message(2, 2, &ada(), "mine"));
    screen.until("one's own is there", |screen| screen.row("mine").is_some()).await;
    screen
}

/// Presses the menu key on a row; says what the menu offers.
async fn menu(screen: &Screen, text: &str) -> Vec<String> {
    screen.row(text).unwrap().focus().unwrap();
    assert!(press(&key("ContextMenu")), "the page takes the key");
    screen.until("the menu is open", |screen| screen.one("message-menu").is_some()).await;
    let inside = |_: &Screen| focused().is_some_and(|it| it.starts_with("menu-"));
    screen.until("it has the keyboard", inside).await;
    let buttons = screen.one("message-menu").unwrap().query_selector_all("button").unwrap();
    let name = |at| buttons.item(at)?.unchecked_into::<Element>().get_attribute("data-testid");
    (0..buttons.length()).filter_map(name).collect()
}

#[wasm_bindgen_test]
async fn the_menu_key_offers_what_can_be_done_with_ones_own_message() {
    let screen = two_messages().await;
    assert_eq!(menu(&screen, "mine").await, ["menu-copy", "menu-edit", "menu-delete"]);
    press(&key("ArrowDown"));
    assert_eq!(focused().as_deref(), Some("menu-edit"));
    screen.one("menu-edit").unwrap().click();
    let editing = |_: &Screen| focused().as_deref() == Some("edit-field");
    screen.until("it is being edited", editing).await;
    press(&key("Escape"));
    screen.until("the row has the focus", |_| focused().as_deref() == Some("row")).await;
}

#[wasm_bindgen_test]
async fn a_message_of_anothers_can_only_be_copied() {
    let screen = two_messages().await;
    assert_eq!(menu(&screen, "theirs").await, ["menu-copy"]);
}

#[wasm_bindgen_test]
async fn a_message_deleted_by_its_menu_can_be_undone() {
    let screen = two_messages().await;
    menu(&screen, "mine").await;
    screen.one("menu-delete").unwrap().click();
    screen.until("it can be undone", |screen| screen.one("undo").is_some()).await;
    screen.one("undo").unwrap().click();
    screen.until("it stands", |screen| screen.row("mine").is_some()).await;
    assert_eq!(screen.peer.deletes(), []);
}

#[wasm_bindgen_test]
async fn a_refused_message_can_be_discarded_by_its_menu() {
    let screen = two_messages().await;
    screen.write("hello");
    screen.enter(&KeyboardEventInit::new());
    screen.until("it is sent", |screen| screen.peer.sends().len() == 1).await;
    let (id, _) = screen.peer.sends().remove(0);
    screen.peer.says(&Event::Error { id: Some(id), problem: Problem::NotAllowed });
    screen.until("it is refused", |screen| screen.one("retry").is_some()).await;
    screen.until("the sidebar tells", |screen| screen.one("failed").is_some()).await;

    assert_eq!(menu(&screen, "hello").await, ["menu-copy", "menu-retry", "menu-discard"]);
    screen.one("menu-discard").unwrap().click();
    screen.until("it is gone", |screen| screen.row("hello").is_none()).await;
    screen.until("the sidebar is quiet", |screen| screen.one("failed").is_none()).await;
    screen.until("one can write on", |_| focused().as_deref() == Some("composer")).await;
}

/// What a finger does on an element.
fn finger(target: &Element, name: &str, x: i32) {
    let make = Function::new_with_args(
        "target, name, x",
        "target.dispatchEvent(new PointerEvent(name, \
         { bubbles: true, pointerType: 'touch', clientX: x, clientY: 5 }))",
    );
    let _ = make.call3(&JsValue::NULL, target, &name.into(), &x.into());
}

#[wasm_bindgen_test]
async fn a_finger_that_rests_on_a_message_opens_its_menu() {
    let screen = two_messages().await;
    finger(&screen.row("theirs").unwrap(), "pointerdown", 5);
    screen.until("the menu is open", |screen| screen.one("menu-copy").is_some()).await;
}

#[wasm_bindgen_test]
async fn a_finger_that_moves_opens_nothing() {
    let screen = two_messages().await;
    let (row, other) = (screen.row("theirs").unwrap(), screen.row("mine").unwrap());
    finger(&row, "pointerdown", 5);
    finger(&row, "pointermove", 60);
    // Once the menu of a finger that rested later is there, this one's would be, too.
    finger(&other, "pointerdown", 5);
    screen.until("the menu is open", |screen| screen.one("message-menu").is_some()).await;
    screen.until("it is the other's", |screen| screen.one("menu-edit").is_some()).await;
}

#[wasm_bindgen_test]
async fn a_mouse_gets_the_browsers_own_menu() {
    let screen = two_messages().await;
    let make = Function::new_with_args(
        "target",
        "return target.dispatchEvent(new PointerEvent('contextmenu', \
         { bubbles: true, cancelable: true, button: 2, pointerType: 'mouse' }))",
    );
    let row: HtmlElement = screen.row("mine").unwrap();
    assert_eq!(make.call1(&JsValue::NULL, &row).unwrap(), JsValue::TRUE);
}

/// Selects from one text to another, copies, and says what the page wrote; `None` where it wrote nothing.
fn copied(from: &Element, to: &Element) -> Option<String> {
    let selection = window().get_selection().unwrap().unwrap();
    selection.set_base_and_extent(from, 0, to, to.child_nodes().length()).unwrap();
    let copy = Function::new_with_args(
        "target",
        "const clipboardData = new DataTransfer();\
         const event = new ClipboardEvent('copy', { bubbles: true, cancelable: true, clipboardData });\
         return target.dispatchEvent(event) ? null : clipboardData.getData('text/plain')",
    );
    let body = document().body().unwrap();
    let copied = copy.call1(&JsValue::NULL, &body).unwrap();
    selection.remove_all_ranges().unwrap();
    copied.as_string()
}

#[wasm_bindgen_test]
async fn several_messages_are_copied_with_who_said_them_and_when() {
    let screen = two_messages().await;
    let time =
        parlor_page::browser::intl::time(parlor_page::words::Language::English, crate::peer::TIME);
    let (theirs, mine) = {
        let mut texts = screen.all("text").into_iter().map(Element::from);
        (texts.next().unwrap(), texts.next().unwrap())
    };
    let both = format!("Bob {time} theirs\nAda {time} mine");
    assert_eq!(copied(&theirs, &mine), Some(both));
    assert_eq!(copied(&mine, &mine), None, "a part of one is copied as it is");
}
