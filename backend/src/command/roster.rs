//! `roster`: who is a member, and who of them is here.

use std::sync::Arc;

use parlor_shared::{
    LogId, Outcome, PersonId, Problem, Record, RoomId, Roster, RosterPerson, limits::ROSTER_PAGE,
};

use super::{Asked, roles};

/// Reads one page of the members, by person id.
///
/// # Errors
/// Not a member, or the store's faults.
pub(super) async fn apply(
    room: RoomId,
    after: Option<PersonId>,
    asked: &Asked<'_>,
) -> Result<Outcome, Problem> {
    let Asked { connection, app, .. } = asked;
    roles::member_role(app, &room, &connection.person).await?;
    let records = app.engine.broker.records(&LogId::Room(room.clone()), "member:").await?;
    let seen = Arc::clone(&app.online.borrow());
    let mut people: Vec<RosterPerson> = records
        .iter()
        .filter_map(Record::member)
        .filter_map(|member| {
            let (person, name) = (member.person.clone(), member.name.clone());
            // Whoever asks is here, also before the next look around.
            let online = person == connection.person || seen.contains_key(&person);
            member.role.map(|role| RosterPerson { person, name, role, online })
        })
        .collect();
    people.sort_by(|one, other| one.person.cmp(&other.person));
    let online = people.iter().filter(|person| person.online).count() as u64;
    let members = people.len() as u64;
    let start = after.map_or(0, |after| people.partition_point(|person| person.person <= after));
    let mut people = people.split_off(start);
    let more = people.len() > ROSTER_PAGE;
    people.truncate(ROSTER_PAGE);
    Ok(Outcome::Roster(Roster { room, online, members, people, more }))
}
