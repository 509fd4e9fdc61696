//! Half a minute of one seed: everything breaks, and the promise holds.
use parlor_strain::{
    chaos::{Kind, Wish, run},
    roll,
};

fn wish(kind: Kind, nodes: usize) -> Wish {
    let server = env!("CARGO_BIN_EXE_strain-node").into();
    Wish { server, seed: 1, seconds: 30, clients: 20, wanderers: 3, nodes, kind, redis_wait: 0 }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_nodes_on_redis_keep_the_promise_while_everything_breaks() {
    let tally = run(&wish(Kind::Redis, 3)).await.unwrap();
    assert!(tally.confirmed > 100, "{tally:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_embedded_store_keeps_the_promise_while_its_node_is_killed() {
    let tally = run(&wish(Kind::Embedded, 1)).await.unwrap();
    assert!(tally.confirmed > 100, "{tally:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fail_over_shows_what_it_lost_and_its_author_says_it_again() {
    let tally = run(&Wish { seconds: 25, ..wish(Kind::Sentinel, 2) }).await.unwrap();
    assert!(tally.confirmed > 100, "{tally:?}");
    assert!(tally.forks > 0 && tally.retried > 0, "the fail-over lost nothing: {tally:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_loses_a_primary_while_slots_move_shows_what_it_lost_and_gets_it_again() {
    let tally = run(&Wish { seconds: 25, ..wish(Kind::Cluster, 3) }).await.unwrap();
    assert!(tally.confirmed > 100, "{tally:?}");
    assert!(tally.forks > 0 && tally.retried > 0, "the fail-over lost nothing: {tally:?}");
    println!("{tally:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn slots_that_move_while_people_talk_lose_nothing_and_tell_nobody_of_another_past() {
    let tally = run(&Wish { seconds: 15, ..wish(Kind::Resharding, 3) }).await.unwrap();
    assert!(tally.confirmed > 100, "{tally:?}");
    println!("{tally:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rolling_restart_loses_nothing_and_clients_are_back_soon_after_they_were_told() {
    let rolled = roll::run(&Wish { wanderers: 0, ..wish(Kind::Redis, 3) }).await.unwrap();
    assert!(rolled.told.len() >= 20, "everybody was told, some of them twice: {rolled}");
    let late = rolled.late.iter().filter(|late| late.as_secs() >= 5).count();
    assert!(late * 10 <= rolled.told.len(), "too late for too many: {rolled}");
}
