//! The reading half: frames to commands, and the limits on both.

use std::{sync::Arc, time::Duration};

use futures_util::StreamExt;
use parlor_shared::{
    ClientFrame, CloseCode, DecodeError, Event, Problem, decode_client_frame, limits::FRAME_BYTES,
};
use tokio::time::sleep_until;
use tokio_tungstenite::tungstenite::{Error, Message, error::ProtocolError};

use super::{heartbeat::Heartbeat, lanes::Lanes};
use crate::{app::AppState, hub::Connection};

/// What a socket yields.
pub(super) type Read = Result<Message, Error>;

/// Frames in a row that cannot be understood, before the connection is closed.
const UNDECODABLE: u32 = 10;

/// Reads until the client goes (`None`) or must go (its close code).
pub(super) async fn run(
    stream: &mut (impl StreamExt<Item = Read> + Unpin),
    app: &AppState,
    connection: &Arc<Connection>,
) -> Option<CloseCode> {
    let mut heartbeat = Heartbeat::start(Duration::from_secs(app.config.ping));
    let mut frames = Frames { lanes: Lanes::new(connection, app), undecodable: 0 };
    loop {
        tokio::select! {
            message = stream.next() => {
                heartbeat.heard();
                match message? {
                    Ok(Message::Text(text)) => {
                        if let Err(code) = frames.take(text.as_str()) {
                            return Some(code);
                        }
                    }
                    Err(error) if is_gone(&error) => return None,
                    Ok(Message::Binary(_)) | Err(_) => return Some(CloseCode::BadFrame),
                    Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => {}
                    Ok(Message::Close(_)) => return None,
                }
            }
            () = sleep_until(heartbeat.due()) => {
                if let Some(code) = heartbeat.beat(connection) {
                    return Some(code);
                }
            }
        }
    }
}

/// Whether the link broke, rather than that something came over it which cannot be read.
fn is_gone(error: &Error) -> bool {
    matches!(
        error,
        Error::Io(_)
            | Error::ConnectionClosed
            | Error::AlreadyClosed
            | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake)
    )
}

/// What the frames so far were.
struct Frames {
    lanes: Lanes,
    undecodable: u32,
}

impl Frames {
    /// Takes one frame.
    ///
    /// # Errors
    /// The code to close with.
    fn take(&mut self, text: &str) -> Result<(), CloseCode> {
        if text.len() > FRAME_BYTES {
            return Err(CloseCode::BadFrame);
        }
        match decode_client_frame(text) {
            Ok(ClientFrame::Command(command)) => {
                self.undecodable = 0;
                self.lanes.start(command);
                Ok(())
            }
            Ok(ClientFrame::Pong) => Ok(()),
            Err(error) => self.refuse(error),
        }
    }

    /// Answers a frame that is no command. A command of a newer version does no harm; frames that
    /// make no sense, again and again, do.
    fn refuse(&mut self, error: DecodeError) -> Result<(), CloseCode> {
        let DecodeError { id, problem } = error;
        if problem != Problem::UnknownCommand {
            self.undecodable += 1;
        }
        self.lanes.connection().send(&Event::Error { id, problem });
        if self.undecodable >= UNDECODABLE { Err(CloseCode::Malformed) } else { Ok(()) }
    }
}
