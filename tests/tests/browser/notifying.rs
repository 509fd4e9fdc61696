//! Messages that come while nobody looks.

use parlor_model::{Client, Intent};
use parlor_shared::RoomId;
use parlor_tests::{Actor, EngineKind, Visitor, eventually};
use serde_json::json;

use crate::House;

/// The notifications that stand: room and what they say. Looking while one is being shown makes Chromium
/// forget it: look once the worker has said that it rang.
const NOTIFICATIONS: &str = "
    const worker = await navigator.serviceWorker.ready;
    return (await worker.getNotifications())
        .map(shown => [shown.tag, shown.title + ': ' + shown.body]).sort();";

/// Counts how often the worker tells this tab that it showed what the tab asked it to, for all tabs together.
const COUNT_THE_RINGS: &str = "
    navigator.serviceWorker.addEventListener('message', told => {
        if (told.data === 'rang') localStorage.rings = +(localStorage.rings ?? 0) + 1;
    });";

/// Whether this page has the browser's focus.
const LOOKED_AT: &str = "return document.visibilityState === 'visible' && document.hasFocus()";

fn told(room: &str, text: &str) -> (String, String) {
    (room.to_owned(), text.to_owned())
}

async fn notifications(visitor: &Visitor) -> Vec<(String, String)> {
    visitor.asks(NOTIFICATIONS).await
}

/// What stands once it has rung so often in all.
async fn rung(visitor: &Visitor, times: u32) -> Vec<(String, String)> {
    let rang = format!("return +(localStorage.rings ?? 0) >= {times}");
    visitor.until(&format!("it has rung {times} times"), &rang).await;
    notifications(visitor).await
}

/// What stands once nothing of this room does.
async fn taken_back(visitor: &Visitor, room: &str) -> Vec<(String, String)> {
    eventually(&format!("what stands of {room} is taken back"), async || {
        let left = notifications(visitor).await;
        left.iter().all(|(of, _)| of != room).then_some(left)
    })
    .await
    .unwrap()
}

/// Ada, who asked to be notified, and does not look.
async fn ada_looks_away(house: &House) -> Visitor {
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    let origin = ada.look::<String>("return location.origin").await;
    let allowed = json!({ "origin": origin, "permissions": ["notifications"] });
    ada.devtools("Browser.grantPermissions", allowed).await;
    ada.runs("await navigator.serviceWorker.ready").await;
    ada.clicks("settings-button").await;
    ada.clicks("notify-on").await;
    ada.finds("notify-off").await;
    ada.clicks("settings-button").await;
    ada.look::<()>(COUNT_THE_RINGS).await;
    ada.looks_away().await;
    assert!(!ada.look::<bool>(LOOKED_AT).await);
    ada
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_while_nobody_looks_is_told_once_whatever_the_number_of_tabs() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    let ada = ada_looks_away(&house).await;
    let first = ada.tab().await;

    bob.says("are you there?");
    assert_eq!(rung(&ada, 1).await, [told("lobby", "Bob in Lobby: are you there?")]);
    let second = ada.opens_a_tab().await;
    ada.finds("composer").await;
    ada.look::<()>(COUNT_THE_RINGS).await;
    ada.looks_away().await;
    bob.says("hello?");
    assert_eq!(rung(&ada, 2).await, [told("lobby", "Bob in Lobby: hello?")]);
    bob.says("still there?");
    assert_eq!(rung(&ada, 3).await, [told("lobby", "Bob in Lobby: still there?")]);
    let rings: String = ada.look("return localStorage.rings").await;
    assert_eq!(rings, "3", "of two tabs one rings for each message");

    ada.goes_to(&first).await;
    ada.looks_again().await;
    taken_back(&ada, "lobby").await;
    ada.goes_to(&second).await;
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_is_told_while_one_looks_at_what_is_not_the_chat() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    let ada = ada_looks_away(&house).await;
    ada.opens_a_tab().await;
    ada.opens_address("/transports").await;
    ada.looks_again().await;
    ada.until("it is looked at", LOOKED_AT).await;
    bob.says("are you there?");
    assert_eq!(rung(&ada, 1).await, [told("lobby", "Bob in Lobby: are you there?")]);
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_read_on_another_device_is_taken_back_and_nothing_else() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    let ada = ada_looks_away(&house).await;
    ada.looks_again().await;
    ada.makes_room("Attic").await;
    let attic: String = ada.look("return location.pathname.split('/').pop()").await;
    let room = RoomId::new(&attic).unwrap();
    ada.looks_away().await;
    let phone = ada.on_another_device(house.node.url()).await;
    bob.wants(Intent::Join(room.clone()));

    bob.says("in the lobby");
    assert_eq!(rung(&ada, 1).await, [told("lobby", "Bob in Lobby: in the lobby")]);
    bob.wants(Intent::Send { room: room.clone(), text: "in the attic".to_owned() });
    let mut both =
        [told("lobby", "Bob in Lobby: in the lobby"), told(&attic, "Bob in Attic: in the attic")];
    both.sort();
    assert_eq!(rung(&ada, 2).await, both);

    // Browsers take the oldest away first; what was read is the newer.
    let heard = {
        let room = room.clone();
        move |client: &Client| {
            client.chat().room(&room).is_some_and(|known| known.timeline().last_number() == 1)
        }
    };
    phone.until("the phone has it", heard).await.unwrap();
    phone.wants(Intent::Seen { room, number: 1 });
    assert_eq!(taken_back(&ada, &attic).await, [told("lobby", "Bob in Lobby: in the lobby")]);
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_just_read_it_on_another_device_is_not_told() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    let ada = ada_looks_away(&house).await;
    let phone = ada.on_another_device(house.node.url()).await;

    bob.says("read on the phone");
    phone.sees("read on the phone").await.unwrap();
    phone.has_seen(1);
    // Long enough for the first to have been told of; what comes then is told alone.
    bob.until("a notification would be due", {
        let begun = std::time::Instant::now();
        move |_| begun.elapsed().as_secs() >= 4
    })
    .await
    .unwrap();
    assert_eq!(notifications(&ada).await, []);
    bob.says("read nowhere");

    assert_eq!(rung(&ada, 1).await, [told("lobby", "Bob in Lobby: read nowhere")]);
    ada.leaves().await;
}
