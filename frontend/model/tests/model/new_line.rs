//! Unread counts, the *new* line, read positions.

use parlor_model::{Intent, Row};
use parlor_shared::{Action, CommandId, Outcome, Page, Problem, Reset};

use super::bench::{Bench, at, entry, lobby, message, others, page, summary};

fn unread(bench: &Bench) -> u64 {
    bench.client.chat().room(&lobby()).unwrap().unread()
}

#[test]
fn the_new_line_stays_while_looking_and_goes_on_leaving() {
    let mut bench = Bench::live(4, 2);
    assert_eq!(bench.shows(), ["start", "1", "2", "new", "3", "4"]);
    bench.intent(Intent::Seen { room: lobby(), number: 4 });
    assert_eq!(unread(&bench), 0);
    assert_eq!(bench.shows(), ["start", "1", "2", "new", "3", "4"]);
    bench.intent(Intent::Close);
    bench.intent(Intent::Open(lobby()));
    assert_eq!(bench.shows(), ["start", "1", "2", "3", "4"]);
}

#[test]
fn the_new_line_goes_on_saying_something() {
    let mut bench = Bench::live(4, 2);
    bench.says("hello");
    assert_eq!(bench.shows(), ["start", "1", "2", "3", "4", "hello"]);
}

#[test]
fn whoever_answers_has_read_what_was_there() {
    let mut bench = Bench::live(4, 2);
    bench.says("hello");
    assert_eq!(unread(&bench), 0);
    bench.event(&entry("a", others(5)));
    assert_eq!(unread(&bench), 1);
}

#[test]
fn a_catch_up_in_the_open_room_stands_under_the_new_line_even_with_something_unsent() {
    let mut bench = Bench::live(2, 2);
    bench.cut();
    bench.says("mine");
    bench.welcomed(vec![summary(3, 2)]);
    bench.caught_up(page(at("a", 3), vec![others(3)], 3));
    let (id, _) = bench.sends().pop().unwrap();
    bench.event(&entry("a", message(4, 4, "ada", id)));
    assert_eq!(bench.shows(), ["start", "1", "2", "new", "3", "4"]);
    assert_eq!(unread(&bench), 2);
}

#[test]
fn ones_own_message_is_not_unread() {
    let mut bench = Bench::live(2, 2);
    bench.says("mine");
    let (id, _) = bench.sends().pop().unwrap();
    bench.event(&entry("a", message(3, 3, "ada", id)));
    assert_eq!(unread(&bench), 0);
}

#[test]
fn reading_is_told_once_a_second_with_the_newest_number() {
    let mut bench = Bench::live(5, 0);
    bench.sent.clear();
    for number in 1..=5 {
        bench.intent(Intent::Seen { room: lobby(), number });
    }
    let told = |bench: &mut Bench| -> Vec<u64> {
        let sent = std::mem::take(&mut bench.sent).into_iter();
        sent.filter_map(|command| match command.action {
            Action::Read { number, .. } => Some(number),
            _ => None,
        })
        .collect()
    };
    assert_eq!(told(&mut bench), [1]);
    bench.wait(1_000);
    assert_eq!(told(&mut bench), [5]);
    bench.wait(10_000);
    assert!(told(&mut bench).is_empty());
}

#[test]
fn reading_that_was_lost_with_the_link_is_told_again() {
    let mut bench = Bench::live(2, 0);
    bench.intent(Intent::Seen { room: lobby(), number: 2 });
    bench.cut();
    bench.welcomed(vec![summary(2, 0)]);
    bench.caught_up(page(at("a", 2), Vec::new(), 2));
    bench.wait(1_000);
    let reads =
        |command: &parlor_shared::Command| matches!(command.action, Action::Read { number: 2, .. });
    assert_eq!(bench.sent.iter().filter(|command| reads(command)).count(), 2);
    let last = bench.sent.iter().rfind(|command| reads(command)).unwrap().id;
    bench.ok(last, Outcome::Done);
}

/// A client that comes to a lobby of 400 messages of which it has read 20, and is given the newest 100.
fn long_away() -> Bench {
    let mut bench = Bench::new();
    bench.intent(Intent::Open(lobby()));
    bench.welcomed(vec![summary(400, 20)]);
    let newest = (301..=400).map(others).collect();
    bench.caught_up(Page { reset: Some(Reset::Start), ..page(at("a", 400), newest, 400) });
    bench
}

/// The older messages asked for, by the number they come before.
fn asked_older(bench: &mut Bench) -> Vec<(CommandId, u64)> {
    let sent = std::mem::take(&mut bench.sent).into_iter();
    sent.filter_map(|command| match command.action {
        Action::History { before, .. } => Some((command.id, before)),
        _ => None,
    })
    .collect()
}

fn upper_end(bench: &Bench) -> Option<u64> {
    bench.rows().into_iter().find_map(|(_, row)| match row {
        Row::Gap { upper, .. } => Some(upper),
        _ => None,
    })
}

#[test]
fn whoever_was_long_away_is_given_the_messages_around_the_new_line() {
    let mut bench = long_away();
    let asked = asked_older(&mut bench);
    assert_eq!(asked.iter().map(|(_, before)| *before).collect::<Vec<_>>(), [71]);
    assert_eq!(bench.shows()[..2], ["gap", "301"], "the line is not at the first message held");
    bench.ok(asked[0].0, Outcome::Page(page(at("a", 400), (1..=70).map(others).collect(), 400)));
    let shows = bench.shows();
    assert_eq!(shows[20..23], ["20", "new", "21"]);
    assert_eq!(shows[71..74], ["70", "gap", "301"]);
}

#[test]
fn whoever_reads_down_into_a_gap_is_given_what_follows() {
    let mut bench = long_away();
    let asked = asked_older(&mut bench);
    bench.ok(asked[0].0, Outcome::Page(page(at("a", 400), (1..=70).map(others).collect(), 400)));
    assert_eq!(upper_end(&bench), Some(171));
    bench.intent(Intent::LoadOlder { room: lobby(), before: 171 });
    let asked = asked_older(&mut bench);
    bench.ok(asked[0].0, Outcome::Page(page(at("a", 400), (71..=170).map(others).collect(), 400)));
    assert_eq!(bench.shows()[171..174], ["170", "gap", "301"]);
    assert_eq!(upper_end(&bench), Some(271));
}

#[test]
fn a_new_line_that_cannot_be_loaded_is_asked_for_once_and_stands_above_what_there_is() {
    let mut bench = long_away();
    let asked = asked_older(&mut bench);
    bench.refuses(asked[0].0, Problem::Internal);
    bench.wait(5_000);
    assert!(asked_older(&mut bench).is_empty());
    assert_eq!(bench.shows()[..3], ["gap", "new", "301"]);
}
