//! What ends with time, on a clock that the test sets.

use parlor::engine::{
    Account, Engine, NAME_HELD_MS, NameOutcome, Outcome, RenameOutcome, SESSION_MS, SessionToken,
};
use parlor_shared::limits::DEDUPE_MS;
use parlor_tests::{Disk, Syncs};

use super::{Hands, open};
use crate::stage::{person, says};

const HOUR_MS: u64 = 60 * 60 * 1000;

fn store() -> (Disk, Hands, Engine) {
    let (disk, hands) = (Disk::new(Syncs::Honoured), Hands::at(1_800_000_000_000));
    let engine = open(&disk, hands.clock());
    (disk, hands, engine)
}

async fn sign_in(engine: &Engine, id: &str, n: u8) -> NameOutcome {
    let account = Account { person: person(id), name: "Ann".to_owned() };
    engine.directory.create_account(&account, "ann", SessionToken([n; 32])).await.unwrap()
}

async fn lives(engine: &Engine, n: u8) -> bool {
    engine.directory.session(SessionToken([n; 32])).await.unwrap().is_some()
}

/// All that was submitted before is written: the store writes in order.
async fn settled(engine: &Engine) {
    let _ = engine.broker.write(says("ann", "a mark")).await.unwrap();
}

#[tokio::test]
async fn an_unused_session_ends_after_thirty_days() {
    let (_disk, hands, engine) = store();
    assert_eq!(sign_in(&engine, "ann", 1).await, NameOutcome::Created);
    hands.forward(SESSION_MS - HOUR_MS - 1);
    assert!(lives(&engine, 1).await, "and the use just now is noted");
    settled(&engine).await;
    hands.forward(SESSION_MS - 1);
    assert!(lives(&engine, 1).await);
    settled(&engine).await;
    hands.forward(SESSION_MS);
    assert!(!lives(&engine, 1).await);
}

#[tokio::test]
async fn a_use_within_the_hour_is_not_written_down() {
    let (_disk, hands, engine) = store();
    assert_eq!(sign_in(&engine, "ann", 1).await, NameOutcome::Created);
    hands.forward(HOUR_MS - 1);
    assert!(lives(&engine, 1).await);
    settled(&engine).await;
    hands.forward(SESSION_MS - HOUR_MS + 1);
    assert!(!lives(&engine, 1).await, "thirty days from the first use, not the second");
}

#[tokio::test]
async fn a_name_is_free_thirty_days_after_the_last_session_ended() {
    let (_disk, hands, engine) = store();
    assert_eq!(sign_in(&engine, "ann", 1).await, NameOutcome::Created);
    engine.directory.end_session(SessionToken([1; 32])).await.unwrap();
    hands.forward(NAME_HELD_MS - 1);
    assert_eq!(sign_in(&engine, "eve", 2).await, NameOutcome::Taken);
    hands.forward(1);
    assert_eq!(sign_in(&engine, "eve", 2).await, NameOutcome::Created);
    assert!(lives(&engine, 2).await && !lives(&engine, 1).await);
}

#[tokio::test]
async fn a_name_is_held_while_any_session_of_its_owner_lives() {
    let (disk, hands, engine) = store();
    assert_eq!(sign_in(&engine, "ann", 1).await, NameOutcome::Created);
    assert_eq!(sign_in(&engine, "ann", 2).await, NameOutcome::Created);
    engine.directory.end_session(SessionToken([1; 32])).await.unwrap();
    hands.forward(SESSION_MS + NAME_HELD_MS - 1);
    drop(engine);
    let engine = open(&disk, hands.clock());
    assert_eq!(sign_in(&engine, "eve", 3).await, NameOutcome::Taken);
    hands.forward(1);
    assert_eq!(sign_in(&engine, "eve", 3).await, NameOutcome::Created);
}

#[tokio::test]
async fn a_command_is_remembered_for_a_day_of_the_stores_time() {
    let (disk, hands, engine) = store();
    let write = says("ann", "once");
    let _ = engine.broker.write(write.clone()).await.unwrap();
    hands.forward(DEDUPE_MS - 1);
    drop(engine);
    let engine = open(&disk, hands.clock());
    let again = engine.broker.write(write.clone()).await.unwrap();
    assert_eq!(again, Outcome::Repeat { offset: 1, number: Some(1) });
    hands.forward(1);
    let anew = engine.broker.write(write.clone()).await.unwrap();
    assert!(matches!(anew, Outcome::Written(entry) if entry.offset == 2));
    let again = engine.broker.write(write).await.unwrap();
    assert_eq!(again, Outcome::Repeat { offset: 2, number: Some(2) });
}

#[tokio::test]
async fn a_lapsed_name_is_given_to_who_changes_theirs() {
    let (_disk, hands, engine) = store();
    assert_eq!(sign_in(&engine, "ann", 1).await, NameOutcome::Created);
    hands.forward(SESSION_MS + NAME_HELD_MS - 1);
    let eve = Account { person: person("eve"), name: "Eve".to_owned() };
    let made = engine.directory.create_account(&eve, "eve", SessionToken([2; 32])).await.unwrap();
    assert_eq!(made, NameOutcome::Created);
    let rename = async || engine.directory.rename(SessionToken([2; 32]), "Ann", "ann").await;
    assert_eq!(rename().await.unwrap(), RenameOutcome::Taken);
    hands.forward(1);
    let renamed = Account { name: "Ann".to_owned(), ..eve };
    assert_eq!(rename().await.unwrap(), RenameOutcome::Renamed(renamed));
    assert_eq!(engine.directory.account(&person("ann")).await.unwrap(), None);
}
