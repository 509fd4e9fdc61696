//! Text frames to commands and events, and back. Never panics, whatever comes in.

use serde::{Deserialize, Serialize, de};

use crate::{
    limits::JSON_DEPTH,
    reading::{self, Read},
    v1::{Action, Command, CommandId, Event, Problem},
};

/// What a client can send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientFrame {
    /// A command, to be replied to.
    Command(Command),
    /// The answer to a ping; gets no reply.
    Pong,
}

/// A client's frame that is no command, with its id where that could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", problem.name())]
pub struct DecodeError {
    /// The id, so that the error finds its command.
    pub id: Option<CommandId>,
    /// What is wrong.
    pub problem: Problem,
}

/// The part of a frame that is read first.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    id: Option<CommandId>,
}

/// Reads a client's text frame.
///
/// # Errors
/// [`DecodeError`] with `too_deep`, `malformed`, `unknown_command` or `bad_parameters`.
pub fn decode_client_frame(text: &str) -> Result<ClientFrame, DecodeError> {
    let refuse = |id, problem| Err(DecodeError { id, problem });
    if depth(text) > JSON_DEPTH {
        return refuse(None, Problem::TooDeep { max: JSON_DEPTH as u32 });
    }
    let Ok(head) = serde_json::from_str::<Head>(text) else {
        return refuse(None, Problem::Malformed);
    };
    if head.kind == "pong" {
        return Ok(ClientFrame::Pong);
    }
    let Some(id) = head.id else {
        return refuse(None, Problem::Malformed);
    };
    if !Action::NAMES.contains(&head.kind.as_str()) {
        return refuse(Some(id), Problem::UnknownCommand);
    }
    match serde_json::from_str::<Command>(text) {
        Ok(command) if command.action.integers_fit() => Ok(ClientFrame::Command(command)),
        Ok(_) | Err(_) => refuse(Some(id), Problem::BadParameters),
    }
}

/// Reads a server's text frame. An unknown `type` is [`Event::Unknown`].
///
/// # Errors
/// The parser's own error when the text is no JSON of an event.
pub fn decode_event(text: &str) -> Result<Event, serde_json::Error> {
    let unfit = || de::Error::custom("no event");
    Event::read(&reading::tree(text)?).ok_or_else(unfit)
}

/// Writes a frame. Frames are plain structs, which always have a JSON form.
#[must_use]
pub fn encode<T: Serialize>(frame: &T) -> String {
    serde_json::to_string(frame).unwrap_or_default()
}

/// How deep the text nests, strings passed over. Linear, and right for any bytes.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
