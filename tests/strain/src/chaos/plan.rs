//! What breaks, when and for how long: decided from the seed before anything runs.

use parlor_tests::{Loss, simulation::Dice};

use super::{Kind, Wish, scene::KEYS};

/// One thing that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A node is killed.
    KillNode(usize),
    /// A node is started again.
    StartNode(usize),
    /// Redis is killed; under sentinels, whichever server is the primary.
    KillRedis,
    /// The replica hears no more of its primary.
    PartReplica,
    /// Redis is started again.
    StartRedis,
    /// The replica hears no more of the primary that has these keys' slot.
    PartOwner(usize),
    /// The primary that has these keys' slot is killed, or stands still; its replica takes over, and later
    /// it is back as a replica ([`Act::StartRedis`]).
    LoseOwner(usize, Loss),
    /// The slot of these keys moves to another primary, keys and all.
    MoveSlot(usize),
    /// A node's link to Redis is cut, or mended.
    Cut(usize, bool),
    /// A node's link to one server of a cluster is cut, or mended.
    CutOne(usize, usize, bool),
    /// Everything between a node and Redis takes so many milliseconds longer.
    Delay(usize, u64),
    /// Between a node and Redis go so many bytes a second; 0 is as many as there are.
    Throttle(usize, u64),
    /// A node hears no announcements, or hears them again. All else goes through.
    Deafen(usize, bool),
    /// A client has no network, or has it again.
    Offline(usize, bool),
    /// A client's page hangs, or goes on.
    Hang(usize, bool),
    /// So many links of clients fall silent: nothing comes through, and nobody is told.
    HalfOpen(usize),
    /// Every client's link is cut.
    CutEverybody,
}

/// The acts of a seed, by the millisecond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan(Vec<(u64, Act)>);

impl Plan {
    /// The plan of a seed: the same wish gives the same plan.
    #[must_use]
    pub fn of(wish: &Wish) -> Self {
        let mut dice = Dice::new(wish.seed);
        let (mut acts, mut now) = (Vec::new(), 1_000);
        let end = wish.seconds * 1_000;
        while now < end {
            let lasts = dice.between(200, 6_000).min(end - now);
            let (breaks, mends) = trouble(wish, &mut dice);
            acts.push((now, breaks));
            acts.extend(mends.map(|mends| (now + lasts, mends)));
            now += dice.between(100, 3_000);
        }
        match wish.kind {
            Kind::Embedded | Kind::Redis => {}
            Kind::Sentinel => fail_overs(end, &mut acts),
            Kind::Cluster | Kind::Resharding => cluster(wish.kind, end, &mut dice, &mut acts),
        }
        acts.sort_by_key(|(at, _)| *at);
        Self(acts)
    }

    /// What happens, in order.
    #[must_use]
    pub fn acts(&self) -> &[(u64, Act)] {
        &self.0
    }
}

/// Between two fail-overs: sentinels want twice their time-out between two.
const FAIL_OVER_MS: u64 = 35_000;
/// For how long the primary is alone before it is killed; what it confirms meanwhile is lost.
const ALONE_MS: u64 = 1_500;

/// The primary is killed now and then, when its replica has not heard the last of it.
fn fail_overs(end: u64, acts: &mut Vec<(u64, Act)>) {
    for at in (8_000..end).step_by(FAIL_OVER_MS as usize) {
        acts.push((at, Act::PartReplica));
        acts.push((at + ALONE_MS, Act::KillRedis));
        acts.push((at + 12_000, Act::StartRedis));
    }
}

/// Servers of a cluster.
const SERVERS: usize = 6;
/// Between two primaries of a cluster that go away: in between it is whole again.
const CYCLE_MS: u64 = 24_000;

/// Slots move, and a primary goes away now and then; the first is the lobby's, when its replica has not
/// heard the last of it.
fn cluster(kind: Kind, end: u64, dice: &mut Dice, acts: &mut Vec<(u64, Act)>) {
    for begin in (0..end).step_by(CYCLE_MS as usize) {
        let mut cycle = vec![
            (3_000, Act::MoveSlot(if begin == 0 { 0 } else { dice.place(KEYS) })),
            (18_000, Act::MoveSlot(dice.place(KEYS))),
        ];
        if kind == Kind::Resharding {
            cycle.extend([8_000, 13_000].map(|at| (at, Act::MoveSlot(dice.place(KEYS)))));
        } else {
            lose_a_primary(begin == 0, dice, &mut cycle);
        }
        let cycle = cycle.into_iter().map(|(at, act)| (begin + at, act));
        acts.extend(cycle.filter(|(at, _)| *at < end));
    }
}

