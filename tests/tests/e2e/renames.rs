//! Another name: asked for by one device, learnt by everybody.

use parlor::Config;
use parlor::engine::{RenameOutcome, SessionToken};
use parlor_model::{Client, Intent, Row};
use parlor_shared::{Action, LogId, Outcome, PersonId, Problem, RecordKey, RoomId};
use parlor_tests::{Actor, EngineKind, Mirror, Session, eventually, roomy};

use crate::{
    cast::{Guest, Stage},
    on_every_way,
};

on_every_way!(
    everybody_sees_a_new_name_in_the_room_and_on_the_next_message,
    ones_other_devices_learn_ones_new_name_and_use_it,
    a_new_name_is_told_to_all_of_ones_rooms,
    a_name_that_is_taken_is_refused_with_a_free_one,
    the_old_name_is_free_at_once_and_a_new_spelling_is_ones_own,
    who_asks_for_too_many_names_has_to_wait,
    renamings_at_once_end_in_one_name_everywhere,
    what_a_crash_left_untold_is_told_at_the_next_welcome,
);

async fn enter(stage: &Stage, name: &str) -> Actor {
    Actor::enter(stage.node.url(), name).await.unwrap()
}

/// Asks for a name that must be given.
async fn rename(stage: &Stage, session: &Session, name: &str) {
    let person = session.rename(stage.node.url(), name).await.unwrap().unwrap();
    assert_eq!((person.id, person.name.as_str()), (session.person.id.clone(), name));
}

/// The name that somebody has among the lobby's people.
fn name_of(client: &Client, who: &PersonId) -> Option<String> {
    let lobby = client.chat().room(&RoomId::lobby())?;
    let person = lobby.people().people().find(|person| person.person == *who)?;
    Some(person.name.clone())
}

/// The name in somebody's member record of a room.
async fn told(stage: &Stage, room: &RoomId, who: &PersonId) -> String {
    let log = LogId::Room(room.clone());
    let record = stage.node.engine().broker.record(&log, &RecordKey::member(who)).await.unwrap();
    record.unwrap().member().unwrap().name.clone()
}

/// The lobby's messages as (name, text, whether it continues the one above).
fn said(actor: &Actor) -> Vec<(String, String, bool)> {
    let message = |row| if let Row::Message(message) = row { Some(message) } else { None };
    let rows = actor.rows().into_iter().filter_map(message);
    rows.map(|row| (row.name, row.text.unwrap_or_default(), row.grouped)).collect()
}

async fn everybody_sees_a_new_name_in_the_room_and_on_the_next_message(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, bob) = (enter(&stage, "Ada").await, enter(&stage, "Bob").await);
    let id = ada.session().person.id.clone();
    bob.wants(Intent::Roster(RoomId::lobby()));
    bob.until("Ada is in the list", |client| name_of(client, &id).is_some()).await.unwrap();
    ada.says("before");
    bob.sees("before").await.unwrap();
    rename(&stage, ada.session(), "Ada L.").await;
    bob.until("Ada has her new name", |client| name_of(client, &id).as_deref() == Some("Ada L."))
        .await
        .unwrap();
    ada.says("after");
    bob.sees("after").await.unwrap();
    let said = said(&bob);
    let expected = [("Ada", "before", false), ("Ada L.", "after", false)];
    assert_eq!(said, expected.map(|(name, text, on)| (name.to_owned(), text.to_owned(), on)));
}

async fn ones_other_devices_learn_ones_new_name_and_use_it(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let laptop = enter(&stage, "Ada").await;
    let phone = Actor::open(stage.node.url(), laptop.session());
    phone.is_connected().await.unwrap();
    rename(&stage, laptop.session(), "Ada L.").await;
    for device in [&laptop, &phone] {
        let named = |client: &Client| client.chat().person().name == "Ada L.";
        device.until("it knows the new name", named).await.unwrap();
    }
    phone.says("from the phone");
    laptop.sees("from the phone").await.unwrap();
    let (name, _, _) = said(&laptop).pop().unwrap();
    assert_eq!(name, "Ada L.");
    // A device that comes later learns it from the welcome.
    let (_, welcome) = stage.welcomed(laptop.session()).await;
    assert_eq!(welcome.person.name, "Ada L.");
}

async fn makes(guest: &mut Guest, name: &str) -> RoomId {
    let made = guest.raw.done(Action::CreateRoom { name: name.to_owned() }).await.unwrap();
    let Outcome::Room(listing) = made else { panic!("{made:?}") };
    listing.room
}

