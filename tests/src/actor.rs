//! Somebody at a page: the page's own logic over a real socket, without the page.

mod driver;
mod posts;
mod witness;

use std::{
    collections::HashSet,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::Result;
use parlor_model::{
    Client, Input, Intent, Link, MessageRow, MessageState, Notice, Row, Setup, Way,
};
use parlor_shared::{Number, RoomId};
use tokio::{sync::mpsc, task::JoinHandle};

use crate::{Session, eventually, random::fresh_number};
use driver::{Driver, Turn};
pub use witness::Witness;

/// Somebody at a page. Dropping it closes the page.
#[derive(Debug)]
pub struct Actor {
    session: Session,
    page: Arc<Mutex<Page>>,
    turns: mpsc::UnboundedSender<Turn>,
    driver: JoinHandle<()>,
}

/// What the page has and shows.
#[derive(Debug)]
struct Page {
    client: Client,
    notices: Vec<Notice>,
    witness: Option<Box<dyn Witness>>,
}

/// How a page is opened, beside the usual.
#[derive(Debug, Default)]
pub struct Opening {
    /// Sees everything that comes and goes.
    pub witness: Option<Box<dyn Witness>>,
    /// The address of this machine that it comes from.
    pub from: Option<IpAddr>,
    /// The way it takes, whatever comes of it.
    pub pin: Option<Way>,
}

impl Actor {
    /// Opens a page at the server of `url`, in the lobby.
    #[must_use]
    pub fn open(url: &str, session: &Session) -> Self {
        Self::open_with(url, session, Opening::default())
    }

    /// Opens a page at the server of `url`, in the lobby, in a way of its own.
    #[must_use]
    pub fn open_with(url: &str, session: &Session, opening: Opening) -> Self {
        let random = Box::new(fresh_number);
        let Opening { witness, from, pin } = opening;
        let client = Client::new(Setup {
            person: session.person.clone(),
            rooms: Vec::new(),
            outbox: Vec::new(),
            way: Way::Socket,
            pin,
            random,
        });
        let page = Arc::new(Mutex::new(Page { client, notices: Vec::new(), witness }));
        let (turns, coming) = mpsc::unbounded_channel();
        let driver = Driver::new(url, session, from, Arc::clone(&page), turns.clone());
        let driver = tokio::spawn(driver.run(coming));
        let actor = Self { session: session.clone(), page, turns, driver };
        actor.input(Input::Connect);
        actor.wants(Intent::Open(RoomId::lobby()));
        actor
    }

    /// Signs in under `name` and opens a page.
    ///
    /// # Errors
    /// When the server does not let them in.
    pub async fn enter(url: &str, name: &str) -> Result<Self> {
        let actor = Self::open(url, &Session::begin(url, name).await?);
        actor.is_connected().await?;
        Ok(actor)
    }

    /// Their session, for another page of the same person.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Wants something.
    pub fn wants(&self, intent: Intent) {
        self.input(Input::Intent(intent));
    }

    /// Says something in the lobby.
    pub fn says(&self, text: &str) {
        self.wants(Intent::Send { room: RoomId::lobby(), text: text.to_owned() });
    }

    /// Takes a way for good, or leaves it to the page.
    pub fn pins(&self, way: Option<Way>) {
        self.input(Input::Pin(way));
    }

    /// The network is gone.
    pub fn goes_offline(&self) {
        self.turn(Turn::Offline);
    }

    /// The network is there again.
    pub fn comes_back(&self) {
        self.turn(Turn::Online);
    }

    /// The page hangs: its socket stays open and is not read.
    pub fn stops_reading(&self) {
        self.turn(Turn::Reads(false));
    }

    /// The page reads on.
    pub fn reads_on(&self) {
        self.turn(Turn::Reads(true));
    }

    /// A frame comes as if the server had sent it.
    pub fn hears(&self, frame: &str) {
        self.turn(Turn::Hears(frame.to_owned()));
    }

    /// Waits until the link is welcomed.
    ///
    /// # Errors
    /// When it is not in time.
    pub async fn is_connected(&self) -> Result<()> {
        self.until("connected", |client| client.link().link == Link::Connected).await
    }

    /// Waits until the page knows that it has no link.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn is_cut(&self) -> Result<()> {
        self.until("cut off", |client| client.link().link != Link::Connected).await
    }

    /// Waits until the lobby shows a confirmed message of this text.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn sees(&self, text: &str) -> Result<()> {
        let what = format!("{} sees {text:?}", self.session.person.name);
        let shown =
            |row: &MessageRow| row.state == MessageState::Ink && row.text.as_deref() == Some(text);
        self.until(&what, |client| messages(client).iter().any(shown)).await
    }

    /// Waits until the client is as wished.
    ///
    /// # Errors
    /// When it is not in time.
    pub async fn until(&self, what: &str, wish: impl Fn(&Client) -> bool) -> Result<()> {
        eventually(what, async || wish(&self.page().client).then_some(())).await
    }

    /// Looks at the client.
    pub fn look<T>(&self, look: impl FnOnce(&Client) -> T) -> T {
        look(&self.page().client)
    }

    /// The rows of the lobby.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        self.look(rows)
    }

    /// The lobby's confirmed messages that show a text, top to bottom.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let confirmed = self.look(messages).into_iter().filter(|row| row.number.is_some());
        confirmed.filter_map(|row| row.text).collect()
    }

    /// The numbers of the lobby's confirmed messages, top to bottom.
    #[must_use]
    pub fn numbers(&self) -> Vec<Number> {
        self.look(messages).into_iter().filter_map(|row| row.number).collect()
    }

    /// How many messages the lobby says were not kept.
    #[must_use]
    pub fn not_kept(&self) -> u64 {
        let torn = |row: &Row| if let Row::NotKept(count) = row { *count } else { 0 };
        self.rows().iter().map(torn).sum()
    }

    /// Has seen everything up to a number.
    pub fn has_seen(&self, number: Number) {
        self.wants(Intent::Seen { room: RoomId::lobby(), number });
    }

    /// What the person was told.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        self.page().notices.clone()
    }

    fn page(&self) -> MutexGuard<'_, Page> {
        self.page.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn input(&self, input: Input) {
        self.turn(Turn::Input(input));
    }

    fn turn(&self, turn: Turn) {
        // The driver only ends with the actor.
        let _ = self.turns.send(turn);
    }
}

impl Drop for Actor {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

fn rows(client: &Client) -> Vec<Row> {
    let shown = client.chat().rows(&RoomId::lobby(), &|_| 0);
    let mut keys = HashSet::new();
    assert!(shown.iter().all(|(key, _)| keys.insert(*key)), "two rows of one key");
    shown.into_iter().map(|(_, row)| row).collect()
}

fn messages(client: &Client) -> Vec<MessageRow> {
    let message = |row| if let Row::Message(message) = row { Some(message) } else { None };
    rows(client).into_iter().filter_map(message).collect()
}
