//! The view stays where it is held when the page itself changes its size.

use parlor_tests::{Actor, Device, EngineKind, Visitor, eventually};

use crate::House;

/// The first message in view and where it is, from the top of the view.
const HELD: &str = "
    const scroller = document.querySelector('.scroller');
    const edge = scroller.getBoundingClientRect().top;
    const row = [...document.querySelectorAll('[data-testid=row]')]
        .find(row => row.getBoundingClientRect().top > edge);
    return [row.dataset.row, row.getBoundingClientRect().top - edge];";

const TO_END: &str = "
    const scroller = document.querySelector('.scroller');
    return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;";

/// Scrolls to a part of the whole.
const SCROLL: &str = "
    const scroller = document.querySelector('.scroller');
    scroller.scrollTop = scroller.scrollHeight * PART;
    await new Promise(done => setTimeout(done, 200));";

/// A phone upright, and what is left of it above a keyboard.
const PHONE: Device = Device::Window(390, 844);
const WITH_A_KEYBOARD: Device = Device::Window(390, 510);

async fn to_end(visitor: &Visitor) -> f64 {
    visitor.look(TO_END).await
}

/// Waits until the page has its size, and two frames more.
async fn is_high(visitor: &Visitor, pixels: u32) {
    visitor.until("the page has its size", &format!("return innerHeight === {pixels}")).await;
    visitor.runs("for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_view_stays_when_a_keyboard_opens_and_closes() {
    let house = House::open(EngineKind::Embedded).await;
    let bob = Actor::enter(house.node.url(), "Bob").await.unwrap();
    for n in 1..=60 {
        bob.says(&format!("line {n}."));
    }
    bob.sees("line 60.").await.unwrap();
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.holds(PHONE).await;
    ada.sees("line 60.").await;
    is_high(&ada, 844).await;
    ada.runs(&SCROLL.replace("PART", "1")).await;
    eventually("the view is at the end", async || (to_end(&ada).await < 1.0).then_some(()))
        .await
        .unwrap();

    ada.holds(WITH_A_KEYBOARD).await;
    is_high(&ada, 510).await;
    assert!(to_end(&ada).await < 1.0, "at the end it stays there");

    ada.runs(&SCROLL.replace("PART", "0.5")).await;
    for (device, height) in [(PHONE, 844), (WITH_A_KEYBOARD, 510)] {
        let (row, top): (String, f64) = ada.look(HELD).await;
        ada.holds(device).await;
        is_high(&ada, height).await;
        let now: (String, f64) = ada.look(HELD).await;
        assert_eq!(row, now.0);
        assert!((now.1 - top).abs() < 1.0, "moved from {top} to {}", now.1);
    }
    ada.leaves().await;
}
