//! An event as it goes over the wire: a WebSocket frame, made once for everybody it is for.

use bytes::Bytes;
use parlor_shared::{CloseCode, Event, encode};
use tokio_tungstenite::tungstenite::protocol::{
    CloseFrame,
    frame::{
        self,
        coding::{Data, OpCode},
    },
};

/// Whole frames, unmasked as a server's are, or what is left of one; clones share the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    wire: Bytes,
    /// Where the text begins.
    text: usize,
}

impl Frame {
    /// A frame with an event.
    #[must_use]
    pub fn event(event: &Event) -> Self {
        Self::text(encode(event))
    }

    /// A text frame.
    #[must_use]
    pub fn text(text: String) -> Self {
        let length = text.len();
        Self::of(frame::Frame::message(text, OpCode::Data(Data::Text), true), length)
    }

    /// The frame that closes a connection.
    #[must_use]
    pub fn close(code: CloseCode) -> Self {
        let reason = CloseFrame { code: code.code().into(), reason: code.reason().into() };
        Self::of(frame::Frame::close(Some(reason)), 0)
    }

    /// Frames that are made already.
    pub(crate) fn ready(wire: &[u8]) -> Self {
        Self { wire: Bytes::copy_from_slice(wire), text: wire.len() }
    }

    fn of(frame: frame::Frame, text: usize) -> Self {
        let mut wire = Vec::with_capacity(frame.len());
        // Writing to memory does not fail.
        let written = frame.format(&mut wire);
        debug_assert!(written.is_ok(), "{written:?}");
        Self { text: wire.len() - text, wire: wire.into() }
    }

    /// The bytes to write.
    #[must_use]
    pub fn wire(&self) -> &[u8] {
        &self.wire
    }

    /// The text of a whole text frame.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let text = self.wire.get(self.text..).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }

    /// How many bytes it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.wire.len()
    }

    /// Whether nothing is left of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.wire.is_empty()
    }

    /// What is left of it after its first bytes were written.
    pub(super) fn after(mut self, written: usize) -> Self {
        let written = written.min(self.wire.len());
        Self { text: self.text.saturating_sub(written), wire: self.wire.split_off(written) }
    }
}

#[cfg(test)]
mod tests {
    use parlor_shared::CloseCode;

    use super::Frame;

    #[test]
    fn a_text_has_the_header_that_its_length_asks_for() {
        for (length, header) in [
            (5, &[0x81, 5][..]),
            (126, &[0x81, 126, 0, 126]),
            (65_536, &[0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
        ] {
            let frame = Frame::text("x".repeat(length));
            assert_eq!(frame.wire().split_at(header.len()).0, header);
            assert_eq!((frame.as_str().len(), frame.len()), (length, header.len() + length));
        }
    }

    #[test]
    fn a_close_frame_says_why() {
        let frame = Frame::close(CloseCode::Slow);
        let wire = frame.wire();
        assert_eq!(wire[0], 0x88);
        assert_eq!(wire[2..4], CloseCode::Slow.code().to_be_bytes());
        assert_eq!(&wire[4..], CloseCode::Slow.reason().as_bytes());
    }

    #[test]
    fn what_is_left_of_a_frame_is_its_end() {
        let frame = Frame::text("hello".to_owned());
        assert_eq!(frame.clone().after(4).wire(), b"llo");
        assert!(frame.after(7).is_empty());
    }
}
