//! When the store lost what had been confirmed.

use parlor_model::{Intent, MessageState, Notice};
use parlor_shared::{CommandId, LogId, Page, Reset};

use super::bench::{Bench, at, entry, lobby, message, others, page, summary};

/// A client whose own message 4 stands after three of others.
fn spoken() -> (Bench, CommandId) {
    let mut bench = Bench::live(3, 3);
    bench.says("mine");
    let (id, _) = bench.sends().pop().unwrap();
    bench.event(&entry("a", message(4, 4, "ada", id)));
    bench.written(id, 4, 4);
    bench.event(&entry("a", others(5)));
    (bench, id)
}

fn forked(records: Vec<parlor_shared::Record>, last: u64) -> Page {
    Page { reset: Some(Reset::Forked), ..page(at("b", last), records, last) }
}

#[test]
fn own_messages_that_are_gone_become_failed_rows_and_the_person_is_told() {
    let (mut bench, id) = spoken();
    bench.cut();
    bench.welcomed(vec![summary(3, 0)]);
    bench.caught_up(forked((1..=3).map(others).collect(), 3));
    assert_eq!(bench.shows(), ["start", "new", "1", "2", "3", "text 4"]);
    assert_eq!(bench.messages().pop().unwrap().1.state, MessageState::Lost);
    assert_eq!(bench.notices, [Notice::Forked { room: lobby(), lost: 2 }]);
    assert!(bench.stored.contains_key(&id), "it survives a reload");
    bench.intent(Intent::Retry(id));
    assert_eq!(bench.sends()[0].0, id);
    bench.event(&entry("b", message(4, 4, "ada", id)));
    assert_eq!(bench.shows(), ["start", "new", "1", "2", "3", "4"]);
}

#[test]
fn own_messages_that_survived_are_no_failed_rows() {
    let (mut bench, id) = spoken();
    bench.cut();
    bench.welcomed(vec![summary(4, 0)]);
    let mut kept: Vec<_> = (1..=3).map(others).collect();
    kept.push(message(4, 4, "ada", id));
    bench.caught_up(forked(kept, 4));
    assert_eq!(bench.shows(), ["start", "new", "1", "2", "3", "4"]);
    assert_eq!(bench.notices, [Notice::Forked { room: lobby(), lost: 1 }]);
}

#[test]
fn own_messages_older_than_the_newest_page_are_looked_for_before_they_are_called_lost() {
    let (mut bench, id) = spoken();
    bench.cut();
    bench.welcomed(vec![summary(9, 0)]);
    bench.sent.clear();
    bench.input(parlor_model::Input::Online);
    bench.sent.clear();
    let mut bench = {
        bench.cut();
        bench
    };
    bench.welcomed(vec![summary(9, 0)]);
    bench.caught_up(forked((6..=9).map(others).collect(), 9));
    assert!(bench.messages().iter().all(|(_, row)| row.state == MessageState::Ink));
    let history = bench.sent.pop().unwrap();
    let mut older: Vec<_> = (1..=5).map(others).collect();
    older[3] = message(4, 4, "ada", id);
    bench.ok(history.id, parlor_shared::Outcome::Page(page(at("b", 9), older, 9)));
    assert_eq!(bench.messages().len(), 9);
    assert!(bench.messages().iter().all(|(_, row)| row.state == MessageState::Ink));
}

#[test]
fn a_reply_whose_message_was_lost_before_its_entry_came_becomes_a_failed_row() {
    let mut bench = Bench::live(3, 3);
    bench.says("mine");
    let (id, _) = bench.sends().pop().unwrap();
    bench.written(id, 4, 4);
    bench.cut();
    bench.welcomed(vec![summary(3, 3)]);
    bench.caught_up(page(at("a", 3), Vec::new(), 3));
    assert_eq!(bench.shows(), ["start", "1", "2", "3", "mine"]);
    assert_eq!(bench.messages().pop().unwrap().1.state, MessageState::Lost);
    assert_eq!(bench.notices, [Notice::Forked { room: lobby(), lost: 1 }]);
}

#[test]
fn a_reply_whose_entry_does_not_come_is_asked_about_and_becomes_a_failed_row() {
    let mut bench = Bench::live(3, 3);
    bench.says("mine");
    let (id, _) = bench.sends().pop().unwrap();
    bench.written(id, 4, 4);
    bench.wait(11_999);
    assert!(!bench.follows(), "its entry may be on its way");
    bench.wait(1);
    let after = bench.caught_up(page(at("a", 3), Vec::new(), 3));
    assert_eq!(after, Some(at("a", 3)));
    assert_eq!(bench.messages().pop().unwrap().1.state, MessageState::Lost);
    assert_eq!(bench.notices, [Notice::Forked { room: lobby(), lost: 1 }]);
    bench.intent(Intent::Retry(id));
    assert_eq!(bench.sends(), [(id, "mine".to_owned())]);
}

