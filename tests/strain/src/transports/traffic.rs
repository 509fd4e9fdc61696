//! What goes over a connection: bytes, and the requests or WebSocket frames that they are.

/// Counts of one or many connections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traffic {
    pub(super) requests: u64,
    /// Both ways.
    pub(super) frames: u64,
    pub(super) up: u64,
    pub(super) down: u64,
}

impl Traffic {
    /// What came after `before`.
    pub(super) fn since(self, before: Self) -> Self {
        Self {
            requests: self.requests - before.requests,
            frames: self.frames - before.frames,
            up: self.up - before.up,
            down: self.down - before.down,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

/// Reads along one direction of a connection.
#[derive(Debug)]
pub(super) struct Reader {
    direction: Direction,
    state: State,
    /// The end of what was read, or the head of a frame that is not whole.
    held: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    Http,
    /// The head of the upgrade, up to its end.
    Upgrade,
    Frames,
    /// So many bytes of a frame are yet to come.
    Frame(u64),
}

/// Ends the first line of a request.
const REQUEST: &[u8] = b" HTTP/1.1\r\n";
/// What an upgrade says in both directions.
const UPGRADE: &[u8] = b"pgrade: websocket\r\n";
const HEAD_END: &[u8] = b"\r\n\r\n";

impl Reader {
    pub(super) fn new(direction: Direction) -> Self {
        Self { direction, state: State::Http, held: Vec::new() }
    }

    /// Counts the next bytes.
    pub(super) fn reads(&mut self, bytes: &[u8], traffic: &mut Traffic) {
        match self.direction {
            Direction::Up => traffic.up += bytes.len() as u64,
            Direction::Down => traffic.down += bytes.len() as u64,
        }
        let mut rest = bytes;
        while let Some((first, others)) = rest.split_first() {
            if let State::Frame(left) = &mut self.state {
                let skipped = (*left).min(rest.len() as u64);
                *left -= skipped;
                if *left == 0 {
                    self.state = State::Frames;
                }
                rest = rest.get(skipped as usize..).unwrap_or_default();
            } else {
                self.read(*first, traffic);
                rest = others;
            }
        }
    }

    fn read(&mut self, byte: u8, traffic: &mut Traffic) {
        self.held.push(byte);
        match self.state {
            State::Http if self.held.ends_with(REQUEST) => {
                traffic.requests += 1;
                self.held.clear();
            }
            State::Http if self.held.ends_with(UPGRADE) => self.state = State::Upgrade,
            State::Http if self.held.len() > 64 => {
                self.held.drain(..32);
            }
            State::Upgrade if self.held.ends_with(HEAD_END) => {
                self.held.clear();
                self.state = State::Frames;
            }
            State::Frames => {
                if let Some(payload) = frame(&self.held) {
                    traffic.frames += 1;
                    self.held.clear();
                    self.state = if payload == 0 { State::Frames } else { State::Frame(payload) };
                }
            }
            State::Http | State::Upgrade | State::Frame(_) => {}
        }
    }
}

/// How many bytes follow a frame's head, once it is whole.
fn frame(head: &[u8]) -> Option<u64> {
    let second = head.get(1)?;
    let (mask, short) = (if second & 0x80 == 0 { 0 } else { 4 }, u64::from(second & 0x7f));
    let longer = match short {
        126 => 2,
        127 => 8,
        _ => 0,
    };
    if head.len() < 2 + longer + mask {
        return None;
    }
    let length = head.get(2..2 + longer)?.iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
    Some(if longer == 0 { short } else { length })
}

#[cfg(test)]
mod tests {
    use super::{Direction, Reader, Traffic};

    /// Whatever the pieces in which it comes.
    fn counted(direction: Direction, bytes: &[u8]) -> Traffic {
        let counts = [1, 3, bytes.len()].map(|size| {
            let (mut reader, mut traffic) = (Reader::new(direction), Traffic::default());
            bytes.chunks(size).for_each(|piece| reader.reads(piece, &mut traffic));
            traffic
        });
        assert!(counts.iter().all(|traffic| *traffic == counts[0]), "{counts:?}");
        counts[0]
    }

    #[test]
    fn requests_are_counted_by_their_first_lines() {
        let one = b"POST /api/v1/poll HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nbody";
        let traffic = counted(Direction::Up, &one.repeat(3));
        let up = 3 * one.len() as u64;
        assert_eq!(traffic, Traffic { requests: 3, frames: 0, up, down: 0 });
        for length in 0..100 {
            let longer = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(length));
            assert_eq!(counted(Direction::Up, longer.as_bytes()).requests, 1, "{longer}");
        }
    }

    #[test]
    fn frames_are_counted_after_the_upgrade_also_long_and_empty_ones() {
        let mut bytes = b"HTTP/1.1 101 x\r\nUpgrade: websocket\r\nfoo: bar\r\n\r\n".to_vec();
        bytes.extend([0x81, 5, b'h', b'e', b'l', b'l', b'o', 0x89, 0]);
        bytes.extend([0x81, 126, 1, 0]);
        bytes.extend([0x81; 256]);
        bytes.extend([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
        bytes.extend([0x81; 65_536]);
        assert_eq!(counted(Direction::Down, &bytes).frames, 4);
        let mut bytes = b"GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n".to_vec();
        bytes.extend([0x81, 0x81, 1, 2, 3, 4, b'x', 0x81, 0x80, 1, 2, 3, 4]);
        let traffic = counted(Direction::Up, &bytes);
        assert_eq!((traffic.requests, traffic.frames), (1, 2));
    }
}
