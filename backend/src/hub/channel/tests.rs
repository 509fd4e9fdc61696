//! The channel against every order of arrival.

use parlor_shared::{
    Body, CommandId, Entry, Epoch, LogId, Message, Offset, Page, PersonId, Position, Record,
    RecordKey, Reset, RoomId,
};

use super::{Channel, Completion, Deliver};

fn position(epoch: &str, offset: Offset) -> Position {
    Position { epoch: Epoch::new(epoch).unwrap(), offset }
}

fn record(rev: Offset) -> Record {
    let message = Message {
        author: PersonId::new("ada").unwrap(),
        name: "Ada".to_owned(),
        command: CommandId::from_random([1; 16]),
        text: Some(format!("text {rev}")),
        edited: false,
    };
    let body = Body::Message(message);
    Record { key: RecordKey::message(rev), rev, number: Some(rev), time: rev, body }
}

fn entry(epoch: &str, offset: Offset) -> Entry {
    Entry {
        log: LogId::Room(RoomId::lobby()),
        epoch: Epoch::new(epoch).unwrap(),
        offset,
        time: offset,
        author: PersonId::new("ada").unwrap(),
        command: CommandId::from_random([1; 16]),
        record: record(offset),
    }
}

fn page(epoch: &str, revs: std::ops::RangeInclusive<Offset>) -> Page {
    Page {
        log: LogId::Room(RoomId::lobby()),
        reset: None,
        position: position(epoch, *revs.end()),
        records: revs.map(record).collect(),
        more: false,
        first_kept: 1,
        last_number: 9,
    }
}

/// A page with no news, at `offset`.
fn nothing(epoch: &str, offset: Offset) -> Page {
    Page { records: Vec::new(), ..page(epoch, offset..=offset) }
}

fn offsets(delivered: &[Deliver]) -> Vec<Offset> {
    delivered
        .iter()
        .flat_map(|deliver| match deliver {
            Deliver::Entry(entry) => vec![entry.offset],
            Deliver::Changes(page) => page.records.iter().map(|record| record.rev).collect(),
        })
        .collect()
}

/// Every order of `items`.
fn orders(items: &[Offset]) -> Vec<Vec<Offset>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, first) in items.iter().enumerate() {
        let rest: Vec<_> =
            items.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, item)| *item).collect();
        all.extend(orders(&rest).into_iter().map(|rest| [vec![*first], rest].concat()));
    }
    all
}

#[test]
fn every_order_of_arrival_delivers_in_order_and_once() {
    for order in orders(&[1, 2, 3, 4, 5, 6]) {
        let mut channel = Channel::new(position("e", 0));
        let twice = order.iter().chain(order.iter().rev());
        let delivered: Vec<_> =
            twice.flat_map(|offset| channel.accept(entry("e", *offset), 0)).collect();
        assert_eq!(offsets(&delivered), [1, 2, 3, 4, 5, 6], "arrived as {order:?}");
        assert!(!channel.needs_read(1_000), "nothing is missing after {order:?}");
    }
}

#[test]
fn a_read_in_the_middle_of_any_order_leaves_no_hole_and_no_repeat() {
    for order in orders(&[1, 2, 4, 5]) {
        for read_after in 0..=order.len() {
            let mut channel = Channel::new(position("e", 0));
            let mut delivered = Vec::new();
            for (at, offset) in order.iter().enumerate() {
                if at == read_after {
                    channel.begin_read();
                }
                delivered.extend(channel.accept(entry("e", *offset), 0));
            }
            let from = channel.begin_read().offset + 1;
            delivered.extend(channel.apply_changes(page("e", from..=4), 0));
            delivered.extend(channel.accept(entry("e", 5), 0));
            assert_eq!(offsets(&delivered), [1, 2, 3, 4, 5], "{order:?}, read at {read_after}");
        }
    }
}

