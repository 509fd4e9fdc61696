//! Coming back: what was missed, in order, once, and the truth about what was not kept.

use parlor_shared::{Action, Reset};
use parlor_tests::{EngineKind, Mirror};

use crate::{
    cast::{Guest, Stage, lobby},
    on_every_way,
};

on_every_way!(
    thirty_missed_messages_come_in_order_once,
    of_250_missed_the_last_hundred_come_and_150_were_not_kept,
    what_changed_five_times_comes_once,
    catching_up_while_others_write_misses_nothing,
    a_position_of_another_store_starts_afresh,
    a_position_holds_across_a_restart,
    more_than_500_changes_start_afresh,
);

async fn says_many(guest: &mut Guest, numbers: std::ops::RangeInclusive<u64>) {
    for number in numbers {
        guest.says(&format!("message {number}")).await;
    }
}

fn texts(numbers: std::ops::RangeInclusive<u64>) -> Vec<String> {
    numbers.map(|number| format!("message {number}")).collect()
}

async fn thirty_missed_messages_come_in_order_once(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    says_many(&mut ada, 1..=3).await;
    bob.sees("message 3").await;
    let (session, held) = bob.leaves_the_stage();
    says_many(&mut ada, 4..=33).await;

    let mut raw = stage.enter(&session).await;
    let pages = raw.follow(&held.log, held.position.clone()).await.unwrap();
    let missed: Vec<u64> =
        pages.iter().flat_map(|page| &page.records).filter_map(|record| record.number).collect();
    assert_eq!(missed, (4..=33).collect::<Vec<_>>());
    assert!(pages.iter().all(|page| page.reset.is_none()));
    assert!(pages.iter().all(|page| page.first_kept == 1));

    let mut bob = stage.back(session, held).await;
    ada.says("live again").await;
    bob.sees("live again").await;
    assert_eq!(bob.mirror.live.last().unwrap().1.number, Some(34));
}

async fn of_250_missed_the_last_hundred_come_and_150_were_not_kept(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    says_many(&mut ada, 1..=10).await;
    let (session, _) = bob.leaves_the_stage();
    let bob = stage.back(session, Mirror::new(crate::cast::lobby_log())).await;
    let (session, mut held) = bob.leaves_the_stage();
    assert_eq!(held.texts(), texts(1..=10));
    says_many(&mut ada, 11..=260).await;

    let mut raw = stage.enter(&session).await;
    let last = held.last_number;
    held.follow(&mut raw).await.unwrap();
    assert_eq!(held.first_kept - 1 - last, 150, "messages that were not kept");
    held.records.retain(|_, record| record.number.is_none_or(|number| number >= held.first_kept));
    assert_eq!(held.texts(), texts(161..=260));
    assert_eq!(held.last_number, 260);
}

async fn what_changed_five_times_comes_once(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    let (session, held) = bob.leaves_the_stage();
    let number = ada.says("draft 0").await;
    for draft in 1..=5 {
        let text = format!("draft {draft}");
        ada.raw.done(Action::Edit { room: lobby(), number, text }).await.unwrap();
    }
    let mut raw = stage.enter(&session).await;
    let pages = raw.follow(&held.log, held.position.clone()).await.unwrap();
    let states: Vec<_> = pages.iter().flat_map(|page| &page.records).collect();
    assert_eq!(states.iter().filter(|record| record.number == Some(number)).count(), 1);
    let mut mirror = held;
    pages.into_iter().try_for_each(|page| mirror.take(page)).unwrap();
    assert_eq!(mirror.texts(), ["draft 5"]);
}

async fn catching_up_while_others_write_misses_nothing(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    let (session, held) = bob.leaves_the_stage();
    let writing = async {
        says_many(&mut ada, 1..=90).await;
    };
    let reading = async {
        // Comes and goes while the other writes.
        let (mut session, mut held) = (session, held);
        loop {
            let mut bob = stage.back(session, held).await;
            if bob.mirror.last_number >= 80 {
                bob.sees("message 90").await;
                return bob.mirror;
            }
            let more = bob.mirror.last_number + 7;
            bob.mirror.until(&mut bob.raw, |mirror| mirror.last_number >= more).await.unwrap();
            (session, held) = bob.leaves_the_stage();
        }
    };
    let ((), mirror) = tokio::join!(writing, reading);
    assert_eq!(mirror.texts(), texts(1..=90));
    assert_eq!(mirror.resets, [Reset::Start]);
}

async fn a_position_of_another_store_starts_afresh(kind: EngineKind) {
    let (stage, other) = (Stage::new(kind).await, Stage::new(kind).await);
    let mut ada = stage.guest("Ada").await;
    says_many(&mut ada, 1..=5).await;
    ada.sees("message 5").await;
    let mut there = other.guest("Ada").await;
    says_many(&mut there, 1..=2).await;
    let (_, held) = ada.leaves_the_stage();
    let back = other.back(there.session.clone(), held).await;
    assert_eq!(back.mirror.resets, [Reset::Start, Reset::Forked]);
    assert_eq!(back.mirror.texts(), texts(1..=2));
}

async fn a_position_holds_across_a_restart(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    says_many(&mut ada, 1..=3).await;
    bob.sees("message 3").await;
    let ((ada, _), (bob, held)) = (ada.leaves_the_stage(), bob.leaves_the_stage());
    let stage = stage.restart(parlor_tests::roomy()).await;
    let mut ada = stage.back(ada, Mirror::new(held.log.clone())).await;
    says_many(&mut ada, 4..=6).await;
    let mut bob = stage.back(bob, held).await;
    bob.sees("message 6").await;
    assert_eq!(bob.mirror.resets, [Reset::Start], "no reset by the restart");
    assert_eq!(bob.mirror.texts(), texts(1..=6));
}

async fn more_than_500_changes_start_afresh(kind: EngineKind) {
    let config = parlor::Config { keep: 1_000, ..parlor_tests::roomy() };
    let stage = Stage::with(kind, config).await;
    let (mut ada, bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    let (session, held) = bob.leaves_the_stage();
    says_many(&mut ada, 1..=510).await;
    let bob = stage.back(session, held).await;
    assert_eq!(bob.mirror.resets, [Reset::Start, Reset::TooMany]);
    assert_eq!(bob.mirror.texts(), texts(461..=510));
    assert_eq!((bob.mirror.first_kept, bob.mirror.last_number), (1, 510));
}
