//! The quick switcher: what it offers, and where it leads.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::{
    keys::{command, focused, key, press, tell},
    peer::Peer,
    screen::{self, Screen},
};

/// Three rooms, all read but for what the test says.
async fn three_rooms() -> Screen {
    let rooms: &[(&str, &[&str])] =
        &[("Lobby", &["one"]), ("Garden", &["leaf", "tree"]), ("Attic", &[])];
    let screen = screen::open(Peer::with(rooms).read_up_to(1)).await;
    screen.until("the rooms are there", |screen| screen.all("room").len() == 3).await;
    screen.until("the lobby is there", |screen| screen.row("one").is_some()).await;
    screen
}

async fn switcher(screen: &Screen) {
    assert!(press(&command("k")), "the page takes the key");
    let there = |_: &Screen| focused().as_deref() == Some("switcher-field");
    screen.until("the switcher is open", there).await;
}

fn type_in(screen: &Screen, text: &str) {
    let field: HtmlInputElement = screen.one("switcher-field").unwrap().unchecked_into();
    field.set_value(text);
    tell(&field, "input");
}

fn offers(screen: &Screen) -> Vec<String> {
    let label = |line: web_sys::HtmlElement| line.query_selector(".label").unwrap();
    screen
        .all("offer")
        .into_iter()
        .map(|line| label(line).unwrap().text_content().unwrap())
        .collect()
}

fn chosen(screen: &Screen) -> Option<String> {
    let field = screen.one("switcher-field")?;
    let line = field.get_attribute("aria-activedescendant")?;
    let line = leptos::prelude::document().get_element_by_id(&line)?;
    assert_eq!(line.get_attribute("aria-selected").as_deref(), Some("true"));
    line.query_selector(".label").unwrap()?.text_content()
}

async fn is_chosen(screen: &Screen, label: &str) {
    screen.until(label, |screen| chosen(screen).as_deref() == Some(label)).await;
}

#[wasm_bindgen_test]
async fn the_switcher_goes_to_the_room_typed() {
    let screen = three_rooms().await;
    switcher(&screen).await;
    type_in(&screen, "gar");
    is_chosen(&screen, "Garden").await;

    assert!(press(&key("Enter")));

    screen.until("the garden is open", |screen| screen.row("tree").is_some()).await;
    screen.until("the switcher is gone", |screen| screen.one("switcher").is_none()).await;
    assert_eq!(focused().as_deref(), Some("composer"));
}

#[wasm_bindgen_test]
async fn without_a_word_unread_rooms_come_first_and_the_open_one_not_at_all() {
    let screen = three_rooms().await;
    switcher(&screen).await;
    screen.until("rooms are offered", |screen| screen.all("offer").len() > 2).await;

    let offers = offers(&screen);
    assert_eq!(offers[..3], ["Garden", "Attic", "Find or make a room"]);
    assert!(!offers.contains(&"Lobby".to_owned()));
}

#[wasm_bindgen_test]
async fn arrows_go_through_the_offers_and_after_the_last_comes_the_first() {
    let screen = three_rooms().await;
    switcher(&screen).await;
    is_chosen(&screen, "Garden").await;
    assert!(press(&key("ArrowDown")));
    is_chosen(&screen, "Attic").await;
    press(&key("ArrowUp"));
    is_chosen(&screen, "Garden").await;
    press(&key("ArrowUp"));
    is_chosen(&screen, "Sign out").await;
    press(&key("ArrowDown"));
    is_chosen(&screen, "Garden").await;
}

#[wasm_bindgen_test]
async fn the_switcher_leaves_an_input_method_its_keys() {
    let screen = three_rooms().await;
    switcher(&screen).await;
    type_in(&screen, "gar");
    is_chosen(&screen, "Garden").await;
    let composing = key("Enter");
    composing.set_is_composing(true);
    let late = key("Enter");
    late.set_key_code(229);

    assert!(!press(&composing) && !press(&late), "the input method keeps them");
    screen.settle().await;
    assert!(screen.one("switcher").is_some());
}

#[wasm_bindgen_test]
async fn a_word_that_nothing_is_called_becomes_the_room_to_find_or_make() {
    let screen = three_rooms().await;
    switcher(&screen).await;
    type_in(&screen, "Zoo");
    is_chosen(&screen, "Find or make a room").await;
    press(&key("Enter"));

    let name = |screen: &Screen| {
        let field: HtmlInputElement = screen.one("room-name").unwrap().unchecked_into();
        field.value()
    };
    screen.until("it stands in the finder", |screen| name(screen) == "Zoo").await;
    assert!(screen.one("finder").unwrap().matches(":popover-open").unwrap());
}

#[wasm_bindgen_test]
async fn a_name_longer_than_any_is_not_looked_for() {
    let screen = three_rooms().await;
    switcher(&screen).await;
    let long = "Zoo".repeat(20);
    type_in(&screen, &long);
    is_chosen(&screen, "Find or make a room").await;
    press(&key("Enter"));
    screen
        .until("the finder is open", |screen| {
            screen.one("finder").unwrap().matches(":popover-open").unwrap()
        })
        .await;

    let field: HtmlInputElement = screen.one("room-name").unwrap().unchecked_into();
    screen.until("the name stands there", |_| field.value() == long).await;
    field.set_value("Zoo");
    tell(&field, "input");
    screen.until("a shorter one is", |screen| !screen.peer.searches().is_empty()).await;
    assert_eq!(screen.peer.searches(), ["Zoo"]);
}

#[wasm_bindgen_test]
async fn a_closed_switcher_gives_the_focus_back() {
    let screen = three_rooms().await;
    let button = screen.one("switcher-button").unwrap();
    button.focus().unwrap();
    button.click();
    screen.until("it is open", |screen| screen.one("switcher").is_some()).await;
    let there = |_: &Screen| focused().as_deref() == Some("switcher-field");
    screen.until("its field has the keyboard", there).await;

    // What Esc does, which only a real keyboard may ask for.
    let dialog: web_sys::HtmlDialogElement = screen.one("switcher").unwrap().unchecked_into();
    dialog.close();
    screen.until("it is gone", |screen| screen.one("switcher").is_none()).await;
    assert_eq!(focused().as_deref(), Some("switcher-button"));
}
