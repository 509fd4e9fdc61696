//! What the polite region says, as a screen reader hears it.

use parlor_tests::{Actor, EngineKind, Visitor};

use crate::House;

/// Writes down all that the region says from now on, also over changes of its elements.
const LISTEN: &str = "
    const region = document.querySelector('[data-testid=spoken]');
    window.heard = [];
    new MutationObserver(() => {
        if (region.textContent) window.heard.push(region.textContent);
    }).observe(region, { childList: true, characterData: true, subtree: true });";

const HEARD: &str = "return window.heard";

async fn hears(visitor: &Visitor, what: &str) {
    let said = format!("return window.heard.some(said => said.includes({what:?}))");
    visitor.until("it is read aloud", &said).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_live_message_of_others_is_read_aloud_once_and_history_and_own_ones_never() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    bob.says("history");
    bob.sees("history").await.unwrap();
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.look::<()>(LISTEN).await;
    ada.is_lit().await;
    ada.sees("history").await;

    ada.says("mine").await;
    ada.sees("mine").await;
    bob.says("the first");
    hears(&ada, "the first").await;
    bob.says("the second");
    hears(&ada, "the second").await;
    for n in 1..=7 {
        bob.says(&format!("burst {n}"));
    }
    hears(&ada, "7 new messages").await;
    ada.goes_offline().await;
    bob.says("while away");
    bob.sees("while away").await.unwrap();
    ada.comes_back().await;
    ada.sees("while away").await;
    bob.says("the last");
    hears(&ada, "the last").await;

    let heard: Vec<String> = ada.look(HEARD).await;
    assert_eq!(heard, ["Bob: the first", "Bob: the second", "7 new messages", "Bob: the last"]);
    ada.leaves().await;
}
