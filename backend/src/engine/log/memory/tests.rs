//! What only a log with a clock and a past of one's own can show; the rest is in the conformance
//! suite.

use parlor_shared::{
    Body, CommandId, Epoch, LogId, Message, Offset, PersonId, Position, RecordKey, Reset, RoomId,
    limits::{DEDUPE_MS, EPOCHS_KEPT},
};
use uuid::Uuid;

use super::MemoryLog;
use crate::engine::{Change, Expect, Outcome, Target, Write};

fn epoch(n: u32) -> Epoch {
    Epoch::new(&format!("e{n}")).unwrap()
}

fn log() -> MemoryLog {
    MemoryLog::new(LogId::Room(RoomId::new("r").unwrap()), epoch(0))
}

fn says(command: u128) -> Write {
    let (author, command) = (PersonId::new("ann").unwrap(), CommandId(Uuid::from_u128(command)));
    let text = Some(format!("{command}"));
    let body = Message { author: author.clone(), name: "Ann".into(), command, text, edited: false };
    let change = Change { target: Target::NewMessage, body: Body::Message(body), grant: None };
    Write {
        log: LogId::Room(RoomId::new("r").unwrap()),
        author,
        command,
        needs: None,
        change,
        keep: 100,
    }
}

fn at(epoch_number: u32, offset: Offset) -> Position {
    Position { epoch: epoch(epoch_number), offset }
}

#[test]
fn a_clock_set_back_does_not_set_back_the_log() {
    let mut log = log();
    let _ = log.write(says(1), 5_000);
    let Outcome::Written(entry) = log.write(says(2), 1_000) else { panic!("not written") };
    assert_eq!((entry.time, entry.record.time), (5_000, 5_000));
}

#[test]
fn a_command_is_remembered_for_a_day_and_no_longer() {
    let mut log = log();
    let _ = log.write(says(1), 1_000);
    let late = log.write(says(1), 1_000 + DEDUPE_MS - 1);
    assert_eq!(late, Outcome::Repeat { offset: 1, number: Some(1) });
    let too_late = log.write(says(1), 1_000 + DEDUPE_MS);
    assert!(matches!(too_late, Outcome::Written(entry) if entry.offset == 2));
    let again = log.write(says(1), 2_000 + DEDUPE_MS);
    assert_eq!(again, Outcome::Repeat { offset: 2, number: Some(2) });
}

#[test]
fn a_position_in_a_lost_tail_is_forked_also_when_its_offset_was_written_again() {
    let mut log = log();
    let _ = log.write(says(1), 1);
    let snapshot = log.clone();
    let _ = log.write(says(2), 2);
    log.roll_back(snapshot, epoch(1));
    assert_eq!(log.changes(Some(&at(0, 2))).reset, Some(Reset::Forked));
    assert!(matches!(log.write(says(2), 3), Outcome::Written(entry) if entry.offset == 2));
    let page = log.changes(Some(&at(0, 2)));
    assert_eq!((page.reset, page.records.len()), (Some(Reset::Forked), 2));
    assert_eq!(log.changes(Some(&at(0, 1))).reset, None);
}

#[test]
fn a_wiped_log_is_forked_for_everyone_who_had_something() {
    let mut log = log();
    let _ = log.write(says(1), 1);
    log.wipe(epoch(1));
    let page = log.changes(Some(&at(0, 1)));
    assert_eq!((page.reset, page.position), (Some(Reset::Forked), at(1, 0)));
}

#[test]
fn a_page_that_no_kept_epoch_can_name_the_end_of_starts_afresh() {
    let mut log = log();
    for n in 0..150 {
        log.reopen(epoch(n / 5));
        let _ = log.write(says(u128::from(n)), 1);
    }
    let beginning = at(0, 0);
    assert!(log.changes(Some(&beginning)).reset.is_none(), "100 kept records fit on one page");
    let mut kept_longer = says(999);
    kept_longer.change.target = Target::Key(RecordKey::new("room"), Expect::Anything);
    let _ = log.write(kept_longer, 1);
    let page = log.changes(Some(&beginning));
    assert_eq!((page.reset, page.more), (None, true), "the 100th record lies in a kept epoch");
    for n in 200..200 + EPOCHS_KEPT as u32 {
        log.reopen(epoch(n));
        let mut write = says(u128::from(n));
        write.change.target = Target::Key(RecordKey::new("room"), Expect::Anything);
        let _ = log.write(write, 1);
    }
    let page = log.changes(Some(&beginning));
    assert_eq!((page.reset, page.more), (Some(Reset::TooMany), false));
}
