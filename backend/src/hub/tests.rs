//! The hub over a real store, with announcements that get lost.

mod floods;
mod panics;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::FutureExt;
use parlor_shared::{
    Body, CloseCode, CommandId, ConnectionId, Entry, Epoch, Event, LogId, Member, Message, Outcome,
    Person, PersonId, Problem, Record, RecordKey, Role, RoomId, decode_event,
};
use tokio::{sync::watch, time::timeout};

use super::{Connection, Hub, Mailboxes, Step, Total, followers::Followers};
use crate::{
    engine::{
        self, Announcement, Broker, Change, Delivery, Engine, Expect, Grant, SessionToken, Target,
        Write,
    },
    metrics::HubMetrics,
    tasks::Tasks,
};

/// How long anything here may take; a look at the top comes within 11 s.
const PATIENCE: Duration = Duration::from_secs(30);

/// Loses announcements while it is told to.
#[derive(Default)]
struct Lossy {
    mailboxes: Arc<Mailboxes>,
    loses: AtomicBool,
}

impl Delivery for Lossy {
    fn deliver(&self, announcement: Announcement) {
        if !self.loses.load(Ordering::SeqCst) {
            self.mailboxes.deliver(announcement);
        }
    }
}

fn metrics() -> HubMetrics {
    HubMetrics::new(&prometheus::Registry::new()).unwrap()
}

/// A hub, its store, and a way to write behind the hub's back.
struct Fixture {
    hub: Hub,
    engine: Engine,
    lossy: Arc<Lossy>,
    _directory: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        Self::over(|broker| broker)
    }

    /// The same; the hub reads through what `between` makes of the store.
    fn over(between: impl FnOnce(Arc<dyn Broker>) -> Arc<dyn Broker>) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let lossy = Arc::new(Lossy::default());
        let delivery: Arc<dyn Delivery> = Arc::<Lossy>::clone(&lossy);
        let engine = engine::embedded::open(directory.path(), delivery).unwrap();
        // The sender may go: nobody comes or goes here.
        let (_, online) = watch::channel(Arc::default());
        let (mailboxes, broker) =
            (Arc::clone(&lossy.mailboxes), between(Arc::clone(&engine.broker)));
        let hub = Hub::new(mailboxes, broker, online, Tasks::default(), metrics());
        Self { hub, engine, lossy, _directory: directory }
    }

    /// Writes as another node would: nothing is fed to the hub.
    async fn write(&self, author: &str, target: Target, body: Body, grant: Option<Grant>) {
        let change = Change { target, body, grant };
        let write = Write {
            log: room(),
            author: id(author),
            command: CommandId(uuid::Builder::from_random_bytes(random()).into_uuid()),
            needs: None,
            change,
            keep: 100,
        };
        let outcome = self.engine.broker.write(write).await.unwrap();
        assert!(matches!(outcome, engine::Outcome::Written(_)), "{outcome:?}");
    }

    async fn says(&self, author: &str, text: &str) {
        let message = Message {
            author: id(author),
            name: author.to_owned(),
            command: CommandId(uuid::Uuid::nil()),
            text: Some(text.to_owned()),
            edited: false,
        };
        self.write(author, Target::NewMessage, Body::Message(message), None).await;
    }

    async fn set_role(&self, person: &str, role: Option<Role>) {
        let member = Member { person: id(person), name: person.to_owned(), role };
        let target = Target::Key(RecordKey::member(&id(person)), Expect::Anything);
        let grant = Some(Grant { person: id(person), role });
        self.write(person, target, Body::Member(member), grant).await;
    }

    async fn follow(&self, person: &str) -> Arc<Connection> {
        let connection = connect(person);
        self.hub.listen(&room()).await.unwrap();
        let page = self.engine.broker.changes(&room(), None).await.unwrap();
        let place = connection.begin_command().unwrap();
        self.hub.follow(Arc::clone(&connection), CommandId(uuid::Uuid::nil()), place, page);
        let answer = next(&connection).await;
        assert!(matches!(answer, Event::Ok { result: Outcome::Page(_), .. }), "{answer:?}");
        connection
    }
}

fn connect(person: &str) -> Arc<Connection> {
    let person = Person { id: id(person), name: person.to_owned() };
    let link = ConnectionId::new(&format!("c-{}", person.id)).unwrap();
    Arc::new(Connection::new(link, person, SessionToken([0; 32]), Total::new(1 << 20)))
}

fn id(name: &str) -> PersonId {
    PersonId::new(name).unwrap()
}

fn room() -> LogId {
    LogId::Room(RoomId::lobby())
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).unwrap();
    bytes
}

/// The next event but for presence.
async fn next(connection: &Connection) -> Event {
    let taken = async {
        loop {
            match connection.outbox.step() {
                Step::Send(frame) => {
                    let event = decode_event(frame.as_str()).unwrap();
                    if !matches!(event, Event::Presence { .. }) {
                        return event;
                    }
                }
                Step::Rest => connection.outbox.wait().await,
                Step::Close(code) => panic!("closed: {code:?}"),
            }
        }
    };
    timeout(PATIENCE, taken).await.expect("nothing came")
}

/// The texts of the next `count` messages, whether they come as entries or as changes.
async fn hears(connection: &Connection, count: usize) -> Vec<String> {
    let mut texts = Vec::new();
    while texts.len() < count {
        let event = next(connection).await;
        let records = if let Event::Entry(entry) = event {
            vec![entry.record]
        } else if let Event::Changes(page) = event {
            page.records
        } else {
            panic!("{event:?}")
        };
        for record in records {
            if let Body::Message(message) = record.body {
                texts.extend(message.text);
            }
        }
    }
    texts
}

