//! `typing`: "I am writing", to the room's other followers on this node. The store has no channel
//! for what is not kept, so followers on other nodes do not hear of it.

use parlor_shared::{LogId, Outcome, Problem, RoomId};

use super::{Asked, roles};

/// Passes it on. Who does not follow the room says it to nobody, but must be a member to hear so.
///
/// # Errors
/// Not a member, or the store's faults.
pub(super) async fn apply(room: RoomId, asked: &Asked<'_>) -> Result<Outcome, Problem> {
    let Asked { connection, app, .. } = asked;
    let log = LogId::Room(room.clone());
    if connection.is_following(&log) {
        app.hub.typing(&log, connection);
    } else {
        roles::member_role(app, &room, &connection.person).await?;
    }
    Ok(Outcome::Done)
}
