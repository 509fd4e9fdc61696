//! A client that comes too seldom for its polls: it costs nobody anything, and misses nothing.

use parlor_shared::{Event, PollRequest};
use parlor_tests::{EngineKind, NodeProcess, Session, Store};

use super::{Caller, next, texts};
use crate::{
    on_both_engines,
    slow::{MIB, Pair},
    stop::SERVER,
};

on_both_engines!(a_client_that_comes_too_seldom_costs_nobody_anything_and_misses_nothing);

/// Asks until everything up to message `last` is told; how many answers that took.
async fn catches_up(caller: &Caller, poll: &mut PollRequest, last: u64) -> usize {
    let mut answers = 0;
    loop {
        poll.wait_ms = 0;
        let answer = caller.asks(poll).await.unwrap();
        answers += 1;
        *poll = next(poll, &answer);
        let meets_the_top = |event: &Event| match event {
            Event::Changes(page) => !page.more && page.last_number == last,
            Event::Entry(entry) => entry.record.number == Some(last),
            _ => false,
        };
        if answer.events.iter().any(meets_the_top) {
            assert!(!texts(&answer.events).is_empty());
            return answers;
        }
    }
}

async fn a_client_that_comes_too_seldom_costs_nobody_anything_and_misses_nothing(kind: EngineKind) {
    let store = Store::new(kind).await.unwrap();
    let node = NodeProcess::start(SERVER, &store, 20_000).await.unwrap();
    let mut pair = Pair::new(node.url()).await;
    pair.talk(50).await;
    let rest = node.resident().unwrap();
    let without = pair.talk(400).await;
    let usual = node.resident().unwrap().saturating_sub(rest);

    let slow = Session::begin(node.url(), "Slow").await.unwrap();
    let slow = Caller::new(node.url(), &slow);
    let mut poll = slow.begins().await;
    // It waits once, as the others do; from then on somebody stands in for it whom nobody visits.
    poll.wait_ms = 0;
    let answer = slow.asks(&poll).await.unwrap();
    poll = next(&poll, &answer);
    let rest = node.resident().unwrap();
    // 8 MiB: more than is kept for anybody.
    let with = pair.talk(1_000).await;
    let grown = node.resident().unwrap().saturating_sub(rest);
    let again = pair.talk(200).await;
    assert!(grown < usual * 5 / 2 + 6 * MIB, "{} KiB, {} KiB without", grown >> 10, usual >> 10);
    assert!(with < without.max(again) * 2, "{with:?} with a slow client, {without:?} without");

    let answers = catches_up(&slow, &mut poll, 1_650).await;
    assert!(answers < 50, "{answers} answers");
}
