//! The page that compares the transports: what it says is what happens, and it ends as it should.

use parlor_shared::limits;
use parlor_tests::{Device, EngineKind, NodeProcess, Sockets, Store, Visitor, Wire};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{House, accessible, on_both_engines, words::WHAT_DOES_NOT_FIT};

/// Waits for a silence, and for one more short poll in it; says how much each way asked meanwhile. A line
/// that is said in between spoils it, and it waits for the next silence.
const ASKED_IN_A_SILENCE: &str = "
    const ways = ['short', 'long', 'socket'];
    const asked = () => ways.map(way => +document.querySelector(`[data-testid=requests-${way}]`).textContent);
    const line = () => parseInt(document.querySelector('[data-testid=line]').textContent || 0);
    const heard = () => ways.every(way => +document.querySelector(`[data-testid=way-${way}]`).dataset.heard === line());
    const turn = () => new Promise(done => setTimeout(done, 20));
    for (;;) {
        while (!line() || line() % 3 || !heard()) await turn();
        const [last, before] = [line(), asked()];
        while (line() === last && asked()[0] === before[0]) await turn();
        if (line() === last) return asked().map((now, at) => now - before[at]);
    }";

/// Whether the server takes this person for no member of the room.
const IS_OUT: &str = "
    const ask = async (command) => (await fetch('/api/v1/commands', {
        method: 'POST', body: JSON.stringify({ id: crypto.randomUUID(), ...command }) })).json();
    const { result } = await ask({ type: 'find_rooms', query: 'Transports' });
    const room = result?.rooms.rooms.find(room => room.name === 'Transports');
    if (!room) return false;
    const { name } = await ask({ type: 'follow', log: 'room:' + room.room });
    return name === 'not_a_member';";

/// Says so much that the server takes no more from this person, until the page says so.
const SAY_TOO_MUCH: &str = "
    const said = () => document.querySelector('[data-testid=status]').textContent;
    while (!said().includes('That was fast')) {
        await fetch('/api/v1/commands', { method: 'POST', body: JSON.stringify({
            id: crypto.randomUUID(), type: 'send', room: 'lobby', text: 'again' }) });
        await new Promise(done => setTimeout(done, 100));
    }";

/// A server that takes no more from a person than servers do by default.
async fn strict_house(kind: EngineKind) -> House {
    let store = Store::new(kind).await.unwrap();
    let (sends, requests) = (limits::SENDS.to_string(), limits::REQUESTS.to_string());
    let limits = [("PARLOR_SENDS", sends.as_str()), ("PARLOR_REQUESTS", requests.as_str())];
    let node = NodeProcess::start_with(&House::binary(), &store, 100, &limits).await.unwrap();
    House { store, node }
}

/// Ada, signed in, at the page; a run lasts so many seconds.
async fn ada_at_the_page(house: &House, seconds: u32) -> Visitor {
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.opens_address(&format!("/transports?seconds={seconds}")).await;
    ada.finds("start").await;
    ada
}

/// Begins, and waits until every way has heard something.
async fn starts(visitor: &Visitor) {
    visitor.clicks("start").await;
    visitor.finds("stop").await;
    let all =
        "return [...document.querySelectorAll('.transport')].every(way => +way.dataset.heard)";
    visitor.until("all three ways hear", all).await;
}

/// Waits until nothing runs, and says why.
async fn sees_it_end(visitor: &Visitor) -> String {
    visitor.until("it has ended", "return !document.querySelector('[data-testid=stop]')").await;
    visitor.finds("status").await.text().await.unwrap()
}

async fn is_out_of_the_room(visitor: &Visitor) {
    parlor_tests::eventually("the room is left", async || {
        visitor.asks::<bool>(IS_OUT).await.then_some(())
    })
    .await
    .unwrap();
}

async fn number(visitor: &Visitor, id: &str) -> u64 {
    visitor.finds(id).await.text().await.unwrap().replace(',', "").parse().unwrap()
}

