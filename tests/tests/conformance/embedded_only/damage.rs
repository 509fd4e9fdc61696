//! A file that is damaged: what can still be read goes on, and who meets the rest is told.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use parlor::engine::{
    Engine, EngineError, Outcome, Write,
    embedded::{Found, examine, open},
};
use parlor_shared::{LogId, Page};

use super::Deaf;
use crate::stage::{room_id, says};

/// Bytes of a page.
const PAGE: usize = 4_096;
const ROOMS: [&str; 2] = ["kitchen", "cellar"];

/// A store with two rooms in a directory that goes with the test.
struct House {
    dir: tempfile::TempDir,
}

impl House {
    async fn with_two_rooms() -> Self {
        let house = Self { dir: tempfile::tempdir().unwrap() };
        let engine = house.open();
        for _ in 0..40 {
            for room in ROOMS {
                let outcome = engine.broker.write(said_in(room)).await.unwrap();
                assert!(matches!(outcome, Outcome::Written(_)), "{outcome:?}");
            }
        }
        house
    }

    fn open(&self) -> Engine {
        open(self.dir.path(), Arc::new(Deaf)).unwrap()
    }

    fn file(&self) -> PathBuf {
        self.dir.path().join("parlor.redb")
    }

    /// Makes nonsense of all pages that hold messages of this room alone. Their first bytes, which say
    /// what they are, stay: a debug build of redb looks at those of every page when it opens the file.
    fn damage(&self, room: &str) {
        let mut bytes = std::fs::read(self.file()).unwrap();
        let mut damaged = 0;
        for page in bytes.chunks_mut(PAGE) {
            if ROOMS.iter().all(|other| holds(page, &text(other)) == (*other == room)) {
                page[4..512].fill(0xff);
                damaged += 1;
            }
        }
        assert!(damaged > 0, "no page holds what was {}", text(room));
        std::fs::write(self.file(), bytes).unwrap();
    }
}

fn holds(page: &[u8], said: &str) -> bool {
    page.windows(said.len()).any(|window| window == said.as_bytes())
}

fn text(room: &str) -> String {
    format!("said in the {room}")
}

fn said_in(room: &str) -> Write {
    let write = says("ann", &text(room).repeat(20));
    Write { log: LogId::Room(room_id(room)), ..write }
}

async fn read(engine: &Engine, room: &str) -> Result<Page, EngineError> {
    engine.broker.changes(&LogId::Room(room_id(room)), None).await
}

/// The file is named, and what to do.
fn tells_of(file: &Path, error: &EngineError) {
    let EngineError::Corrupt(what) = error else { panic!("{error:?}") };
    let named = format!("{} is damaged", file.display());
    assert!(what.starts_with(&named) && what.contains("put the backup in its place"), "{what}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn damaged_pages_of_one_room_are_told_and_the_other_room_goes_on() {
    let house = House::with_two_rooms().await;
    house.damage("cellar");
    let engine = house.open();
    for _ in 0..3 {
        tells_of(&house.file(), &read(&engine, "cellar").await.unwrap_err());
        tells_of(&house.file(), &engine.broker.write(said_in("cellar")).await.unwrap_err());
        let outcome = engine.broker.write(said_in("kitchen")).await.unwrap();
        assert!(matches!(outcome, Outcome::Written(_)), "{outcome:?}");
    }
    drop(engine);
    assert_eq!(read(&house.open(), "kitchen").await.unwrap().records.len(), 43);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_finds_damaged_pages_and_changes_nothing() {
    let house = House::with_two_rooms().await;
    let whole = std::fs::read(house.file()).unwrap();
    assert_eq!(examine(house.dir.path()).unwrap(), Found::Whole);
    assert_eq!(std::fs::read(house.file()).unwrap(), whole);
    house.damage("cellar");
    let damaged = std::fs::read(house.file()).unwrap();
    let told = examine(house.dir.path()).unwrap_err().to_string();
    assert!(told.contains("is damaged") && told.contains("put the backup"), "{told}");
    assert_eq!(std::fs::read(house.file()).unwrap(), damaged);
}

/// As after a kill: it was not closed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_leaves_alone_what_is_in_use_and_repairs_what_was_not_closed_in_memory_only() {
    let house = House::with_two_rooms().await;
    let engine = house.open();
    assert_eq!(examine(house.dir.path()).unwrap(), Found::InUse);
    let unclosed = std::fs::read(house.file()).unwrap();
    drop(engine);
    std::fs::write(house.file(), &unclosed).unwrap();
    assert_eq!(examine(house.dir.path()).unwrap(), Found::Whole);
    assert_eq!(std::fs::read(house.file()).unwrap(), unclosed);
}
