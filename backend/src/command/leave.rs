//! `leave`: cease to be a member.

use parlor_shared::{Outcome, Problem, RoomId};

use super::{Asked, membership};

/// Leaves; also when one is no member.
///
/// # Errors
/// The lobby, no such room, or the store's faults.
pub(super) async fn apply(room: RoomId, asked: &Asked<'_>) -> Result<Outcome, Problem> {
    let Asked { id, connection, app } = asked;
    if room == RoomId::lobby() {
        return Err(Problem::LobbyStays);
    }
    let Some(listing) = app.engine.directory.room(&room).await? else {
        return Err(Problem::NoSuchRoom { room });
    };
    membership::leave(app, &connection.named(), &listing, *id).await?;
    Ok(Outcome::Done)
}
