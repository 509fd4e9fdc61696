//! The room the conversation is held in: found, joined or made as any client would, and left again.

use parlor_page::browser::{exchange, storage::Storage};
use parlor_shared::{
    Action, Event, Outcome, PersonId, PollAnswer, PollRequest, Problem, RoomId, RoomListing,
    Welcome, encode, read,
};

use crate::{follower::command, trouble::Trouble};

/// What it is called, in every language: it is one room for everybody.
const NAME: &str = "Transports";
/// Keeps who was joined to it by this page and not taken out again: the page may be closed at any moment.
const JOINED: &str = "parlor.transports";
const COMMANDS: &str = "/api/v1/commands";

/// The room, and whether it is left again: not where the person was a member before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) id: RoomId,
    stays: bool,
}

impl Room {
    /// Whether it is left when the run is over.
    pub(crate) fn is_left(&self) -> bool {
        !self.stays
    }
}

/// Becomes a member of it.
///
/// # Errors
/// Why not.
pub(crate) async fn enter() -> Result<Room, Trouble> {
    let (person, room) = who().await?;
    let storage = Storage::open();
    if let Some(id) = room {
        let joined_here = storage.get(JOINED).as_deref() == Some(person.as_str());
        return Ok(Room { id, stays: !joined_here });
    }
    storage.set(JOINED, person.as_str());
    let id = found_or_made().await.inspect_err(|trouble| forget_unless(*trouble))?;
    Ok(Room { id, stays: false })
}

async fn found_or_made() -> Result<RoomId, Trouble> {
    if let Some(room) = found().await? {
        return join(room).await;
    }
    match entered(Action::CreateRoom { name: NAME.to_owned() }).await {
        // Perhaps somebody made it at the same moment.
        Err(Trouble::NameTaken) => join(found().await?.ok_or(Trouble::NameTaken)?).await,
        made => made,
    }
}

/// Whoever got no answer does not know what has happened.
fn forget_unless(trouble: Trouble) {
    if trouble != Trouble::Unreached {
        Storage::open().remove(JOINED);
    }
}

async fn join(room: RoomId) -> Result<RoomId, Trouble> {
    entered(Action::Join { room }).await
}

async fn entered(action: Action) -> Result<RoomId, Trouble> {
    let Outcome::Room(RoomListing { room, .. }) = ask(action).await? else {
        // An answer to another question is not Parlor's.
        return Err(Trouble::Unreached);
    };
    Ok(room)
}

/// Whether a room of this name is the one. The server lets no two names differ only by case.
fn is_it(name: &str) -> bool {
    name.eq_ignore_ascii_case(NAME)
}

/// Ceases to be a member, where one was none before.
pub(crate) async fn leave(room: Room) {
    if !room.stays {
        match ask(Action::Leave { room: room.id }).await {
            Ok(_) => Storage::open().remove(JOINED),
            // Whoever is gone already has left.
            Err(trouble) => forget_unless(trouble),
        }
    }
}

/// The same while the page goes: nobody waits for the answer.
pub(crate) fn leave_in_passing(room: &Room) {
    if !room.stays {
        Storage::open().remove(JOINED);
        exchange::leave_word(COMMANDS, &encode(&command(Action::Leave { room: room.id.clone() })));
    }
}

/// Who is here, and the room, if they are in it: a welcome names all of theirs.
async fn who() -> Result<(PersonId, Option<RoomId>), Trouble> {
    let answer = exchange::post("/api/v1/poll", encode(&PollRequest::default())).await;
    let body = answer.ok_or(Trouble::Unreached)?.body;
    let answer = read::<PollAnswer>(&body).ok_or_else(|| refused(&body))?;
    let welcome = answer
        .events
        .into_iter()
        .find_map(|event| if let Event::Welcome(welcome) = event { Some(welcome) } else { None });
    let Welcome { person, rooms, .. } = *welcome.ok_or(Trouble::Unreached)?;
    let room = rooms.into_iter().find(|room| is_it(&room.name));
    Ok((person.id, room.map(|room| room.room)))
}

/// The room in the list of all.
async fn found() -> Result<Option<RoomId>, Trouble> {
    let mut after = None;
    loop {
        let query = NAME.to_owned();
        let Outcome::Rooms(page) = ask(Action::FindRooms { query, after }).await? else {
            return Ok(None);
        };
        let last = page.rooms.last().map(|room| room.room.clone());
        let found = page.rooms.into_iter().find(|room| is_it(&room.name));
        if found.is_some() || !page.more || last.is_none() {
            return Ok(found.map(|room| room.room));
        }
        after = last;
    }
}

async fn ask(action: Action) -> Result<Outcome, Trouble> {
    let answer = exchange::post(COMMANDS, encode(&command(action))).await;
    let body = answer.ok_or(Trouble::Unreached)?.body;
    match read::<Event>(&body) {
        Some(Event::Ok { result, .. }) => Ok(result),
        Some(_) | None => Err(refused(&body)),
    }
}

/// Why an answer is none: an error, or something that is not Parlor's.
fn refused(body: &str) -> Trouble {
    read::<Problem>(body).map_or(Trouble::Unreached, |problem| Trouble::from(&problem))
}

#[cfg(test)]
mod tests;
