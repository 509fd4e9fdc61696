//! `edit`: change what one said oneself.

use parlor_shared::{Message, Number, Outcome, Problem, Role, RoomId, limits};

use super::{
    Asked,
    messages::{self, Revision},
};

/// Replaces the text.
///
/// # Errors
/// The text, no such message, another's message, not a member, or the store's faults.
pub(super) async fn apply(
    room: RoomId,
    number: Number,
    text: &str,
    asked: &Asked<'_>,
) -> Result<Outcome, Problem> {
    limits::check_text(text)?;
    if let Err(too_fast) = asked.app.may_send(&asked.connection.person) {
        return messages::repeat_or(too_fast, &room, asked).await;
    }
    messages::revise(&room, number, asked, |message| {
        if message.author != asked.connection.person {
            return Err(Problem::NotAllowed);
        }
        let text = Some(text.to_owned());
        let message = Message { text, edited: true, ..message.clone() };
        Ok(Revision { message, needs: Role::Member })
    })
    .await
}
