//! The promise, under every trouble a seed can think of; and bugs planted to see it checked.

use parlor_tests::simulation::{Planted, run, run_all};

/// Schedules of one run of the tests.
const SCHEDULES: u64 = 1_000;
/// Among so many schedules a planted bug must show.
const PLANTED: u64 = 200;

#[test]
fn nothing_is_lost_twice_or_out_of_order_in_a_thousand_schedules() {
    let played = run_all(1..SCHEDULES + 1, Planted::default());
    assert!(played.broken.is_empty(), "{:#?}", played.broken);
    let tally = played.tally;
    assert!(tally.written > 10 * SCHEDULES, "people talk: {tally:?}");
    assert!(tally.moves > SCHEDULES / 10, "people come and go: {tally:?}");
    assert!(tally.losses > SCHEDULES && tally.forks > SCHEDULES, "stores forget: {tally:?}");
    assert!(tally.cuts > SCHEDULES, "links break: {tally:?}");
    assert!(tally.answers > 10 * SCHEDULES, "polls are answered: {tally:?}");
    assert!(tally.changes_of_way > SCHEDULES, "clients change their way: {tally:?}");
    assert!(tally.adoptions > SCHEDULES / 2, "sockets take the place of polls: {tally:?}");
}

/// The first thing that a planted bug breaks.
fn caught(planted: Planted) -> Option<String> {
    (1..=PLANTED).find_map(|seed| run(seed, planted, false).err())
}

#[test]
fn a_store_that_does_not_check_epochs_is_caught() {
    let broken = caught(Planted { ignore_epochs: true, ..Planted::default() });
    assert!(broken.is_some());
}

#[test]
fn a_client_that_applies_states_without_their_rev_is_caught() {
    let broken = caught(Planted { ignore_rev: true, ..Planted::default() });
    assert!(broken.is_some_and(|broken| broken.starts_with("same state")));
}

#[test]
fn a_store_that_does_not_know_repeats_is_caught() {
    let broken = caught(Planted { ignore_repeats: true, ..Planted::default() });
    assert!(broken.is_some_and(|broken| broken.starts_with("twice")));
}

#[test]
fn an_answer_to_a_poll_that_forgets_an_entry_is_caught() {
    let broken = caught(Planted { forget_entries: true, ..Planted::default() });
    assert!(broken.is_some_and(|broken| broken.starts_with("same state")));
}

#[test]
fn a_poll_that_begins_anew_and_is_not_told_what_came_since_is_caught() {
    let broken = caught(Planted { ignore_positions: true, ..Planted::default() });
    assert!(broken.is_some_and(|broken| broken.starts_with("same state")));
}

#[test]
fn a_change_skipped_when_a_socket_takes_the_place_of_polls_is_caught() {
    let broken = caught(Planted { skip_changes: true, ..Planted::default() });
    assert!(broken.is_some_and(|broken| broken.starts_with("same state")));
}

#[test]
fn a_seed_replays_exactly() {
    let one = run(7, Planted::default(), false);
    assert_eq!(one, run(7, Planted::default(), false));
}
