//! `typing`: "I am writing", to the room's followers on this node. The store has no channel
//! for what is not kept, so followers on other nodes do not hear of it.

use parlor_shared::{LogId, Outcome, Problem, RoomId};

use super::{Asked, roles};

/// Passes it on, for a member: whoever follows the room is one.
///
/// # Errors
/// Not a member, or the store's faults.
pub(super) async fn apply(room: RoomId, asked: &Asked<'_>) -> Result<Outcome, Problem> {
    let Asked { connection, app, .. } = asked;
    let log = LogId::Room(room.clone());
    let known =
        connection.is_following(&log) || app.hub.member(&room, &connection.person).await.is_some();
    if !known {
        roles::member_role(app, &room, &connection.person).await?;
    }
    app.hub.typing(&log, connection);
    Ok(Outcome::Done)
}
