//! `join`: become a member of an open room.

use parlor_shared::{Outcome, Problem, Role, RoomId};

use super::{Asked, membership};

/// Joins; also when one is a member already.
///
/// # Errors
/// No such room, a full one, or the store's faults.
pub(super) async fn apply(room: RoomId, asked: &Asked<'_>) -> Result<Outcome, Problem> {
    let Asked { id, connection, app } = asked;
    let Some(listing) = app.engine.directory.room(&room).await? else {
        return Err(Problem::NoSuchRoom { room });
    };
    membership::join(app, &connection.named(), &listing, Role::Member, *id).await?;
    Ok(Outcome::Room(listing))
}
