//! Changing a person's name: the new one is taken and the old one free in one step.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use parlor::engine::{Account, Directory, NameOf, NameOutcome, RenameOutcome, SessionToken};
use parlor_tests::{EngineFactory, eventually};

use crate::stage::{Stage, person};

fn directory(stage: &Stage) -> &dyn Directory {
    stage.engine.directory.as_ref()
}

fn account(id: &str, name: &str) -> Account {
    Account { person: person(id), name: name.to_owned() }
}

fn token(n: u8) -> SessionToken {
    SessionToken([n; 32])
}

async fn sign_in(stage: &Stage, id: &str, name: &str, n: u8) -> NameOutcome {
    let skeleton = name.to_lowercase();
    directory(stage).create_account(&account(id, name), &skeleton, token(n)).await.unwrap()
}

async fn rename(stage: &Stage, n: u8, name: &str) -> RenameOutcome {
    directory(stage).rename(token(n), name, &name.to_lowercase()).await.unwrap()
}

fn renamed(id: &str, name: &str) -> RenameOutcome {
    RenameOutcome::Renamed(account(id, name))
}

async fn is_free(stage: &Stage, name: &str) -> bool {
    let skeleton = name.to_lowercase();
    directory(stage).name_is_free(NameOf::Person, &skeleton).await.unwrap()
}

pub(crate) async fn a_new_name_shows_in_every_session(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    for n in [1, 2] {
        assert_eq!(sign_in(&stage, "ann", "Ann", n).await, NameOutcome::Created);
    }
    assert_eq!(rename(&stage, 1, "Anna").await, renamed("ann", "Anna"));
    for n in [1, 2] {
        let found = directory(&stage).session(token(n)).await.unwrap();
        assert_eq!(found, Some(account("ann", "Anna")));
    }
    let found = directory(&stage).account(&person("ann")).await.unwrap();
    assert_eq!(found, Some(account("ann", "Anna")));
    assert_eq!(directory(&stage).account(&person("eve")).await.unwrap(), None);
}

pub(crate) async fn the_old_name_is_free_at_once_and_the_new_one_held(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    assert_eq!(sign_in(&stage, "ann", "Ann", 1).await, NameOutcome::Created);
    assert_eq!(rename(&stage, 1, "Anna").await, renamed("ann", "Anna"));
    assert_eq!(sign_in(&stage, "eve", "Anna", 2).await, NameOutcome::Taken);
    assert_eq!(sign_in(&stage, "eve", "Ann", 2).await, NameOutcome::Created);
    // What the one does from now on does not touch the name that the other has now.
    directory(&stage).end_session(token(1)).await.unwrap();
    assert!(!is_free(&stage, "Ann").await && !is_free(&stage, "Anna").await);
    let eve = directory(&stage).session(token(2)).await.unwrap();
    assert_eq!(eve, Some(account("eve", "Ann")));
}

pub(crate) async fn a_name_that_is_taken_is_not_given(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    assert_eq!(sign_in(&stage, "ann", "Ann", 1).await, NameOutcome::Created);
    assert_eq!(sign_in(&stage, "eve", "Eve", 2).await, NameOutcome::Created);
    assert_eq!(rename(&stage, 2, "ANN").await, RenameOutcome::Taken);
    let eve = directory(&stage).session(token(2)).await.unwrap();
    assert_eq!(eve, Some(account("eve", "Eve")));
    assert!(!is_free(&stage, "Eve").await);
}

pub(crate) async fn a_name_is_spelt_anew_and_renamed_again(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    assert_eq!(sign_in(&stage, "ann", "Ann", 1).await, NameOutcome::Created);
    for name in ["ANN", "ANN", "Anna", "Ann", "Anna"] {
        assert_eq!(rename(&stage, 1, name).await, renamed("ann", name));
        assert!(!is_free(&stage, name).await, "{name}");
    }
    assert!(is_free(&stage, "Ann").await);
}

pub(crate) async fn an_ended_session_renames_nobody(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    assert_eq!(sign_in(&stage, "ann", "Ann", 1).await, NameOutcome::Created);
    directory(&stage).end_session(token(1)).await.unwrap();
    for n in [1, 9] {
        assert_eq!(rename(&stage, n, "Anna").await, RenameOutcome::NoSession);
    }
    assert!(is_free(&stage, "Anna").await && !is_free(&stage, "Ann").await);
}

pub(crate) async fn one_of_many_renamers_at_once_gets_the_name(factory: &dyn EngineFactory) {
    let stage = Arc::new(Stage::open(factory).await);
    for n in 1..=8 {
        let (id, name) = (format!("p{n}"), format!("Name {n}"));
        assert_eq!(sign_in(&stage, &id, &name, n).await, NameOutcome::Created);
    }
    let renamers: Vec<_> = (1..=8)
        .map(|n| {
            let stage = stage.clone();
            tokio::spawn(async move { rename(&stage, n, "Ann").await })
        })
        .collect();
    let mut outcomes = Vec::new();
    for renamer in renamers {
        outcomes.push(renamer.await.unwrap());
    }
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == RenameOutcome::Taken).count(), 7);
    for (n, outcome) in (1..).zip(outcomes) {
        assert_eq!(is_free(&stage, &format!("Name {n}")).await, outcome != RenameOutcome::Taken);
    }
}

pub(crate) async fn one_person_s_renamings_at_once_leave_one_name(factory: &dyn EngineFactory) {
    let stage = Arc::new(Stage::open(factory).await);
    assert_eq!(sign_in(&stage, "ann", "Ann", 1).await, NameOutcome::Created);
    let renamings: Vec<_> = (0..8)
        .map(|n| {
            let stage = stage.clone();
            tokio::spawn(async move { rename(&stage, 1, &format!("Ann {n}")).await })
        })
        .collect();
    for (n, renaming) in renamings.into_iter().enumerate() {
        assert_eq!(renaming.await.unwrap(), renamed("ann", &format!("Ann {n}")));
    }
    let names = (0..8).map(|n| format!("Ann {n}")).chain(["Ann".to_owned()]);
    assert_one_is_held(&stage, names).await;
}

pub(crate) async fn a_crash_loses_no_name_and_leaves_none_held_twice(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    assert_eq!(sign_in(&stage, "ann", "Ann 0", 1).await, NameOutcome::Created);
    let done = Arc::new(AtomicU64::new(0));
    let (counted, store) = (done.clone(), stage.engine.directory.clone());
    let renamer = tokio::spawn(async move {
        for n in 1.. {
            let name = format!("Ann {n}");
            if store.rename(token(1), &name, &name.to_lowercase()).await.is_err() {
                return;
            }
            counted.store(n, Ordering::SeqCst);
        }
    });
    let some = async || (done.load(Ordering::SeqCst) >= 10).then_some(());
    eventually("some renamings are done", some).await.unwrap();
    factory.crash().await;
    renamer.abort();
    let _ = renamer.await;
    let stage = stage.reopen(factory).await;
    let last = done.load(Ordering::SeqCst);
    let name = assert_one_is_held(&stage, (0..=last + 1).map(|n| format!("Ann {n}"))).await;
    // What was answered stands; the one after it may stand, too.
    assert!([last, last + 1].map(|n| format!("Ann {n}")).contains(&name), "{name}, not {last}");
}

/// Of these names just one is held: the one that ann goes by.
async fn assert_one_is_held(stage: &Stage, names: impl Iterator<Item = String>) -> String {
    let ann = directory(stage).session(token(1)).await.unwrap().unwrap();
    for name in names {
        assert_eq!(is_free(stage, &name).await, name != ann.name, "{name}, now {}", ann.name);
    }
    ann.name
}
