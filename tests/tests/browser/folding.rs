//! Texts of more than 14 lines.

use parlor_tests::{Actor, EngineKind, Visitor};

use crate::House;

/// How many lines of the last text show, and whether it is folded.
const LAST: &str = "
    const text = [...document.querySelectorAll('[data-testid=text]')].pop();
    return [Math.round(text.clientHeight / parseFloat(getComputedStyle(text).lineHeight)),
        !!text.parentElement.querySelector('.unfold')];";

/// Where the top of the last row is, in the view.
const TOP: &str = "
    return [...document.querySelectorAll('[data-testid=row]')].pop().getBoundingClientRect().top";

const PRESS: &str = "document.querySelector('.unfold').click()";

fn lines(count: usize) -> String {
    (1..=count).map(|n| format!("line {n}")).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_of_more_than_14_lines_folds_and_unfolds_where_it_stands() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    let last = async || ada.look::<(u64, bool)>(LAST).await;

    bob.says(&lines(14));
    ada.sees(&lines(14)).await;
    assert_eq!(last().await, (14, false));
    bob.says(&lines(60));
    ada.sees_number(2).await;
    ada.shows(".unfold").await;
    assert_eq!(last().await, (14, true));

    // A row that comes in moves up a little.
    ada.runs("await Promise.all(document.getAnimations().map(moving => moving.finished));").await;
    let top: f64 = ada.look(TOP).await;
    ada.look::<()>(PRESS).await;
    ada.until("all of it shows", "return !!document.querySelector('.unfold[aria-expanded=true]')")
        .await;
    ada.runs("for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);").await;
    assert_eq!(last().await, (60, true));
    let now: f64 = ada.look(TOP).await;
    assert!((now - top).abs() < 1.0, "the row moved from {top} to {now}");
    ada.look::<()>(PRESS).await;
    ada.until("it is folded", "return !!document.querySelector('.unfold[aria-expanded=false]')")
        .await;
    assert_eq!(last().await, (14, true));
    ada.leaves().await;
}
