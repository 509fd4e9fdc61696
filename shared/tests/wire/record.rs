//! What a record says of somebody's place.

use parlor_shared::{Body, Member, Membership, PersonId, Record, RecordKey, Role, RoomId};

fn record(body: Body) -> Record {
    Record { key: RecordKey::new("any"), rev: 1, number: None, time: 0, body }
}

fn ada() -> PersonId {
    PersonId::new("ada").unwrap()
}

fn member(role: Option<Role>) -> Record {
    record(Body::Member(Member { person: ada(), name: "Ada".to_owned(), role }))
}

fn membership(joined: bool) -> Record {
    record(Body::Membership(Membership { room: RoomId::lobby(), name: "Lobby".to_owned(), joined }))
}

#[test]
fn a_member_without_a_role_is_removed_and_no_other_record_removes_anybody() {
    assert_eq!(member(None).removes(), Some(&ada()));
    for stays in [member(Some(Role::Member)), member(Some(Role::Owner)), membership(false)] {
        assert_eq!(stays.removes(), None, "{stays:?}");
    }
    assert!(member(None).member().is_some_and(|member| member.person == ada()));
}

#[test]
fn only_a_membership_that_stands_is_joined() {
    let room = |record: Record| record.joined().map(|membership| membership.room.clone());
    assert_eq!(room(membership(true)), Some(RoomId::lobby()));
    assert_eq!(room(membership(false)), None);
    assert_eq!(room(member(Some(Role::Member))), None);
}