async fn a_new_name_is_told_to_all_of_ones_rooms(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    let (attic, left) = (makes(&mut ada, "Attic").await, makes(&mut ada, "Garden").await);
    // Out of one of them again: who is no member is not written back in.
    ada.raw.done(Action::Leave { room: left.clone() }).await.unwrap();
    bob.raw.done(Action::Join { room: attic.clone() }).await.unwrap();
    bob.mirror = Mirror::new(LogId::Room(attic.clone()));
    bob.mirror.follow(&mut bob.raw).await.unwrap();
    rename(&stage, &ada.session, "Ada L.").await;
    let key = RecordKey::member(&ada.id());
    let seen = |mirror: &Mirror| {
        let member = mirror.records.get(&key).and_then(|record| record.member());
        member.is_some_and(|member| member.name == "Ada L." && member.role.is_some())
    };
    bob.mirror.until(&mut bob.raw, seen).await.unwrap();
    for room in [&attic, &RoomId::lobby()] {
        let is_told = async || (told(&stage, room, &ada.id()).await == "Ada L.").then_some(());
        eventually("the room is told", is_told).await.unwrap();
    }
    assert_eq!(told(&stage, &left, &ada.id()).await, "Ada");
    let page = ada.raw.done(Action::Roster { room: attic.clone(), after: None }).await.unwrap();
    let Outcome::Roster(roster) = page else { panic!("{page:?}") };
    let owner = roster.people.iter().find(|person| person.person == ada.id()).unwrap();
    assert_eq!((owner.name.as_str(), owner.role), ("Ada L.", parlor_shared::Role::Owner));
}

async fn a_name_that_is_taken_is_refused_with_a_free_one(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, bob) = (stage.session("Ada").await, stage.session("Bob").await);
    let refused = bob.rename(stage.node.url(), "ADA").await.unwrap().unwrap_err();
    let (409, Problem::NameTaken { suggestion }) = refused else { panic!("{refused:?}") };
    rename(&stage, &bob, &suggestion).await;
    for name in ["", "x\u{202E}y"] {
        let refused = ada.rename(stage.node.url(), name).await.unwrap().unwrap_err();
        assert!(matches!(refused, (400, Problem::NameNotAllowed { .. })), "{refused:?}");
    }
    let nobody = Session { token: "nobody's".to_owned(), ..ada.clone() };
    let refused = nobody.rename(stage.node.url(), "Eve").await.unwrap().unwrap_err();
    assert_eq!(refused, (401, Problem::NoSession));
    let (_, welcome) = stage.welcomed(&ada).await;
    assert_eq!(welcome.person.name, "Ada");
}

async fn the_old_name_is_free_at_once_and_a_new_spelling_is_ones_own(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = stage.session("Ada").await;
    rename(&stage, &ada, "ADA").await;
    rename(&stage, &ada, "Countess").await;
    let eve = stage.session("Ada").await;
    assert_ne!(eve.person.id, ada.person.id);
    let (_, welcome) = stage.welcomed(&ada).await;
    assert_eq!((welcome.person.id, welcome.person.name), (ada.person.id, "Countess".to_owned()));
}

async fn who_asks_for_too_many_names_has_to_wait(kind: EngineKind) {
    let stage = Stage::with(kind, Config { renames_per_hour: 3, ..roomy() }).await;
    let (ada, bob) = (stage.session("Ada").await, stage.session("Bob").await);
    // What is refused counts, too.
    for name in ["Ada 1", "Bob", "Ada 2"] {
        let _ = ada.rename(stage.node.url(), name).await.unwrap();
    }
    let refused = ada.rename(stage.node.url(), "Ada 3").await.unwrap().unwrap_err();
    assert!(matches!(refused, (429, Problem::TooFast { .. })), "{refused:?}");
    rename(&stage, &bob, "Bobby").await;
}

async fn renamings_at_once_end_in_one_name_everywhere(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = enter(&stage, "Ada").await;
    let id = ada.session().person.id.clone();
    let url = stage.node.url();
    for round in 0..4 {
        let names = [0, 1, 2, 3].map(|n| format!("Ada {round} {n}"));
        let wishes = names.iter().map(|name| ada.session().rename(url, name));
        for answer in futures_util::future::join_all(wishes).await {
            answer.unwrap().unwrap();
        }
    }
    let directory = &stage.node.engine().directory;
    let settled = async || {
        let account = directory.account(&id).await.unwrap().unwrap();
        let told = told(&stage, &RoomId::lobby(), &id).await;
        let shown = ada.look(|client| client.chat().person().name.clone());
        (told == account.name && shown == account.name).then_some(())
    };
    eventually("one name stands everywhere", settled).await.unwrap();
}

async fn what_a_crash_left_untold_is_told_at_the_next_welcome(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let bob = enter(&stage, "Bob").await;
    let ada = stage.session("Ada").await;
    let id = ada.person.id.clone();
    bob.wants(Intent::Roster(RoomId::lobby()));
    bob.until("Ada is in the list", |client| name_of(client, &id).is_some()).await.unwrap();
    // The name is changed, and then the node is gone before it told anybody.
    let (directory, token) = (&stage.node.engine().directory, SessionToken::of(&ada.token));
    let renamed = directory.rename(token, "Ada L.", "ada l.").await.unwrap();
    assert!(matches!(renamed, RenameOutcome::Renamed(_)), "{renamed:?}");
    assert_eq!(bob.look(|client| name_of(client, &id)).as_deref(), Some("Ada"));
    let (_, welcome) = stage.welcomed(&ada).await;
    assert_eq!(welcome.person.name, "Ada L.");
    bob.until("Ada has her new name", |client| name_of(client, &id).as_deref() == Some("Ada L."))
        .await
        .unwrap();
}
