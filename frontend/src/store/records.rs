//! What this browser keeps of a person: one key per record, so that tabs never overwrite each
//! other's. Names: `parlor.<person>.outbox.<tab>.<command>`, `….draft.<room>`, `….room`.

use std::{cell::RefCell, rc::Rc};

use parlor_model::{OutboxRecord, Way};
use parlor_shared::{CommandId, Person, PersonId, RoomId};

use crate::{
    browser::{storage::Storage, tabs::Tab},
    preferences,
    words::Language,
};

/// Who was signed in last, so that the page can begin without a network.
const ME: &str = "parlor.me";

/// The records of the person signed in, by this tab.
#[derive(Debug)]
pub(super) struct Records {
    storage: Storage,
    tab: Tab,
    person: RefCell<Option<PersonId>>,
}

impl Records {
    pub(super) fn open(storage: Storage) -> Rc<Self> {
        let tab = Tab::open(&storage);
        Rc::new(Self { storage, tab, person: RefCell::default() })
    }

    /// Whether the browser refused to keep something.
    pub(super) fn refused(&self) -> bool {
        self.storage.refused()
    }

    /// Who was signed in last.
    pub(super) fn last_person(&self) -> Option<Person> {
        parlor_shared::read(&self.storage.get(ME)?)
    }

    /// From now on, the records are this person's.
    pub(super) fn belong_to(&self, person: &Person) {
        self.person.replace(Some(person.id.clone()));
        self.storage.set(ME, &parlor_shared::encode(person));
    }

    /// Forgets everything of the person.
    pub(super) fn erase(&self) {
        for key in self.storage.keys(&self.beginning()) {
            self.storage.remove(&key);
        }
        self.storage.remove(ME);
        self.person.replace(None);
    }

    /// Keeps an unconfirmed message.
    pub(super) fn save(&self, record: &OutboxRecord) {
        self.storage.set(&self.outbox(self.tab.id(), record.id), &parlor_shared::encode(record));
    }

    /// Forgets a message that is settled.
    pub(super) fn forget(&self, id: CommandId) {
        self.storage.remove(&self.outbox(self.tab.id(), id));
    }

    /// Takes over what tabs that are dead left unsent, and hands each tab's records to `adopt`.
    pub(super) async fn inherit(
        self: &Rc<Self>,
        adopt: impl Fn(Vec<OutboxRecord>) + Clone + 'static,
    ) {
        for other in self.other_tabs() {
            let (records, from, adopt) = (self.clone(), other.clone(), adopt.clone());
            self.tab.inherit(&other, move || adopt(records.take(&from))).await;
        }
    }

    /// A draft; empty for none.
    pub(super) fn draft(&self, room: &RoomId) -> String {
        self.storage.get(&self.draft_key(room)).unwrap_or_default()
    }

    /// Whether something is written there and not sent.
    pub(super) fn has_draft(&self, room: &RoomId) -> bool {
        self.storage.get(&self.draft_key(room)).is_some_and(|text| !text.trim().is_empty())
    }

    /// Keeps a draft; an empty one is forgotten.
    pub(super) fn set_draft(&self, room: &RoomId, text: &str) {
        let key = self.draft_key(room);
        if text.is_empty() { self.storage.remove(&key) } else { self.storage.set(&key, text) }
    }

    /// Whether a key is that of a draft of the person.
    pub(super) fn is_draft(&self, key: &str) -> bool {
        key.starts_with(&format!("{}draft.", self.beginning()))
    }

    /// The room that was open last.
    pub(super) fn last_room(&self) -> Option<RoomId> {
        RoomId::new(&self.storage.get(&format!("{}room", self.beginning()))?).ok()
    }

    /// Notes which room is open.
    pub(super) fn set_last_room(&self, room: &RoomId) {
        self.storage.set(&format!("{}room", self.beginning()), room.as_str());
    }

    /// Whether a notification may sound: unless the person wants none.
    pub(super) fn sounds(&self) -> bool {
        preferences::sounds(&self.storage)
    }

    /// The way that worked last in this browser.
    pub(super) fn way(&self) -> Way {
        preferences::way::worked(&self.storage)
    }

    /// Keeps it.
    pub(super) fn keep_way(&self, way: Way) {
        preferences::way::keep_worked(&self.storage, way);
    }

    /// The way that the person chose.
    pub(super) fn pinned_way(&self) -> Option<Way> {
        preferences::way::chosen(&self.storage)
    }

    /// The language that the page speaks.
    pub(super) fn language(&self) -> Language {
        preferences::language(&self.storage)
    }

    fn other_tabs(&self) -> Vec<String> {
        let beginning = format!("{}outbox.", self.beginning());
        let mut tabs: Vec<String> = Vec::new();
        for key in self.storage.keys(&beginning) {
            let tab = key.strip_prefix(&beginning).and_then(|rest| rest.split_once('.'));
            if let Some((tab, _)) = tab
                && tab != self.tab.id()
                && !tabs.iter().any(|other| other == tab)
            {
                tabs.push(tab.to_owned());
            }
        }
        tabs
    }

    /// Makes another tab's records this tab's: first kept anew, then forgotten.
    fn take(&self, tab: &str) -> Vec<OutboxRecord> {
        let keys = self.storage.keys(&format!("{}outbox.{tab}.", self.beginning()));
        let mut taken = Vec::new();
        for key in keys {
            let text = self.storage.get(&key).unwrap_or_default();
            if let Some(record) = parlor_shared::read(&text) {
                self.save(&record);
                taken.push(record);
            }
            self.storage.remove(&key);
        }
        // Keys are in no order; what was said is sent in the order it was said in.
        parlor_model::in_order(taken, |record: &OutboxRecord| record.said_ms)
    }

    fn beginning(&self) -> String {
        let person = self.person.borrow();
        format!("parlor.{}.", person.as_ref().map_or("nobody", PersonId::as_str))
    }

    fn draft_key(&self, room: &RoomId) -> String {
        format!("{}draft.{room}", self.beginning())
    }

    fn outbox(&self, tab: &str, id: CommandId) -> String {
        format!("{}outbox.{tab}.{id}", self.beginning())
    }
}
