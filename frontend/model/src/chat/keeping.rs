//! Rooms kept while the page is closed: taken from what is held, and held again.

use parlor_shared::{Number, RoomId};

use super::Chat;
use crate::KeptRoom;

/// Messages kept of a room: as many as the server keeps by default.
const MESSAGES: u64 = 100;

impl Chat {
    /// A room as it is to be kept; none while it is no room of the person's, or was not read to its
    /// top yet, nor while none is held of the messages there are.
    #[must_use]
    pub fn kept(&self, room: &RoomId) -> Option<KeptRoom> {
        let known = self.rooms.get(room).filter(|known| known.joined)?;
        let timeline = known.timeline();
        // A welcome may have told of the first messages before they came.
        let holds = timeline.last_held() > 0 || timeline.last_number() == 0;
        let position = known.log.held.clone().filter(|_| timeline.complete() && holds)?;
        let from = timeline
            .lowest_of_newest()
            .max(timeline.last_held().saturating_add(1).saturating_sub(MESSAGES));
        let newest = |number: Number| number >= from;
        let messages = timeline.messages().filter(|(number, ..)| newest(*number));
        Some(KeptRoom {
            room: room.clone(),
            name: known.name().to_owned(),
            position,
            first_kept: timeline.first_kept(),
            last_number: timeline.last_number(),
            keep: timeline.keeps(),
            read: known.read(),
            messages: messages.map(|(_, record, _)| record.clone()).collect(),
        })
    }

    /// Holds rooms again as they were kept: the client stands where it stood when its link broke.
    pub(crate) fn restore(&mut self, rooms: Vec<KeptRoom>) {
        for kept in rooms {
            self.enter(&kept.room, &kept.name);
            let keys = &mut self.keys;
            let Some(known) = self.rooms.get_mut(&kept.room) else { continue };
            let first = kept.messages.iter().find_map(|record| record.number);
            known.timeline.loads_from(first.unwrap_or(kept.last_number.saturating_add(1)));
            for record in kept.messages {
                known.timeline.put(record, || keys.mint());
            }
            known.timeline.restored(kept.first_kept, kept.last_number, kept.keep);
            known.log.held = Some(kept.position);
            known.read_up_to(kept.read);
        }
    }
}
