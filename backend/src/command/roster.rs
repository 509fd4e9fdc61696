//! `roster`: who is a member, and who of them is here.

use std::sync::Arc;

use parlor_shared::{LogId, Outcome, PersonId, Problem, RoomId};

use super::{Asked, roles};
use crate::hub;

/// Gives one page of the members, by person id: as this node knows them, or else from the store.
///
/// # Errors
/// Not a member, or the store's faults.
pub(super) async fn apply(
    room: RoomId,
    after: Option<PersonId>,
    asked: &Asked<'_>,
) -> Result<Outcome, Problem> {
    let Asked { connection, app, .. } = asked;
    let person = &connection.person;
    if let Some(roster) = app.hub.roster(&room, after.clone(), person).await {
        return Ok(Outcome::Roster(roster));
    }
    roles::member_role(app, &room, person).await?;
    let records = app.engine.broker.records(&LogId::Room(room.clone()), "member:").await?;
    let seen = Arc::clone(&app.online.borrow());
    let members = hub::members(&records);
    Ok(Outcome::Roster(hub::roster(&room, &members, after.as_ref(), person, &seen)))
}
