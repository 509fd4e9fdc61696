//! Outboxes, empty to overflowing.

use std::sync::Arc;

use parlor_shared::CloseCode;
use tokio::{
    io::AsyncReadExt,
    net::{TcpListener, TcpStream},
};

use super::{BYTES, Frame, Outbox, Step, Total};

/// Of so many bytes on the wire.
fn frame(bytes: usize) -> Frame {
    Frame::ready(&vec![b'x'; bytes])
}

fn text(text: &str) -> Frame {
    Frame::text(text.to_owned())
}

#[test]
fn frames_leave_in_order_and_are_counted_until_written() {
    let total = Total::new(BYTES);
    let outbox = Outbox::new(total.clone());
    outbox.push(text("one"));
    outbox.push(text("three"));
    assert_eq!(total.waiting(), 12);
    assert_eq!(outbox.step(), Step::Send(text("one")));
    assert_eq!(total.waiting(), 12);
    assert_eq!(outbox.step(), Step::Send(text("three")));
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
    outbox.push(text("before"));
    outbox.close(CloseCode::Restarting);
    outbox.push(text("after"));
    assert_eq!(outbox.step(), Step::Send(text("before")));
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

/// An outbox with a link, and the client's end of it.
async fn linked(total: Total) -> (Outbox, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (client, server) =
        tokio::join!(TcpStream::connect(listener.local_addr().unwrap()), listener.accept());
    let link = server.unwrap().0;
    link.writable().await.unwrap();
    let outbox = Outbox::new(total);
    outbox.open(Arc::new(link));
    (outbox, client.unwrap())
}

#[tokio::test]
async fn a_frame_leaves_at_once_while_nothing_waits() {
    let total = Total::new(BYTES);
    let (outbox, mut client) = linked(total.clone()).await;
    outbox.push(text("one"));
    outbox.push(text("two"));
    assert_eq!((outbox.step(), total.waiting()), (Step::Rest, 0));
    let mut heard = [0; 10];
    client.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"\x81\x03one\x81\x03two");
}

#[tokio::test]
async fn nothing_overtakes_what_waits() {
    let (outbox, mut client) = linked(Total::new(BYTES)).await;
    let mut sent = Vec::new();
    let long = frame(BYTES / 4);
    while outbox.is_idle() {
        outbox.push(long.clone());
        sent.extend_from_slice(long.wire());
    }
    outbox.push(text("later"));
    let mut heard = vec![0; sent.len()];
    let Step::Send(rest) = outbox.step() else { panic!("nothing waits") };
    let begun = sent.len() - rest.len();
    client.read_exact(&mut heard[..begun]).await.unwrap();
    // There is room again; the rest is being written, and so it waits all the same.
    outbox.push(text("latest"));
    assert_eq!(outbox.step(), Step::Send(text("later")));
    assert_eq!(outbox.step(), Step::Send(text("latest")));
    assert_eq!(outbox.step(), Step::Rest);
}

#[tokio::test]
async fn what_has_begun_is_ended_also_when_the_rest_is_too_much() {
    let total = Total::new(10 * BYTES);
    let (outbox, mut client) = linked(total.clone()).await;
    let (long, mut sent) = (frame(BYTES / 4), 0);
    while outbox.is_idle() {
        outbox.push(long.clone());
        sent += long.len();
    }
    let rest = total.waiting();
    assert!(rest < long.len(), "a part of it has left");
    for _ in 0..4 {
        outbox.push(long.clone());
    }
    assert_eq!(total.waiting(), rest, "only what has begun still waits");
    let Step::Send(end) = outbox.step() else { panic!("the end is gone") };
    assert_eq!(outbox.step(), Step::Close(CloseCode::Slow));
    let mut heard = vec![0; sent - end.len()];
    client.read_exact(&mut heard).await.unwrap();
    assert_eq!(heard.len() + end.len(), sent);
}

#[tokio::test]
async fn an_ended_outbox_lets_its_link_go() {
    let (outbox, mut client) = linked(Total::new(BYTES)).await;
    outbox.end();
    assert_eq!(client.read(&mut [0; 8]).await.unwrap(), 0);
}
