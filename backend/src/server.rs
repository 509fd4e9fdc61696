//! Accepts connections and serves HTTP on them.
//!
//! hyper holds two buffers of 8 KiB for each connection, so it is there only from the first byte of a
//! request to the last of its answer. A connection that rests, or whose answer is yet to come
//! ([`Later`]), is its stream and a task.

mod later;
mod progress;
mod spell;
mod wire;

use std::{future::poll_fn, net::SocketAddr};

use axum::{Router, serve::Listener};
use tokio::{
    net::{TcpListener, TcpStream},
    pin,
    sync::watch,
};

use crate::listener::tune;
pub(crate) use later::Later;
use spell::{Spell, Turn};
pub(crate) use wire::Wire;

/// Serves until `stop` comes. Then nobody new is accepted, connections that rest end, and it returns
/// when all requests under way are answered.
pub(crate) async fn serve(
    mut listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send,
) {
    let (stopping, stops) = watch::channel(false);
    pin!(stop);
    loop {
        let (stream, address) = tokio::select! {
            accepted = Listener::accept(&mut listener) => accepted,
            () = &mut stop => break,
        };
        tune(&stream);
        tokio::spawn(connection(stream, address, router.clone(), stops.clone()));
    }
    drop((listener, stops));
    stopping.send_replace(true);
    stopping.closed().await;
}

/// Serves one connection to its end.
async fn connection(
    stream: TcpStream,
    address: SocketAddr,
    router: Router,
    mut stops: watch::Receiver<bool>,
) {
    let mut wire = Wire::new(stream);
    loop {
        let said = tokio::select! {
            biased;
            said = poll_fn(|cx| wire.poll_speaks(cx)) => said,
            _ = stops.wait_for(|stop| *stop) => false,
        };
        if !said {
            return;
        }
        // In a box: what it needs is not kept while the connection rests or waits.
        let spell = Spell::requests(router.clone(), address);
        let mut turn = Box::pin(spell.run(wire, &mut stops)).await;
        while let Turn::Waits { wire, answer, lasts } = turn {
            let answer = tokio::select! {
                answer = answer => answer,
                () = poll_fn(|cx| wire.poll_gone(cx)) => return,
            };
            let spell = Spell::answer(router.clone(), address, answer, lasts);
            turn = Box::pin(spell.run(wire, &mut stops)).await;
        }
        match turn {
            Turn::Rests(rests) => wire = rests,
            Turn::Waits { .. } | Turn::Ended => return,
        }
    }
}

#[cfg(test)]
mod tests;