async fn in_a_silence_only_short_polling_asks_and_the_sum_is_what_was_measured(kind: EngineKind) {
    let house = strict_house(kind).await;
    let ada = ada_at_the_page(&house, 20).await;
    starts(&ada).await;
    let asked: Vec<u64> = ada.asks(ASKED_IN_A_SILENCE).await;
    assert_eq!(asked, [1, 0, 0], "in a silence only short polling asks");
    assert!(ada.has("stop").await, "it runs");

    assert!(sees_it_end(&ada).await.contains("time is over"));
    assert_eq!(number(&ada, "requests-socket").await, 1);
    assert!(number(&ada, "empty-short").await > 0);
    assert_eq!(number(&ada, "empty-long").await, 0);
    let heard =
        "return [...document.querySelectorAll('.transport')].map(way => +way.dataset.heard)";
    let [short, long, socket]: [u64; 3] = ada.look(heard).await;
    assert!(short >= 3 && short == long && long == socket, "{short}, {long}, {socket}");
    assert!(number(&ada, "requests-long").await >= long, "an answer for each message");
    let sum = ada.finds("summary").await.text().await.unwrap();
    for id in ["requests-short", "requests-long", "median-short", "median-socket", "all-long"] {
        let figure = ada.finds(id).await.text().await.unwrap();
        assert!(sum.contains(&figure), "{id} is {figure}: {sum}");
    }
    assert!(sum.contains(&format!("the same {long} messages")), "none was refused: {sum}");
    is_out_of_the_room(&ada).await;
    ada.leaves().await;
}

