//! A full disk: reads go on, writes are refused until there is room again, nothing is lost.

use std::time::{Duration, Instant};

use parlor::engine::{Engine, EngineError, Outcome, Write, embedded::system_clock};
use parlor_tests::{Disk, Syncs};

use super::open;
use crate::stage::{numbers, room, says};

/// How long the store may take to notice what happened to its disk.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_disk_reads_go_on_and_writes_return_when_there_is_room() {
    let disk = Disk::new(Syncs::Honoured);
    let engine = open(&disk, system_clock());
    disk.fill();
    let (written, refused) = write_until_full(&engine).await;
    for _ in 0..3 {
        assert_eq!(top_number(&engine).await, written);
        assert!(engine.broker.write(refused.clone()).await.is_err(), "there is no room");
    }
    disk.free();
    let number = write_in_the_end(&engine, refused).await;
    assert_eq!(number, Some(written + 1));
    let page = engine.broker.changes(&room(), None).await.unwrap();
    assert_eq!(numbers(&page.records).last(), Some(&(written + 1)));
}

/// Says long texts until the disk is full; how many are there, and the first one refused.
async fn write_until_full(engine: &Engine) -> (u64, Write) {
    for written in 0.. {
        let write = says("ann", &"long ".repeat(3_000));
        match engine.broker.write(write.clone()).await {
            Ok(outcome) => assert!(matches!(outcome, Outcome::Written(_)), "{outcome:?}"),
            Err(EngineError::Away(_) | EngineError::Timeout) => return (written, write),
            Err(corrupt @ EngineError::Corrupt(_)) => panic!("{corrupt}"),
        }
    }
    unreachable!("the disk is never full")
}

/// The last number, read while the store may just be reopening.
async fn top_number(engine: &Engine) -> u64 {
    let begun = Instant::now();
    loop {
        match engine.broker.top(&room()).await {
            Ok(top) => return top.last_number,
            Err(error) => assert!(begun.elapsed() < PATIENCE, "{error}"),
        }
        tokio::task::yield_now().await;
    }
}

/// The same write again and again, until it is taken.
async fn write_in_the_end(engine: &Engine, write: Write) -> Option<u64> {
    let begun = Instant::now();
    loop {
        match engine.broker.write(write.clone()).await {
            Ok(Outcome::Written(entry)) => return entry.record.number,
            Ok(Outcome::Repeat { number, .. }) => return number,
            Ok(other @ (Outcome::Forbidden | Outcome::Conflict { .. })) => panic!("{other:?}"),
            Err(error) => assert!(begun.elapsed() < PATIENCE, "{error}"),
        }
        tokio::task::yield_now().await;
    }
}
