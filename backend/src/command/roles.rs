//! What a person is in a room, and how a refusal by the store is explained.

use parlor_shared::{LogId, PersonId, Problem, Record, RecordKey, Role, RoomId};

use crate::app::App;

/// The role of a member.
///
/// # Errors
/// [`Problem::NoSuchRoom`] or [`Problem::NotAMember`]; the store's faults as problems.
pub(super) async fn member_role(
    app: &App,
    room: &RoomId,
    person: &PersonId,
) -> Result<Role, Problem> {
    let record = member_record(app, room, person).await?;
    if let Some(role) = record.as_ref().and_then(role) {
        return Ok(role);
    }
    match app.engine.directory.room(room).await? {
        Some(_) => Err(Problem::NotAMember),
        None => Err(Problem::NoSuchRoom { room: room.clone() }),
    }
}

/// Why the store refused a write: no room, no member, or not enough of a role.
pub(super) async fn refusal(app: &App, room: &RoomId, person: &PersonId) -> Problem {
    match member_role(app, room, person).await {
        Ok(_) => Problem::NotAllowed,
        Err(problem) => problem,
    }
}

/// A person's member record in a room, if there ever was one.
pub(super) async fn member_record(
    app: &App,
    room: &RoomId,
    person: &PersonId,
) -> Result<Option<Record>, Problem> {
    let log = LogId::Room(room.clone());
    Ok(app.engine.broker.record(&log, &RecordKey::member(person)).await?)
}

/// The role that a member record gives now.
pub(super) fn role(record: &Record) -> Option<Role> {
    record.member().and_then(|member| member.role)
}
