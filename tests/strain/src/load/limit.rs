//! The bare server: opens WebSockets, then writes one ready frame to each, and nothing more.
//!
//! It knows no rooms, no store and no runtime: one thread, blocking sockets, one `write` for each
//! delivery. What it costs is what the system calls cost.

use std::{
    io::{BufRead, Read, Write, stdin},
    net::{TcpListener, TcpStream},
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use clap::Args;
use parlor_shared::SUBPROTOCOL;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::{many_rooms::IN_A_ROOM, said::Said, storm::MISSED};

/// How much the bare server writes, and when.
#[derive(Clone, Debug, Args)]
pub struct Orders {
    /// Sockets to wait for.
    #[arg(long)]
    pub sockets: usize,
    /// Frames each second; each goes to one group of sockets.
    #[arg(long)]
    pub rate: u32,
    /// For how many seconds.
    #[arg(long)]
    pub seconds: u32,
    /// Bytes of a message's text.
    #[arg(long)]
    pub text_bytes: usize,
    /// Which run the texts are of, in hexadecimal digits.
    #[arg(long)]
    pub run: String,
    /// Groups of ten instead of one of all.
    #[arg(long)]
    pub rooms: bool,
    /// Write a page of 100 messages to each socket as it opens, and nothing later.
    #[arg(long)]
    pub storm: bool,
}

/// Serves one run: says where, opens the sockets, waits for a line, writes, says that it is done,
/// and holds the sockets until its input ends.
///
/// # Errors
/// When a socket breaks.
pub fn serve(orders: &Orders) -> Result<()> {
    let listener = listen()?;
    println!("{}", listener.local_addr()?);
    let run = u64::from_str_radix(&orders.run, 16)?;
    let page = orders.storm.then(|| page(run, orders.text_bytes));
    let mut sockets = Vec::with_capacity(orders.sockets);
    for _ in 0..orders.sockets {
        let mut socket = open(listener.accept()?.0)?;
        if let Some(page) = &page {
            socket.write_all(page)?;
        }
        sockets.push(socket);
    }
    let mut lines = stdin().lock().lines();
    lines.next().transpose()?;
    if page.is_none() {
        write_all(&mut sockets, orders, run)?;
    }
    println!("done");
    lines.next().transpose()?;
    Ok(())
}

fn listen() -> Result<TcpListener> {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None)?;
    socket.bind(&std::net::SocketAddr::from(([127, 0, 0, 1], 0)).into())?;
    socket.listen(4096)?;
    Ok(socket.into())
}

/// Answers the upgrade.
fn open(mut socket: TcpStream) -> Result<TcpStream> {
    socket.set_nodelay(true)?;
    let mut request = Vec::new();
    let mut part = [0; 2048];
    while !request.ends_with(b"\r\n\r\n") {
        let read = socket.read(&mut part)?;
        anyhow::ensure!(read > 0, "a socket closed before its request was read");
        request.extend(part.get(..read).unwrap_or_default());
    }
    let request = String::from_utf8(request)?;
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("sec-websocket-key").then(|| value.trim().to_owned())
    };
    let key = request.lines().find_map(header).context("a request without a key")?;
    let accept = derive_accept_key(key.as_bytes());
    write!(
        socket,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: {SUBPROTOCOL}\r\n\r\n"
    )?;
    Ok(socket)
}

/// One ready frame to each socket of a group, a group at each beat.
fn write_all(sockets: &mut [TcpStream], orders: &Orders, run: u64) -> Result<()> {
    let group = if orders.rooms { IN_A_ROOM } else { sockets.len() };
    let groups = sockets.len().div_ceil(group.max(1)).max(1);
    let (begun, beat) = (Instant::now(), Duration::from_secs(1) / orders.rate.max(1));
    for sequence in 0..orders.rate * orders.seconds {
        sleep((beat * sequence).saturating_sub(begun.elapsed()));
        let said = Said::now(run, sequence);
        let frame = frame(&entry(said, orders.text_bytes, u64::from(sequence) + 1));
        let members = sockets.chunks_mut(group).nth(sequence as usize % groups);
        for socket in members.unwrap_or_default() {
            socket.write_all(&frame)?;
        }
    }
    Ok(())
}

/// An entry as the real server would word it.
fn entry(said: Said, text_bytes: usize, offset: u64) -> String {
    format!(
        r#"{{"type":"entry","log":"room:lobby","epoch":"0123456789abcdef","offset":{offset},"time":1790000000000,"author":"p_0123456789abcdefghij","command":"0192f0c1-2b3c-4d5e-8f60-718293a4b5c6","record":{}}}"#,
        record(said, text_bytes, offset)
    )
}

fn record(said: Said, text_bytes: usize, number: u64) -> String {
    let text = said.text(text_bytes);
    format!(
        r#"{{"key":"message:{number}","rev":{number},"number":{number},"time":1790000000000,"body":{{"kind":"message","value":{{"author":"p_0123456789abcdefghij","name":"Load 123456 123","command":"0192f0c1-2b3c-4d5e-8f60-718293a4b5c6","text":"{text}"}}}}}}"#
    )
}

/// A hundred missed messages in one frame.
fn page(run: u64, text_bytes: usize) -> Vec<u8> {
    let records = (0..MISSED).map(|n| record(Said::now(run, n), text_bytes, u64::from(n) + 1));
    let records = records.collect::<Vec<_>>().join(",");
    frame(&format!(
        r#"{{"type":"changes","log":"room:lobby","records":[{records}],"position":{{"epoch":"0123456789abcdef","offset":{MISSED}}},"more":false,"first_kept":1,"last_number":{MISSED}}}"#
    ))
}

/// A text frame of RFC 6455, unmasked as a server's are.
fn frame(text: &str) -> Vec<u8> {
    let mut frame = vec![0x81];
    match (u8::try_from(text.len()), u16::try_from(text.len())) {
        (Ok(short), _) if short < 126 => frame.push(short),
        (_, Ok(medium)) => {
            frame.push(126);
            frame.extend(medium.to_be_bytes());
        }
        _ => {
            frame.push(127);
            frame.extend((text.len() as u64).to_be_bytes());
        }
    }
    frame.extend(text.as_bytes());
    frame
}
