//! A node's view of the engine: what it writes and what it hears.

use std::{sync::Arc, time::Duration};

use ::redis::{FromRedisValue, aio::MultiplexedConnection};
use parlor::engine::{
    Announcement, Broker, Change, Delivery, Engine, EngineError, Outcome, Target, Write, redis,
};
use parlor_shared::{Body, CommandId, Entry, LogId, Message, Page, PersonId, Position, RoomId};
use tokio::sync::{Mutex, mpsc};
use uuid::Uuid;

/// How long anything may take that is bound to happen.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a refusal may take that waits for nothing: far from the 5 s that an answer is waited for,
/// and enough for a busy machine.
pub(crate) const AT_ONCE: Duration = Duration::from_secs(2);

struct Ear(mpsc::UnboundedSender<Announcement>);

impl Delivery for Ear {
    fn deliver(&self, announcement: Announcement) {
        let _ = self.0.send(announcement);
    }
}

/// An engine and what it announced.
pub(crate) struct TestNode {
    pub(crate) engine: Engine,
    heard: Mutex<mpsc::UnboundedReceiver<Announcement>>,
}

impl TestNode {
    pub(crate) async fn connect(url: &str) -> Self {
        Self::connect_under(url, "test").await
    }

    pub(crate) async fn connect_under(url: &str, prefix: &str) -> Self {
        Self::try_connect(url, prefix).await.unwrap()
    }

    /// One that confirms nothing before `replicas` have it.
    pub(crate) async fn connect_and_wait(url: &str, replicas: u32) -> Self {
        Self::open(url, "test", replicas).await.unwrap()
    }

    pub(crate) async fn try_connect(url: &str, prefix: &str) -> Result<Self, EngineError> {
        Self::open(url, prefix, 0).await
    }

    async fn open(url: &str, prefix: &str, replicas: u32) -> Result<Self, EngineError> {
        let (sender, receiver) = mpsc::unbounded_channel();
        let delivery = Arc::new(Ear(sender));
        let engine = redis::connect_and_wait(url, prefix, replicas, delivery).await?;
        Ok(Self { engine, heard: Mutex::new(receiver) })
    }

    pub(crate) fn broker(&self) -> &dyn Broker {
        self.engine.broker.as_ref()
    }

    pub(crate) async fn says(&self, command: u128) -> Result<Outcome, EngineError> {
        self.broker().write(says(command)).await
    }

    /// Says it and must succeed with a new message.
    pub(crate) async fn said(&self, command: u128) -> Entry {
        let outcome = self.says(command).await.unwrap();
        let Outcome::Written(entry) = outcome else { panic!("not written: {outcome:?}") };
        entry
    }

    /// Says it, the same command again and again, until the store takes it.
    pub(crate) async fn says_until_taken(&self, command: u128) -> Outcome {
        self.writes_until_taken(says(command)).await
    }

    /// Writes it, the same command again and again, until the store takes it.
    pub(crate) async fn writes_until_taken(&self, write: Write) -> Outcome {
        until_answered(async || self.broker().write(write.clone()).await).await
    }

    /// Says it until it is refused because the store is known to be away.
    pub(crate) async fn says_until_refused(&self, command: u128) {
        let refused = async {
            while !matches!(self.says(command).await, Err(EngineError::Away(_))) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, refused).await.expect("never known to be away");
    }

    /// The changes of the lobby since `held`, asked for until the store answers: a node's links to it
    /// come back each in its own time, so a doubt may be heard while nothing can be read yet.
    pub(crate) async fn reads_until_answered(&self, held: &Position) -> Page {
        until_answered(async || self.broker().changes(&lobby(), Some(held)).await).await
    }

    /// The next thing heard.
    pub(crate) async fn hears(&self) -> Announcement {
        let mut heard = self.heard.lock().await;
        tokio::time::timeout(PATIENCE, heard.recv()).await.expect("nothing was heard").unwrap()
    }

    /// The next entry heard; anything else fails.
    pub(crate) async fn hears_entry(&self) -> Entry {
        match self.hears().await {
            Announcement::Entry(entry) => entry,
            Announcement::Doubt(log) => panic!("a doubt about {log}"),
        }
    }

    /// Reads on until `entry` is heard, whatever else is: after an outage, doubts too, also twice.
    pub(crate) async fn hears_at_last(&self, entry: &Entry) {
        while !matches!(self.hears().await, Announcement::Entry(heard) if heard == *entry) {}
    }

    /// Reads on until a doubt about `log` is heard.
    pub(crate) async fn hears_doubt(&self, log: &LogId) {
        while !matches!(self.hears().await, Announcement::Doubt(doubted) if doubted == *log) {}
    }
}

/// Asks again and again until the store answers.
async fn until_answered<T>(ask: impl AsyncFn() -> Result<T, EngineError>) -> T {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        match ask().await {
            Ok(answer) => return answer,
            Err(error) if tokio::time::Instant::now() > deadline => panic!("{error}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// What stands in braces in the lobby's keys.
pub(crate) const LOBBY: &str = "{room:lobby}";

pub(crate) fn lobby() -> LogId {
    LogId::Room(RoomId::lobby())
}

pub(crate) fn says(command: u128) -> Write {
    says_in(lobby(), command)
}

pub(crate) fn says_in(log: LogId, command: u128) -> Write {
    let author = PersonId::new("ann").unwrap();
    let command = CommandId(Uuid::from_u128(command));
    let body = Body::Message(Message {
        author: author.clone(),
        name: "Ann".to_owned(),
        command,
        text: Some(format!("message {command}")),
        edited: false,
    });
    let change = Change { target: Target::NewMessage, body, grant: None };
    Write { log, author, command, needs: None, change, keep: 100 }
}

/// Asks a server directly: `ask(&mut client, &["GET", "key"])`.
pub(crate) async fn ask<T: FromRedisValue>(
    client: &mut MultiplexedConnection,
    words: &[&str],
) -> T {
    let (name, rest) = words.split_first().unwrap();
    ::redis::cmd(name).arg(rest).query_async(client).await.unwrap()
}
