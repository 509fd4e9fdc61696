//! A loss of power at any moment takes nothing that was answered: the proof that commits are
//! synced before they are answered. A kill of the process could not show it, since the system
//! still writes what the process gave it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use parlor::engine::{Engine, EngineError, Outcome, Write, embedded::system_clock};
use parlor_shared::{Body, CommandId, Entry, Number, Record, RecordKey};
use parlor_tests::{Disk, DiskFactory, Syncs};

use super::open;
use crate::stage::{room, says, text};

/// Losses of power, each at another moment.
const ROUNDS: u64 = 40;
const WRITERS: usize = 4;
/// More than the power lasts for, if commits reach the disk.
const WRITES: usize = 500;

/// What writers were told before the power went.
#[derive(Default)]
struct Told {
    written: Vec<Entry>,
    in_doubt: Vec<Write>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_loss_of_power_takes_nothing_that_was_answered() {
    for seed in 0..ROUNDS {
        let lost = lost_in_a_round(seed, Syncs::Honoured).await;
        assert_eq!(lost, Vec::<Number>::new(), "lost in round {seed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_syncs_a_loss_of_power_takes_what_was_answered() {
    let mut rounds_with_losses = 0;
    for seed in 0..ROUNDS {
        // Losing all or meeting an unreadable store counts as well.
        let round = tokio::spawn(lost_in_a_round(seed, Syncs::Ignored));
        rounds_with_losses += u64::from(round.await.map_or(true, |lost| !lost.is_empty()));
    }
    assert!(rounds_with_losses > ROUNDS / 2, "only {rounds_with_losses} of {ROUNDS}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_syncs_the_suite_fails() {
    let behaviour = tokio::spawn(async {
        let factory = DiskFactory::new(Syncs::Ignored);
        crate::persistence::everything_is_there_after_reopening(&factory).await;
    });
    assert!(behaviour.await.is_err(), "the behaviour holds without syncs, so it shows nothing");
}

/// Writes until the power goes, opens the store again, and gives the numbers of the messages that
/// were answered and are gone. `syncs` holds once the store stands.
async fn lost_in_a_round(seed: u64, syncs: Syncs) -> Vec<Number> {
    let disk = Disk::new(Syncs::Honoured);
    let engine = open(&disk, system_clock());
    // The first moments of the store belong to the power as well.
    let _ = write_one(&engine).await.expect("there is power");
    disk.set_syncs(syncs);
    disk.cut_power_after(seed * 17 % 389);
    let told = write_until_refused(&engine).await;
    drop(engine);
    disk.cut_power();
    disk.restore_power(seed);
    disk.set_syncs(Syncs::Honoured);
    let engine = open(&disk, system_clock());
    let lost = missing(&engine, &told.written).await;
    if lost.is_empty() {
        settle_doubts(&engine, told.in_doubt).await;
        numbered_without_holes(&engine).await;
    }
    lost
}

async fn write_one(engine: &Engine) -> Result<Outcome, EngineError> {
    engine.broker.write(says("ann", "the first")).await
}

async fn write_until_refused(engine: &Engine) -> Told {
    let told = Arc::new(Mutex::new(Told::default()));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (engine, told) = (engine.clone(), told.clone());
            tokio::spawn(async move {
                for n in 0..WRITES {
                    let write = says("ann", &format!("{writer}:{n}"));
                    match engine.broker.write(write.clone()).await {
                        Ok(Outcome::Written(entry)) => told.lock().unwrap().written.push(entry),
                        Ok(
                            other @ (Outcome::Repeat { .. }
                            | Outcome::Forbidden
                            | Outcome::Conflict { .. }),
                        ) => panic!("not written but {other:?}"),
                        Err(EngineError::Timeout) => {
                            told.lock().unwrap().in_doubt.push(write);
                        }
                        Err(EngineError::Away(_)) => return,
                        Err(corrupt @ EngineError::Corrupt(_)) => panic!("{corrupt}"),
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let mut told = std::mem::take(&mut *told.lock().unwrap());
    told.written.sort_by_key(|entry| entry.offset);
    told
}

/// The numbers of entries whose records are not there as they were answered.
async fn missing(engine: &Engine, written: &[Entry]) -> Vec<Number> {
    let mut lost = Vec::new();
    for entry in written {
        let found = engine.broker.record(&room(), &entry.record.key).await.expect("readable");
        if found.as_ref() != Some(&entry.record) {
            lost.extend(entry.record.number);
        }
    }
    lost
}

/// A command in doubt, sent again, is there once.
async fn settle_doubts(engine: &Engine, in_doubt: Vec<Write>) {
    for write in in_doubt {
        let command = write.command;
        let number = match engine.broker.write(write).await.expect("there is power") {
            Outcome::Written(entry) => entry.record.number,
            Outcome::Repeat { number, .. } => number,
            other @ (Outcome::Forbidden | Outcome::Conflict { .. }) => panic!("{other:?}"),
        };
        let key = RecordKey::message(number.expect("a message has a number"));
        let record = engine.broker.record(&room(), &key).await.unwrap().unwrap();
        assert!(text(&record).is_some() && command_of(&record) == Some(command));
    }
}

fn command_of(record: &Record) -> Option<CommandId> {
    match &record.body {
        Body::Message(message) => Some(message.command),
        Body::Member(_)
        | Body::Room(_)
        | Body::Membership(_)
        | Body::Read(_)
        | Body::Unknown { .. } => None,
    }
}

/// Every number up to the top is there, and no command twice.
async fn numbered_without_holes(engine: &Engine) {
    let top = engine.broker.top(&room()).await.unwrap();
    let mut records = engine.broker.records(&room(), "message:").await.unwrap();
    records.sort_by_key(|record| record.rev);
    let numbers: Vec<_> = records.iter().filter_map(|record| record.number).collect();
    assert_eq!(numbers, (1..=top.last_number).collect::<Vec<_>>());
    let mut commands = HashMap::new();
    for record in &records {
        let earlier = commands.insert(command_of(record), record.number);
        assert_eq!(earlier, None, "said twice");
    }
}
