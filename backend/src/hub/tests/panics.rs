//! An owner that panics: nobody is left without an answer, nor following in silence.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use parlor_shared::{CommandId, Event, LogId, Page, Position, Problem, Record, RecordKey, Role};

use super::{Fixture, connect, hears, next, room};
use crate::engine::{
    self, Announcement, Broker, Delivery, EngineError, LogTop, PageRequest, Write,
};

/// A store that panics when it is asked for changes, while it is told to.
struct Trap {
    store: Arc<dyn Broker>,
    set: Arc<AtomicBool>,
}

#[async_trait]
impl Broker for Trap {
    async fn write(&self, write: Write) -> Result<engine::Outcome, EngineError> {
        self.store.write(write).await
    }

    async fn changes(&self, log: &LogId, after: Option<&Position>) -> Result<Page, EngineError> {
        assert!(!self.set.load(Ordering::SeqCst), "the trap that this test set");
        self.store.changes(log, after).await
    }

    async fn page(&self, log: &LogId, request: PageRequest) -> Result<Page, EngineError> {
        self.store.page(log, request).await
    }

    async fn record(&self, log: &LogId, key: &RecordKey) -> Result<Option<Record>, EngineError> {
        self.store.record(log, key).await
    }

    async fn records(&self, log: &LogId, prefix: &str) -> Result<Vec<Record>, EngineError> {
        self.store.records(log, prefix).await
    }

    async fn top(&self, log: &LogId) -> Result<LogTop, EngineError> {
        self.store.top(log).await
    }

    async fn follow(&self, log: &LogId) -> Result<(), EngineError> {
        self.store.follow(log).await
    }

    async fn unfollow(&self, log: &LogId) {
        self.store.unfollow(log).await;
    }
}

/// Each asks at another moment before the panic.
const ASKERS: usize = 20;

#[tokio::test]
async fn an_owner_that_panics_answers_all_who_asked_and_tells_its_followers_to_follow_again() {
    let set = Arc::new(AtomicBool::new(false));
    let trap = Arc::clone(&set);
    let fixture = Fixture::over(|store| Arc::new(Trap { store, set: trap }));
    for person in ["ada", "bob"] {
        fixture.set_role(person, Some(Role::Member)).await;
    }
    let bob = fixture.follow("bob").await;
    set.store(true, Ordering::SeqCst);
    fixture.lossy.mailboxes.deliver(Announcement::Doubt(room()));
    for _ in 0..ASKERS {
        let ada = connect("ada");
        let place = ada.begin_command().unwrap();
        let id = CommandId(uuid::Uuid::nil());
        let back = fixture.hub.catch_up(&ada, id, place, &room(), None).await;
        assert!(back.is_none(), "it was answered");
        let Event::Error { problem, .. } = next(&ada).await else { panic!("answered well") };
        assert_eq!(problem, Problem::Busy);
    }
    assert_eq!(next(&bob).await, Event::Interrupted { log: room() });
    assert!(!bob.is_following(&room()));
    set.store(false, Ordering::SeqCst);
    let bob = fixture.follow("bob").await;
    fixture.says("ada", "on we go").await;
    assert_eq!(hears(&bob, 1).await, ["on we go"]);
}
