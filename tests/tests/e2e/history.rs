//! Scrolling back.

use parlor_shared::{Action, Problem};
use parlor_tests::EngineKind;

use crate::{
    cast::{Stage, lobby, page, refusal},
    on_every_way,
};

on_every_way!(
    history_comes_page_by_page_down_to_the_first,
    history_ends_at_the_first_that_is_kept,
    a_page_of_no_or_too_many_messages_is_refused,
);

fn before(number: u64, limit: u32) -> Action {
    Action::History { room: lobby(), before: number, limit }
}

async fn history_comes_page_by_page_down_to_the_first(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut ada = stage.guest("Ada").await;
    for number in 1..=25 {
        ada.says(&format!("message {number}")).await;
    }
    let mut read = Vec::new();
    let mut at = 26;
    loop {
        let page = page(ada.raw.done(before(at, 10)).await.unwrap());
        let numbers: Vec<u64> = page.records.iter().filter_map(|record| record.number).collect();
        assert!(numbers.is_sorted(), "in the order of their numbers");
        at = *numbers.first().unwrap();
        read.splice(0..0, numbers);
        if !page.more {
            break;
        }
    }
    assert_eq!(read, (1..=25).collect::<Vec<_>>());
    assert!(page(ada.raw.done(before(1, 10)).await.unwrap()).records.is_empty());
}

async fn history_ends_at_the_first_that_is_kept(kind: EngineKind) {
    let config = parlor::Config { keep: 10, ..parlor_tests::roomy() };
    let stage = Stage::with(kind, config).await;
    let mut ada = stage.guest("Ada").await;
    for number in 1..=25 {
        ada.says(&format!("message {number}")).await;
    }
    let page = page(ada.raw.done(before(26, 100)).await.unwrap());
    let numbers: Vec<u64> = page.records.iter().filter_map(|record| record.number).collect();
    assert_eq!(numbers, (16..=25).collect::<Vec<_>>());
    assert_eq!((page.more, page.first_kept, page.last_number), (false, 16, 25));
    let gone = Action::Edit { room: lobby(), number: 3, text: "back".to_owned() };
    assert_eq!(refusal(ada.raw.ask(gone).await.unwrap()), Problem::NoSuchMessage { number: 3 });
}

async fn a_page_of_no_or_too_many_messages_is_refused(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut ada = stage.guest("Ada").await;
    for limit in [0, 101, u32::MAX] {
        let reply = ada.raw.ask(before(10, limit)).await.unwrap();
        assert_eq!(refusal(reply), Problem::BadParameters, "{limit}");
    }
}