#[tokio::test]
async fn a_lost_announcement_is_read_when_the_next_one_comes() {
    let fixture = Fixture::new();
    fixture.set_role("bob", Some(Role::Member)).await;
    let bob = fixture.follow("bob").await;
    fixture.says("ada", "one").await;
    fixture.lossy.loses.store(true, Ordering::SeqCst);
    fixture.says("ada", "two").await;
    fixture.says("ada", "three").await;
    fixture.lossy.loses.store(false, Ordering::SeqCst);
    fixture.says("ada", "four").await;
    assert_eq!(hears(&bob, 4).await, ["one", "two", "three", "four"]);
}

#[tokio::test]
async fn a_lost_announcement_in_a_silent_room_is_found_by_looking() {
    let fixture = Fixture::new();
    fixture.set_role("bob", Some(Role::Member)).await;
    let bob = fixture.follow("bob").await;
    fixture.lossy.loses.store(true, Ordering::SeqCst);
    fixture.says("ada", "into the silence").await;
    assert_eq!(hears(&bob, 1).await, ["into the silence"]);
}

#[tokio::test]
async fn nobody_removed_is_told_what_comes_later() {
    for lost in [false, true] {
        let fixture = Fixture::new();
        fixture.set_role("bob", Some(Role::Member)).await;
        fixture.set_role("eve", Some(Role::Member)).await;
        let bob = fixture.follow("bob").await;
        let eve = fixture.follow("eve").await;
        fixture.lossy.loses.store(lost, Ordering::SeqCst);
        fixture.says("ada", "for both").await;
        fixture.set_role("eve", None).await;
        fixture.says("ada", "for Bob").await;
        fixture.lossy.loses.store(false, Ordering::SeqCst);
        fixture.says("ada", "for Bob too").await;
        assert_eq!(hears(&bob, 3).await, ["for both", "for Bob", "for Bob too"]);
        assert_eq!(hears(&eve, 1).await, ["for both"]);
        let rest: Vec<_> = std::iter::from_fn(|| match eve.outbox.step() {
            Step::Send(frame) => Some(frame.as_str().to_owned()),
            Step::Rest | Step::Close(_) => None,
        })
        .collect();
        assert!(rest.iter().all(|frame| !frame.contains("for Bob")), "{rest:?}");
        assert!(!eve.is_following(&room()));
    }
}

#[tokio::test]
async fn what_a_node_feeds_in_itself_is_told_once() {
    let fixture = Fixture::new();
    fixture.set_role("bob", Some(Role::Member)).await;
    let bob = fixture.follow("bob").await;
    fixture.says("ada", "one").await;
    let Event::Entry(entry) = next(&bob).await else { panic!("no entry") };
    fixture.hub.feed(entry);
    fixture.says("ada", "two").await;
    assert_eq!(hears(&bob, 1).await, ["two"]);
}

#[test]
fn who_left_before_following_stays_when_the_hub_hears_of_it_late() {
    let (bob, mut followers) = (connect("bob"), Followers::new(room(), metrics()));
    followers.add(Arc::clone(&bob), 3);
    followers.entry(left("bob", 2));
    assert!(!followers.is_empty());
    followers.entry(left("bob", 4));
    assert!(followers.is_empty());
}

#[test]
fn typing_marks_in_quick_succession_are_passed_on_once_a_second() {
    let (ada, bob, mut followers) =
        (connect("ada"), connect("bob"), Followers::new(room(), metrics()));
    followers.add(Arc::clone(&ada), 0);
    followers.add(Arc::clone(&bob), 0);
    for now in [5, 6, 500, 1_004, 1_005, 1_900] {
        followers.typing(&ada, now);
    }
    let heard = std::iter::from_fn(|| match bob.outbox.step() {
        Step::Send(frame) => Some(frame),
        Step::Rest | Step::Close(_) => None,
    });
    assert_eq!(heard.count(), 2);
}

#[tokio::test]
async fn who_is_sent_off_gets_its_last_answers_and_begins_nothing_new() {
    let ada = connect("ada");
    let command = ada.begin_command().unwrap();
    let leaving = ada.take_leave(7, PATIENCE);
    tokio::pin!(leaving);
    assert!((&mut leaving).now_or_never().is_none());
    assert_eq!(ada.begin_command().map(drop), Err(Problem::Stopping));
    ada.reply(command, CommandId(uuid::Uuid::nil()), Ok(Outcome::Done));
    timeout(PATIENCE, leaving).await.unwrap();
    assert_eq!(next(&ada).await, Event::Restarting { delay_ms: 7 });
    assert!(matches!(next(&ada).await, Event::Ok { .. }));
    assert_eq!(ada.outbox.step(), Step::Close(CloseCode::Restarting));
}

/// The entry by which a person leaves.
fn left(person: &str, offset: u64) -> Entry {
    let member = Member { person: id(person), name: person.to_owned(), role: None };
    let key = RecordKey::member(&id(person));
    let body = Body::Member(member);
    Entry {
        log: room(),
        epoch: Epoch::new("e").unwrap(),
        offset,
        time: 1,
        author: id(person),
        command: CommandId(uuid::Uuid::nil()),
        record: Record { key, rev: offset, number: None, time: 1, body },
    }
}
