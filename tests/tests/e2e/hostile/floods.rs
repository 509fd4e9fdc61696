//! Too much of everything.

use std::collections::{HashMap, HashSet};

use parlor::Config;
use parlor_shared::{
    Action, Command, CommandId, Event, LogId, Outcome, Problem, Retry, RoomId, encode,
    limits::{FOLLOWS, IN_FLIGHT, SENDS},
};
use parlor_tests::{EngineKind, Raw, Session, SignIn, fresh_command, roomy};

use crate::{
    cast::{Guest, Stage, lobby, send},
    on_both_engines,
};

on_both_engines!(
    ten_thousand_follows_of_one_client_end_at_the_limit,
    every_command_of_a_burst_gets_exactly_one_reply,
    messages_beyond_the_rate_are_to_be_sent_again_and_arrive,
    sessions_beyond_the_rate_are_refused_with_a_wait,
);

/// Asks all of it at once, 16 at a time, and gives the replies in the order asked.
async fn ask_all(raw: &mut Raw, actions: Vec<Action>) -> Vec<Result<Outcome, Problem>> {
    let mut replies = Vec::new();
    for batch in actions.chunks(IN_FLIGHT) {
        let mut ids = Vec::new();
        for action in batch {
            ids.push(raw.say(action.clone()).await.unwrap());
        }
        for id in ids {
            replies.push(raw.reply(id).await.unwrap());
        }
    }
    replies
}

async fn ten_thousand_follows_of_one_client_end_at_the_limit(kind: EngineKind) {
    let config = Config { rooms_per_day: 100_000, ..roomy() };
    let stage = Stage::with(kind, config).await;
    let mut mallory = stage.guest("Mallory").await;
    let extra = 20;
    let makes = (0..FOLLOWS + extra).map(|n| Action::CreateRoom { name: format!("Room {n} x") });
    let rooms: Vec<RoomId> = ask_all(&mut mallory.raw, makes.collect())
        .await
        .into_iter()
        .map(|made| match made {
            Ok(Outcome::Room(listing)) => listing.room,
            other => panic!("{other:?}"),
        })
        .collect();
    let mut raw = stage.enter(&mallory.session).await;
    let real = rooms.iter().cycle().take(5_000).cloned();
    let none = (0..5_000).map(|n| RoomId::new(&format!("none{n}")).unwrap());
    let follow = |room| Action::Follow { log: LogId::Room(room), after: None };
    let replies = ask_all(&mut raw, real.chain(none).map(follow).collect()).await;
    assert_eq!(replies.len(), 10_000);
    let too_many = Problem::TooManyFollows { max: FOLLOWS as u32 };
    // Which 500 it is, the order of answers decides; following one of them again is no new follow.
    let (mut followed, mut refused) = (HashSet::new(), HashSet::new());
    for (place, reply) in replies.into_iter().enumerate() {
        match reply {
            Ok(_) => drop(followed.insert(place % rooms.len())),
            Err(problem) if place < 5_000 => {
                assert_eq!(problem, too_many);
                refused.insert(place % rooms.len());
            }
            Err(problem) => {
                let missing = matches!(problem, Problem::NoSuchRoom { .. });
                assert!(missing || problem == too_many, "{place}: {problem:?}");
            }
        }
    }
    assert_eq!((followed.len(), refused.len()), (FOLLOWS, extra));
    assert!(followed.is_disjoint(&refused));
    stage.still_talks().await;
}

async fn every_command_of_a_burst_gets_exactly_one_reply(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut mallory = stage.guest("Mallory").await;
    let commands: Vec<Command> = (0..300)
        .map(|n| Command { id: fresh_command(), action: send(&lobby(), format!("burst {n}")) })
        .collect();
    for command in &commands {
        mallory.raw.send_text(&encode(command)).await.unwrap();
    }
    let mut replies: HashMap<CommandId, Result<Outcome, Problem>> = HashMap::new();
    while replies.len() < commands.len() {
        let reply = mallory.raw.until(|event| {
            if let Event::Ok { id, result } = event {
                Some((id, Ok(result)))
            } else if let Event::Error { id: Some(id), problem } = event {
                Some((id, Err(problem)))
            } else {
                None
            }
        });
        let (id, reply) = reply.await.unwrap();
        assert!(replies.insert(id, reply).is_none(), "two replies to one command");
    }
    let mut done = Vec::new();
    for command in &commands {
        match replies.get(&command.id).unwrap() {
            Ok(Outcome::Written { number, .. }) => done.push(number.unwrap()),
            Err(problem) => {
                assert_eq!(*problem, Problem::TooManyInFlight { max: IN_FLIGHT as u32 })
            }
            Ok(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(done, (1..=done.len() as u64).collect::<Vec<_>>(), "in the order sent");
    stage.still_talks().await;
}

async fn messages_beyond_the_rate_are_to_be_sent_again_and_arrive(kind: EngineKind) {
    let stage = Stage::with(kind, Config { sends: SENDS, ..roomy() }).await;
    let mut ada = stage.guest("Ada").await;
    for n in 0..SENDS {
        ada.says(&format!("message {n}")).await;
    }
    let id = fresh_command();
    let refused = ada.raw.ask_as(id, send(&lobby(), "one more")).await.unwrap().unwrap_err();
    let Problem::TooFast { wait_ms } = refused else { panic!("{refused:?}") };
    assert_eq!(refused.retry(), Retry::Retry);
    assert!((1..=10_000).contains(&wait_ms), "{wait_ms}");
    // Another person is not slowed.
    stage.guest("Bob").await.says("unhurried").await;
    parlor_tests::wait_ms(wait_ms).await;
    ada.raw.ask_as(id, send(&lobby(), "one more")).await.unwrap().unwrap();
}

async fn sessions_beyond_the_rate_are_refused_with_a_wait(kind: EngineKind) {
    let stage = Stage::with(kind, Config { sessions_per_hour: 5, ..roomy() }).await;
    let mut held: Vec<Guest> = Vec::new();
    for n in 0..5 {
        held.push(stage.guest(&format!("Person {n} x")).await);
    }
    let refused = Session::ask(stage.node.url(), "Person 6 x").await.unwrap();
    let SignIn::Refused(429, Problem::TooFast { wait_ms }) = refused else { panic!("{refused:?}") };
    assert!((1..=3_600_000).contains(&wait_ms), "{wait_ms}");
    let (mut first, rest) = (held.remove(0), held);
    first.says("still here").await;
    for mut guest in rest {
        guest.sees("still here").await;
    }
}
