//! Which stretches of a room's messages are loaded, and what lies between them.

use parlor_shared::Number;

use super::Timeline;

/// A stretch of loaded messages without a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What lies before its first message.
    pub before: Edge,
    /// The number of its first message.
    pub first: Number,
    /// The number of its last message.
    pub last: Number,
}

/// What lies before a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Nothing: the room begins here.
    Start,
    /// This many messages were not kept.
    NotKept(u64),
    /// Messages that can be loaded.
    Gap,
}

impl Timeline {
    /// The stretches of loaded messages, in order.
    #[must_use]
    pub fn segments(&self) -> Vec<Segment> {
        let mut segments: Vec<Segment> = Vec::new();
        for number in self.keys.keys().copied() {
            match segments.last_mut() {
                Some(last) if last.last.saturating_add(1) == number => last.last = number,
                previous => {
                    let before = self.edge(previous.map(|last| last.last), number);
                    segments.push(Segment { before, first: number, last: number });
                }
            }
        }
        segments
    }

    /// What lies between the message `after` (none: the beginning) and the message `number`.
    pub(crate) fn edge(&self, after: Option<Number>, number: Number) -> Edge {
        if number > self.first_kept.max(after.unwrap_or(0).saturating_add(1)) {
            return Edge::Gap;
        }
        let trimmed = number.min(self.first_kept).saturating_sub(1);
        match after {
            Some(after) => Edge::NotKept(trimmed.saturating_sub(after)),
            None if trimmed == 0 => Edge::Start,
            None if self.had < trimmed => Edge::NotKept(trimmed - self.had),
            None => Edge::NotKept(trimmed),
        }
    }

    /// The first number of the newest segment, from which on everything is loaded.
    pub(crate) fn lowest_of_newest(&self) -> Number {
        self.segments().last().map_or(self.last_number.saturating_add(1), |segment| segment.first)
    }

    /// What is not loaded between `number` and the first message held after it, and what of it the
    /// server may still have: from the first number of that to before the second.
    pub(crate) fn hides_after(&self, number: Number) -> Option<(Number, Number)> {
        let first = self.first_kept.max(number.saturating_add(1));
        let after = self.keys.keys().rfind(|held| **held < first).copied();
        let next = self.keys.keys().find(|held| **held >= first).copied()?;
        (next > first && self.edge(after, next) == Edge::Gap).then_some((first, next))
    }
}