#[test]
fn a_reply_whose_entry_comes_is_not_asked_about() {
    let mut bench = Bench::live(3, 3);
    bench.says("mine");
    let (id, _) = bench.sends().pop().unwrap();
    bench.written(id, 4, 4);
    bench.wait(11_999);
    bench.event(&entry("a", message(4, 4, "ada", id)));
    bench.wait(15_000);
    assert!(!bench.follows());
    assert_eq!(bench.shows(), ["start", "1", "2", "3", "4"]);
}

/// A client that has loaded the messages 5 to 9 of others, and says something whose reply names
/// message 1.
fn answered_from_before() -> Bench {
    let mut bench = Bench::new();
    bench.intent(Intent::Open(lobby()));
    bench.welcomed(vec![summary(9, 9)]);
    let newest = page(at("a", 9), (5..=9).map(others).collect(), 9);
    bench.caught_up(Page { reset: Some(Reset::Start), ..newest });
    bench.says("mine");
    let (id, _) = bench.sends().pop().unwrap();
    bench.written(id, 1, 1);
    assert!(bench.messages().iter().all(|(_, row)| row.number.is_some()), "it stands above");
    bench.cut();
    bench
}

#[test]
fn a_reply_of_a_later_past_than_the_one_held_is_a_failed_row_when_that_is_lost_too() {
    let mut bench = answered_from_before();
    bench.welcomed(vec![summary(0, 0)]);
    bench.caught_up(forked(Vec::new(), 0));
    let rows: Vec<_> = bench.messages().into_iter().map(|(_, row)| (row.text, row.state)).collect();
    assert_eq!(rows, [(Some("mine".to_owned()), MessageState::Lost)]);
}

#[test]
fn a_repeat_of_something_trimmed_is_no_failed_row_while_its_past_holds() {
    let mut bench = answered_from_before();
    bench.welcomed(vec![summary(9, 9)]);
    let same = page(at("a", 9), Vec::new(), 9);
    bench.caught_up(Page { first_kept: 5, ..same });
    bench.cut();
    bench.welcomed(vec![summary(9, 9)]);
    bench.caught_up(Page { first_kept: 5, ..forked((5..=9).map(others).collect(), 9) });
    assert_eq!(bench.shows(), ["4 not kept", "new", "5", "6", "7", "8", "9"]);
}

#[test]
fn older_messages_of_another_past_are_not_taken_for_those_of_the_past_held() {
    let (mut bench, _) = spoken();
    bench.cut();
    bench.welcomed(vec![summary(9, 0)]);
    bench.caught_up(forked((6..=9).map(others).collect(), 9));
    let history = bench.sent.pop().unwrap();
    let wiped = page(at("c", 0), Vec::new(), 0);
    bench.ok(history.id, parlor_shared::Outcome::Page(wiped));
    bench.caught_up(Page { position: at("c", 0), ..forked(Vec::new(), 0) });
    let rows: Vec<_> = bench.messages().into_iter().map(|(_, row)| (row.text, row.state)).collect();
    assert_eq!(rows, [(Some("text 4".to_owned()), MessageState::Lost)]);
}

#[test]
fn of_two_answers_to_one_log_the_last_says_whether_it_is_live() {
    let (mut bench, _) = spoken();
    bench.cut();
    bench.welcomed(vec![summary(9, 0)]);
    bench.caught_up(forked((6..=9).map(others).collect(), 9));
    let history = bench.sent.pop().unwrap();
    bench.event(&parlor_shared::Event::Interrupted { log: LogId::Room(lobby()) });
    let (first, _) = bench.follow_of(&LogId::Room(lobby()));
    let elsewhere = page(at("c", 0), Vec::new(), 0);
    bench.ok(history.id, parlor_shared::Outcome::Page(elsewhere));
    let (second, _) = bench.follow_of(&LogId::Room(lobby()));
    bench.ok(first, parlor_shared::Outcome::Page(page(at("b", 9), Vec::new(), 9)));
    let more = Page { more: true, ..page(at("b", 9), Vec::new(), 9) };
    bench.ok(second, parlor_shared::Outcome::Page(more));
    assert!(bench.follows(), "the server sends nothing to whoever is told that there is more");
}

#[test]
fn an_own_message_is_not_called_trimmed_by_a_guess_of_how_many_are_kept() {
    let mut bench = Bench::live(0, 0);
    bench.says("mine");
    let (id, _) = bench.sends().pop().unwrap();
    bench.event(&entry("a", message(1, 1, "ada", id)));
    for number in 2..=120 {
        bench.event(&entry("a", others(number)));
    }
    bench.cut();
    bench.welcomed(vec![summary(9, 0)]);
    let kept = forked((8..=9).map(others).collect(), 9);
    bench.caught_up(Page { first_kept: 8, ..kept });
    let lost = bench.messages().into_iter().filter(|(_, row)| row.state == MessageState::Lost);
    assert_eq!(lost.count(), 1);
}
