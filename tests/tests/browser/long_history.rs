//! A room that keeps 50,000 messages: read from its end, and from where one left it.

use parlor_shared::{Action, RoomId};
use parlor_tests::{EngineKind, Raw, Session, Visitor, eventually};

use crate::House;

/// Messages the room keeps.
const KEPT: u32 = 50_000;
/// People who fill it, each saying one thing after the other.
const CROWD: u32 = 25;
/// What each of them says; with Carol's one the room is nearly full.
const EACH: u32 = KEPT / CROWD - 1;
/// The number of the last message.
const LAST: u64 = 1 + (CROWD * EACH) as u64;
/// Rows the page may hold at once.
const ROWS_MOST: u64 = 350;

/// From now on the most rows that stood at once, and tasks over 50 ms, in milliseconds.
const WATCH: &str = "
    window.seen = { rows: 0, tasks: [] };
    const rows = document.getElementsByClassName('rows')[0];
    const look = () => window.seen.rows = Math.max(window.seen.rows, rows.children.length);
    new MutationObserver(look).observe(rows, { childList: true });
    new PerformanceObserver(list => window.seen.tasks.push(
        ...list.getEntries().map(task => task.duration))).observe({ type: 'longtask' });
    look();";

/// Reads up by a view, and says the lowest number that is there.
const READ_UP: &str = "
    const scroller = document.querySelector('.scroller');
    scroller.scrollTop -= scroller.clientHeight * 2;
    await new Promise(done => setTimeout(done, 30));
    return +document.querySelector('[data-number]').dataset.number;";

/// Reads down by a view, and says the highest number that is in view.
const READ_DOWN: &str = "
    const scroller = document.querySelector('.scroller');
    scroller.scrollTop += scroller.clientHeight;
    await new Promise(done => setTimeout(done, 60));
    const bottom = scroller.getBoundingClientRect().bottom;
    const shown = [...document.querySelectorAll('[data-number]')]
        .filter(row => row.getBoundingClientRect().top < bottom);
    return +shown.at(-1).dataset.number;";

/// The numbers around the *new* line, and whether the line is in view.
const LINE: &str = "
    const line = document.querySelector('[data-testid=new-line]')?.closest('li');
    if (!line) return null;
    const view = document.querySelector('.scroller').getBoundingClientRect();
    const place = line.getBoundingClientRect();
    const number = (row) => +(row?.dataset.number ?? 0);
    let [above, below] = [line.previousElementSibling, line.nextElementSibling];
    while (above && !above.dataset.number) above = above.previousElementSibling;
    while (below && !below.dataset.number) below = below.nextElementSibling;
    return [number(above), number(below), place.top >= view.top && place.bottom <= view.bottom];";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_thousand_messages_are_read_from_both_ends_with_few_rows() {
    let house = House::keeping(EngineKind::Embedded, KEPT).await;
    let url = house.node.url();
    let carol = Visitor::enters(url, "Carol").await;
    carol.says("one").await;
    carol.sees("one").await;
    carol.closes_the_page().await;
    fill(url).await;

    let ada = Visitor::enters(url, "Ada").await;
    ada.sees_number(LAST).await;
    assert!(!ada.has("new-line").await, "what was said before one came is not new");
    ada.look::<()>(WATCH).await;
    let mut lowest = LAST;
    while lowest > LAST - 2_500 {
        lowest = ada.asks(READ_UP).await;
    }
    few_rows(&ada, "upwards").await;
    ada.leaves().await;

    carol.opens_the_page().await;
    let around = eventually("she is at the new line", async || {
        carol.look::<Option<(u64, u64, bool)>>(LINE).await.filter(|(.., shows)| *shows)
    });
    let (above, below, _) = around.await.unwrap();
    assert_eq!((above, below), (1, 2));
    carol.look::<()>(WATCH).await;
    let mut highest = 0;
    while highest < 1_000 {
        highest = carol.asks(READ_DOWN).await;
        assert!(highest < 20_000, "reading on must not jump to the end");
    }
    few_rows(&carol, "downwards").await;
    carol.clicks("jump").await;
    carol.sees_number(LAST).await;
    carol.leaves().await;
}

/// Has a crowd fill the lobby.
async fn fill(url: &str) {
    let mut crowd = Vec::new();
    for who in 0..CROWD {
        let session = Session::begin(url, &format!("Guest {who}")).await.unwrap();
        let (mut raw, _) = Raw::enter(url, &session).await.unwrap();
        crowd.push(tokio::spawn(async move {
            for n in 0..EACH {
                let text = format!("What guest {who} had to say, part {n}, and some more of it.");
                raw.done(Action::Send { room: RoomId::lobby(), text }).await.unwrap();
            }
        }));
    }
    for guest in crowd {
        guest.await.unwrap();
    }
}

async fn few_rows(visitor: &Visitor, way: &str) {
    let rows: u64 = visitor.look("return window.seen.rows").await;
    let tasks: Vec<f64> = visitor.look("return window.seen.tasks").await;
    println!("reading {way}: at most {rows} rows; tasks over 50 ms: {tasks:?}");
    assert!((100..=ROWS_MOST).contains(&rows), "{rows} rows at once");
}
