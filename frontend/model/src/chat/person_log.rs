//! The person's own log: memberships and read positions, from any of their devices.

use parlor_shared::{Body, Fold, Page, ReadPosition, Record, RecordKey, Reset, put};

use super::Chat;
use crate::Changes;

impl Chat {
    /// A page of the own log. A fresh start takes no room away: the welcome said which rooms there are.
    pub(crate) fn own_page(&mut self, page: &Page) -> Changes {
        let mut changes = Changes::default();
        if page.reset.is_some() {
            self.own_records.clear();
        }
        if page.reset == Some(Reset::Forked) {
            // What was told may be lost.
            self.rooms.values_mut().for_each(|room| room.read_told = 0);
        }
        for record in &page.records {
            changes.merge(self.own_record(record));
        }
        changes
    }

    /// One record of the own log.
    pub(crate) fn own_record(&mut self, record: &Record) -> Changes {
        let mut changes = Changes::default();
        if put(&mut self.own_records, record.clone()) == Fold::Ignored {
            return changes;
        }
        match &record.body {
            Body::Membership(membership) if membership.joined => {
                self.enter(&membership.room, &membership.name);
                // What was read there may have been said before the room was known.
                let read = self.own_records.get(&RecordKey::read(&membership.room));
                if let Some(Body::Read(read)) = read.map(|record| record.body.clone()) {
                    self.read_elsewhere(read);
                }
                changes.rooms = true;
            }
            Body::Membership(membership) => changes.merge(self.left(&membership.room)),
            Body::Read(read) => changes.rooms = self.read_elsewhere(read.clone()),
            Body::Message(_) | Body::Member(_) | Body::Room(_) | Body::Unknown { .. } => {}
        }
        changes
    }

    fn read_elsewhere(&mut self, read: ReadPosition) -> bool {
        let known = self.rooms.get_mut(&read.room);
        known.is_some_and(|known| known.mark(read.position, read.number))
    }
}
