//! A file that is moved, removed or cut under a server: nothing more is confirmed into it, and whatever
//! is put in its place is taken.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use parlor::engine::{Engine, embedded::open};
use parlor_shared::Reset;

use super::Deaf;
use crate::stage::{numbers, room, says};

/// How long the store may take to notice what happened to its file.
const PATIENCE: Duration = Duration::from_secs(20);

/// A store with one message, open.
struct Opened {
    engine: Engine,
    file: PathBuf,
    dir: tempfile::TempDir,
}

impl Opened {
    async fn with_one() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let engine = open(dir.path(), Arc::new(Deaf)).unwrap();
        let opened = Self { engine, file: dir.path().join("parlor.redb"), dir };
        assert!(opened.takes("one").await);
        opened
    }

    fn aside(&self) -> PathBuf {
        self.dir.path().join("aside")
    }

    async fn takes(&self, text: &str) -> bool {
        self.engine.broker.write(says("ann", text)).await.is_ok()
    }

    /// Nothing is taken now, nor a moment later.
    async fn takes_nothing(&self) {
        for _ in 0..3 {
            assert!(!self.takes("into the void").await, "confirmed, and lost");
        }
    }

    async fn takes_in_the_end(&self, text: &str) {
        let begun = Instant::now();
        while !self.takes(text).await {
            assert!(begun.elapsed() < PATIENCE, "nothing is taken any more");
            tokio::task::yield_now().await;
        }
    }

    async fn holds(&self) -> Vec<u64> {
        numbers(&self.engine.broker.changes(&room(), None).await.unwrap().records)
    }
}

fn length(file: &Path) -> u64 {
    fs::metadata(file).unwrap().len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_gone_is_waited_for_and_none_is_begun_in_its_place() {
    for empty in [false, true] {
        let opened = Opened::with_one().await;
        fs::rename(&opened.file, opened.aside()).unwrap();
        if empty {
            fs::write(&opened.file, "").unwrap();
        }
        opened.takes_nothing().await;
        let there = fs::metadata(&opened.file).ok().map(|there| there.len());
        assert_eq!(there, empty.then_some(0), "a new store was begun");
        fs::rename(opened.aside(), &opened.file).unwrap();
        opened.takes_in_the_end("two").await;
        assert_eq!(opened.holds().await, [1, 2]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_put_in_place_under_a_server_is_taken_and_who_knows_more_is_told() {
    let opened = Opened::with_one().await;
    // Nobody writes meanwhile, so the copy is whole.
    fs::copy(&opened.file, opened.aside()).unwrap();
    assert!(opened.takes("two").await && opened.takes("three").await);
    // A file of another length would be told by that.
    let copy = fs::OpenOptions::new().write(true).open(opened.aside()).unwrap();
    copy.set_len(length(&opened.file).max(length(&opened.aside()))).unwrap();
    let known = opened.engine.broker.top(&room()).await.unwrap().position;
    fs::rename(opened.aside(), &opened.file).unwrap();
    assert!(!opened.takes("into the old file").await);
    opened.takes_in_the_end("another two").await;
    assert_eq!(opened.holds().await, [1, 2]);
    let page = opened.engine.broker.changes(&room(), Some(&known)).await.unwrap();
    assert_eq!(page.reset, Some(Reset::Forked));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_was_cut_short_takes_nothing_until_it_is_put_back() {
    let opened = Opened::with_one().await;
    let whole = fs::read(&opened.file).unwrap();
    let file = fs::OpenOptions::new().write(true).open(&opened.file).unwrap();
    file.set_len(length(&opened.file) / 2).unwrap();
    opened.takes_nothing().await;
    fs::write(&opened.file, whole).unwrap();
    opened.takes_in_the_end("two").await;
    assert_eq!(opened.holds().await, [1, 2]);
}
