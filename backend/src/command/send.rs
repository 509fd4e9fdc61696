//! `send`: say something.

use parlor_shared::{Body, Message, Outcome, Problem, Role, RoomId, limits};

use super::{
    Asked,
    messages::{self, Attempt},
};
use crate::engine::{Change, Target};

/// Writes a message; everybody, the author too, hears of it as an entry.
///
/// # Errors
/// The text, too much in too short a time, not a member, or the store's faults.
pub(super) async fn apply(
    room: RoomId,
    text: String,
    asked: &Asked<'_>,
) -> Result<Outcome, Problem> {
    limits::check_text(&text)?;
    if let Err(too_fast) = asked.app.may_send(&asked.connection.person) {
        return messages::repeat_or(too_fast, &room, asked).await;
    }
    let person = asked.connection.named();
    let message = Message {
        author: person.id,
        name: person.name,
        command: asked.id,
        text: Some(text),
        edited: false,
    };
    let change = Change { target: Target::NewMessage, body: Body::Message(message), grant: None };
    match messages::write(&room, Role::Member, change, asked).await? {
        Attempt::Written(outcome) => Ok(outcome),
        // A new message meets nothing it could conflict with.
        Attempt::Conflict => Err(Problem::Internal),
    }
}