/// Somebody was told of 7 by the store; its announcement is lost, others are not.
#[test]
fn what_the_store_told_of_is_read_in_time_whatever_else_is_announced_meanwhile() {
    let ahead: [fn(&mut Channel); 2] = [
        |channel| channel.expect(&nothing("e", 7), 50),
        |channel| assert_eq!(channel.complete(&position("e", 7), 50), Completion::ReadOn),
    ];
    for told in ahead {
        let mut channel = Channel::new(position("e", 5));
        told(&mut channel);
        assert!(channel.accept(entry("e", 5), 60).is_empty(), "a repeat");
        assert!(!channel.needs_read(149) && channel.needs_read(150), "it explained nothing");
        assert_eq!(offsets(&channel.accept(entry("e", 6), 100)), [6]);
        assert!(!channel.needs_read(199), "the next one may be on its way");
        assert!(channel.needs_read(200) && channel.deadline(150) == Some(200));
        channel.begin_read();
        assert!(channel.apply_changes(nothing("e", 6), 300).is_empty(), "the store lost it");
        assert!(!channel.needs_read(10_000), "what is lost is not read for again");
    }
    let mut channel = Channel::new(position("e", 5));
    channel.expect(&nothing("e", 6), 50);
    assert_eq!(offsets(&channel.accept(entry("e", 6), 60)), [6]);
    assert!(!channel.needs_read(10_000), "all that was told of came");
}

#[test]
fn a_missing_entry_is_waited_for_and_then_read() {
    let mut channel = Channel::new(position("e", 0));
    assert!(channel.accept(entry("e", 2), 50).is_empty());
    assert_eq!(channel.deadline(50), Some(150));
    assert_eq!(channel.deadline(150), None, "what is due is not waited for");
    assert!(!channel.needs_read(149));
    assert!(channel.needs_read(150));
    assert_eq!(channel.begin_read(), position("e", 0));
    assert!(!channel.needs_read(500), "one read at a time");
    assert!(channel.accept(entry("e", 3), 160).is_empty());
    let delivered = channel.apply_changes(page("e", 1..=2), 170);
    assert_eq!(offsets(&delivered), [1, 2, 3]);
    assert_eq!(channel.deadline(170), None);
}

#[test]
fn another_epoch_is_never_believed_before_the_changes_were_read() {
    let mut channel = Channel::new(position("old", 3));
    assert!(channel.accept(entry("new", 4), 0).is_empty());
    assert!(channel.needs_read(0));
    channel.begin_read();
    let delivered = channel.apply_changes(page("new", 4..=4), 0);
    assert_eq!(offsets(&delivered), [4]);
    assert_eq!(offsets(&channel.accept(entry("new", 5), 0)), [5]);
}

#[test]
fn a_fork_below_the_position_held_is_noticed_and_resets() {
    let mut channel = Channel::new(position("old", 9));
    assert!(channel.accept(entry("new", 8), 0).is_empty());
    assert!(channel.needs_read(0));
    channel.begin_read();
    let forked = Page { reset: Some(Reset::Forked), ..page("new", 6..=8) };
    assert_eq!(offsets(&channel.apply_changes(forked, 0)), [6, 7, 8]);
    assert_eq!(*channel.position(), position("new", 8));
}

#[test]
fn a_fork_announced_while_reading_is_read_again() {
    let mut channel = Channel::new(position("old", 9));
    channel.doubt();
    channel.begin_read();
    assert!(channel.accept(entry("new", 8), 0).is_empty());
    let _ = channel.apply_changes(page("old", 10..=10), 0);
    assert!(channel.needs_read(0));
}

#[test]
fn a_failed_read_keeps_the_doubt() {
    let mut channel = Channel::new(position("e", 0));
    channel.doubt();
    channel.begin_read();
    channel.read_failed();
    assert!(channel.needs_read(0));
}

#[test]
fn a_look_at_the_top_tells_loss_from_what_just_came() {
    let asked = position("e", 3);
    let mut channel = Channel::new(asked.clone());
    let _ = channel.accept(entry("e", 4), 0);
    channel.look(&position("e", 3), &asked);
    channel.look(&position("e", 4), &asked);
    assert!(!channel.needs_read(0));
    for top in [position("e", 2), position("e", 5), position("f", 4)] {
        let mut channel = Channel::new(position("e", 4));
        channel.look(&top, &asked);
        assert!(channel.needs_read(0), "{top:?}");
    }
}

