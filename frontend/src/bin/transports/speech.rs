//! Who says what next, and when: three lines, each by another way, then a silence, as people talk. In the
//! silence one sees what waiting costs; messages at even distances would hide it, and would always fall
//! on the same moment between two short polls.

use super::transport::Transport;

/// Lines of one exchange.
pub(crate) const LINES: usize = 3;
/// Between two lines, in milliseconds: at least, and by how much more at most.
const PAUSE: (f64, f64) = (700.0, 600.0);
/// Between two exchanges.
const SILENCE: (f64, f64) = (6_500.0, 3_000.0);

/// What is said next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Counted from 1.
    pub(crate) number: u64,
    /// By which way.
    pub(crate) by: Transport,
    /// Which line of its exchange it is.
    pub(crate) place: usize,
}

/// The speech as far as it has come.
#[derive(Debug, Default)]
pub(crate) struct Speech {
    said: usize,
}

impl Speech {
    /// The next line. Each way begins an exchange in turn; one that is shut is passed over.
    pub(crate) fn next(&mut self, open: impl Fn(Transport) -> bool) -> Option<Line> {
        let (exchange, place) = (self.said / LINES, self.said % LINES);
        let turn = Transport::ALL.into_iter().cycle().skip((exchange + place) % LINES);
        let by = turn.take(LINES).find(|way| open(*way))?;
        self.said += 1;
        Some(Line { number: self.said as u64, by, place })
    }

    /// When the one after is due, in milliseconds; `chance` is from 0 to 1.
    pub(crate) fn wait(&self, chance: f64) -> f64 {
        let (least, more) = if self.said.is_multiple_of(LINES) { SILENCE } else { PAUSE };
        least + more * chance
    }
}

#[cfg(test)]
mod tests {
    use parlor_shared::limits::{REQUEST_WINDOW_MS, SEND_WINDOW_MS, SENDS};
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::{Speech, Transport};

    #[wasm_bindgen_test]
    fn every_way_speaks_in_every_exchange_and_begins_one_in_turn() {
        let mut speech = Speech::default();
        let said: Vec<_> = std::iter::from_fn(|| speech.next(|_| true)).take(6).collect();
        let by: Vec<_> = said.iter().map(|line| line.by.code()).collect();
        assert_eq!(by, ["short", "long", "socket", "long", "socket", "short"]);
        assert_eq!(said.last().map(|line| (line.number, line.place)), Some((6, 2)));
    }

    #[wasm_bindgen_test]
    fn a_way_that_is_shut_is_passed_over() {
        let mut speech = Speech::default();
        let open = |way| way == Transport::Long;
        assert_eq!(speech.next(open).map(|line| line.by), Some(Transport::Long));
        assert_eq!(speech.next(|_| false), None);
    }

    #[wasm_bindgen_test]
    fn the_quickest_speech_takes_half_of_what_a_person_may_say_and_leaves_the_rest() {
        let (mut speech, mut at, mut moments) = (Speech::default(), 0.0, Vec::new());
        while at < REQUEST_WINDOW_MS as f64 * 4.0 {
            assert!(speech.next(|_| true).is_some());
            moments.push(at);
            at += speech.wait(0.0);
        }
        let window = SEND_WINDOW_MS as f64;
        let within =
            |from: f64| moments.iter().filter(|at| (from..from + window).contains(*at)).count();
        let most = moments.iter().map(|from| within(*from)).max();
        assert!(most.is_some_and(|most| most as u32 <= SENDS * 6 / 10), "{most:?}");
    }
}
