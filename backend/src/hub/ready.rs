//! A page as it is answered to many: put into JSON once.

use std::sync::OnceLock;

use parlor_shared::{CommandId, Page, encode};

use super::{Frame, mailboxes::Unanswered};

/// A page, and its JSON once somebody was sent it.
#[derive(Debug)]
pub(super) struct Ready {
    page: Page,
    json: OnceLock<String>,
}

impl Ready {
    /// A page that nobody was sent yet.
    pub(super) const fn new(page: Page) -> Self {
        Self { page, json: OnceLock::new() }
    }

    /// The page.
    pub(super) const fn page(&self) -> &Page {
        &self.page
    }

    /// Answers a command with it.
    pub(super) fn reply(&self, asked: Unanswered) {
        asked.reply_with(|connection, place, id| connection.reply_with(place, self.answer(id)));
    }

    /// The `ok` that answers a command with it: what all answers share is copied, not written anew.
    fn answer(&self, id: CommandId) -> Frame {
        let page = self.json.get_or_init(|| encode(&self.page));
        let mut frame = String::with_capacity(page.len() + 96);
        frame.push_str(r#"{"type":"ok","id":""#);
        frame.push_str(&id.to_string());
        frame.push_str(r#"","result":{"page":"#);
        frame.push_str(page);
        frame.push_str("}}");
        Frame::text(frame)
    }
}

#[cfg(test)]
mod tests {
    use parlor_shared::{CommandId, Epoch, Event, LogId, Outcome, Page, Position, RoomId, encode};

    use super::Ready;

    #[test]
    fn the_answer_is_what_would_be_written_anew() {
        let position = Position { epoch: Epoch::new("e").unwrap(), offset: 7 };
        let page = Page {
            log: LogId::Room(RoomId::lobby()),
            reset: None,
            records: Vec::new(),
            position,
            more: false,
            first_kept: 1,
            last_number: 9,
        };
        let ready = Ready::new(page.clone());
        for random in [[1; 16], [2; 16]] {
            let id = CommandId::from_random(random);
            let anew = encode(&Event::Ok { id, result: Outcome::Page(page.clone()) });
            assert_eq!(ready.answer(id).as_str(), anew);
        }
    }
}
