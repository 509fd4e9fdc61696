//! Connections that rest, wait, and are woken for nothing.

use std::{future::poll_fn, time::Duration};

use futures_util::FutureExt;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::advance,
};

use super::{BYTE, SockRef, Wire};

async fn both_ends() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    (client, listener.accept().await.unwrap().0)
}

#[tokio::test]
async fn a_connection_that_is_woken_for_nothing_goes_on_resting() {
    let (mut client, server) = both_ends().await;
    client.write_all(b"G").await.unwrap();
    server.readable().await.unwrap();
    // Read behind tokio's back: to tokio there is still something.
    SockRef::from(&server).recv(&mut [BYTE]).unwrap();
    let mut wire = Wire::new(server);
    assert_eq!(poll_fn(|cx| wire.poll_speaks(cx)).now_or_never(), None);
    client.write_all(b"E").await.unwrap();
    assert!(poll_fn(|cx| wire.poll_speaks(cx)).await);
}

#[tokio::test(start_paused = true)]
async fn a_request_has_its_time_however_long_its_connection_rested() {
    let (mut client, server) = both_ends().await;
    client.write_all(b"GET").await.unwrap();
    server.readable().await.unwrap();
    let mut wire = Wire::new(server);
    wire.write_all(b"an answer").await.unwrap();
    advance(Duration::from_secs(59)).await;
    assert_eq!(poll_fn(|cx| wire.poll_speaks(cx)).now_or_never(), Some(true));
    assert_eq!(wire.read(&mut [0; 9]).await.unwrap(), 3);
    advance(Duration::from_secs(29)).await;
    assert!(wire.read_u8().now_or_never().is_none());
    advance(Duration::from_secs(2)).await;
    assert!(wire.read_u8().now_or_never().unwrap().is_err());
}

#[tokio::test(start_paused = true)]
async fn an_answer_has_its_time_however_long_it_was_waited_for() {
    let (_client, server) = both_ends().await;
    let mut wire = Wire::new(server);
    advance(Duration::from_secs(80)).await;
    wire.answers(b"GET");
    assert_eq!(wire.read(&mut [0; 9]).await.unwrap(), 3);
    assert!(wire.read_u8().now_or_never().is_none());
}

#[tokio::test]
async fn a_connection_whose_client_went_does_not_wait_for_a_request() {
    let (client, server) = both_ends().await;
    drop(client);
    let mut wire = Wire::new(server);
    assert!(!poll_fn(|cx| wire.poll_speaks(cx)).await);
}
