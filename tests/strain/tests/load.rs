//! The load program itself: it finds nothing wrong at a sound server, and a planted loss it finds.
#![expect(clippy::unwrap_used, reason = "a test fails where something does not hold")]

use std::path::Path;

use parlor_strain::{
    load::{Figures, Scenario, Target, Wish},
    transports::{self, Conversation},
};
use parlor_tests::{EngineKind, Way};

const SERVER: &str = env!("CARGO_BIN_EXE_strain-node");
const STRAIN: &str = env!("CARGO_BIN_EXE_strain");

fn few(scenario: Scenario) -> Wish {
    let usual = scenario.usual();
    Wish { clients: 20, rate: usual.rate.min(20), seconds: 3, authors: 3, ..usual }
}

async fn play(scenario: Scenario, engine: EngineKind, wish: &Wish) -> Figures {
    let target = Target::start(Path::new(SERVER), engine).await.unwrap();
    scenario.play(&target, wish).await.unwrap()
}

/// Nothing is wrong, and so many deliveries were counted.
#[track_caller]
fn assert_sound(figures: &Figures, deliveries: u64) {
    assert!(figures.is_sound(), "{figures}");
    assert_eq!(figures.deliveries, deliveries, "{figures}");
    assert!(figures.processor.is_some(), "{figures}");
}

#[tokio::test]
async fn one_room_gets_everything_once_and_in_order_on_both_engines() {
    let wish = few(Scenario::FanOut);
    for engine in [EngineKind::Embedded, EngineKind::Redis] {
        assert_sound(&play(Scenario::FanOut, engine, &wish).await, 20 * 60);
    }
}

#[tokio::test]
async fn rooms_of_ten_get_what_is_theirs() {
    let figures = play(Scenario::ManyRooms, EngineKind::Embedded, &few(Scenario::ManyRooms)).await;
    assert_sound(&figures, 10 * 60);
}

#[tokio::test]
async fn whoever_was_cut_gets_the_hundred_messages_they_missed() {
    let figures = play(Scenario::Storm, EngineKind::Embedded, &few(Scenario::Storm)).await;
    assert_sound(&figures, 20 * 100);
}

#[tokio::test]
async fn a_lost_delivery_is_counted() {
    let wish = Wish { planted_loss: Some(7), rate: 10, seconds: 1, ..few(Scenario::FanOut) };
    let target = Target::start(Path::new(SERVER), EngineKind::Embedded).await.unwrap();
    let figures = Scenario::FanOut.play(&target, &wish).await.unwrap();
    assert_eq!((figures.lost, figures.repeated, figures.out_of_order), (1, 0, 0), "{figures}");
    assert_eq!(figures.deliveries, 20 * 10 - 1);
}

#[tokio::test]
async fn the_bare_server_writes_each_ready_frame_to_every_socket() {
    let wish = few(Scenario::FanOut);
    let strain = Path::new(STRAIN);
    assert_sound(&Scenario::FanOut.limit(&wish, strain).await.unwrap(), 20 * 60);
    assert_sound(&Scenario::ManyRooms.limit(&wish, strain).await.unwrap(), 10 * 60);
    assert_sound(&Scenario::Storm.limit(&wish, strain).await.unwrap(), 20 * 100);
}

#[tokio::test]
async fn over_polls_everything_comes_once_and_in_order_too() {
    let wish = few(Scenario::FanOut);
    for way in [Way::Long, Way::Short] {
        let target = Target::start(Path::new(SERVER), EngineKind::Embedded).await.unwrap();
        let target = target.over(way).await.unwrap();
        let figures = Scenario::FanOut.play(&target, &wish).await.unwrap();
        assert_sound(&figures, 20 * 60);
    }
}

#[tokio::test]
async fn a_client_that_waits_in_a_poll_takes_less_than_twice_the_memory_of_a_socket() {
    let wish = Wish { clients: 1000, seconds: 1, ..Scenario::Idle.usual() };
    let mut each = Vec::new();
    for way in [None, Some(Way::Long)] {
        let target = Target::start(Path::new(SERVER), EngineKind::Embedded).await.unwrap();
        let target = match way {
            Some(way) => target.over(way).await.unwrap(),
            None => target,
        };
        each.push(Scenario::Idle.play(&target, &wish).await.unwrap().bytes_each.unwrap());
    }
    let [socket, poll] = each[..] else { panic!("{each:?}") };
    // It was 6 while each connection had the buffers of a request.
    assert!(poll < 2.0 * socket, "{poll} bytes, {socket} with a socket");
}

#[tokio::test]
async fn where_nobody_says_anything_a_socket_asks_nothing_and_short_polls_ask_most() {
    let conversation = Conversation { people: 3, talk_s: 2, quiet_s: 6 };
    let costs = transports::run(Path::new(SERVER), conversation).await.unwrap();
    let requests: Vec<u64> = costs.iter().map(transports::Cost::quiet_requests).collect();
    let [socket, long, short] = requests[..] else { panic!("{requests:?}") };
    assert_eq!(socket, 0);
    // Each asks three times; long polls wait for 25 s.
    assert!(short >= 6 && long < short, "{requests:?}");
}
