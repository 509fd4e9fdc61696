//! Rooms: made, found, joined, left; and the line that leaving draws.

use parlor_shared::{Action, Body, Event, LogId, Outcome, Problem, Role, RoomId, RoomListing};
use parlor_tests::{EngineKind, Mirror, Raw};

use crate::{
    cast::{Guest, LOBBY, Stage, lobby, refusal, send},
    on_every_way,
};

on_every_way!(
    a_room_is_made_found_joined_and_talked_in,
    nothing_of_a_room_reaches_who_left_it,
    who_never_joined_can_do_nothing_in_a_room,
    the_lobby_cannot_be_left,
    rooms_of_names_that_look_alike_cannot_both_be,
    joining_and_leaving_reach_the_other_device,
    what_was_said_before_one_came_is_read,
);

async fn makes(raw: &mut Raw, name: &str) -> RoomListing {
    let outcome = raw.done(Action::CreateRoom { name: name.to_owned() }).await.unwrap();
    let Outcome::Room(listing) = outcome else { panic!("{outcome:?}") };
    listing
}

/// The same person, following another room.
async fn moves_to(mut guest: Guest, room: &RoomId) -> Guest {
    guest.mirror = Mirror::new(LogId::Room(room.clone()));
    guest.mirror.follow(&mut guest.raw).await.unwrap();
    guest
}

async fn a_room_is_made_found_joined_and_talked_in(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    let attic = makes(&mut ada.raw, "The Attic").await;
    let query = Action::FindRooms { query: "ATTIC".to_owned(), after: None };
    let Outcome::Rooms(found) = bob.raw.done(query).await.unwrap() else { panic!() };
    assert_eq!((found.rooms, found.more), (vec![attic.clone()], false));

    let mut ada = moves_to(ada, &attic.room).await;
    bob.raw.done(Action::Join { room: attic.room.clone() }).await.unwrap();
    let mut bob = moves_to(bob, &attic.room).await;
    ada.says("up here").await;
    bob.sees("up here").await;
    bob.says("nice").await;
    ada.sees("nice").await;

    let roster = Action::Roster { room: attic.room.clone(), after: None };
    let Outcome::Roster(roster) = ada.raw.done(roster).await.unwrap() else { panic!() };
    let role = |id| roster.people.iter().find(|person| person.person == id).unwrap().role;
    assert_eq!((role(ada.id()), role(bob.id())), (Role::Owner, Role::Member));
    let (_, welcome) = stage.welcomed(&bob.session).await;
    assert!(welcome.rooms.iter().any(|room| room.room == attic.room && room.name == "The Attic"));
}

async fn nothing_of_a_room_reaches_who_left_it(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    let attic = makes(&mut ada.raw, "Attic").await.room;
    bob.raw.done(Action::Join { room: attic.clone() }).await.unwrap();
    let (mut ada, mut bob) = (moves_to(ada, &attic).await, moves_to(bob, &attic).await);
    ada.says("before").await;
    bob.sees("before").await;

    bob.raw.done(Action::Leave { room: attic.clone() }).await.unwrap();
    ada.says("after").await;
    ada.raw.done(Action::Typing { room: attic.clone() }).await.unwrap();
    ada.raw.done(send(&lobby(), "end")).await.unwrap();

    // The lobby's later message is the proof that the attic's would have come by now.
    let mut seen = Mirror::new(crate::cast::lobby_log());
    seen.follow(&mut bob.raw).await.unwrap();
    ada.raw.done(send(&lobby(), "the very end")).await.unwrap();
    loop {
        match bob.raw.next().await.unwrap() {
            Event::Entry(entry) if entry.log == bob.mirror.log => {
                // His own leaving may be the last that reaches him.
                let Body::Member(member) = &entry.record.body else { panic!("{entry:?}") };
                assert_eq!((&member.person, member.role), (&bob.id(), None));
            }
            // Those that came before he followed again, the page had as well.
            Event::Entry(entry) if entry.offset <= seen.position.as_ref().unwrap().offset => {}
            Event::Entry(entry) => {
                seen.entry(entry).unwrap();
                if seen.texts().contains(&"the very end".to_owned()) {
                    break;
                }
            }
            Event::Typing { room, .. } => assert_ne!(room, attic),
            Event::Changes(page) => assert_ne!(page.log, bob.mirror.log),
            Event::Welcome(_)
            | Event::Ok { .. }
            | Event::Error { .. }
            | Event::Interrupted { .. }
            | Event::Presence { .. }
            | Event::Ping
            | Event::Restarting { .. }
            | Event::Unknown => {}
        }
    }
    let follow = Action::Follow { log: bob.mirror.log.clone(), after: bob.mirror.position.clone() };
    assert_eq!(refusal(bob.raw.ask(follow).await.unwrap()), Problem::NotAMember);

    // Back in, he has it all.
    bob.raw.done(Action::Join { room: attic.clone() }).await.unwrap();
    let bob = moves_to(bob, &attic).await;
    assert_eq!(bob.mirror.texts(), ["before", "after"]);
}

