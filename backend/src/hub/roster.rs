//! One page of who is a member of a room, and who of them is here.

use std::{
    collections::BTreeMap,
    ops::Bound::{Excluded, Unbounded},
};

use parlor_shared::{Member, PersonId, Record, RoomId, Roster, RosterPerson, limits::ROSTER_PAGE};

use crate::engine::Online;

/// The members of a room as their records say, without those who left.
pub(crate) type Members = BTreeMap<PersonId, Member>;

/// The members among `records`.
pub(crate) fn members(records: &[Record]) -> Members {
    let members = records.iter().filter_map(Record::member).filter(|member| member.role.is_some());
    members.map(|member| (member.person.clone(), member.clone())).collect()
}

/// The page after a person. Whoever asks is here, also before the next look around.
pub(crate) fn roster(
    room: &RoomId,
    members: &Members,
    after: Option<&PersonId>,
    asker: &PersonId,
    seen: &Online,
) -> Roster {
    let is_here = |person: &PersonId| person == asker || seen.contains_key(person);
    let online = members.keys().filter(|person| is_here(person)).count() as u64;
    let from = after.map_or(Unbounded, Excluded);
    let mut rest =
        members.range::<PersonId, _>((from, Unbounded)).filter_map(|(person, member)| {
            let (person, name) = (person.clone(), member.name.clone());
            let online = is_here(&person);
            member.role.map(|role| RosterPerson { person, name, role, online })
        });
    let people: Vec<RosterPerson> = rest.by_ref().take(ROSTER_PAGE).collect();
    let more = rest.next().is_some();
    Roster { room: room.clone(), online, members: members.len() as u64, people, more }
}
