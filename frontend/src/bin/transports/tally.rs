//! What one way has cost and brought so far, and what its strip still shows of it. Moments are in
//! milliseconds since the page began.

/// What of the past is kept for the strip, in milliseconds.
pub(crate) const SHOWN_MS: f64 = 30_000.0;
/// What was not heard for so long is not waited for any more, in milliseconds.
const LOST_MS: f64 = 10_000.0;
/// A request's first line and headers in a present browser, its cookie included. No script sees them: this was
/// measured with Chromium (656 bytes, 605 for a WebSocket).
const REQUEST_HEAD: u64 = 650;
/// The head of the answer that turns a request into a WebSocket, which no script sees either.
const UPGRADE_HEAD: u64 = 190;

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To hear: a poll, or the one that became the socket.
    Hear,
    /// To say something.
    Say,
}

/// A request, from its beginning to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Request {
    pub(crate) purpose: Purpose,
    pub(crate) from: f64,
    pub(crate) to: Option<f64>,
}

/// A message on its way, or heard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Message {
    pub(crate) number: u64,
    pub(crate) sent: f64,
    pub(crate) heard: Option<f64>,
}

/// All that is counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    /// Requests begun.
    pub(crate) requests: u64,
    /// Of those, the polls that brought nothing.
    pub(crate) empty: u64,
    /// Frames of the socket, both ways.
    pub(crate) frames: u64,
    /// Bytes of bodies and frames.
    pub(crate) up: u64,
    pub(crate) down: u64,
    /// Bytes of heads, about.
    pub(crate) heads: u64,
    latencies: Vec<f64>,
    pub(crate) shown: Vec<Request>,
    /// When frames passed; `true` are the client's own.
    pub(crate) passed: Vec<(f64, bool)>,
    pub(crate) messages: Vec<Message>,
}

impl Tally {
    /// A request begins, with this body.
    pub(crate) fn begins(&mut self, purpose: Purpose, body: &str, now: f64) {
        self.requests += 1;
        self.up += size(body.len());
        self.heads += REQUEST_HEAD;
        self.shown.push(Request { purpose, from: now, to: None });
        self.forget(now);
    }

    /// It ends: the oldest one of its kind that is under way.
    pub(crate) fn ends(&mut self, purpose: Purpose, now: f64) {
        let mut open = self.shown.iter_mut();
        if let Some(it) = open.find(|it| it.purpose == purpose && it.to.is_none()) {
            it.to = Some(now);
        }
    }

    /// All that is under way ends with the link.
    pub(crate) fn closes(&mut self, now: f64) {
        self.shown.iter_mut().filter(|it| it.to.is_none()).for_each(|it| it.to = Some(now));
    }

    /// An answer came.
    pub(crate) fn answered(&mut self, body: &str, head_bytes: usize) {
        self.down += size(body.len());
        self.heads += size(head_bytes);
    }

    /// The socket is open: the head of the answer, though no script sees it.
    pub(crate) fn upgraded(&mut self) {
        self.heads += UPGRADE_HEAD;
    }

    /// A poll brought nothing.
    pub(crate) fn was_for_nothing(&mut self) {
        self.empty += 1;
    }

    /// The client's own frame: a browser masks it, with four bytes more.
    pub(crate) fn sends_frame(&mut self, text: &str, now: f64) {
        self.up += frame(text.len()) + 4;
        self.passes(true, now);
    }

    /// A frame came.
    pub(crate) fn takes_frame(&mut self, text: &str, now: f64) {
        self.down += frame(text.len());
        self.passes(false, now);
    }

    fn passes(&mut self, own: bool, now: f64) {
        self.frames += 1;
        self.passed.push((now, own));
        self.forget(now);
    }

    /// A message was sent, by whichever way.
    pub(crate) fn expects(&mut self, number: u64, now: f64) {
        self.messages.push(Message { number, sent: now, heard: None });
        self.forget(now);
    }

    /// It was not said after all.
    pub(crate) fn expects_no_more(&mut self, number: u64) {
        self.messages.retain(|it| it.number != number || it.heard.is_some());
    }

    /// It is heard here; what is heard again is not counted again.
    pub(crate) fn hears(&mut self, number: u64, now: f64) {
        let mut open = self.messages.iter_mut();
        if let Some(it) = open.find(|it| it.number == number && it.heard.is_none()) {
            it.heard = Some(now);
            self.latencies.push(now - it.sent);
        }
    }

    /// Whether a message is still on its way.
    pub(crate) fn waits(&self) -> bool {
        self.messages.iter().any(|message| message.heard.is_none())
    }

    /// How many were heard.
    pub(crate) fn heard(&self) -> u64 {
        size(self.latencies.len())
    }

    /// How long the last one took.
    pub(crate) fn last(&self) -> Option<f64> {
        self.latencies.last().copied()
    }

    /// How long the one in the middle took; between the two in the middle where there are two.
    pub(crate) fn median(&self) -> Option<f64> {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        let upper = sorted.get(middle)?;
        if sorted.len() % 2 == 1 {
            return Some(*upper);
        }
        sorted.get(middle.checked_sub(1)?).map(|lower| f64::midpoint(*lower, *upper))
    }

    /// Drops what the strip no longer shows.
    fn forget(&mut self, now: f64) {
        let begin = now - SHOWN_MS - 1_000.0;
        self.shown.retain(|it| it.to.is_none_or(|to| to > begin));
        self.passed.retain(|(at, _)| *at > begin);
        let lost = now - LOST_MS;
        self.messages.retain(|it| it.heard.map_or(it.sent > lost, |heard| heard > begin));
    }
}

/// A frame's payload and head.
fn frame(payload: usize) -> u64 {
    size(payload)
        + if payload < 126 {
            2
        } else if payload < 65_536 {
            4
        } else {
            10
        }
}

fn size(length: usize) -> u64 {
    length as u64
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::{Purpose, SHOWN_MS, Tally};

    #[wasm_bindgen_test]
    fn bodies_and_frames_are_counted_to_the_byte() {
        let mut tally = Tally::default();
        tally.begins(Purpose::Hear, "{}", 0.0);
        tally.answered("{\"a\":1}", 100);
        assert_eq!((tally.requests, tally.up, tally.down, tally.heads), (1, 2, 7, 750));
        tally.sends_frame("hello", 1.0);
        tally.takes_frame(&"x".repeat(126), 2.0);
        assert_eq!((tally.frames, tally.up, tally.down), (2, 2 + 11, 7 + 130));
    }

    #[wasm_bindgen_test]
    fn the_median_is_of_what_was_heard_and_each_message_counts_once() {
        let mut tally = Tally::default();
        assert_eq!(tally.median(), None);
        for (number, took) in [(1, 5.0), (2, 900.0), (3, 7.0), (4, 9.0)] {
            tally.expects(number, 0.0);
            tally.hears(number, took);
            tally.hears(number, 5_000.0);
        }
        tally.expects(5, 0.0);
        assert_eq!((tally.median(), tally.last(), tally.heard()), (Some(8.0), Some(9.0), 4));
        assert!(tally.waits());
    }

    #[wasm_bindgen_test]
    fn what_is_no_longer_shown_is_forgotten_and_still_counted() {
        let mut tally = Tally::default();
        tally.begins(Purpose::Hear, "", 0.0);
        tally.begins(Purpose::Hear, "", 10.0);
        tally.ends(Purpose::Hear, 20.0);
        tally.begins(Purpose::Say, "", SHOWN_MS * 2.0);
        assert_eq!(tally.requests, 3);
        assert_eq!(tally.shown.len(), 2, "the one that is still under way, and the new one");
    }
}
