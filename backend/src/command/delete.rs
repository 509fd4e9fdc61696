//! `delete`: take back what one said, or as moderator what anyone said.

use parlor_shared::{Message, Number, Outcome, Problem, Role, RoomId};

use super::{
    Asked,
    messages::{self, Revision},
};

/// Removes the text; the message stays as one that was deleted.
///
/// # Errors
/// No such message (or deleted before), not allowed, not a member, or the store's faults.
pub(super) async fn apply(
    room: RoomId,
    number: Number,
    asked: &Asked<'_>,
) -> Result<Outcome, Problem> {
    messages::revise(&room, number, asked, |message| {
        let own = message.author == asked.connection.person;
        let needs = if own { Role::Member } else { Role::Moderator };
        Ok(Revision { message: Message { text: None, ..message.clone() }, needs })
    })
    .await
}
