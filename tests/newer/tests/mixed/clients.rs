//! Clients of one version at one node: a page's own logic, and a strict reader.

use super::{
    model::{Client, Room},
    tests::{Actor, Mirror, Raw, Session, eventually},
    wire::{Action, Event, LogId, RecordKey, RoomId},
};

/// A page and a reader, in the lobby.
pub(crate) struct Clients {
    page: Actor,
    raw: Raw,
    mirror: Mirror,
}

impl Clients {
    /// Both enter at `url`, each under a name of its own.
    pub(crate) async fn enter(url: &str, name: &str) -> Self {
        let page = Actor::enter(url, &format!("{name} at a page")).await.unwrap();
        let session = Session::begin(url, &format!("{name} with a reader")).await.unwrap();
        let (mut raw, _) = Raw::enter(url, &session).await.unwrap();
        let mut mirror = Mirror::new(LogId::Room(RoomId::lobby()));
        mirror.follow(&mut raw).await.unwrap();
        Self { page, raw, mirror }
    }

    /// The reader's client says something.
    pub(crate) async fn says(&mut self, text: &str) {
        let action = Action::Send { room: RoomId::lobby(), text: text.to_owned() };
        self.raw.done(action).await.unwrap();
    }

    /// The page says something.
    pub(crate) fn page_says(&self, text: &str) {
        self.page.says(text);
    }

    /// The reader's client says that it writes.
    pub(crate) async fn types(&mut self) {
        self.raw.done(Action::Typing { room: RoomId::lobby() }).await.unwrap();
    }

    /// Both have a message.
    pub(crate) async fn see(&mut self, text: &str) {
        self.mirror.sees(&mut self.raw, text).await.unwrap();
        self.page.sees(text).await.unwrap();
    }

    /// Both come to where `offset` is: also what they do not understand moves them on, with no gap.
    pub(crate) async fn are_at(&mut self, offset: u64) {
        let there = |mirror: &Mirror| mirror.position.as_ref().is_some_and(|p| p.offset >= offset);
        self.mirror.until(&mut self.raw, there).await.unwrap();
        let live = |client: &Client| client.chat().room(&RoomId::lobby()).is_some_and(Room::live);
        self.page.until("live", live).await.unwrap();
    }

    /// Where the reader is.
    pub(crate) fn offset(&self) -> u64 {
        self.mirror.position.as_ref().map_or(0, |position| position.offset)
    }

    /// The texts, which page and reader have alike, each once.
    pub(crate) async fn texts(&self) -> Vec<String> {
        let read = self.mirror.texts();
        let same = async || (self.page.texts() == read).then_some(());
        eventually("the page shows what was read", same).await.unwrap();
        assert_eq!(self.page.not_kept(), 0);
        assert_eq!(self.page.notices(), []);
        read
    }

    /// The state of the poll as the reader holds it, as JSON.
    pub(crate) fn poll(&self) -> serde_json::Value {
        let record = self.mirror.records.get(&RecordKey::new("poll:1")).unwrap();
        serde_json::to_value(&record.body).unwrap()
    }

    /// What this version takes the poll for: its variant's name.
    pub(crate) fn poll_variant(&self) -> String {
        let record = self.mirror.records.get(&RecordKey::new("poll:1")).unwrap();
        variant(&record.body)
    }

    /// Reads on until an event comes that only the newer version has: what this one calls it.
    pub(crate) async fn hears_beside_the_log(&mut self) -> String {
        loop {
            match self.raw.next().await.unwrap() {
                Event::Entry(entry) => self.mirror.entry(entry).unwrap(),
                Event::Changes(page) => self.mirror.take(page).unwrap(),
                event => {
                    let name = variant(&event);
                    if ["Cheer", "Unknown"].contains(&name.as_str()) {
                        return name;
                    }
                }
            }
        }
    }
}

/// What a version calls something of its own.
fn variant(something: &impl std::fmt::Debug) -> String {
    format!("{something:?}").chars().take_while(|c| c.is_alphanumeric()).collect()
}
