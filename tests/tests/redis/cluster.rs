//! Three primaries of a Redis Cluster. (That every behaviour holds there shows the conformance suite.)

use parlor::engine::{Announcement, Outcome};
use parlor_shared::{LogId, RoomId};
use parlor_tests::{Loss, RedisCluster, eventually};
use redis::aio::MultiplexedConnection;

use super::node::{LOBBY, TestNode, ask, lobby, says_in};

fn room(n: u128) -> LogId {
    LogId::Room(RoomId::new(&format!("room-{n}")).unwrap())
}

#[tokio::test]
async fn logs_on_all_primaries_are_written_and_heard() {
    let cluster = RedisCluster::start().await.unwrap();
    writes_and_hears_everywhere(&cluster.url()).await;
}

pub(crate) async fn writes_and_hears_everywhere(url: &str) {
    let (one, two) = (TestNode::connect(url).await, TestNode::connect(url).await);
    for n in 0..12 {
        two.broker().follow(&room(n)).await.unwrap();
        let Outcome::Written(entry) = one.broker().write(says_in(room(n), n)).await.unwrap() else {
            panic!("not written")
        };
        assert_eq!(two.hears_entry().await, entry);
    }
}

#[tokio::test]
async fn a_primary_that_restarts_has_its_logs_doubted() {
    let mut cluster = RedisCluster::start().await.unwrap();
    let node = TestNode::connect(&cluster.url()).await;
    for n in 0..12 {
        node.broker().follow(&room(n)).await.unwrap();
    }
    cluster.servers()[0].restart().await.unwrap();
    let Announcement::Doubt(doubted) = node.hears().await else { panic!("an entry") };
    let rooms: Vec<_> = (0..12).map(room).collect();
    assert!(rooms.contains(&doubted), "{doubted}");
}

#[tokio::test]
async fn a_log_whose_slot_moves_is_doubted_and_goes_on_at_its_new_place() {
    let cluster = RedisCluster::start().await.unwrap();
    let (one, two) =
        (TestNode::connect(&cluster.url()).await, TestNode::connect(&cluster.url()).await);
    two.broker().follow(&room(1)).await.unwrap();
    let _ = one.broker().write(says_in(room(1), 1)).await.unwrap();
    assert_eq!(two.hears_entry().await.offset, 1);
    cluster.moves_the_slot_of("{room:room-1}").await.unwrap();
    let moved = one.writes_until_taken(says_in(room(1), 2)).await;
    let Outcome::Written(moved) = moved else { panic!("not written") };
    assert_eq!(moved.offset, 2, "the log came along");
    two.hears_doubt(&room(1)).await;
    let Outcome::Written(live) = one.broker().write(says_in(room(1), 3)).await.unwrap() else {
        panic!("not written")
    };
    two.hears_at_last(&live).await;
}

#[tokio::test]
async fn what_is_asked_of_a_slot_on_its_way_waits_for_it_to_arrive() {
    let cluster = RedisCluster::start().await.unwrap();
    let node = TestNode::connect(&cluster.url()).await;
    let _ = node.said(1).await;
    let mut moving = cluster.begins_to_move(LOBBY).await.unwrap();
    let lobby = lobby();
    let arrives = async {
        moving.carries_all().await.unwrap();
        moving.ends().await.unwrap();
    };
    let (said, read, ()) = tokio::join!(node.said(2), node.broker().changes(&lobby, None), arrives);
    assert_eq!(said.offset, 2);
    assert!(read.unwrap().position.offset >= 1);
    assert_eq!(node.broker().top(&lobby).await.unwrap().position.offset, 2);
}

#[tokio::test]
async fn a_log_whose_slot_left_and_came_back_before_anybody_looked_is_heard_on() {
    let cluster = RedisCluster::start().await.unwrap();
    let node = TestNode::connect(&cluster.url()).await;
    node.broker().follow(&room(1)).await.unwrap();
    cluster.lets_go_and_takes_back("{room:room-1}").await.unwrap();
    node.hears_doubt(&room(1)).await;
    let live = node.writes_until_taken(says_in(room(1), 1)).await;
    let Outcome::Written(live) = live else { panic!("not written") };
    node.hears_at_last(&live).await;
}

#[tokio::test]
async fn the_server_that_knows_of_the_latest_fail_over_is_believed() {
    let mut cluster = RedisCluster::start_replicated().await.unwrap();
    // These know of none, and name themselves: what a primary does that was cut off.
    let behind = RedisCluster::start().await.unwrap();
    cluster.loses_the_owner_of(LOBBY, Loss::Killed).await.unwrap();
    cluster.gets_everybody_back().await.unwrap();
    let _ = TestNode::connect(&cluster.url()).await.said(1).await;
    let hosts = |cluster: &RedisCluster| cluster.url().replace("redis+cluster://", "");
    // Asked at the same time as three that are wrong, so that one right answer is seldom the first.
    let (one, three) = (hosts(&cluster).split(',').next_back().unwrap().to_owned(), hosts(&behind));
    for turn in 0..8 {
        let (first, second) = if turn % 2 == 0 { (&one, &three) } else { (&three, &one) };
        let told = TestNode::connect(&format!("redis+cluster://{first},{second}")).await;
        assert_eq!(told.broker().top(&lobby()).await.unwrap().last_number, 1);
    }
}

#[tokio::test]
async fn while_a_primary_is_away_its_successor_is_looked_for_more_often() {
    let mut cluster = RedisCluster::start().await.unwrap();
    let _node = TestNode::connect(&cluster.url()).await;
    let mut client = cluster.servers()[2].client().await.unwrap();
    cluster.servers()[0].kill().unwrap();
    // Each of the node's two links is asked every 2 s whether it lives: a clock.
    let (looks, pings) = calls(&mut client).await;
    eventually("time passes", async || (calls(&mut client).await.1 >= pings + 8).then_some(()))
        .await
        .unwrap();
    let looked = calls(&mut client).await.0 - looks;
    assert!(looked >= 4, "{looked} looks in eight seconds");
}

/// How often a server was asked for the slots, and for a sign of life.
async fn calls(client: &mut MultiplexedConnection) -> (u32, u32) {
    let stats: String = ask(client, &["INFO", "commandstats"]).await;
    let calls = |command: &str| {
        let line = stats.lines().find_map(|line| line.strip_prefix(command));
        let calls = line.and_then(|line| line.split(',').next());
        calls.map_or(0, |calls| calls.parse().unwrap())
    };
    (calls("cmdstat_cluster|slots:calls="), calls("cmdstat_ping:calls="))
}
