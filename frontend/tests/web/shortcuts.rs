//! The page's shortcuts, pressed where the keyboard is.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::{
    keys::{alt, focused, key, press},
    peer::{Peer, ada, message},
    screen::{self, Screen},
};

async fn lobby() -> Screen {
    let rooms: &[(&str, &[&str])] =
        &[("Lobby", &["one"]), ("Attic", &["box"]), ("Garden", &["leaf", "tree"])];
    let screen = screen::open(Peer::with(rooms).read_up_to(1)).await;
    screen.until("the rooms are there", |screen| screen.all("room").len() == 3).await;
    screen.until("the lobby is there", |screen| screen.row("one").is_some()).await;
    screen
}

fn composer(screen: &Screen) -> HtmlTextAreaElement {
    screen.one("composer").unwrap().unchecked_into()
}

#[wasm_bindgen_test]
async fn a_question_mark_opens_the_sheet_but_not_from_a_field() {
    let screen = lobby().await;
    composer(&screen).focus().unwrap();
    assert!(!press(&key("?")), "the field keeps it");
    composer(&screen).blur().unwrap();

    assert!(press(&key("?")));

    let open = |screen: &Screen| screen.one("shortcuts").is_some_and(|it| it.has_attribute("open"));
    screen.until("the sheet is open", open).await;
    screen.one("close").unwrap().click();
    screen.until("it is gone", |screen| screen.one("shortcuts").is_none()).await;
}

#[wasm_bindgen_test]
async fn up_in_an_empty_field_edits_ones_last_message_and_leaving_gives_the_field_back() {
    let screen = lobby().await;
    screen.peer.announces("lobby", message(2, 2, &ada(), "mine"));
    screen.until("one's own is there", |screen| screen.row("mine").is_some()).await;
    composer(&screen).focus().unwrap();

    assert!(press(&key("ArrowUp")));

    let editing = |_: &Screen| focused().as_deref() == Some("edit-field");
    screen.until("it is being edited", editing).await;
    let field: HtmlTextAreaElement = screen.one("edit-field").unwrap().unchecked_into();
    assert_eq!(field.value(), "mine");
    press(&key("Escape"));
    screen.until("it is no more", |screen| screen.one("edit-field").is_none()).await;
    assert_eq!(focused().as_deref(), Some("composer"));
}

#[wasm_bindgen_test]
async fn up_in_a_field_with_text_is_the_fields_own() {
    let screen = lobby().await;
    screen.peer.announces("lobby", message(2, 2, &ada(), "mine"));
    screen.until("one's own is there", |screen| screen.row("mine").is_some()).await;
    screen.write("half a thought");
    assert!(!press(&key("ArrowUp")));
    screen.settle().await;
    assert!(screen.one("edit-field").is_none());
}

#[wasm_bindgen_test]
async fn an_edit_begun_at_the_row_gives_the_focus_back_to_the_row() {
    let screen = lobby().await;
    screen.peer.announces("lobby", message(2, 2, &ada(), "mine"));
    screen.until("it can be edited", |screen| screen.one("edit").is_some()).await;
    let edit = screen.one("edit").unwrap();
    edit.focus().unwrap();
    edit.click();
    let editing = |_: &Screen| focused().as_deref() == Some("edit-field");
    screen.until("it is being edited", editing).await;
    press(&key("Enter"));
    screen.until("it is no more", |screen| screen.one("edit-field").is_none()).await;
    assert_eq!(focused().as_deref(), Some("row"));
}

#[wasm_bindgen_test]
async fn alt_and_arrows_go_through_the_rooms_and_with_shift_through_the_unread_ones() {
    let screen = lobby().await;
    let shift = alt("ArrowDown");
    shift.set_shift_key(true);
    let title = |screen: &Screen| screen.one("room-title").and_then(|title| title.text_content());
    for (init, room) in [(alt("ArrowDown"), "Attic"), (alt("ArrowUp"), "Lobby"), (shift, "Garden")]
    {
        assert!(press(&init));
        screen.until(room, |screen| title(screen).as_deref() == Some(room)).await;
    }
    press(&alt("ArrowDown"));
    screen.until("the first again", |screen| title(screen).as_deref() == Some("Lobby")).await;
}

#[wasm_bindgen_test]
async fn escape_marks_the_room_read_and_goes_to_the_end() {
    let said: Vec<String> = (1..=60).map(|number| format!("line {number}.")).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let screen = screen::open(Peer::with(&[("Lobby", &said)]).read_up_to(20)).await;
    screen.dress();
    let landed = |screen: &Screen| {
        screen.peer.tells_history();
        screen.one("new-line").is_some() && screen.one("jump").is_some()
    };
    screen.until("the view is at the new line", landed).await;
    assert!(screen.one("unread").is_some());

    assert!(press(&key("Escape")));

    screen.until("all is read", |screen| screen.one("unread").is_none()).await;
    let below = |screen: &Screen| {
        let it = screen.scroller();
        it.scroll_height() - it.scroll_top() - it.client_height()
    };
    screen.until("the view is at the end", |screen| below(screen) <= 1).await;
}

#[wasm_bindgen_test]
async fn the_tabs_icon_tells_that_something_is_unread() {
    let document = leptos::prelude::document();
    let link = document.create_element("link").unwrap();
    link.set_attribute("rel", "icon").unwrap();
    document.head().unwrap().append_child(&link).unwrap();
    let is = |name: &str| link.get_attribute("href").is_some_and(|href| href.ends_with(name));

    let screen = lobby().await;
    screen.until("the icon has its dot", |_| is("favicon-unread.svg")).await;
    screen.go("Garden").await;
    press(&key("Escape"));
    screen.until("the icon has none", |_| is("favicon.svg")).await;
    link.remove();
}

#[wasm_bindgen_test]
async fn the_density_chosen_is_set_and_kept() {
    let screen = lobby().await;
    let root = leptos::prelude::document().document_element().unwrap();
    let radio = |screen: &Screen, at: usize| -> HtmlElement {
        let all = screen.one("settings").unwrap().query_selector_all("[name=density]").unwrap();
        all.item(u32::try_from(at).unwrap()).unwrap().unchecked_into()
    };
    radio(&screen, 1).click();
    assert_eq!(root.get_attribute("data-density").as_deref(), Some("compact"));
    drop(screen);

    root.remove_attribute("data-density").unwrap();
    let screen = screen::mount(Peer::with(&[("Lobby", &["one"])])).await;
    screen.until("the settings are there", |screen| screen.one("settings").is_some()).await;
    assert_eq!(root.get_attribute("data-density").as_deref(), Some("compact"));
    radio(&screen, 0).click();
    assert_eq!(root.get_attribute("data-density"), None);
}
