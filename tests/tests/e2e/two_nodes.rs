//! Two nodes on one Redis are one Parlor.

use parlor_shared::{Action, Event, LogId, Outcome, RoomId};
use parlor_tests::{EngineKind, Mirror, Node, Raw, Session, roomy};

use crate::cast::{Guest, Stage, lobby, lobby_log, send};

/// A node, and another one beside it.
async fn stage() -> (Stage, Node) {
    let stage = Stage::new(EngineKind::Redis).await;
    let other = Node::start_with(&stage.store, roomy()).await.unwrap();
    (stage, other)
}

/// Somebody signed in at one node, and connected to another.
async fn enters(node: &Node, session: Session) -> Guest {
    let (mut raw, _) = Raw::enter(node.url(), &session).await.unwrap();
    let mut mirror = Mirror::new(lobby_log());
    mirror.follow(&mut raw).await.unwrap();
    Guest { session, raw, mirror }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_on_two_nodes_talk_in_one_order() {
    let (stage, other) = stage().await;
    let mut ada = stage.guest("Ada").await;
    let mut bob = enters(&other, stage.session("Bob").await).await;
    for turn in 0..15 {
        ada.raw.say(send(&lobby(), format!("ada {turn}"))).await.unwrap();
        bob.raw.say(send(&lobby(), format!("bob {turn}"))).await.unwrap();
    }
    for guest in [&mut ada, &mut bob] {
        guest.mirror.until(&mut guest.raw, |mirror| mirror.texts().len() == 30).await.unwrap();
    }
    assert_eq!(ada.mirror.messages(), bob.mirror.messages());
    assert_eq!(ada.mirror.position, bob.mirror.position);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeat_at_another_node_gets_the_original_answer() {
    let (stage, other) = stage().await;
    let mut ada = stage.guest("Ada").await;
    let id = parlor_tests::fresh_command();
    let first = ada.raw.ask_as(id, send(&lobby(), "once")).await.unwrap();
    let mut there = enters(&other, ada.session.clone()).await;
    assert_eq!(there.raw.ask_as(id, send(&lobby(), "once")).await.unwrap(), first);
    assert_eq!(there.mirror.texts(), ["once"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_of_another_node_are_seen_to_be_here() {
    let (stage, other) = stage().await;
    let mut ada = stage.guest("Ada").await;
    let bob = enters(&other, stage.session("Bob").await).await;
    let id = bob.id();
    let came = |event| match event {
        Event::Presence { came, .. } => came.into_iter().find(|person| person.id == id),
        _ => None,
    };
    let seen = ada.raw.until(came).await.unwrap();
    assert_eq!(seen.name, "Bob");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_left_at_one_node_hears_nothing_more_at_the_other() {
    let (stage, other) = stage().await;
    let mut ada = stage.guest("Ada").await;
    let make = Action::CreateRoom { name: "Attic".to_owned() };
    let Outcome::Room(attic) = ada.raw.done(make).await.unwrap() else { panic!() };
    let attic: RoomId = attic.room;
    let mut bob = stage.guest("Bob").await;
    bob.raw.done(Action::Join { room: attic.clone() }).await.unwrap();
    let mut there = enters(&other, bob.session.clone()).await;
    there.mirror = Mirror::new(LogId::Room(attic.clone()));
    there.mirror.follow(&mut there.raw).await.unwrap();
    ada.raw.done(send(&attic, "before")).await.unwrap();
    there.sees("before").await;

    bob.raw.done(Action::Leave { room: attic.clone() }).await.unwrap();
    ada.raw.done(send(&attic, "after")).await.unwrap();
    // The lobby's later message is the proof that the attic's would have come by now.
    ada.raw.done(send(&lobby(), "end")).await.unwrap();
    loop {
        if let Event::Entry(entry) = there.raw.next().await.unwrap() {
            if entry.log == lobby_log() && entry.record.number.is_some() {
                break;
            }
            let said = matches!(entry.record.body, parlor_shared::Body::Message(_));
            assert!(!said, "{entry:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_stops_and_its_people_go_on_at_the_other() {
    let (stage, other) = stage().await;
    let mut ada = stage.guest("Ada").await;
    let mut bob = enters(&other, stage.session("Bob").await).await;
    ada.says("before").await;
    bob.sees("before").await;
    let (session, mirror) = ada.leaves_the_stage();
    stage.node.stop().await.unwrap();
    bob.says("while Ada is between nodes").await;
    let (mut raw, _) = Raw::enter(other.url(), &session).await.unwrap();
    let mut mirror = mirror;
    mirror.follow(&mut raw).await.unwrap();
    assert_eq!(mirror.texts(), ["before", "while Ada is between nodes"]);
    let mut ada = Guest { session, raw, mirror };
    ada.says("here now").await;
    bob.sees("here now").await;
    drop(stage.store);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_changes_their_name_at_one_node_says_things_under_it_at_the_other() {
    let (stage, other) = stage().await;
    let mut bob = stage.guest("Bob").await;
    let mut ada = enters(&other, stage.session("Ada").await).await;
    ada.session.rename(stage.node.url(), "Ada L.").await.unwrap().unwrap();
    // Once Ada's own connection was told, so was her node.
    let key = parlor_shared::RecordKey::member(&ada.id());
    let told = |mirror: &Mirror| {
        let member = mirror.records.get(&key).and_then(|record| record.member());
        member.is_some_and(|member| member.name == "Ada L.")
    };
    ada.mirror.until(&mut ada.raw, told).await.unwrap();
    let number = ada.says("hello").await;
    bob.sees("hello").await;
    let said = &bob.mirror.records[&parlor_shared::RecordKey::message(number)].body;
    let parlor_shared::Body::Message(said) = said else { panic!("{said:?}") };
    assert_eq!(said.name, "Ada L.");
}
