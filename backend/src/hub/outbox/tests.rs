//! Outboxes, empty to overflowing.

use parlor_shared::CloseCode;

use super::{BYTES, Frame, Outbox, Step, Total};

fn frame(bytes: usize) -> Frame {
    "x".repeat(bytes).into()
}

#[test]
fn frames_leave_in_order_and_are_counted_until_written() {
    let total = Total::new(BYTES);
    let outbox = Outbox::new(total.clone());
    outbox.push("one".into());
    outbox.push("three".into());
    assert_eq!(total.waiting(), 8);
    assert_eq!(outbox.step(), Step::Send("one".into()));
    assert_eq!(total.waiting(), 8);
    assert_eq!(outbox.step(), Step::Send("three".into()));
    assert_eq!(outbox.step(), Step::Rest);
    assert!(outbox.is_idle());
    assert_eq!(total.waiting(), 0);
}

#[test]
fn overflow_empties_the_outbox_and_closes_it_as_slow() {
    let total = Total::new(10 * BYTES);
    let outbox = Outbox::new(total.clone());
    outbox.push(frame(BYTES));
    outbox.push(frame(1));
    assert_eq!(total.waiting(), 0);
    outbox.push(frame(1));
    outbox.close(CloseCode::Restarting);
    assert_eq!(outbox.step(), Step::Close(CloseCode::Slow));
}

#[test]
fn a_full_node_closes_the_connection_that_lags_and_spares_the_others() {
    let total = Total::new(BYTES / 2);
    let lags = Outbox::new(total.clone());
    let reads = Outbox::new(total.clone());
    lags.push(frame(BYTES / 2 + 1));
    reads.push(frame(1));
    assert_eq!(reads.step(), Step::Send(frame(1)));
    lags.push(frame(1));
    assert_eq!(lags.step(), Step::Close(CloseCode::Slow));
    assert_eq!(total.waiting(), 1);
}

#[test]
fn closing_sends_what_waits_and_nothing_later() {
    let outbox = Outbox::new(Total::new(BYTES));
    outbox.push("before".into());
    outbox.close(CloseCode::Restarting);
    outbox.push("after".into());
    assert_eq!(outbox.step(), Step::Send("before".into()));
    assert_eq!(outbox.step(), Step::Close(CloseCode::Restarting));
}

#[test]
fn a_dropped_outbox_gives_its_bytes_back() {
    let total = Total::new(BYTES);
    let outbox = Outbox::new(total.clone());
    outbox.push(frame(100));
    assert_eq!(outbox.step(), Step::Send(frame(100)));
    drop(outbox);
    assert_eq!(total.waiting(), 0);
}
