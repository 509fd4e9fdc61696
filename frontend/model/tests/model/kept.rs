//! A page that is opened with the rooms the last one kept.

use parlor_model::{Intent, KeptRoom, MessageState, Notice};
use parlor_shared::{Page, Reset, encode, read};

use super::bench::{Bench, at, entry, lobby, message, others, page, summary};

/// What the next page finds, after it has been through storage.
fn kept(bench: &Bench) -> KeptRoom {
    let kept = bench.client.chat().kept(&lobby()).unwrap();
    assert_eq!(read::<KeptRoom>(&encode(&kept)).unwrap(), kept);
    kept
}

/// The page that is opened next, on the lobby.
fn next(bench: &Bench) -> Bench {
    let outbox = bench.stored.values().cloned().collect();
    let mut next = Bench::with(vec![kept(bench)], outbox);
    next.intent(Intent::Open(lobby()));
    next
}

#[test]
fn a_page_without_a_network_shows_the_last_messages_and_what_waits() {
    let mut bench = Bench::live(3, 2);
    bench.cut();
    bench.says("from the tunnel");

    let next = next(&bench);

    assert_eq!(next.shows(), ["start", "1", "2", "3", "from the tunnel"]);
    assert_eq!(next.client.chat().room(&lobby()).unwrap().unread(), 1);
    assert!(next.sent.is_empty());
}

#[test]
fn it_asks_only_for_what_came_since() {
    let bench = Bench::live(3, 3);
    let mut next = next(&bench);
    next.welcomed(vec![summary(5, 3)]);

    let asked = next.caught_up(page(at("a", 5), vec![others(4), others(5)], 5));

    assert_eq!(asked, Some(at("a", 3)));
    assert_eq!(next.shows(), ["start", "1", "2", "3", "new", "4", "5"]);
}

#[test]
fn it_says_what_was_not_kept_meanwhile() {
    let mut next = next(&Bench::live(3, 3));
    next.welcomed(vec![summary(250, 3)]);
    let late = page(at("a", 250), (249..=250).map(others).collect(), 250);

    next.caught_up(Page { first_kept: 151, reset: Some(Reset::TooMany), ..late });

    assert_eq!(next.client.chat().room(&lobby()).unwrap().timeline().first_kept(), 151);
    assert_eq!(next.client.chat().room(&lobby()).unwrap().unread(), 247);
}

#[test]
fn only_the_last_hundred_are_kept_and_older_ones_can_be_loaded() {
    let mut next = next(&Bench::live(130, 130));
    assert_eq!(next.shows()[..2], ["gap", "31"]);
    assert_eq!(next.messages().len(), 100);
    next.welcomed(vec![summary(130, 130)]);
    next.caught_up(page(at("a", 130), Vec::new(), 130));
    assert_eq!(next.shows()[..2], ["gap", "31"]);
}

#[test]
fn a_change_of_a_message_from_before_what_is_kept_does_not_show() {
    let mut next = next(&Bench::live(130, 130));
    next.welcomed(vec![summary(130, 130)]);
    let changed = message(7, 131, "bob", super::bench::command(7));
    next.caught_up(page(at("a", 131), vec![changed], 130));
    assert_eq!(next.shows()[..2], ["gap", "31"]);
}

#[test]
fn a_room_that_was_not_read_to_its_top_is_not_kept() {
    let mut bench = Bench::new();
    bench.welcomed(vec![summary(3, 0)]);
    assert_eq!(bench.client.chat().kept(&lobby()), None);
}

#[test]
fn what_the_server_lost_while_the_page_was_closed_is_told() {
    let mut bench = Bench::live(3, 3);
    bench.says("mine");
    let (id, _) = bench.sends().pop().unwrap();
    bench.event(&entry("a", message(4, 4, "ada", id)));
    bench.written(id, 4, 4);

    let mut next = next(&bench);
    next.welcomed(vec![summary(3, 0)]);
    let past = page(at("b", 3), (1..=3).map(others).collect(), 3);
    next.caught_up(Page { reset: Some(Reset::Forked), ..past });

    assert_eq!(next.messages().pop().unwrap().1.state, MessageState::Lost);
    assert_eq!(next.notices, [Notice::Forked { room: lobby(), lost: 1 }]);
}

#[test]
fn what_stands_in_a_room_as_it_was_kept_is_no_failed_row_as_well() {
    let mut bench = Bench::live(3, 3);
    bench.says("mine");
    let (id, _) = bench.sends().pop().unwrap();
    bench.event(&entry("a", message(4, 4, "ada", id)));
    bench.written(id, 4, 4);
    let before = kept(&bench);
    bench.cut();
    bench.welcomed(vec![summary(3, 0)]);
    let past = page(at("b", 3), (1..=3).map(others).collect(), 3);
    bench.caught_up(Page { reset: Some(Reset::Forked), ..past });
    let outbox: Vec<_> = bench.stored.values().cloned().collect();
    assert_eq!(outbox.len(), 1, "it was thought to be lost");

    let mut next = Bench::with(vec![before], outbox);
    next.intent(Intent::Open(lobby()));

    assert_eq!(next.shows(), ["start", "1", "2", "3", "4"]);
}

#[test]
fn a_room_whose_first_messages_were_announced_and_did_not_come_yet_is_not_kept() {
    let mut bench = Bench::live(0, 0);
    assert!(bench.client.chat().kept(&lobby()).is_some());
    bench.cut();
    bench.welcomed(vec![summary(1, 0)]);
    assert_eq!(bench.client.chat().kept(&lobby()), None);
    bench.caught_up(page(at("a", 1), vec![others(1)], 1));
    assert_eq!(kept(&bench).messages.len(), 1);
}
