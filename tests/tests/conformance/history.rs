//! Scrolling back: messages by number.

use parlor::engine::PageRequest;
use parlor_shared::Page;
use parlor_tests::EngineFactory;

use crate::stage::{Stage, keeping, numbers, position, room, says};

async fn page(stage: &Stage, before: u64, limit: usize) -> Page {
    stage.broker().page(&room(), PageRequest { before, limit }).await.unwrap()
}

pub(crate) async fn the_newest_messages_come_oldest_first(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let last = stage.ann_says(12).await;
    for before in [13, 1_000] {
        let newest = page(&stage, before, 5).await;
        assert_eq!((numbers(&newest.records), newest.more), (vec![8, 9, 10, 11, 12], true));
        assert_eq!((newest.reset, newest.position), (None, position(&last)));
        assert_eq!((newest.first_kept, newest.last_number), (1, 12));
    }
}

pub(crate) async fn paging_back_reaches_the_first_kept(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    for _ in 0..20 {
        stage.written(keeping(12, says("ann", "hello"))).await;
    }
    let (mut before, mut seen) = (21, Vec::new());
    loop {
        let older = page(&stage, before, 5).await;
        seen.splice(0..0, numbers(&older.records));
        before = seen[0];
        if !older.more {
            break;
        }
    }
    assert_eq!(seen, (9..=20).collect::<Vec<_>>());
    for none in [9, 1, 0] {
        let page = page(&stage, none, 5).await;
        assert_eq!((page.records.len(), page.more), (0, false));
    }
}

pub(crate) async fn a_page_has_at_most_a_hundred_and_256_kib(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    for _ in 0..20 {
        stage.written(says("ann", &"long ".repeat(3_000))).await;
    }
    stage.ann_says(120).await;
    let many = page(&stage, 141, 10_000).await;
    assert_eq!((many.records.len(), many.more), (100, true));
    let large = page(&stage, 21, 100).await;
    let bytes = serde_json::to_vec(&large.records).unwrap().len();
    assert!((200 * 1024..=256 * 1024).contains(&bytes) && large.more, "{bytes}");
    assert_eq!(numbers(&large.records).last(), Some(&20));
}

pub(crate) async fn an_empty_log_has_an_empty_page(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let empty = page(&stage, 100, 10).await;
    assert_eq!((empty.records.len(), empty.more, empty.last_number), (0, false, 0));
    assert_eq!((empty.first_kept, empty.position), (1, stage.top().await.position));
}
