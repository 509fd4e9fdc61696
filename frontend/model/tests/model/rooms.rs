//! Rooms: joined and left here and elsewhere, their people, who is writing.

use parlor_model::{Intent, Notice};
use parlor_shared::{
    Action, Body, Entry, Event, LogId, Member, Membership, Outcome, Page, Position, Problem,
    ReadPosition, Record, RecordKey, Reset, Role, RoomId, RoomListing, RoomSummary,
};

use super::bench::{
    Bench, at, command, entry, epoch, lobby, message, others, page, person, summary,
};

fn own_entry(offset: u64, key: RecordKey, body: Body) -> Event {
    let record = Record { key, rev: offset, number: None, time: 0, body };
    let ada = person("ada").id;
    let (log, author) = (LogId::Person(ada.clone()), ada);
    let (epoch, command) = (epoch("a"), command(1));
    Event::Entry(Entry { log, epoch, offset, time: 0, author, command, record })
}

fn membership(offset: u64, joined: bool) -> Event {
    let room = RoomId::new("garden").unwrap();
    let key = RecordKey::membership(&room);
    own_entry(offset, key, Body::Membership(Membership { room, name: "Garden".to_owned(), joined }))
}

#[test]
fn a_room_joined_on_another_device_appears_and_is_followed() {
    let mut bench = Bench::live(1, 1);
    bench.event(&membership(1, true));
    let garden = RoomId::new("garden").unwrap();
    assert_eq!(bench.client.chat().rooms().len(), 2);
    bench.follow_of(&LogId::Room(garden));
    bench.event(&membership(2, false));
    assert_eq!(bench.client.chat().rooms().len(), 1);
}

#[test]
fn a_refusal_from_before_a_room_was_joined_again_does_not_take_it_away() {
    let mut bench = Bench::live(1, 1);
    let garden = LogId::Room(RoomId::new("garden").unwrap());
    bench.event(&membership(1, true));
    let (before, _) = bench.follow_of(&garden);
    bench.event(&membership(2, false));
    bench.event(&membership(3, true));
    let (again, _) = bench.follow_of(&garden);
    bench.refuses(before, Problem::NotAMember);
    let start = Some(Reset::Start);
    let all = Page { log: garden, reset: start, ..page(at("a", 1), vec![others(1)], 1) };
    bench.ok(again, Outcome::Page(all));
    let garden = RoomId::new("garden").unwrap();
    let known = bench.client.chat().room(&garden).expect("the room is gone");
    assert!(known.joined() && known.live());
}

#[test]
fn it_does_not_either_while_the_room_has_to_wait_to_be_asked_for_again() {
    let mut bench = Bench::new();
    let garden = RoomId::new("garden").unwrap();
    let others = (1..=7).map(|n| RoomId::new(&format!("room{n}")).unwrap());
    let rooms = std::iter::once(garden.clone()).chain(others);
    bench.welcomed(rooms.map(|room| RoomSummary { room, ..summary(1, 1) }).collect());
    let (before, _) = bench.follow_of(&LogId::Room(garden.clone()));
    bench.sent.clear();
    bench.event(&membership(1, false));
    bench.event(&membership(2, true));
    assert!(!bench.follows(), "eight logs are asked for already");
    bench.refuses(before, Problem::NotAMember);
    bench.follow_of(&LogId::Room(garden));
}

/// Somebody's standing in the lobby changes, at `rev`.
fn standing(rev: u64, who: &str, role: Option<Role>) -> Record {
    let person = person(who);
    let (key, name) = (RecordKey::member(&person.id), person.name);
    let body = Body::Member(Member { person: person.id, name, role });
    Record { key, rev, number: None, time: 0, body }
}

#[test]
fn whoever_left_and_is_back_unawares_follows_again() {
    let mut bench = Bench::live(3, 3);
    bench.event(&entry("a", standing(4, "bob", None)));
    assert!(!bench.follows(), "others may leave");
    bench.event(&entry("a", standing(5, "ada", None)));
    let since = vec![standing(6, "ada", Some(Role::Member)), message(4, 7, "bob", command(9))];
    assert_eq!(bench.caught_up(page(at("a", 7), since, 4)), Some(at("a", 5)));
    assert_eq!(bench.shows().last().unwrap(), "4");
}

