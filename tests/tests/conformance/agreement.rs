//! Whatever is written and asked, an engine answers as the pure log does, which the simulation
//! runs on: the rules stand in Rust for one engine and in the store's own language for another.

use parlor::engine::{Expect, Outcome, PageRequest, Write, log::MemoryLog};
use parlor_shared::{LogId, Page, Position, RecordKey, Role};
use parlor_tests::EngineFactory;

use crate::stage::{Stage, admits, edits, keeping, person, renames, room_id, says};

/// Writes of one run.
const STEPS: usize = 300;

pub(crate) async fn random_writes_and_reads_come_out_as_in_the_pure_log(
    factory: &dyn EngineFactory,
) {
    for seed in [1, 20, 300] {
        agrees(factory, &mut Dice(seed)).await;
    }
}

async fn agrees(factory: &dyn EngineFactory, dice: &mut Dice) {
    let stage = Stage::open(factory).await;
    let log = LogId::Room(room_id(&format!("seed{}", dice.0)));
    let epoch = stage.broker().top(&log).await.unwrap().position.epoch;
    let mut pure = MemoryLog::new(log.clone(), epoch);
    let (mut writes, mut positions) = (Vec::new(), vec![pure.top().position]);
    for step in 0..STEPS {
        let write = match dice.below(8) {
            0 if !writes.is_empty() => dice.pick(&writes),
            _ => Write { log: log.clone(), ..any_write(dice, &pure) },
        };
        let expected = timeless(pure.write(write.clone(), 1));
        assert_eq!(timeless(stage.write(write.clone()).await), expected, "{step}: {write:?}");
        writes.push(write);
        positions.push(pure.top().position);
        if step % 5 == 0 {
            reads_agree(&stage, &pure, &dice.pick(&positions), dice.below(40)).await;
        }
    }
}

async fn reads_agree(stage: &Stage, pure: &MemoryLog, after: &Position, before: u64) {
    let top = pure.top();
    let log = pure.changes(None).log;
    assert_eq!(stage.broker().top(&log).await.unwrap(), top);
    let mut beyond = after.clone();
    beyond.offset += 1_000;
    for after in [None, Some(after), Some(&beyond)] {
        let page = stage.broker().changes(&log, after).await.unwrap();
        assert_eq!(timeless_page(page), timeless_page(pure.changes(after)), "{after:?}");
    }
    let request = PageRequest { before, limit: 7 };
    let page = stage.broker().page(&log, request).await.unwrap();
    assert_eq!(timeless_page(page), timeless_page(pure.page(request)), "{request:?}");
}

/// A write of any kind, by anybody, that may well be refused.
fn any_write(dice: &mut Dice, pure: &MemoryLog) -> Write {
    let top = pure.top();
    let rev = |key| pure.record(key).map_or(0, |record| record.rev);
    let number = top.first_kept.saturating_sub(2) + dice.below(8);
    let write = match dice.below(10) {
        0 => renames(expect(dice, rev(&RecordKey::room())), "Den"),
        1 | 2 => admits(dice.pick::<&str>(&PEOPLE), dice.pick(&ROLES)),
        3..=5 => edits(number, expect(dice, rev(&RecordKey::message(number))), "changed"),
        _ => says("ann", "hello"),
    };
    let keep = dice.pick(&[4, 9, 9, 30]);
    Write {
        author: person(dice.pick::<&str>(&PEOPLE)),
        needs: dice.pick(&ROLES),
        ..keeping(keep, write)
    }
}

const PEOPLE: [&str; 3] = ["ann", "bob", "eve"];
const ROLES: [Option<Role>; 4] =
    [None, Some(Role::Member), Some(Role::Moderator), Some(Role::Owner)];

fn expect(dice: &mut Dice, rev: u64) -> Expect {
    dice.pick(&[Expect::Anything, Expect::Absent, Expect::Rev(rev), Expect::Rev(1)])
}

/// The same outcome at no particular time: the two logs have clocks of their own.
fn timeless(outcome: Outcome) -> Outcome {
    let Outcome::Written(mut entry) = outcome else { return outcome };
    entry.time = 0;
    entry.record.time = 0;
    Outcome::Written(entry)
}

fn timeless_page(mut page: Page) -> Page {
    for record in &mut page.records {
        record.time = 0;
    }
    page
}

/// Throws that a seed decides (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        let at = usize::try_from(self.below(from.len() as u64)).unwrap();
        from[at].clone()
    }
}
