//! Commands on a whole node over a real store, without its sockets.

use std::{sync::Arc, time::Duration};

use parlor_shared::{
    Action, Body, Command, CommandId, Event, LogId, Message, Outcome, Page, Person, PersonId,
    Problem, ReadPosition, RecordKey, Role, RoomId, RoomListing, RoomSettings, decode_event,
};
use tokio::time::timeout;

use crate::{
    App, AppState, Config,
    command::{self, membership},
    engine::{self, Change, Expect, RoomOutcome, SessionToken, Target, Write},
    hub::{Connection, Step},
    ids,
};

/// How long anything here may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A node with one room and Ada in it.
struct Fixture {
    app: AppState,
    ada: Arc<Connection>,
    room: RoomId,
    _directory: tempfile::TempDir,
}

impl Fixture {
    async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let data = directory.path().to_owned();
        let config = Config { data, keep: 1_000, ..Config::default() };
        let app = Arc::new(App::open(config).await.unwrap());
        let person = Person { id: PersonId::new("ada").unwrap(), name: "Ada".to_owned() };
        let token = SessionToken([0; 32]);
        let link = ids::connection().unwrap();
        let ada = Connection::new(link, person.clone(), token, app.outboxes.clone());
        let room = RoomId::new("attic").unwrap();
        let listing = RoomListing { room: room.clone(), name: "Attic".to_owned() };
        let made = app.engine.directory.create_room(&listing, "attic").await.unwrap();
        assert_eq!(made, RoomOutcome::Created);
        let joining = command(1);
        membership::join(&app, &person, &listing, Role::Member, joining).await.unwrap();
        Self { app, ada: Arc::new(ada), room, _directory: directory }
    }

    /// The node stops and comes back, under another epoch of its store.
    async fn restarts(self) -> Self {
        let Self { app, ada, room, _directory } = self;
        let config = app.config.clone();
        drop(app);
        let app = Arc::new(App::open(config).await.unwrap());
        Self { app, ada, room, _directory }
    }

    /// The answer to a command.
    async fn asks(&self, id: CommandId, action: Action) -> Result<Outcome, Problem> {
        let place = self.ada.begin_command().unwrap();
        command::run(Command { id, action }, None, place, &self.ada, &self.app).await;
        let answer = async {
            loop {
                let event = self.next().await;
                if let Event::Ok { id: of, result } = event {
                    assert_eq!(of, id);
                    return Ok(result);
                } else if let Event::Error { id: of, problem } = event {
                    assert_eq!(of, Some(id));
                    return Err(problem);
                }
            }
        };
        timeout(PATIENCE, answer).await.expect("no answer")
    }

    async fn next(&self) -> Event {
        loop {
            match self.ada.outbox.step() {
                Step::Send(frame) => return decode_event(frame.as_str()).unwrap(),
                Step::Rest => self.ada.outbox.wait().await,
                Step::Close(code) => panic!("closed: {code:?}"),
            }
        }
    }

    fn say(&self) -> Action {
        Action::Send { room: self.room.clone(), text: "hello".to_owned() }
    }

    /// Says something without the limit on how often.
    async fn says(&self, id: CommandId) {
        let message = Message {
            author: self.ada.person.clone(),
            name: self.ada.named().name,
            command: id,
            text: Some("hello".to_owned()),
            edited: false,
        };
        self.write(id, Target::NewMessage, Body::Message(message)).await;
    }

    async fn write(&self, command: CommandId, target: Target, body: Body) {
        let write = Write {
            log: LogId::Room(self.room.clone()),
            author: self.ada.person.clone(),
            command,
            needs: None,
            change: Change { target, body, grant: None },
            keep: self.app.config.keep,
        };
        let outcome = self.app.write(write).await.unwrap();
        assert!(matches!(outcome, engine::Outcome::Written(_)), "{outcome:?}");
    }

    async fn follows(&self, id: CommandId, offset: Option<u64>) -> Page {
        let log = LogId::Room(self.room.clone());
        let top = self.app.engine.broker.top(&log).await.unwrap();
        let after = offset.map(|offset| parlor_shared::Position { offset, ..top.position });
        let answer = self.asks(id, Action::Follow { log, after }).await.unwrap();
        let Outcome::Page(page) = answer else { panic!("{answer:?}") };
        page
    }
}

fn command(number: u8) -> CommandId {
    CommandId::from_random([number; 16])
}

#[tokio::test]
async fn a_repeat_gets_its_answer_also_when_its_author_is_too_fast() {
    let fixture = Fixture::new().await;
    let mut first = None;
    let mut too_fast = false;
    for number in 2..100 {
        match fixture.asks(command(number), fixture.say()).await {
            Ok(answer) => first = first.or(Some(answer)),
            Err(problem) => {
                assert!(matches!(problem, Problem::TooFast { .. }), "{problem:?}");
                too_fast = true;
                break;
            }
        }
    }
    assert!(too_fast, "the limit was never met");
    assert_eq!(fixture.asks(command(2), fixture.say()).await.ok(), first);
}

#[tokio::test]
async fn a_room_keeps_as_many_messages_as_its_own_settings_say() {
    let fixture = Fixture::new().await;
    fixture.says(command(2)).await;
    let settings = RoomSettings { name: "Attic".to_owned(), creator: None, keep: Some(3) };
    let target = Target::Key(RecordKey::room(), Expect::Absent);
    fixture.write(command(3), target, Body::Room(settings)).await;
    for number in 4..10 {
        fixture.says(command(number)).await;
    }
    let top = fixture.app.engine.broker.top(&LogId::Room(fixture.room.clone())).await.unwrap();
    assert_eq!((top.first_kept, top.last_number), (5, 7));
}

#[tokio::test]
async fn who_catches_up_again_is_told_nothing_beside_the_pages() {
    let fixture = Fixture::new().await;
    for _ in 0..110 {
        fixture.says(ids::derived_command("test", ids::connection().unwrap().as_str())).await;
    }
    assert!(!fixture.follows(command(2), None).await.more);
    let log = LogId::Room(fixture.room.clone());
    assert!(fixture.ada.is_following(&log));
    assert!(fixture.follows(command(3), Some(1)).await.more);
    let let_go = async {
        while fixture.ada.is_following(&log) {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, let_go).await.expect("it still follows");
}

#[tokio::test]
async fn a_mark_given_under_an_older_epoch_is_kept_under_the_present_one() {
    let fixture = Fixture::new().await;
    fixture.says(command(2)).await;
    let log = LogId::Room(fixture.room.clone());
    let before = fixture.app.engine.broker.top(&log).await.unwrap().position;
    let fixture = fixture.restarts().await;
    fixture.says(command(3)).await;
    let now = fixture.app.engine.broker.top(&log).await.unwrap().position;
    assert_ne!(before.epoch, now.epoch);
    let read = Action::Read { room: fixture.room.clone(), position: before, number: 1 };
    fixture.asks(command(4), read).await.unwrap();
    let own = LogId::Person(fixture.ada.person.clone());
    let key = RecordKey::read(&fixture.room);
    let kept = fixture.app.engine.broker.record(&own, &key).await.unwrap().unwrap();
    let expected = ReadPosition { room: fixture.room.clone(), position: now, number: 1 };
    assert_eq!(kept.body, Body::Read(expected));
}
