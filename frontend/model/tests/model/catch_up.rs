//! Following: pages, live entries, gaps, resets.

use parlor_model::Intent;
use parlor_shared::{Action, Event, LogId, Outcome, Page, Position, Problem, Reset};

use super::bench::{Bench, at, entry, lobby, others, page, summary};

#[test]
fn what_was_said_while_away_comes_once_and_in_order() {
    let mut bench = Bench::live(3, 3);
    bench.cut();
    bench.welcomed(vec![summary(6, 3)]);
    let first = page(at("a", 5), vec![others(4), others(5)], 6);
    assert_eq!(bench.caught_up(Page { more: true, ..first }), Some(at("a", 3)));
    assert_eq!(bench.caught_up(page(at("a", 6), vec![others(6)], 6)), Some(at("a", 5)));
    bench.event(&entry("a", others(6)));
    bench.event(&entry("a", others(7)));
    assert_eq!(bench.shows(), ["start", "1", "2", "3", "new", "4", "5", "6", "7"]);
}

#[test]
fn an_entry_with_something_missing_before_it_is_asked_for_and_not_shown() {
    let mut bench = Bench::live(1, 1);
    bench.event(&entry("a", others(4)));
    bench.event(&entry("a", others(5)));
    assert_eq!(bench.shows(), ["start", "1"]);
    let after = bench.caught_up(page(at("a", 5), (2..=5).map(others).collect(), 5));
    assert_eq!(after, Some(at("a", 1)));
    assert!(bench.sent.is_empty(), "asked once");
    assert_eq!(bench.client.chat().room(&lobby()).unwrap().unread(), 4);
}

#[test]
fn what_was_not_kept_is_counted() {
    let mut bench = Bench::live(20, 20);
    bench.cut();
    bench.welcomed(vec![summary(27, 20)]);
    let late = page(at("a", 27), (25..=27).map(others).collect(), 27);
    bench.caught_up(Page { first_kept: 25, ..late });
    assert_eq!(bench.shows()[20..], ["20", "4 not kept", "new", "25", "26", "27"]);
    assert_eq!(bench.client.chat().room(&lobby()).unwrap().unread(), 7);
}

#[test]
fn a_fresh_page_counts_what_was_not_kept_from_the_last_message_read() {
    let mut bench = Bench::new();
    bench.welcomed(vec![summary(27, 20)]);
    let newest = page(at("a", 27), (25..=27).map(others).collect(), 27);
    bench.caught_up(Page { first_kept: 25, reset: Some(Reset::Start), ..newest });
    assert_eq!(bench.shows(), ["4 not kept", "25", "26", "27"]);
}

#[test]
fn after_too_many_changes_older_messages_load_when_wanted() {
    let mut bench = Bench::live(2, 2);
    bench.cut();
    bench.welcomed(vec![summary(9, 9)]);
    let newest = page(at("a", 9), (8..=9).map(others).collect(), 9);
    bench.caught_up(Page { first_kept: 5, reset: Some(Reset::TooMany), ..newest });
    assert_eq!(bench.shows(), ["gap", "8", "9"]);
    bench.intent(Intent::LoadOlder { room: lobby(), before: 8 });
    let asked = bench.sent.pop().unwrap();
    assert!(matches!(asked.action, Action::History { before: 8, .. }));
    let older = page(at("a", 9), (5..=7).map(others).collect(), 9);
    bench.ok(asked.id, Outcome::Page(Page { first_kept: 5, ..older }));
    assert_eq!(bench.shows(), ["2 not kept", "5", "6", "7", "8", "9"]);
}

#[test]
fn a_follow_that_fails_for_now_is_asked_again_later() {
    let mut bench = Bench::new();
    bench.welcomed(vec![summary(1, 1)]);
    let (id, _) = bench.follow_of(&LogId::Room(lobby()));
    bench.refuses(id, Problem::StoreAway);
    assert!(bench.sent.is_empty());
    bench.wait(1_000);
    let start = page(at("a", 1), vec![others(1)], 1);
    assert_eq!(bench.caught_up(Page { reset: Some(Reset::Start), ..start }), None::<Position>);
    assert_eq!(bench.shows(), ["start", "1"]);
}

#[test]
fn an_interrupted_log_is_followed_from_the_position_held() {
    let mut bench = Bench::live(3, 3);
    bench.event(&Event::Interrupted { log: LogId::Room(lobby()) });
    let after = bench.caught_up(page(at("a", 4), vec![others(4)], 4));
    assert_eq!(after, Some(at("a", 3)));
    assert_eq!(bench.shows().last().unwrap(), "4");
}

#[test]
fn several_changes_at_once_move_the_position() {
    let mut bench = Bench::live(1, 1);
    bench.event(&Event::Changes(page(at("a", 3), vec![others(2), others(3)], 3)));
    bench.event(&entry("a", others(4)));
    assert_eq!(bench.shows(), ["start", "1", "2", "3", "4"]);
}
