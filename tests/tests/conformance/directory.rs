//! Accounts, sessions, names and rooms.

use std::sync::Arc;

use parlor::engine::{Account, Directory, NameOf, NameOutcome, RoomOutcome, SessionToken};
use parlor_shared::RoomListing;
use parlor_tests::EngineFactory;

use crate::stage::{Stage, person, room_id};

fn directory(stage: &Stage) -> &dyn Directory {
    stage.engine.directory.as_ref()
}

fn account(id: &str, name: &str) -> Account {
    Account { person: person(id), name: name.to_owned() }
}

fn token(n: u8) -> SessionToken {
    SessionToken([n; 32])
}

fn listing(id: &str, name: &str) -> RoomListing {
    RoomListing { room: room_id(id), name: name.to_owned() }
}

async fn sign_in(stage: &Stage, id: &str, name: &str, n: u8) -> NameOutcome {
    let account = account(id, name);
    let skeleton = name.to_lowercase();
    directory(stage).create_account(&account, &skeleton, token(n)).await.unwrap()
}

async fn list(stage: &Stage, id: &str, name: &str) -> RoomOutcome {
    directory(stage).create_room(&listing(id, name), &name.to_lowercase()).await.unwrap()
}

pub(crate) async fn an_account_is_found_by_its_session(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    assert_eq!(sign_in(&stage, "ann", "Ann", 1).await, NameOutcome::Created);
    assert_eq!(sign_in(&stage, "bob", "Bob", 2).await, NameOutcome::Created);
    let found = directory(&stage).session(token(1)).await.unwrap();
    assert_eq!(found, Some(account("ann", "Ann")));
}

pub(crate) async fn an_unknown_session_is_nobody(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    assert_eq!(sign_in(&stage, "ann", "Ann", 1).await, NameOutcome::Created);
    assert_eq!(directory(&stage).session(token(2)).await.unwrap(), None);
}

pub(crate) async fn an_ended_session_is_nobody(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    assert_eq!(sign_in(&stage, "ann", "Ann", 1).await, NameOutcome::Created);
    for _ in 0..2 {
        directory(&stage).end_session(token(1)).await.unwrap();
        assert_eq!(directory(&stage).session(token(1)).await.unwrap(), None);
    }
}

pub(crate) async fn a_name_of_the_same_skeleton_is_taken(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    assert_eq!(sign_in(&stage, "ann", "Ann", 1).await, NameOutcome::Created);
    assert_eq!(sign_in(&stage, "eve", "ANN", 2).await, NameOutcome::Taken);
    assert_eq!(directory(&stage).session(token(2)).await.unwrap(), None);
    let ann = directory(&stage).session(token(1)).await.unwrap();
    assert_eq!(ann, Some(account("ann", "Ann")));
}

pub(crate) async fn one_of_many_takers_at_once_gets_the_name(factory: &dyn EngineFactory) {
    let stage = Arc::new(Stage::open(factory).await);
    let takers: Vec<_> = (1..=8)
        .map(|n| {
            let stage = stage.clone();
            tokio::spawn(async move { sign_in(&stage, &format!("p{n}"), "Ann", n).await })
        })
        .collect();
    let mut created = 0;
    for taker in takers {
        created += usize::from(taker.await.unwrap() == NameOutcome::Created);
    }
    let mut living = 0;
    for n in 1..=8 {
        living += usize::from(directory(&stage).session(token(n)).await.unwrap().is_some());
    }
    assert_eq!((created, living), (1, 1));
}

pub(crate) async fn a_name_is_held_after_its_session_ended(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    assert_eq!(sign_in(&stage, "ann", "Ann", 1).await, NameOutcome::Created);
    directory(&stage).end_session(token(1)).await.unwrap();
    assert_eq!(sign_in(&stage, "eve", "Ann", 2).await, NameOutcome::Taken);
}

pub(crate) async fn accounts_and_rooms_are_there_after_reopening(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    assert_eq!(sign_in(&stage, "ann", "Ann", 1).await, NameOutcome::Created);
    assert_eq!(list(&stage, "r1", "Den").await, RoomOutcome::Created);
    let stage = stage.reopen(factory).await;
    let ann = directory(&stage).session(token(1)).await.unwrap();
    assert_eq!(ann, Some(account("ann", "Ann")));
    assert_eq!(sign_in(&stage, "eve", "Ann", 2).await, NameOutcome::Taken);
    let den = directory(&stage).room(&room_id("r1")).await.unwrap();
    assert_eq!(den, Some(listing("r1", "Den")));
}

pub(crate) async fn a_room_is_found_by_id_and_name(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    for (id, name) in [("r1", "Garden"), ("r2", "Attic"), ("r3", "Rose garden")] {
        assert_eq!(list(&stage, id, name).await, RoomOutcome::Created);
    }
    let attic = directory(&stage).room(&room_id("r2")).await.unwrap();
    assert_eq!(attic, Some(listing("r2", "Attic")));
    assert_eq!(directory(&stage).room(&room_id("r9")).await.unwrap(), None);
    let found = directory(&stage).find_rooms("gARDen", None).await.unwrap();
    assert_eq!(found.rooms, [listing("r1", "Garden"), listing("r3", "Rose garden")]);
    assert!(!found.more);
    let none = directory(&stage).find_rooms("cellar", None).await.unwrap();
    assert_eq!((none.rooms.len(), none.more), (0, false));
}

pub(crate) async fn making_a_room_again_is_done_already(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    for _ in 0..2 {
        assert_eq!(list(&stage, "r1", "Den").await, RoomOutcome::Created);
    }
    assert_eq!(directory(&stage).find_rooms("", None).await.unwrap().rooms.len(), 1);
}

pub(crate) async fn a_room_name_of_the_same_skeleton_is_taken(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    assert_eq!(list(&stage, "r1", "Den").await, RoomOutcome::Created);
    assert_eq!(list(&stage, "r2", "DEN").await, RoomOutcome::Taken);
    assert_eq!(directory(&stage).room(&room_id("r2")).await.unwrap(), None);
    // A person may be called like a room.
    assert_eq!(sign_in(&stage, "den", "Den", 1).await, NameOutcome::Created);
}

pub(crate) async fn rooms_are_listed_by_id_in_pages_of_fifty(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    for n in (0..120).rev() {
        let outcome = list(&stage, &format!("r{n:03}"), &format!("Room {n}")).await;
        assert_eq!(outcome, RoomOutcome::Created);
    }
    let (mut after, mut sizes, mut seen) = (None, Vec::new(), Vec::new());
    loop {
        let page = directory(&stage).find_rooms("room", after.as_ref()).await.unwrap();
        sizes.push(page.rooms.len());
        seen.extend(page.rooms.into_iter().map(|listing| listing.room));
        after = seen.last().cloned();
        if !page.more {
            break;
        }
    }
    let all: Vec<_> = (0..120).map(|n| room_id(&format!("r{n:03}"))).collect();
    assert_eq!((sizes, seen), (vec![50, 50, 20], all));
}

pub(crate) async fn free_names_are_told(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    assert_eq!(sign_in(&stage, "ann", "Ann", 1).await, NameOutcome::Created);
    assert_eq!(list(&stage, "r1", "Den").await, RoomOutcome::Created);
    let free = async |of, skeleton| directory(&stage).name_is_free(of, skeleton).await.unwrap();
    assert!(!free(NameOf::Person, "ann").await && free(NameOf::Person, "den").await);
    assert!(!free(NameOf::Room, "den").await && free(NameOf::Room, "ann").await);
}
