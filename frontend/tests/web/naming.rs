//! One's own name, changed here, refused here, and changed on another device.

use parlor_shared::{Body, Member, Record, RecordKey, Role};
use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit, HtmlInputElement};

use crate::{
    peer::{Peer, TIME, ada},
    screen::{self, Screen},
};

/// Answers `PATCH` with what the test wants, and keeps what was asked.
#[wasm_bindgen(inline_js = "
const real = globalThis.fetch;
let asked = [];
export function answers(status, body) {
  asked = [];
  globalThis.fetch = async (url, init) => {
    if (init?.method !== 'PATCH') return real(url, init);
    asked.push(init.body);
    return new Response(body, { status });
  };
}
export const asks = () => asked;
")]
extern "C" {
    fn answers(status: u16, body: &str);
    fn asks() -> Vec<String>;
}

fn field(screen: &Screen) -> HtmlInputElement {
    screen.one("own-name-field").unwrap().unchecked_into()
}

async fn is_named(screen: &Screen, name: &str) {
    let shown = |screen: &Screen| {
        screen.one("own-name").is_some_and(|it| it.text_content().unwrap() == name)
    };
    screen.until(&format!("the sidebar says {name}"), shown).await;
}

/// Writes a name into the field and saves it.
fn saves(screen: &Screen, name: &str) {
    field(screen).set_value(name);
    let init = EventInit::new();
    init.set_bubbles(true);
    let input = Event::new_with_event_init_dict("input", &init).unwrap();
    field(screen).dispatch_event(&input).unwrap();
    screen.one("rename").unwrap().click();
}

fn kept() -> String {
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    storage.get_item("parlor.me").unwrap().unwrap()
}

async fn open() -> Screen {
    let screen = screen::open(Peer::with(&[("Lobby", &["one"])])).await;
    screen.until("the room is there", |screen| screen.row("one").is_some()).await;
    is_named(&screen, "Ada").await;
    screen
}

#[wasm_bindgen_test]
async fn a_new_name_shows_and_is_kept() {
    answers(200, r#"{"person": {"id": "ada", "name": "Ada L."}}"#);
    let screen = open().await;
    assert_eq!(field(&screen).value(), "Ada");
    saves(&screen, "  Ada  L. ");
    is_named(&screen, "Ada L.").await;
    assert_eq!(asks(), [r#"{"name":"Ada L."}"#]);
    assert_eq!(field(&screen).value(), "Ada L.");
    assert!(kept().contains("Ada L.") && screen.one("refusal").is_none());
    // The same once more is nothing to ask for.
    saves(&screen, "Ada L.");
    screen.settle().await;
    assert_eq!(asks().len(), 1);
}

#[wasm_bindgen_test]
async fn a_refused_name_says_why_in_place_and_the_free_one_is_taken_by_a_press() {
    let taken = r#"{"code": 1204, "name": "name_taken", "retry": "final", "params": {"suggestion": "Bob 2"}}"#;
    answers(409, taken);
    let screen = open().await;
    saves(&screen, "Bob");
    screen.until("it is refused", |screen| screen.one("suggestion").is_some()).await;
    assert_eq!(field(&screen).value(), "Bob", "what was written stays");
    is_named(&screen, "Ada").await;
    answers(200, r#"{"person": {"id": "ada", "name": "Bob 2"}}"#);
    screen.one("suggestion").unwrap().click();
    is_named(&screen, "Bob 2").await;
    assert_eq!(asks(), [r#"{"name":"Bob 2"}"#]);
    assert!(screen.one("refusal").is_none());
    // What no server would take is not asked for.
    saves(&screen, " ");
    screen.until("it is refused", |screen| screen.one("refusal").is_some()).await;
    assert_eq!(asks().len(), 1);
}

#[wasm_bindgen_test]
async fn a_name_changed_on_another_device_shows_and_is_kept() {
    let screen = open().await;
    let (person, name) = (ada().id, "Ada L.".to_owned());
    let key = RecordKey::member(&person);
    let body = Body::Member(Member { person, name, role: Some(Role::Member) });
    screen.peer.announces("lobby", Record { key, rev: 2, number: None, time: TIME, body });
    is_named(&screen, "Ada L.").await;
    assert_eq!(field(&screen).value(), "Ada L.");
    assert!(kept().contains("Ada L."));
}
