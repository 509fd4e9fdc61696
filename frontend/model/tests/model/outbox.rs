//! Saying things: pencil, ink, and everything in between.

use parlor_model::{Intent, MessageState, Notice, OUTBOX_RECORDS};
use parlor_shared::Problem;

use super::bench::{Bench, at, entry, lobby, message, page, summary};

fn last_state(bench: &Bench) -> MessageState {
    bench.messages().pop().unwrap().1.state
}

#[test]
fn the_reply_turns_pencil_to_ink_and_the_entry_changes_nothing() {
    let mut bench = Bench::live(1, 1);
    bench.says("hello");
    let (id, _) = bench.sends().pop().unwrap();
    let (key, row) = bench.messages().pop().unwrap();
    assert_eq!((row.state, bench.stored.len()), (MessageState::Pencil, 1));
    bench.written(id, 2, 2);
    assert_eq!((last_state(&bench), bench.stored.len()), (MessageState::Ink, 0));
    bench.event(&entry("a", message(2, 2, "ada", id)));
    assert_eq!(bench.shows(), ["start", "1", "2"]);
    assert_eq!(bench.messages().pop().unwrap().0, key);
}

#[test]
fn the_entry_may_come_before_the_reply() {
    let mut bench = Bench::live(1, 1);
    bench.says("hello");
    let (id, _) = bench.sends().pop().unwrap();
    let key = bench.messages().pop().unwrap().0;
    bench.event(&entry("a", message(2, 2, "ada", id)));
    bench.written(id, 2, 2);
    assert_eq!(bench.messages().pop().unwrap().0, key);
    assert_eq!((bench.shows().len(), bench.stored.len()), (3, 0));
}

#[test]
fn one_command_of_a_room_is_in_flight_and_the_others_keep_their_order() {
    let mut bench = Bench::live(1, 1);
    for text in ["one", "two", "three"] {
        bench.says(text);
    }
    for (number, text) in [(2, "one"), (3, "two"), (4, "three")] {
        let sends = bench.sends();
        assert!(matches!(&sends[..], [(_, said)] if said == text), "{sends:?}");
        bench.written(sends[0].0, number, number);
    }
}

#[test]
fn a_retryable_refusal_holds_the_room_for_as_long_as_it_says() {
    let mut bench = Bench::live(1, 1);
    bench.says("one");
    bench.says("two");
    let (id, _) = bench.sends().pop().unwrap();
    bench.refuses(id, Problem::TooFast { wait_ms: 3_000 });
    bench.wait(2_999);
    assert!(bench.sends().is_empty());
    let held = bench.client.chat().held(&lobby());
    assert_eq!(held, Some(&Problem::TooFast { wait_ms: 3_000 }));
    bench.wait(1);
    assert_eq!(bench.sends(), [(id, "one".to_owned())]);
    bench.written(id, 2, 2);
    assert_eq!(bench.client.chat().held(&lobby()), None);
}

#[test]
fn a_final_refusal_parks_its_row_and_the_next_goes_on() {
    let mut bench = Bench::live(1, 1);
    bench.says("one");
    bench.says("two");
    let (id, _) = bench.sends().pop().unwrap();
    bench.refuses(id, Problem::NotAllowed);
    assert_eq!(bench.sends()[0].1, "two");
    assert_eq!(bench.messages()[1].1.state, MessageState::Refused(Problem::NotAllowed));
    assert!(bench.client.chat().has_failed(&lobby()));
    bench.intent(Intent::Discard(id));
    assert_eq!(bench.shows(), ["start", "1", "two"]);
    assert_eq!(bench.stored.len(), 1);
}

#[test]
fn a_refused_row_is_retried_under_the_same_id() {
    let mut bench = Bench::live(1, 1);
    bench.says("one");
    let (id, _) = bench.sends().pop().unwrap();
    bench.refuses(id, Problem::NotAllowed);
    bench.intent(Intent::Retry(id));
    assert_eq!(bench.sends(), [(id, "one".to_owned())]);
}

#[test]
fn an_edited_row_is_a_new_command() {
    let mut bench = Bench::live(1, 1);
    bench.says("one");
    let (id, _) = bench.sends().pop().unwrap();
    bench.refuses(id, Problem::NotAllowed);
    bench.intent(Intent::Resend { failed: id, text: "two".to_owned() });
    let sends = bench.sends();
    assert!(sends[0].0 != id && sends[0].1 == "two");
    assert_eq!(bench.shows(), ["start", "1", "two"]);
}

#[test]
fn nothing_is_sent_before_the_catch_up_has_met_the_top_since_it_may_have_arrived() {
    let mut bench = Bench::live(1, 1);
    bench.says("one");
    let (id, _) = bench.sends().pop().unwrap();
    bench.cut();
    bench.says("two");
    bench.welcomed(vec![summary(2, 1)]);
    bench.caught_up(page(at("a", 2), vec![message(2, 2, "ada", id)], 2));
    assert_eq!(bench.sends().iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["two"]);
    assert_eq!(bench.shows(), ["start", "1", "2", "two"]);
}

#[test]
fn what_was_never_transmitted_is_sent_whatever_its_age() {
    let mut bench = Bench::live(1, 1);
    bench.cut();
    bench.says("patience");
    let mut later = Bench::with(Vec::new(), bench.stored.values().cloned().collect());
    later.now.wall_ms += 1_000_000_000;
    later.welcomed(vec![summary(1, 1)]);
    later.caught_up(page(at("a", 1), Vec::new(), 1));
    assert_eq!(later.sends()[0].1, "patience");
}

#[test]
fn what_is_in_doubt_for_longer_than_the_window_waits_for_the_person() {
    let mut bench = Bench::live(1, 1);
    bench.says("perhaps");
    let (id, _) = bench.sends().pop().unwrap();
    let mut later = Bench::with(Vec::new(), bench.stored.values().cloned().collect());
    later.now.wall_ms += 61_000;
    later.welcomed(vec![summary(1, 1)]);
    later.caught_up(page(at("a", 1), Vec::new(), 1));
    assert_eq!((last_state(&later), later.sends().len()), (MessageState::InDoubt, 0));
    later.intent(Intent::Retry(id));
    let sends = later.sends();
    assert!(sends[0].0 != id, "the window is over: a new command");
    assert_eq!(later.stored.len(), 1);
}

#[test]
fn a_full_outbox_says_so_and_takes_nothing() {
    let mut bench = Bench::new();
    for n in 0..=OUTBOX_RECORDS {
        bench.says(&format!("{n}"));
    }
    assert_eq!(bench.notices, [Notice::OutboxFull]);
    assert_eq!(bench.stored.len(), OUTBOX_RECORDS);
}
