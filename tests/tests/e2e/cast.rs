//! A stage: one store, one node on it, and people who enter.

use parlor::Config;
use parlor_shared::{Action, LogId, Outcome, Page, PersonId, Problem, Retry, RoomId, Welcome};
use parlor_tests::{EngineKind, Mirror, Node, Raw, Session, Store, roomy};

pub(crate) const LOBBY: &str = "lobby";

pub(crate) fn lobby() -> RoomId {
    RoomId::lobby()
}

pub(crate) fn lobby_log() -> LogId {
    LogId::Room(lobby())
}

pub(crate) fn send(room: &RoomId, text: impl Into<String>) -> Action {
    Action::Send { room: room.clone(), text: text.into() }
}

/// The offset and number of something written.
pub(crate) fn written(outcome: Outcome) -> (u64, Option<u64>) {
    match outcome {
        Outcome::Written { offset, number } => (offset, number),
        other => panic!("not written: {other:?}"),
    }
}

pub(crate) fn page(outcome: Outcome) -> Page {
    match outcome {
        Outcome::Page(page) => page,
        other => panic!("no page: {other:?}"),
    }
}

/// The refusal, which must be one for good.
pub(crate) fn refusal(reply: Result<Outcome, Problem>) -> Problem {
    let problem = reply.unwrap_err();
    assert_eq!(problem.retry(), Retry::Final, "{problem:?}");
    problem
}

pub(crate) struct Stage {
    pub(crate) store: Store,
    pub(crate) node: Node,
}

impl Stage {
    pub(crate) async fn new(kind: EngineKind) -> Self {
        Self::with(kind, roomy()).await
    }

    pub(crate) async fn with(kind: EngineKind, config: Config) -> Self {
        let store = Store::new(kind).await.unwrap();
        let node = Node::start_with(&store, config).await.unwrap();
        Self { store, node }
    }

    /// Stops the node gracefully and starts another on the same store.
    pub(crate) async fn restart(self, config: Config) -> Self {
        self.node.stop().await.unwrap();
        let node = Node::start_with(&self.store, config).await.unwrap();
        Self { store: self.store, node }
    }

    pub(crate) async fn session(&self, name: &str) -> Session {
        Session::begin(self.node.url(), name).await.unwrap()
    }

    pub(crate) async fn enter(&self, session: &Session) -> Raw {
        self.welcomed(session).await.0
    }

    pub(crate) async fn welcomed(&self, session: &Session) -> (Raw, Welcome) {
        Raw::enter(self.node.url(), session).await.unwrap()
    }

    /// Somebody who is in the lobby and follows it.
    pub(crate) async fn guest(&self, name: &str) -> Guest {
        let session = self.session(name).await;
        self.back(session, Mirror::new(lobby_log())).await
    }

    /// Somebody who comes back with what they held.
    pub(crate) async fn back(&self, session: Session, mut mirror: Mirror) -> Guest {
        let mut raw = self.enter(&session).await;
        mirror.follow(&mut raw).await.unwrap();
        Guest { session, raw, mirror }
    }

    /// Two newcomers can still talk: the server lives and does its work.
    pub(crate) async fn still_talks(&self) {
        let (mut cleo, mut dan) = (self.guest("Cleo").await, self.guest("Dan").await);
        cleo.says("still here").await;
        dan.sees("still here").await;
    }
}

/// Somebody who follows one room, by the rules.
pub(crate) struct Guest {
    pub(crate) session: Session,
    pub(crate) raw: Raw,
    pub(crate) mirror: Mirror,
}

impl Guest {
    pub(crate) fn id(&self) -> PersonId {
        self.session.person.id.clone()
    }

    pub(crate) fn room(&self) -> RoomId {
        match &self.mirror.log {
            LogId::Room(room) => room.clone(),
            LogId::Person(person) => panic!("{person} is no room"),
        }
    }

    /// Says something and has its number.
    pub(crate) async fn says(&mut self, text: &str) -> u64 {
        let outcome = self.raw.done(send(&self.room(), text)).await.unwrap();
        written(outcome).1.unwrap()
    }

    pub(crate) async fn sees(&mut self, text: &str) {
        self.mirror.sees(&mut self.raw, text).await.unwrap();
    }

    /// Goes away; what is left is what they held.
    pub(crate) fn leaves_the_stage(self) -> (Session, Mirror) {
        (self.session, self.mirror)
    }
}
