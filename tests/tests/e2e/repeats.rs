//! The same command again: the original answer, nothing twice.

use parlor::Config;
use parlor_shared::{Action, Command, Outcome, encode};
use parlor_tests::{EngineKind, Mirror, fresh_command, roomy};

use crate::{
    cast::{Stage, lobby, lobby_log, send},
    on_every_way,
};

on_every_way!(
    a_repeat_at_once_gets_the_original_answer,
    repeats_at_the_same_moment_are_written_once,
    a_repeat_after_a_reconnect_and_a_restart_gets_the_original_answer,
    a_repeat_after_trimming_gets_the_original_answer,
    a_repeated_edit_does_not_undo_a_later_one,
    another_s_command_id_is_nothing_special,
    making_and_joining_a_room_can_be_repeated,
);

async fn a_repeat_at_once_gets_the_original_answer(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    let id = fresh_command();
    let first = ada.raw.ask_as(id, send(&lobby(), "once")).await.unwrap().unwrap();
    for _ in 0..3 {
        assert_eq!(ada.raw.ask_as(id, send(&lobby(), "once")).await.unwrap(), Ok(first.clone()));
    }
    ada.says("end").await;
    bob.sees("end").await;
    assert_eq!(bob.mirror.texts(), ["once", "end"]);
}

async fn repeats_at_the_same_moment_are_written_once(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut ada = stage.guest("Ada").await;
    let mut devices = vec![stage.enter(&ada.session).await, stage.enter(&ada.session).await];
    let id = fresh_command();
    let command = Command { id, action: send(&lobby(), "once") };
    for device in &mut devices {
        device.send_text(&encode(&command)).await.unwrap();
    }
    let mut answers = Vec::new();
    for device in &mut devices {
        answers.push(device.reply(id).await.unwrap().unwrap());
    }
    assert_eq!(answers.first(), answers.last());
    ada.says("end").await;
    ada.sees("end").await;
    assert_eq!(ada.mirror.texts(), ["once", "end"]);
}

async fn a_repeat_after_a_reconnect_and_a_restart_gets_the_original_answer(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut ada = stage.guest("Ada").await;
    let id = fresh_command();
    let first = ada.raw.ask_as(id, send(&lobby(), "once")).await.unwrap().unwrap();
    let (session, _) = ada.leaves_the_stage();

    let mut raw = stage.enter(&session).await;
    assert_eq!(raw.ask_as(id, send(&lobby(), "once")).await.unwrap(), Ok(first.clone()));
    drop(raw);

    let stage = stage.restart(roomy()).await;
    let mut raw = stage.enter(&session).await;
    assert_eq!(raw.ask_as(id, send(&lobby(), "once")).await.unwrap(), Ok(first));
    let late = stage.back(session, Mirror::new(lobby_log())).await;
    assert_eq!(late.mirror.texts(), ["once"]);
}

async fn a_repeat_after_trimming_gets_the_original_answer(kind: EngineKind) {
    let stage = Stage::with(kind, Config { keep: 5, ..roomy() }).await;
    let mut ada = stage.guest("Ada").await;
    let id = fresh_command();
    let first = ada.raw.ask_as(id, send(&lobby(), "trimmed")).await.unwrap().unwrap();
    for number in 2..=20 {
        ada.says(&format!("message {number}")).await;
    }
    assert_eq!(ada.raw.ask_as(id, send(&lobby(), "trimmed")).await.unwrap(), Ok(first.clone()));
    assert!(matches!(first, Outcome::Written { number: Some(1), .. }));
    let late = stage.guest("Bob").await;
    assert_eq!(late.mirror.texts().len(), 5);
    assert!(!late.mirror.texts().contains(&"trimmed".to_owned()));
    assert_eq!(late.mirror.last_number, 20);
}

async fn a_repeated_edit_does_not_undo_a_later_one(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut ada = stage.guest("Ada").await;
    let number = ada.says("one").await;
    let edit = |text: &str| Action::Edit { room: lobby(), number, text: text.to_owned() };
    let id = fresh_command();
    let first = ada.raw.ask_as(id, edit("two")).await.unwrap().unwrap();
    ada.raw.done(edit("three")).await.unwrap();
    assert_eq!(ada.raw.ask_as(id, edit("two")).await.unwrap(), Ok(first));
    assert_eq!(stage.guest("Bob").await.mirror.texts(), ["three"]);
}

async fn another_s_command_id_is_nothing_special(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    ada.says("ada's").await;
    bob.sees("ada's").await;
    // Everybody sees the command's id in the entry.
    let (id, _) = bob.mirror.messages().remove(&1).unwrap();
    let outcome = bob.raw.ask_as(id, send(&lobby(), "bob's")).await.unwrap().unwrap();
    assert!(matches!(outcome, Outcome::Written { number: Some(2), .. }), "{outcome:?}");
    ada.sees("bob's").await;
    assert_eq!(ada.mirror.texts(), ["ada's", "bob's"]);
}

async fn making_and_joining_a_room_can_be_repeated(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    let make = Action::CreateRoom { name: "Attic".to_owned() };
    let id = fresh_command();
    let made = ada.raw.ask_as(id, make.clone()).await.unwrap().unwrap();
    assert_eq!(ada.raw.ask_as(id, make).await.unwrap(), Ok(made.clone()));
    let Outcome::Room(listing) = made else { panic!("{made:?}") };
    for _ in 0..2 {
        let joined = bob.raw.done(Action::Join { room: listing.room.clone() }).await.unwrap();
        assert_eq!(joined, Outcome::Room(listing.clone()));
    }
    let roster = bob.raw.done(Action::Roster { room: listing.room, after: None }).await.unwrap();
    let Outcome::Roster(roster) = roster else { panic!("{roster:?}") };
    assert_eq!(roster.members, 2);
}