#[test]
fn a_page_read_a_moment_ago_is_completed_from_the_ring() {
    let mut channel = Channel::new(position("e", 0));
    for offset in 1..=400 {
        let _ = channel.accept(entry("e", offset), 0);
    }
    let Completion::Live(entries) = channel.complete(&position("e", 397), 0) else { panic!() };
    assert_eq!(entries.iter().map(|entry| entry.offset).collect::<Vec<_>>(), [398, 399, 400]);
    assert_eq!(channel.complete(&position("e", 400), 0), Completion::Live(Vec::new()));
    assert_eq!(channel.complete(&position("e", 2), 0), Completion::ReadOn, "long gone");
    assert!(!channel.needs_read(0));
    assert_eq!(channel.complete(&position("f", 398), 0), Completion::ReadOn, "a fork");
    assert!(channel.needs_read(0));
}

#[test]
fn nobody_follows_from_ahead_of_the_channel() {
    let mut channel = Channel::new(position("e", 3));
    assert_eq!(channel.complete(&position("e", 4), 0), Completion::ReadOn);
    assert!(!channel.needs_read(99), "the announcement may be on its way");
    assert!(channel.needs_read(100));
    assert_eq!(channel.begin_read(), position("e", 3));
    let _ = channel.apply_changes(page("e", 4..=4), 110);
    assert_eq!(channel.complete(&position("e", 4), 110), Completion::Live(Vec::new()));
}

#[test]
fn too_many_waiting_entries_are_dropped_and_read_instead() {
    let mut channel = Channel::new(position("e", 0));
    for offset in 2..=1_100 {
        assert!(channel.accept(entry("e", offset), 0).is_empty());
    }
    assert!(channel.ahead.len() <= super::AHEAD_ENTRIES);
    assert!(channel.needs_read(0));
}

#[test]
fn an_entry_that_the_store_lost_is_not_waited_for_for_ever() {
    for (epoch, offset) in [("new", 12), ("old", 11), ("old", 12)] {
        let mut channel = Channel::new(position("new", 10));
        assert!(channel.accept(entry(epoch, offset), 0).is_empty());
        assert!(channel.needs_read(1_000));
        channel.begin_read();
        assert!(channel.apply_changes(nothing("new", 10), 1_000).is_empty());
        assert!(!channel.needs_read(60_000), "{epoch} {offset} is still waited for");
        assert_eq!(offsets(&channel.accept(entry("new", 11), 60_000)), [11]);
    }
}

#[test]
fn an_empty_log_comes_under_the_stores_next_epoch() {
    let mut channel = Channel::new(position("old", 0));
    assert_eq!(channel.complete(&position("new", 0), 0), Completion::ReadOn);
    channel.begin_read();
    let _ = channel.apply_changes(nothing("new", 0), 0);
    assert_eq!(channel.complete(&position("new", 0), 0), Completion::Live(Vec::new()));
}

#[test]
fn a_page_that_ends_on_the_way_under_an_earlier_epoch_raises_no_doubt() {
    let mut channel = Channel::new(position("f", 9));
    channel.expect(&Page { more: true, ..page("e", 2..=5) }, 0);
    assert!(channel.is_certain() && !channel.needs_read(1_000));
    channel.expect(&page("e", 2..=5), 0);
    assert!(channel.needs_read(0), "a log that ends there is another than was told");
}

#[test]
fn a_page_that_ends_ahead_is_waited_for_and_then_read_up_to() {
    for more in [false, true] {
        let mut channel = Channel::new(position("e", 3));
        channel.expect(&Page { more, ..page("e", 2..=5) }, 0);
        assert!(!channel.needs_read(99) && channel.needs_read(100), "more: {more}");
    }
}
