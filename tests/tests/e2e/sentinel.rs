//! Under sentinels, clients talk on after a fail-over; what it lost is shown to its author.

use std::collections::BTreeMap;

use parlor_model::{MessageState, Row};
use parlor_shared::Number;
use parlor_tests::{Actor, Node, RedisSentinel, Store, eventually};

/// A message's row by its text.
fn state(actor: &Actor, text: &str) -> Option<MessageState> {
    actor.rows().into_iter().find_map(|row| match row {
        Row::Message(row) if row.text.as_deref() == Some(text) => Some(row.state),
        _ => None,
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_fail_over_lost_is_a_row_with_retry_and_everything_else_is_there_once() {
    let mut watch = RedisSentinel::start().await.unwrap();
    let store = Store::At(watch.url());
    let (one, two) = (Node::start(&store).await.unwrap(), Node::start(&store).await.unwrap());
    let ada = Actor::enter(one.url(), "Ada").await.unwrap();
    let bob = Actor::enter(two.url(), "Bob").await.unwrap();
    for text in ["one", "two"] {
        ada.says(text);
        bob.sees(text).await.unwrap();
    }
    watch.replica_has_all().await.unwrap();
    watch.parts_the_replica().await.unwrap();
    ada.says("lost");
    bob.sees("lost").await.unwrap();
    ada.sees("lost").await.unwrap();
    watch.primary().kill().unwrap();
    bob.says("after");
    ada.sees("after").await.unwrap();
    eventually("what was lost is shown", async || {
        (state(&ada, "lost") == Some(MessageState::Lost)).then_some(())
    })
    .await
    .unwrap();
    let texts = |actor: &Actor| {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        actor.texts().into_iter().for_each(|text| *count.entry(text).or_default() += 1);
        count
    };
    for text in ["one", "two", "after"] {
        for actor in [&ada, &bob] {
            assert_eq!(texts(actor).get(text), Some(&1), "{text}");
        }
    }
    assert_eq!(texts(&bob).get("lost"), None, "nobody else is shown what is gone");
    let numbers: Vec<Number> = bob.numbers();
    assert_eq!(numbers, [1, 2, 3]);
}