on_both_engines!(in_a_silence_only_short_polling_asks_and_the_sum_is_what_was_measured);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_ends_when_nobody_looks_and_the_room_is_left_also_when_the_page_is_closed() {
    let house = strict_house(EngineKind::Embedded).await;
    let ada = ada_at_the_page(&house, 60).await;
    starts(&ada).await;
    ada.looks_away().await;
    assert!(sees_it_end(&ada).await.contains("out of sight"));
    is_out_of_the_room(&ada).await;
    ada.looks_again().await;
    starts(&ada).await;
    assert!(!ada.asks::<bool>(IS_OUT).await, "it is joined again");
    ada.closes_the_page().await;
    ada.opens_the_page().await;
    is_out_of_the_room(&ada).await;
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_in_the_room_for_themselves_stays_in_it() {
    let house = strict_house(EngineKind::Embedded).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.makes_room("Transports").await;
    ada.opens_address("/transports").await;
    starts(&ada).await;
    ada.clicks("stop").await;
    assert_eq!(sees_it_end(&ada).await, "Stopped.", "nothing was left");
    ada.opens_the_page().await;
    ada.turns_to("Transports").await;
    assert!(!ada.asks::<bool>(IS_OUT).await);
    ada.leaves().await;
}

/// Holds Enter, as keyboards repeat it, until something is there, and a while longer.
async fn holds_enter_until(visitor: &Visitor, id: &str) {
    let key = |kind: &str, repeats: bool| {
        json!({ "type": kind, "key": "Enter", "code": "Enter", "text": "\r",
                "windowsVirtualKeyCode": 13, "autoRepeat": repeats })
    };
    let press = async |key: Value| visitor.devtools("Input.dispatchKeyEvent", key).await;
    press(key("keyDown", false)).await;
    parlor_tests::eventually("what Enter begins is there", async || {
        press(key("keyDown", true)).await;
        visitor.has(id).await.then_some(())
    })
    .await
    .unwrap();
    for _ in 0..3 {
        press(key("keyDown", true)).await;
    }
    press(key("keyUp", false)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_keyboard_begins_and_stops_at_one_place_and_what_is_said_has_a_region_beforehand() {
    let house = strict_house(EngineKind::Embedded).await;
    let ada = ada_at_the_page(&house, 60).await;
    let focused =
        "return document.activeElement.dataset.testid ?? document.activeElement.localName";
    ada.look::<()>("document.querySelector('[data-testid=start]').focus()").await;
    holds_enter_until(&ada, "stop").await;
    assert_eq!(ada.look::<String>(focused).await, "stop", "one who holds the key does not stop it");
    let region = "return document.querySelector('[data-testid=status]').checkVisibility()";
    assert!(ada.look::<bool>(region).await, "it is there before anything stands in it");
    let second = "document.activeElement.dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }))";
    ada.look::<()>(second).await;
    assert!(ada.has("stop").await, "nor does the second click of two");
    ada.presses(Key::Enter).await;
    assert!(sees_it_end(&ada).await.contains("Stopped"));
    assert_eq!(ada.look::<String>(focused).await, "start");
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_no_web_socket_gets_through_the_page_says_so_and_the_other_ways_go_on() {
    let house = strict_house(EngineKind::Embedded).await;
    let ada = ada_at_the_page(&house, 60).await;
    for sockets in [Sockets::Refused, Sockets::Silent, Sockets::Eaten] {
        ada.wire.treats_sockets(sockets);
        ada.clicks("start").await;
        let why = ada.shows("[data-testid=way-socket] .lost").await.text().await.unwrap();
        assert!(why.contains("No WebSocket gets through"), "{sockets:?}: {why}");
        for way in ["short", "long"] {
            let hears = format!(
                "return +document.querySelector('[data-testid=way-{way}]').dataset.heard > 0"
            );
            ada.until(&format!("{way} hears, {sockets:?}"), &hears).await;
        }
        ada.clicks("stop").await;
        let sum = ada.finds("summary").await.text().await.unwrap();
        assert!(!sum.contains("WebSocket"), "{sockets:?}: {sum}");
    }
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_begins_who_is_not_signed_in_or_no_longer() {
    let house = strict_house(EngineKind::Embedded).await;
    let visitor = Visitor::arrives(Wire::to(house.node.url()).await.unwrap()).await;
    visitor.opens_address("/transports").await;
    visitor.clicks("enter").await;
    visitor.gives("Ada").await;
    visitor.finds("composer").await;
    visitor.opens_address("/transports").await;
    starts(&visitor).await;
    visitor.runs("await fetch('/api/v1/session', { method: 'DELETE' })").await;
    visitor.finds("enter").await;
    assert!(!visitor.has("start").await);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_and_a_server_that_is_away_are_named() {
    let house = strict_house(EngineKind::Embedded).await;
    let ada = ada_at_the_page(&house, 60).await;
    starts(&ada).await;
    ada.runs(SAY_TOO_MUCH).await;
    assert!(ada.has("stop").await, "and it goes on");
    ada.wire.cut();
    assert!(sees_it_end(&ada).await.contains("does not answer"));
    ada.wire.mend();
    starts(&ada).await;
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_fits_a_phone_in_chinese_with_longer_words_and_axe_finds_nothing_while_it_runs() {
    let house = strict_house(EngineKind::Embedded).await;
    let ada = Visitor::enters(house.node.url(), "阿达").await;
    ada.reads("zh-CN").await;
    ada.holds(Device::Phone).await;
    ada.opens_address("/transports?seconds=60").await;
    starts(&ada).await;
    let heading = ada.shows("h1").await.text().await.unwrap();
    assert_eq!(heading, "同一场对话，三种传输方式");
    let mut found = Vec::new();
    for (stage, theme) in
        [("runs", "light"), ("runs", "dark"), ("has run", "dark"), ("has run", "light")]
    {
        if stage == "has run" && ada.has("stop").await {
            ada.clicks("stop").await;
            ada.finds("summary").await;
        }
        ada.prefers(&[("prefers-color-scheme", theme), ("prefers-reduced-motion", "reduce")]).await;
        let wide = "const frame = document.querySelector('.lesson'); return frame.scrollWidth - frame.clientWidth";
        assert_eq!(ada.look::<i64>(wide).await, 0, "nothing scrolls sideways while it {stage}");
        found.extend(accessible::findings(&ada, &format!("{stage}, {theme}")).await);
        found.extend(ada.asks::<Vec<String>>(WHAT_DOES_NOT_FIT).await);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    ada.leaves().await;
}