async fn who_never_joined_can_do_nothing_in_a_room(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut eve) = (stage.guest("Ada").await, stage.guest("Eve").await);
    let room = makes(&mut ada.raw, "Attic").await.room;
    let position = ada.mirror.position.clone().unwrap();
    let secret = send(&room, "between us");
    ada.raw.done(secret).await.unwrap();
    let wishes = [
        Action::Follow { log: LogId::Room(room.clone()), after: None },
        Action::History { room: room.clone(), before: 10, limit: 10 },
        send(&room, "hello?"),
        Action::Edit { room: room.clone(), number: 1, text: "mine".to_owned() },
        Action::Delete { room: room.clone(), number: 1 },
        Action::Roster { room: room.clone(), after: None },
        Action::Typing { room: room.clone() },
        Action::Read { room: room.clone(), position, number: 1 },
        Action::Follow { log: LogId::Person(ada.id()), after: None },
    ];
    for wish in wishes {
        let reply = eve.raw.ask(wish.clone()).await.unwrap();
        assert_eq!(refusal(reply), Problem::NotAMember, "{wish:?}");
    }
}

async fn the_lobby_cannot_be_left(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut ada = stage.guest("Ada").await;
    let reply = ada.raw.ask(Action::Leave { room: lobby() }).await.unwrap();
    assert_eq!(refusal(reply), Problem::LobbyStays);
    let (_, welcome) = stage.welcomed(&ada.session).await;
    assert_eq!(welcome.rooms.first().unwrap().room.as_str(), LOBBY);
}

async fn rooms_of_names_that_look_alike_cannot_both_be(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    makes(&mut ada.raw, "Paypal").await;
    // Cyrillic а; another case; a digit one for an l.
    for name in ["Pаypal", "PAYPAL", "Paypa1", " Paypal "] {
        let make = Action::CreateRoom { name: name.to_owned() };
        let problem = refusal(bob.raw.ask(make).await.unwrap());
        assert!(matches!(problem, Problem::NameTaken { .. }), "{name}: {problem:?}");
    }
}

async fn joining_and_leaving_reach_the_other_device(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    let attic = makes(&mut ada.raw, "Attic").await.room;
    let mut phone = stage.enter(&bob.session).await;
    let mut own = Mirror::new(LogId::Person(bob.id()));
    own.follow(&mut phone).await.unwrap();
    let joined = |mirror: &Mirror| {
        mirror.records.values().any(|record| {
            matches!(&record.body, Body::Membership(m) if m.room.as_str() != LOBBY && m.joined)
        })
    };
    assert!(!joined(&own));
    bob.raw.done(Action::Join { room: attic.clone() }).await.unwrap();
    own.until(&mut phone, joined).await.unwrap();
    bob.raw.done(Action::Leave { room: attic }).await.unwrap();
    own.until(&mut phone, |mirror| !joined(mirror)).await.unwrap();
}

async fn what_was_said_before_one_came_is_read(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut ada = stage.guest("Ada").await;
    let attic = makes(&mut ada.raw, "Attic").await.room;
    for text in ["one", "two"] {
        ada.raw.done(send(&lobby(), text)).await.unwrap();
        ada.raw.done(send(&attic, text)).await.unwrap();
    }
    let mut bob = stage.guest("Bob").await;
    bob.raw.done(Action::Join { room: attic.clone() }).await.unwrap();
    ada.raw.done(send(&attic, "three")).await.unwrap();
    bob.raw.done(Action::Leave { room: attic.clone() }).await.unwrap();
    ada.raw.done(send(&attic, "four")).await.unwrap();

    let read = async |room: &RoomId| {
        let (_, welcome) = stage.welcomed(&bob.session).await;
        let summary = welcome.rooms.into_iter().find(|summary| summary.room == *room).unwrap();
        (summary.read, summary.last_number)
    };
    assert_eq!(read(&lobby()).await, (2, 2));
    bob.raw.done(Action::Join { room: attic.clone() }).await.unwrap();
    assert_eq!(read(&attic).await, (4, 4), "also what was said between leaving and coming back");
    ada.raw.done(send(&attic, "five")).await.unwrap();
    bob.raw.done(Action::Join { room: attic.clone() }).await.unwrap();
    assert_eq!(
        read(&attic).await,
        (4, 5),
        "whoever is in already has read nothing by joining again"
    );
}
