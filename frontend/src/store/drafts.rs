//! What is written but not sent, per room; kept before it is drawn.

use parlor_shared::RoomId;

use super::ChatStore;

impl ChatStore {
    /// What is written but not sent in a room; empty for nothing.
    #[must_use]
    pub fn draft(self, room: &RoomId) -> String {
        self.with_driver(|driver| driver.0.records.draft(room)).unwrap_or_default()
    }

    /// Keeps what is written, at once; empty forgets it. Call it on every input.
    pub fn set_draft(self, room: &RoomId, text: &str) {
        self.with_driver(|driver| {
            let had = driver.0.records.has_draft(room);
            driver.0.records.set_draft(room, text);
            // The sidebar's pencil: drawn anew only when it comes or goes.
            if had != driver.0.records.has_draft(room) {
                driver.draw_rooms();
            }
            driver.warn_if_not_stored();
        });
    }
}
