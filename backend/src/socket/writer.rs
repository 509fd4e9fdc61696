//! The writing half: what the network did not take at once, and the close code, which arrives if
//! anything can.

use std::{io, time::Duration};

use parlor_shared::CloseCode;
use tokio::{
    net::TcpStream,
    pin,
    time::{sleep, timeout},
};

use super::link::{end_writing, write_all};
use crate::hub::{Frame, Outbox, Step};

/// How long one frame may take to leave before the client counts as slow.
const STALL: Duration = Duration::from_secs(20);
/// How long what waits, and then the close frame, may take to leave.
const GOODBYE: Duration = Duration::from_secs(5);
/// How long the client may take to close its side, so that the close frame is not overtaken by a
/// reset.
const LINGER: Duration = Duration::from_secs(1);

/// Writes until the connection is closed or broken.
pub(super) async fn run(link: &TcpStream, outbox: &Outbox) {
    let drained = drain(link, outbox);
    pin!(drained);
    let code = tokio::select! {
        code = &mut drained => code,
        () = overdue(outbox) => {
            outbox.forget();
            // What has begun is ended, so that the close frame can be read.
            Box::pin(timeout(GOODBYE, drained)).await.unwrap_or_default()
        }
    };
    if let Some(code) = code {
        close(link, code).await;
    }
}

/// Refuses a connection that never began.
pub(super) async fn refuse(link: &TcpStream, code: CloseCode) {
    close(link, code).await;
    linger(link).await;
}

/// Waits a moment for the client to close its side.
pub(super) async fn linger(link: &TcpStream) {
    end_writing(link);
    // Whoever does not close in time is cut off.
    let _ = timeout(LINGER, read_to_end(link)).await;
}

/// Sends what waits, frame by frame; says with which code to close, or nothing when it is broken.
async fn drain(link: &TcpStream, outbox: &Outbox) -> Option<CloseCode> {
    loop {
        match outbox.step() {
            Step::Send(frame) => match Box::pin(timeout(STALL, write_all(link, &frame))).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) => {
                    outbox.close(CloseCode::Slow);
                    return None;
                }
            },
            Step::Rest => outbox.wait().await,
            Step::Close(code) => return Some(code),
        }
    }
}

/// Waits until the connection should have been closed by now: at once when it is slow.
async fn overdue(outbox: &Outbox) {
    if outbox.closing().await != CloseCode::Slow {
        Box::pin(sleep(GOODBYE)).await;
    }
}

/// The goodbye's room is taken when it is needed, not for as long as the connection lives.
async fn close(link: &TcpStream, code: CloseCode) {
    let frame = Frame::close(code);
    // Whoever takes nothing any more is cut off.
    let _ = Box::pin(timeout(GOODBYE, write_all(link, &frame))).await;
}

async fn read_to_end(link: &TcpStream) -> io::Result<()> {
    let mut ignored = [0; 1024];
    loop {
        link.readable().await?;
        match link.try_read(&mut ignored) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}
