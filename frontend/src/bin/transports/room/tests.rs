//! Entering the room, before a server that answers as the test wants.

use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Room, enter};
use crate::trouble::Trouble;

/// Gives these answers, one after another, and keeps what was asked.
#[wasm_bindgen(inline_js = "
const real = globalThis.fetch;
let asked;
export function answers(bodies) {
  const left = JSON.parse(bodies);
  asked = [];
  globalThis.fetch = async (url, init) => {
    if (!/poll|commands/.test(url)) return real(url, init);
    asked.push(JSON.parse(init.body).type ?? 'poll');
    return new Response(JSON.stringify(left.shift()));
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

fn ok(result: Value) -> Value {
    json!({ "type": "ok", "id": "0192f0c1-2b3c-4d5e-8f60-718293a4b5c6", "result": result })
}

/// The list of all rooms whose name contains the room's.
fn there_are(names: &[&str]) -> Value {
    let rooms: Vec<_> = names.iter().map(|name| json!({ "room": "r_1", "name": name })).collect();
    ok(json!({ "rooms": { "rooms": rooms, "more": false } }))
}

fn is_entered() -> Value {
    ok(json!({ "room": { "room": "r_1", "name": "Transports" } }))
}

fn name_is_taken() -> Value {
    json!({ "type": "error", "id": "0192f0c1-2b3c-4d5e-8f60-718293a4b5c6", "code": 1204, "name": "name_taken",
            "retry": "final", "params": { "suggestion": "Transports 2" } })
}

async fn enters(server: &[Value]) -> Result<Room, Trouble> {
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
