//! What is set once, and the way out.

use parlor_tests::{EngineKind, Visitor};

use crate::House;

/// Records of unsent messages in the browser.
const KEPT: &str =
    "return Object.keys(localStorage).filter(key => key.includes('.outbox.')).length";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_asks_while_something_is_unsent_and_then_erases_it() {
    let house = House::open(EngineKind::Embedded).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.goes_offline().await;
    ada.says("not yet sent").await;
    ada.sees_as("not yet sent", "pencil").await;
    assert_eq!(ada.look::<u64>(KEPT).await, 1);

    ada.clicks("settings-button").await;
    ada.clicks("sign-out").await;
    let question = ada.shows(".sign-out [role=alert]").await.text().await.unwrap();
    assert!(question.contains('1'), "{question}");
    assert!(ada.has("composer").await, "still in");
    assert_eq!(ada.look::<u64>(KEPT).await, 1);

    ada.clicks("sign-out").await;
    ada.finds("name").await;
    assert_eq!(ada.look::<u64>(KEPT).await, 0);
    ada.leaves().await;
}
