//! Unread counts, the *new* line, read positions.

use parlor_model::Intent;
use parlor_shared::{Action, Outcome};

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
