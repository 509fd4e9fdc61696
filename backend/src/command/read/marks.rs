//! Read marks on their way to the store: whose turn it is to be written, and what waits.

use std::{collections::HashMap, time::Duration};

use parking_lot::Mutex;
use parlor_shared::{CommandId, PersonId, ReadPosition, RoomId};

/// Between two writes of one person's mark in one room.
pub(super) const REST: Duration = Duration::from_secs(1);

/// How far somebody has read, and the command that said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// How far.
    pub read: ReadPosition,
    /// By which command.
    pub command: CommandId,
}

/// The marks of this node's people. An entry stands while its last write is less than a second
/// ago, so there are never more than people have connections times commands a second.
#[derive(Debug, Default)]
pub struct ReadMarks(
    /// Held only to add or take one mark.
    Mutex<HashMap<(PersonId, RoomId), Option<Mark>>>,
);

/// What becomes of a mark.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Write it now, then rest.
    Write(Mark),
    /// It waits until the rest is over.
    Waits,
}

impl ReadMarks {
    /// Takes a mark; the furthest of those that wait stays.
    pub(super) fn take(&self, person: &PersonId, mark: Mark) -> Turn {
        let mut marks = self.0.lock();
        let key = (person.clone(), mark.read.room.clone());
        match marks.get_mut(&key) {
            None => {
                marks.insert(key, None);
                Turn::Write(mark)
            }
            Some(waiting) => {
                let further = |held: &Mark| {
                    held.read.position.epoch != mark.read.position.epoch
                        || held.read.number < mark.read.number
                };
                if waiting.as_ref().is_none_or(further) {
                    *waiting = Some(mark);
                }
                Turn::Waits
            }
        }
    }

    /// What is to be written after a rest; with nothing waiting, the rest is over.
    pub(super) fn next(&self, key: &(PersonId, RoomId)) -> Option<Mark> {
        let mut marks = self.0.lock();
        let next = marks.get_mut(key).and_then(Option::take);
        if next.is_none() {
            marks.remove(key);
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use parlor_shared::{CommandId, Epoch, PersonId, Position, ReadPosition, RoomId};

    use super::{Mark, ReadMarks, Turn};

    fn mark(number: u64) -> Mark {
        let position = Position { epoch: Epoch::new("e").unwrap(), offset: number };
        let read = ReadPosition { room: RoomId::lobby(), position, number };
        Mark { read, command: CommandId::from_random([1; 16]) }
    }

    #[test]
    fn one_mark_is_written_at_once_and_the_furthest_of_the_others_after_the_rest() {
        let ada = PersonId::new("ada").unwrap();
        let key = (ada.clone(), RoomId::lobby());
        let marks = ReadMarks::default();
        assert_eq!(marks.take(&ada, mark(1)), Turn::Write(mark(1)));
        for number in [2, 4, 3] {
            assert_eq!(marks.take(&ada, mark(number)), Turn::Waits);
        }
        assert_eq!(marks.next(&key), Some(mark(4)));
        assert_eq!(marks.take(&ada, mark(5)), Turn::Waits, "the rest after a write goes on");
        assert_eq!(marks.next(&key), Some(mark(5)));
        assert_eq!(marks.next(&key), None);
        assert_eq!(marks.take(&ada, mark(6)), Turn::Write(mark(6)));
    }
}
