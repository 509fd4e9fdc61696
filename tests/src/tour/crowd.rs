//! The others of a story: they make rooms and talk, each after the other.

use parlor_model::{Client, Intent, MessageState, Row};
use parlor_shared::RoomId;

use super::Story;
use crate::Actor;

/// The others.
pub(super) struct Crowd(Vec<Actor>);

impl Crowd {
    /// Everybody but the one who walks; the first of them makes the rooms, the others join them.
    pub(super) async fn gather(url: &str, story: &Story) -> Self {
        let mut all = Vec::new();
        for name in story.people {
            all.push(Actor::enter(url, name).await.unwrap());
        }
        for room in &story.rooms {
            let name = room.name.to_owned();
            all[0].wants(Intent::CreateRoom { name });
            let made = "the room is made";
            all[0].until(made, |client| called(client, room.name).is_some()).await.unwrap();
            let id = all[0].look(|client| called(client, room.name)).unwrap();
            for other in &all[1..] {
                other.wants(Intent::Join(id.clone()));
                let joined = |client: &Client| client.chat().room(&id).is_some();
                other.until("the room is joined", joined).await.unwrap();
            }
        }
        Self(all)
    }

    pub(super) fn lobby() -> RoomId {
        RoomId::lobby()
    }

    /// Says something, and waits until everybody of the crowd has it.
    pub(super) async fn says(&self, who: usize, room: &RoomId, text: &str) {
        let (room, text) = (room.clone(), text.to_owned());
        self.0[who].wants(Intent::Send { room: room.clone(), text: text.clone() });
        self.0[who].until("it is said", |client| stands(client, &room, &text)).await.unwrap();
    }

    /// Waits until the first of them has something the one who walks said.
    pub(super) async fn hears(&self, room: &RoomId, text: &str) {
        self.0[0].until("it is heard", |client| stands(client, room, text)).await.unwrap();
    }

    /// Says what a story has for its rooms.
    pub(super) async fn fills_the_rooms(&self, story: &Story) {
        for room in &story.rooms {
            let id = self.room(room.name);
            for (who, text) in room.talk {
                self.says(who - 1, &id, text).await;
            }
        }
    }

    /// The room of a name.
    pub(super) fn room(&self, name: &str) -> RoomId {
        self.0[0].look(|client| called(client, name)).unwrap()
    }
}

fn called(client: &Client, name: &str) -> Option<RoomId> {
    let mut rooms = client.chat().rooms().into_iter();
    rooms.find(|room| room.name() == name).map(|room| room.id().clone())
}

fn stands(client: &Client, room: &RoomId, text: &str) -> bool {
    let is = |row: &Row| {
        matches!(row, Row::Message(message)
        if message.state == MessageState::Ink && message.text.as_deref() == Some(text))
    };
    client.chat().rows(room, &|_| 0).iter().any(|(_, row)| is(row))
}