#[test]
fn whoever_was_removed_asks_once_and_is_told_so() {
    let mut bench = Bench::live(3, 3);
    bench.event(&entry("a", standing(4, "ada", None)));
    let (id, _) = bench.follow_of(&LogId::Room(lobby()));
    bench.refuses(id, Problem::NotAMember);
    assert_eq!(bench.notices, [Notice::Left(lobby())]);
    assert!(!bench.follows());
}

#[test]
fn reading_on_another_device_counts_here_and_never_goes_back() {
    let mut bench = Bench::live(5, 0);
    let read = |offset, number| {
        let position = Position { epoch: epoch("a"), offset: 5 };
        let body = ReadPosition { room: lobby(), position, number };
        own_entry(offset, RecordKey::read(&lobby()), Body::Read(body))
    };
    bench.event(&read(1, 4));
    bench.event(&read(2, 3));
    assert_eq!(bench.client.chat().room(&lobby()).unwrap().unread(), 1);
}

#[test]
fn a_room_made_here_can_be_opened() {
    let mut bench = Bench::live(1, 1);
    bench.intent(Intent::CreateRoom { name: "Garden".to_owned() });
    let asked = bench.sent.pop().unwrap();
    let room = RoomId::new("garden").unwrap();
    let listing = RoomListing { room: room.clone(), name: "Garden".to_owned() };
    bench.ok(asked.id, Outcome::Room(listing));
    assert_eq!(bench.notices, [Notice::Entered(room)]);
}

#[test]
fn a_request_without_a_reply_is_asked_again_under_its_id() {
    let mut bench = Bench::live(1, 1);
    bench.intent(Intent::Delete { room: lobby(), number: 1 });
    let first = bench.sent.pop().unwrap();
    bench.cut();
    bench.welcomed(vec![super::bench::summary(1, 1)]);
    assert!(bench.sent.contains(&first));
}

#[test]
fn a_typing_mark_is_over_after_five_seconds_or_with_the_message() {
    let mut bench = Bench::live(1, 1);
    let typing =
        |bench: &Bench| bench.client.chat().room(&lobby()).unwrap().people().typing().count();
    bench.event(&Event::Typing { room: lobby(), person: person("bob") });
    assert_eq!(typing(&bench), 1);
    bench.wait(5_000);
    assert_eq!(typing(&bench), 0);
    bench.event(&Event::Typing { room: lobby(), person: person("bob") });
    bench.event(&entry("a", others(2)));
    assert_eq!(typing(&bench), 0);
}

#[test]
fn typing_is_said_at_most_every_two_seconds() {
    let mut bench = Bench::live(1, 1);
    bench.sent.clear();
    for _ in 0..30 {
        bench.intent(Intent::Typing(lobby()));
        bench.wait(100);
    }
    let typing = bench.sent.iter().filter(|c| matches!(c.action, Action::Typing { .. })).count();
    assert_eq!(typing, 2);
    assert_eq!(at("a", 1).offset, 1);
}

#[test]
fn typing_again_after_a_message_is_said_at_once_since_the_message_took_the_mark_away() {
    let mut bench = Bench::live(1, 1);
    bench.intent(Intent::Typing(lobby()));
    bench.says("mine");
    let (id, _) = bench.sends().pop().unwrap();
    bench.event(&entry("a", message(2, 2, "ada", id)));
    bench.intent(Intent::Typing(lobby()));
    bench.intent(Intent::Typing(lobby()));
    let typing = bench.sent.iter().filter(|c| matches!(c.action, Action::Typing { .. })).count();
    assert_eq!(typing, 1);
}

/// Somebody is called `name` in the lobby, at `rev`.
fn called(rev: u64, who: &str, name: &str) -> Record {
    let person = person(who).id;
    let (key, role) = (RecordKey::member(&person), Some(Role::Member));
    let body = Body::Member(Member { person, name: name.to_owned(), role });
    Record { key, rev, number: None, time: 0, body }
}

#[test]
fn ones_own_name_is_the_one_in_the_lobby() {
    let mut bench = Bench::live(1, 1);
    bench.event(&entry("a", called(2, "bob", "Robert")));
    assert_eq!(bench.client.chat().person(), &person("ada"));
    bench.event(&entry("a", called(3, "ada", "Ada L.")));
    assert_eq!(bench.client.chat().person().name, "Ada L.");
    assert_eq!(bench.client.chat().person().id, person("ada").id);
}
