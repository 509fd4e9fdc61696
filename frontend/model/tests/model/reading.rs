//! Read positions: they never name a message that the person has not seen.

use parlor_model::Intent;
use parlor_shared::{
    Action, Body, Entry, Event, LogId, Membership, Page, Position, ReadPosition, Record, RecordKey,
    Reset, RoomSummary,
};

use super::bench::{Bench, at, command, entry, lobby, others, page, person, summary};

fn read(bench: &Bench) -> u64 {
    bench.client.chat().room(&lobby()).unwrap().read()
}

/// The record of having read up to `number`, at change `rev` of one's own log.
fn read_record(rev: u64, position: Position, number: u64) -> Record {
    let key = RecordKey::read(&lobby());
    let body = Body::Read(ReadPosition { room: lobby(), position, number });
    Record { key, rev, number: None, time: 1, body }
}

/// Another device has read up to `number`, when it was at `position`.
fn read_elsewhere(position: Position, number: u64) -> Event {
    own(read_record(1, position, number))
}

/// A change of one's own log.
fn own(record: Record) -> Event {
    let (author, epoch) = (person("ada").id, at("a", 1).epoch);
    let (log, command) = (LogId::Person(author.clone()), command(0));
    Event::Entry(Entry { log, epoch, offset: record.rev, time: 1, author, command, record })
}

fn forked(position: Position, last: u64) -> Page {
    Page { reset: Some(Reset::Forked), ..page(position, (1..=last).map(others).collect(), last) }
}

#[test]
fn what_another_device_read_counts_here() {
    let mut bench = Bench::live(5, 2);
    bench.event(&read_elsewhere(at("a", 4), 4));
    assert_eq!(read(&bench), 4);
}

#[test]
fn whoever_comes_to_a_room_has_read_what_was_said_before() {
    let mut bench = Bench::new();
    bench.welcomed(Vec::new());
    bench.event(&read_elsewhere(at("a", 3), 3));
    let joined = Membership { room: lobby(), name: "Lobby".to_owned(), joined: true };
    let (key, body) = (RecordKey::membership(&lobby()), Body::Membership(joined));
    bench.event(&own(Record { key, rev: 2, number: None, time: 1, body }));
    bench.intent(Intent::Open(lobby()));
    let newest = (1..=3).map(others).collect();
    bench.caught_up(Page { reset: Some(Reset::Start), ..page(at("a", 3), newest, 3) });
    assert_eq!(bench.shows(), ["start", "1", "2", "3"]);
    assert_eq!(read(&bench), 3);
}

#[test]
fn what_another_device_read_before_it_came_here_counts_once_it_is_here() {
    let mut bench = Bench::live(5, 5);
    bench.event(&read_elsewhere(at("a", 7), 7));
    assert_eq!(read(&bench), 5);
    bench.event(&entry("a", others(6)));
    assert_eq!(read(&bench), 5);
    bench.event(&entry("a", others(7)));
    assert_eq!(read(&bench), 7);
}

#[test]
fn what_was_read_of_a_lost_past_does_not_count() {
    let mut bench = Bench::live(5, 5);
    bench.event(&read_elsewhere(at("a", 7), 7));
    bench.cut();
    bench.welcomed(vec![RoomSummary { position: at("b", 8), ..summary(8, 0) }]);
    bench.caught_up(page(at("b", 8), (6..=8).map(others).collect(), 8));
    assert_eq!(read(&bench), 5);
    assert_eq!(bench.client.chat().room(&lobby()).unwrap().unread(), 3);
}

#[test]
fn what_another_device_read_of_the_new_past_counts_after_a_fork() {
    let mut bench = Bench::live(9, 9);
    bench.cut();
    bench.welcomed(vec![RoomSummary { position: at("b", 8), ..summary(8, 6) }]);
    bench.caught_up(forked(at("b", 8), 8));
    assert_eq!(read(&bench), 6);
}

#[test]
fn a_welcome_of_another_past_than_the_first_page_says_nothing_of_reading() {
    let mut bench = Bench::new();
    bench.welcomed(vec![summary(9, 7)]);
    let start = Page { reset: Some(Reset::Start), ..forked(at("b", 9), 9) };
    bench.caught_up(start);
    assert_eq!(read(&bench), 0);
}

#[test]
fn a_reply_alone_reads_nothing_since_its_message_may_be_lost() {
    let mut bench = Bench::live(3, 3);
    bench.says("mine");
    let (id, _) = bench.sends().pop().unwrap();
    bench.written(id, 4, 4);
    bench.intent(Intent::Seen { room: lobby(), number: 4 });
    assert_eq!(read(&bench), 3);
    assert_eq!(bench.client.chat().room(&lobby()).unwrap().unread(), 0);
}

#[test]
fn what_is_not_here_yet_cannot_be_seen() {
    let mut bench = Bench::live(3, 3);
    bench.cut();
    bench.welcomed(vec![summary(9, 3)]);
    bench.intent(Intent::Seen { room: lobby(), number: 9 });
    assert_eq!(read(&bench), 3);
}

#[test]
fn reading_is_told_again_when_the_own_log_lost_it() {
    let mut bench = Bench::live(2, 0);
    bench.intent(Intent::Seen { room: lobby(), number: 2 });
    let own = LogId::Person(person("ada").id);
    bench.event(&Event::Interrupted { log: own.clone() });
    let (id, _) = bench.follow_of(&own);
    bench.sent.clear();
    let lost = Page { log: own, reset: Some(Reset::Forked), ..page(at("b", 0), Vec::new(), 0) };
    bench.ok(id, parlor_shared::Outcome::Page(lost));
    bench.wait(1_000);
    let again =
        |told: &parlor_shared::Command| matches!(told.action, Action::Read { number: 2, .. });
    assert!(bench.sent.iter().any(again));
}

#[test]
fn a_numbered_record_of_an_unknown_kind_is_seen_with_what_is_around_it() {
    let mut bench = Bench::live(3, 3);
    bench.cut();
    bench.welcomed(vec![summary(4, 3)]);
    let body = Body::Unknown { kind: "poll".to_owned(), value: parlor_shared::Value::Null };
    let poll = Record { body, ..others(4) };
    bench.caught_up(page(at("a", 4), vec![poll], 4));
    assert_eq!(bench.client.chat().room(&lobby()).unwrap().unread(), 1);
    bench.intent(Intent::Seen { room: lobby(), number: 4 });
    assert_eq!(bench.client.chat().room(&lobby()).unwrap().unread(), 0);
}
