//! What a room's followers are told of its members.

use parlor_shared::{Body, Event, Member, PersonId, Record, RecordKey, Role, RoomId};

use super::{ROSTER_PAGE, RoomPresence};
use crate::engine::Online;

fn id(name: &str) -> PersonId {
    PersonId::new(name).unwrap()
}

fn member(name: &str, role: Option<Role>) -> Record {
    let person = id(name);
    let body = Body::Member(Member { person: person.clone(), name: name.to_owned(), role });
    Record { key: RecordKey::member(&person), rev: 1, number: None, time: 1, body }
}

fn online(names: &[&str]) -> Online {
    names.iter().map(|name| (id(name), (*name).to_owned())).collect()
}

fn room(members: &[&str], here: &[&str]) -> RoomPresence {
    let mut presence = RoomPresence::new(RoomId::lobby());
    let records: Vec<_> = members.iter().map(|name| member(name, Some(Role::Member))).collect();
    presence.take_members(&records, &online(here));
    presence
}

#[test]
fn only_members_who_came_or_went_are_told() {
    let mut presence = room(&["ada", "bob"], &["ada"]);
    assert_eq!(presence.difference(&online(&["ada", "eve"]), 10), None);
    let Some(Event::Presence { online, came, went, .. }) =
        presence.difference(&online(&["bob", "eve"]), 20)
    else {
        panic!("nothing was told")
    };
    assert_eq!((online, came.len(), went), (1, 1, vec![id("ada")]));
    assert_eq!(came[0].id, id("bob"));
}

#[test]
fn a_member_who_leaves_the_room_has_gone_from_it() {
    let mut presence = room(&["ada", "bob"], &["ada", "bob"]);
    presence.note(&member("bob", None));
    assert!(presence.due_at().is_some());
    let told = presence.difference(&online(&["ada", "bob"]), 10);
    assert!(matches!(told, Some(Event::Presence { online: 1, went, .. }) if went == [id("bob")]));
}

#[test]
fn a_change_during_the_read_of_the_members_counts() {
    let mut presence = RoomPresence::new(RoomId::lobby());
    presence.note(&member("bob", None));
    presence.take_members(&[member("bob", Some(Role::Member))], &online(&[]));
    assert_eq!(presence.difference(&online(&["bob"]), 10), None);
}

#[test]
fn above_the_roster_page_only_the_count_is_told() {
    let names: Vec<String> = (0..=ROSTER_PAGE).map(|n| format!("p{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut presence = room(&names, &[]);
    let told = presence.difference(&online(&names), 10);
    let Some(Event::Presence { online, came, .. }) = told else { panic!("nothing was told") };
    assert_eq!((online, came.len()), (ROSTER_PAGE as u64 + 1, 0));
}

#[test]
fn who_comes_is_called_as_their_member_record_says() {
    let mut presence = room(&["ada", "bob"], &["ada"]);
    let mut renamed = member("bob", Some(Role::Member));
    let Body::Member(bob) = &mut renamed.body else { panic!("no member") };
    "Robert".clone_into(&mut bob.name);
    presence.note(&renamed);
    // The view of who is connected still has the former name.
    let told = presence.difference(&online(&["ada", "bob"]), 10);
    let Some(Event::Presence { came, .. }) = told else { panic!("nothing was told") };
    assert_eq!(came[0].name, "Robert");
}
