//! Messages that come while nobody looks.

use parlor_tests::{Actor, EngineKind, Visitor, eventually};
use serde_json::json;

use crate::House;

/// The notifications that stand: room and what they say.
const NOTIFICATIONS: &str = "
    const worker = await navigator.serviceWorker.ready;
    return (await worker.getNotifications()).map(shown => [shown.tag, shown.title + ': ' + shown.body]);";

/// Whether this page has the browser's focus.
const LOOKED_AT: &str = "return document.visibilityState === 'visible' && document.hasFocus()";

async fn notifications(visitor: &Visitor) -> Vec<(String, String)> {
    visitor.asks(NOTIFICATIONS).await
}

/// Waits until exactly these stand.
async fn stand(visitor: &Visitor, wanted: &[(&str, &str)]) {
    let wanted: Vec<_> =
        wanted.iter().map(|(room, text)| ((*room).to_owned(), (*text).to_owned())).collect();
    eventually(&format!("{wanted:?} stand"), async || {
        (notifications(visitor).await == wanted).then_some(())
    })
    .await
    .unwrap();
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
    ada.looks_away().await;
    assert!(!ada.look::<bool>(LOOKED_AT).await);
    ada
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_while_nobody_looks_is_told_once_and_taken_back_when_it_is_read() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    let ada = ada_looks_away(&house).await;
    let first = ada.tab().await;

    bob.says("are you there?");
    stand(&ada, &[("lobby", "Bob in Lobby: are you there?")]).await;
    ada.opens_a_tab().await;
    ada.finds("composer").await;
    ada.looks_away().await;
    bob.says("hello?");
    stand(&ada, &[("lobby", "Bob in Lobby: hello?")]).await;

    ada.goes_to(&first).await;
    ada.looks_again().await;
    stand(&ada, &[]).await;
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

    stand(&ada, &[("lobby", "Bob in Lobby: read nowhere")]).await;
    ada.leaves().await;
}