fn lose_a_primary(first: bool, dice: &mut Dice, acts: &mut Vec<(u64, Act)>) {
    let keys = if first { 0 } else { dice.place(KEYS) };
    let loss = if first || dice.percent(60) { Loss::Killed } else { Loss::Halted };
    if first || dice.percent(50) {
        acts.push((6_000, Act::PartOwner(keys)));
    }
    acts.push((6_000 + ALONE_MS, Act::LoseOwner(keys, loss)));
    acts.push((15_000, Act::StartRedis));
}

/// One thing that breaks, and what mends it.
fn trouble(wish: &Wish, dice: &mut Dice) -> (Act, Option<Act>) {
    let (node, client) = (dice.place(wish.nodes), dice.place(wish.clients));
    let size = dice.between(20, 800);
    let chance = dice.between(0, 99);
    match (wish.kind, chance) {
        (_, 0..18) => (Act::KillNode(node), Some(Act::StartNode(node))),
        (Kind::Redis, 18..26) => (Act::KillRedis, Some(Act::StartRedis)),
        (Kind::Redis | Kind::Cluster | Kind::Resharding, 18..62) => {
            link_trouble(chance, node, size)
        }
        (_, 18..78) => (Act::Offline(client, true), Some(Act::Offline(client, false))),
        (_, 78..88) => (Act::Hang(client, true), Some(Act::Hang(client, false))),
        (_, 88..97) => (Act::HalfOpen(1 + dice.place(4)), None),
        (Kind::Embedded | Kind::Redis | Kind::Sentinel | Kind::Cluster | Kind::Resharding, _) => {
            (Act::CutEverybody, None)
        }
    }
}

/// Something between a node and Redis.
fn link_trouble(chance: u64, node: usize, size: u64) -> (Act, Option<Act>) {
    let server = usize::try_from(size).unwrap_or(0) % SERVERS;
    match chance {
        ..26 => (Act::CutOne(node, server, true), Some(Act::CutOne(node, server, false))),
        26..36 => (Act::Cut(node, true), Some(Act::Cut(node, false))),
        36..44 => (Act::Delay(node, size), Some(Act::Delay(node, 0))),
        44..50 => (Act::Throttle(node, size * 100), Some(Act::Throttle(node, 0))),
        50.. => (Act::Deafen(node, true), Some(Act::Deafen(node, false))),
    }
}

#[cfg(test)]
mod tests {
    use super::{Act, Kind, Plan, Wish};

    fn wish(seed: u64) -> Wish {
        let (seconds, clients, nodes) = (180, 50, 3);
        let (kind, redis_wait, wanderers) = (Kind::Redis, 0, 0);
        let server = "x".into();
        Wish { server, seed, seconds, clients, wanderers, nodes, kind, redis_wait }
    }

    #[test]
    fn a_seed_gives_the_same_plan_again_and_another_seed_another() {
        assert_eq!(Plan::of(&wish(7)), Plan::of(&wish(7)));
        assert_ne!(Plan::of(&wish(7)), Plan::of(&wish(8)));
    }

    #[test]
    fn twenty_seeds_break_everything() {
        let plans: Vec<Plan> = (1..=20).map(|seed| Plan::of(&wish(seed))).collect();
        let has = |wanted: fn(&Act) -> bool| {
            plans.iter().all(|plan| plan.acts().iter().any(|(_, act)| wanted(act)))
        };
        assert!(has(|act| matches!(act, Act::KillNode(_))));
        assert!(has(|act| matches!(act, Act::KillRedis)));
        assert!(has(|act| matches!(act, Act::Deafen(_, true))));
        assert!(has(|act| matches!(act, Act::Cut(_, true))));
        assert!(has(|act| matches!(act, Act::HalfOpen(_))));
    }

    fn count(kind: Kind, seed: u64, wanted: fn(&Act) -> bool) -> usize {
        let plan = Plan::of(&Wish { kind, ..wish(seed) });
        plan.acts().iter().filter(|(_, act)| wanted(act)).count()
    }

    #[test]
    fn each_seed_of_a_cluster_loses_primaries_and_moves_slots() {
        for seed in 1..=20 {
            let count = |wanted| count(Kind::Cluster, seed, wanted);
            assert!(count(|act| matches!(act, Act::LoseOwner(..))) >= 7);
            assert!(count(|act| matches!(act, Act::MoveSlot(_))) >= 14);
            assert!(count(|act| matches!(act, Act::PartOwner(_))) >= 2);
            assert!(count(|act| matches!(act, Act::CutOne(..))) >= 1);
        }
    }

    #[test]
    fn resharding_moves_slots_and_loses_no_primary() {
        for seed in 1..=20 {
            let count = |wanted| count(Kind::Resharding, seed, wanted);
            assert!(count(|act| matches!(act, Act::MoveSlot(_))) >= 28);
            let loses = |act: &Act| matches!(act, Act::LoseOwner(..) | Act::PartOwner(_));
            assert_eq!(count(loses), 0);
        }
    }
}
