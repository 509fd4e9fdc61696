//! What a card says of its way in numbers, and how numbers are written.

use parlor_page::{browser::intl, words::Language};

use crate::{
    follower::{Follower, Standing},
    transport::Transport,
};

/// The numbers of one way.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Figures {
    pub(crate) standing: Standing,
    pub(crate) requests: u64,
    /// Of a socket its frames, else the polls that brought nothing.
    pub(crate) beside: u64,
    pub(crate) up: u64,
    pub(crate) down: u64,
    /// All bytes, heads included.
    pub(crate) all: u64,
    pub(crate) heard: u64,
    pub(crate) median: Option<f64>,
    pub(crate) last: Option<f64>,
}

impl Figures {
    /// Those of a client now.
    pub(crate) fn of(follower: &Follower) -> Self {
        let tally = follower.tally.borrow();
        let beside =
            if follower.transport == Transport::Socket { tally.frames } else { tally.empty };
        Self {
            standing: follower.standing(),
            requests: tally.requests,
            beside,
            up: tally.up,
            down: tally.down,
            all: tally.up + tally.down + tally.heads,
            heard: tally.heard(),
            median: tally.median(),
            last: tally.last(),
        }
    }
}

/// Bytes: `812 B`, `3.1 KiB`, with a space that does not break.
pub(crate) fn bytes(language: Language, bytes: u64) -> String {
    if bytes < 1_024 {
        return format!("{bytes}\u{a0}B");
    }
    let tenths = bytes * 10 / 1_024;
    format!("{}.{}\u{a0}KiB", intl::count(language, tenths / 10), tenths % 10)
}

/// Milliseconds, with a tenth while they are few; `–` where there are none yet.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded and clamped")]
pub(crate) fn millis(language: Language, millis: Option<f64>) -> String {
    let Some(millis) = millis else { return "–".to_owned() };
    let tenths = (millis * 10.0).round().clamp(0.0, 1e9) as u64;
    if tenths < 100 {
        return format!("{}.{}", tenths / 10, tenths % 10);
    }
    intl::count(language, (tenths + 5) / 10)
}

#[cfg(test)]
mod tests {
    use parlor_page::words::Language;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::{bytes, millis};

    #[wasm_bindgen_test]
    fn numbers_are_written_as_people_read_them() {
        let of = |value| millis(Language::English, value);
        assert_eq!(
            [of(None), of(Some(3.24)), of(Some(9.96)), of(Some(1_020.4))],
            ["–", "3.2", "10", "1,020"]
        );
        let of = |value| bytes(Language::English, value);
        assert_eq!(
            [of(0), of(1_023), of(1_024), of(3_200)],
            ["0\u{a0}B", "1023\u{a0}B", "1.0\u{a0}KiB", "3.1\u{a0}KiB"]
        );
    }
}
