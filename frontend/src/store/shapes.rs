//! What the model does not say in one value: a room's line, the roster, a search, a notice.

use std::sync::Arc;

use parlor_model::{Asked, Chat, Found, Heard, Room, in_order};
use parlor_shared::{Person, PersonId, Problem, RoomId, RoomListing, RosterPerson};

use super::records::Records;
use crate::{browser::intl, words::Language};

/// Characters of a message that a phone's line holds at most.
const LAST_CHARS: usize = 80;

/// Whether somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Session {
    /// Being asked; show the skeleton.
    Asking,
    /// Nobody: show the sign-in form.
    Out,
    /// This person.
    In(Person),
}

impl Session {
    /// Who is here, if anybody.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        match self {
            Self::Asking | Self::Out => None,
            Self::In(person) => Some(person.clone()),
        }
    }
}

/// A room in the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomView {
    /// Its id.
    pub room: RoomId,
    /// Its name.
    pub name: Arc<str>,
    /// Who said the last message held, and the beginning of it; nothing where there is none.
    pub last: String,
    /// How many messages are unread.
    pub unread: u64,
    /// Whether something of one's own was refused there.
    pub failed: bool,
    /// Whether something is written but not sent.
    pub draft: bool,
}

/// Who is in the open room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RosterView {
    /// How many members are here now.
    pub online: u64,
    /// How many members there are.
    pub members: u64,
    /// The members known, those here first.
    pub people: Vec<PersonView>,
    /// Whether a roster has come.
    pub loaded: bool,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonView {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: Arc<str>,
    /// Whether they are here now.
    pub online: bool,
}

/// The rooms found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchView {
    /// What was looked for.
    pub query: String,
    /// The rooms.
    pub rooms: Vec<RoomListing>,
    /// Whether there are more.
    pub more: bool,
    /// Whether an answer is on its way.
    pub loading: bool,
}

/// What was said in a room while nobody looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The room's name.
    pub room: String,
    /// The last of it.
    pub last: Heard,
    /// How many messages.
    pub count: u64,
}

/// Something to tell once, outside the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Names it, for [`dismiss`](super::ChatStore::dismiss).
    pub id: u64,
    /// What it says.
    pub word: NoticeWord,
}

/// What a notice says.
#[derive(Clone, Debug, PartialEq)]
pub enum NoticeWord {
    /// The browser keeps nothing: what is unsent is lost with the page.
    NotStored,
    /// A newer build of the page is ready to be loaded.
    Update,
    /// The outbox is full: the text was not taken.
    OutboxFull,
    /// A request was refused.
    Refused(Asked, Problem),
    /// The server lost part of a room's past; one's own lost messages stand as failed rows.
    Forked {
        /// Which room.
        room: RoomId,
        /// How many messages that had been shown are gone.
        lost: u64,
    },
    /// One is no longer a member of the room.
    Left(RoomId),
}

/// What a room is called here: the lobby by the page's own word, as long as nobody gave it another.
pub(super) fn called(room: &RoomId, name: &str, language: Language) -> String {
    let unnamed = *room == RoomId::lobby() && name == Language::English.words().rooms.lobby;
    if unnamed { language.words().rooms.lobby } else { name }.to_owned()
}

/// A room's line in the sidebar.
pub(super) fn room(chat: &Chat, room: &Room, records: &Records, language: Language) -> RoomView {
    RoomView {
        room: room.id().clone(),
        name: called(room.id(), room.name(), language).into(),
        last: last_of(room, language),
        unread: room.unread(),
        failed: chat.has_failed(room.id()),
        draft: records.has_draft(room.id()),
    }
}

/// What was said last in a room, as far as a line holds it.
fn last_of(room: &Room, language: Language) -> String {
    let last = room.timeline().messages().next_back();
    let said = last.and_then(|(_, _, message)| {
        let beginning: String = message.text.as_ref()?.chars().take(LAST_CHARS).collect();
        Some((language.words().timeline.spoken)(&message.name, &beginning))
    });
    said.unwrap_or_default()
}

/// Who is in a room, those here first.
pub(super) fn roster(room: &Room) -> RosterView {
    let known = room.people();
    let people: Vec<_> = known.people().map(person).collect();
    let people = in_order(people, |person| (!person.online, intl::lower(&person.name)));
    RosterView { online: known.online(), members: known.members(), people, loaded: known.loaded() }
}

fn person(known: &RosterPerson) -> PersonView {
    PersonView { id: known.person.clone(), name: known.name.as_str().into(), online: known.online }
}

/// Who is writing.
pub(super) fn typing(room: &Room) -> Vec<Person> {
    room.people().typing().cloned().collect()
}

/// What was found.
pub(super) fn search(found: &Found, language: Language) -> SearchView {
    let mut rooms = found.rooms.clone();
    for room in &mut rooms {
        room.name = called(&room.room, &room.name, language);
    }
    SearchView { query: found.query.clone(), rooms, more: found.more, loading: found.loading }
}
