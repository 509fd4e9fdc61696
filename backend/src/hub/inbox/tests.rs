//! Inboxes, empty to overflowing.

use parlor_shared::{
    Body, CommandId, ConnectionId, Entry, Epoch, LogId, PersonId, Record, RecordKey, RoomId,
};

use super::{Arrival, Control, KEPT, NEWS, open};

fn entry(offset: u64) -> Entry {
    let body = Body::Unknown { kind: "x".to_owned(), value: serde_json::Value::Null };
    let key = RecordKey::message(offset);
    Entry {
        log: LogId::Room(RoomId::lobby()),
        epoch: Epoch::new("e1").unwrap(),
        offset,
        time: 0,
        author: PersonId::new("ada").unwrap(),
        command: CommandId::from_random([0; 16]),
        record: Record { key, rev: offset, number: Some(offset), time: 0, body },
    }
}

fn request() -> Control {
    Control::Unfollow(ConnectionId::new("c1").unwrap())
}

#[tokio::test]
async fn entries_arrive_in_order_and_requests_between_them() {
    let (mailbox, mut inbox) = open();
    (1..=3).for_each(|offset| mailbox.tell(entry(offset)));
    (0..3).for_each(|_| mailbox.ask(request()).unwrap());
    let (mut offsets, mut requests) = (Vec::new(), Vec::new());
    for turn in 0..6 {
        match inbox.next().await {
            Arrival::Entry(entry) => offsets.push(entry.offset),
            Arrival::Control(_) => requests.push(turn),
            Arrival::Missed => panic!("nothing was missed"),
        }
    }
    assert_eq!(offsets, [1, 2, 3]);
    assert!(requests.iter().zip([1, 3, 5]).all(|(turn, latest)| *turn <= latest), "{requests:?}");
}

#[tokio::test]
async fn entries_beyond_the_bound_are_missed_and_said_to_be() {
    let (mailbox, mut inbox) = open();
    (1..=NEWS as u64 + 1).for_each(|offset| mailbox.tell(entry(offset)));
    assert!(matches!(inbox.next().await, Arrival::Missed));
    for _ in 0..NEWS {
        assert!(matches!(inbox.next().await, Arrival::Entry(_)));
    }
    mailbox.missed();
    assert!(matches!(inbox.next().await, Arrival::Missed));
}

#[tokio::test]
async fn a_flood_leaves_no_memory_behind() {
    let (mailbox, mut inbox) = open();
    (1..=1_000).for_each(|offset| mailbox.tell(entry(offset)));
    for _ in 0..1_000 {
        inbox.next().await;
    }
    let nothing = tokio::time::timeout(std::time::Duration::from_millis(1), inbox.next()).await;
    assert!(nothing.is_err());
    assert!(inbox.0.waiting.lock().news.capacity() <= KEPT);
}

#[test]
fn a_request_to_an_actor_that_has_ended_comes_back() {
    let (mailbox, inbox) = open();
    mailbox.ask(request()).unwrap();
    drop(inbox);
    assert!(mailbox.ask(request()).is_err());
}
