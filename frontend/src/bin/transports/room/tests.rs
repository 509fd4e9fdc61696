//! Entering the room, before a server that answers as the test wants.

use parlor_page::browser::{storage::Storage, task, timer};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{JOINED, Room, enter, leave};
use crate::trouble::Trouble;

/// Gives these answers, one after another, and after them none; and keeps what was asked.
#[wasm_bindgen(inline_js = "
const real = globalThis.fetch;
let asked;
export function answers(bodies) {
  const left = JSON.parse(bodies);
  asked = [];
  globalThis.fetch = async (url, init) => {
    if (!/poll|commands/.test(url)) return real(url, init);
    asked.push(JSON.parse(init.body).type ?? 'poll');
    const body = left.shift();
    return body ? new Response(JSON.stringify(body)) : new Promise(() => {});
  };
}
export const asks = () => asked;
")]
extern "C" {
    fn answers(bodies: &str);
    fn asks() -> Vec<String>;
}

/// The answer to a poll of somebody who is in these rooms.
fn is_in(rooms: &[&str]) -> Value {
    let room = |name| {
        json!({ "room": "r_1", "name": name, "position": { "epoch": "e", "offset": 1 },
                "first_kept": 1, "last_number": 1, "read": 1 })
    };
    let rooms: Vec<_> = rooms.iter().map(room).collect();
    let welcome = json!({
        "type": "welcome", "connection": "c_7", "person": { "id": "p_ada", "name": "Ada" }, "server": "1",
        "time": 1, "ping_ms": 1, "dedupe": { "ms": 1, "commands": 1 }, "rooms": rooms,
        "limits": { "text_scalars": 1, "text_bytes": 1, "name_scalars": 1, "frame_bytes": 1, "follows": 1, "in_flight": 1 },
    });
    json!({ "answer": { "connection": "c_7", "number": 1 }, "events": [welcome], "refused": [] })
}

fn ok(result: &Value) -> Value {
    json!({ "type": "ok", "id": "0192f0c1-2b3c-4d5e-8f60-718293a4b5c6", "result": result })
}

/// The list of all rooms whose name contains the room's.
fn there_are(names: &[&str]) -> Value {
    let rooms: Vec<_> = names.iter().map(|name| json!({ "room": "r_1", "name": name })).collect();
    ok(&json!({ "rooms": { "rooms": rooms, "more": false } }))
}

fn is_entered() -> Value {
    ok(&json!({ "room": { "room": "r_1", "name": "Transports" } }))
}

fn name_is_taken() -> Value {
    json!({ "type": "error", "id": "0192f0c1-2b3c-4d5e-8f60-718293a4b5c6", "code": 1204, "name": "name_taken",
            "retry": "final", "params": { "suggestion": "Transports 2" } })
}

async fn enters(server: &[Value]) -> Result<Room, Trouble> {
    Storage::open().remove(JOINED);
    comes_back(server).await
}

/// Enters in a browser that keeps what it kept.
async fn comes_back(server: &[Value]) -> Result<Room, Trouble> {
    answers(&Value::from(server).to_string());
    enter().await
}

#[wasm_bindgen_test]
async fn a_room_whose_name_has_other_capitals_is_the_room() {
    let here = enters(&[is_in(&["Lobby"]), there_are(&["transports"]), is_entered()]).await;
    assert!(here.unwrap().is_left());
    assert_eq!(asks(), ["poll", "find_rooms", "join"]);
    let here = enters(&[is_in(&["Lobby", "TRANSPORTS"])]).await;
    assert!(!here.unwrap().is_left(), "who was in it stays");
}

#[wasm_bindgen_test]
async fn a_room_that_somebody_else_made_at_the_same_moment_is_joined() {
    let others = &["Transports of joy"];
    let it_too = there_are(&["Transports of joy", "Transports"]);
    let made = [is_in(&[]), there_are(others), name_is_taken(), it_too, is_entered()];
    assert!(enters(&made).await.unwrap().is_left());
    assert_eq!(asks(), ["poll", "find_rooms", "create_room", "find_rooms", "join"]);
    let taken = [is_in(&[]), there_are(others), name_is_taken(), there_are(others)];
    assert_eq!(enters(&taken).await, Err(Trouble::NameTaken), "by one that only looks alike");
}

#[wasm_bindgen_test]
async fn whoever_is_gone_while_they_join_leaves_when_they_come_back_and_only_then() {
    Storage::open().remove(JOINED);
    answers(&Value::from(vec![is_in(&[]), there_are(&["Transports"])]).to_string());
    let joins = enter();
    task::begin(async move {
        let _ = joins.await;
    });
    while asks().last().is_none_or(|asked| asked != "join") {
        timer::pause(1).await;
    }
    let there = comes_back(&[is_in(&["Transports"]), ok(&json!("done"))]).await.unwrap();
    assert!(there.is_left());
    leave(there).await;
    let there = comes_back(&[is_in(&["Transports"])]).await.unwrap();
    assert!(!there.is_left(), "then they are in it for themselves");
}

#[wasm_bindgen_test]
async fn whoever_was_refused_was_not_joined() {
    let full =
        json!({ "code": 1104, "name": "room_full", "retry": "final", "params": { "max": 1 } });
    let server = [is_in(&[]), there_are(&["Transports"]), full];
    assert_eq!(enters(&server).await, Err(Trouble::RoomFull));
    assert!(!comes_back(&[is_in(&["Transports"])]).await.unwrap().is_left());
}
