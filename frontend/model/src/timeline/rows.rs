//! From records and the outbox to the lines that show: days, groups, edges, the *new* line.

use parlor_shared::{Message, Millis, Number, PersonId, Record, RoomId};

use crate::in_order;

use super::{Edge, LocalDay, MessageRow, MessageState, Row, RowKey, Timeline};
use crate::outbox::{Item, Outbox, Stage, Trouble};

/// Messages of one author at most this far apart stand together, in milliseconds.
const GROUP_MS: u64 = 5 * 60 * 1000;

/// Older messages asked for at once.
pub(crate) const HISTORY: u64 = 100;

/// Everything that rows are made of.
pub(crate) struct Drawing<'a> {
    pub(crate) timeline: &'a Timeline,
    pub(crate) outbox: &'a Outbox,
    pub(crate) room: &'a RoomId,
    pub(crate) me: &'a PersonId,
    pub(crate) my_name: &'a str,
    /// The *new* line stands before the first message of others after this number.
    pub(crate) new_after: Option<Number>,
    /// The gap that is being loaded.
    pub(crate) loading: Option<Number>,
    /// Minutes east of UTC at a time.
    pub(crate) zone: &'a dyn Fn(Millis) -> i32,
}

/// The rows of a room, top to bottom.
pub(crate) fn draw(drawing: &Drawing<'_>) -> Vec<(RowKey, Row)> {
    let mut pen = Pen { drawing, rows: Vec::new(), above: None, day: None, new_drawn: false };
    pen.confirmed();
    pen.pending();
    pen.rows
}

/// Row keys are multiples of 8; the lines that hang on a message use the numbers in between.
impl RowKey {
    const DAY: u64 = 1;
    const NEW: u64 = 2;
    const NOT_KEPT: u64 = 3;
    const GAP: u64 = 4;
    const TOP: u64 = 5;

    fn with(self, hanging: u64) -> Self {
        Self(self.0 | hanging)
    }
}

struct Pen<'a> {
    drawing: &'a Drawing<'a>,
    rows: Vec<(RowKey, Row)>,
    /// Author, name and time of the message above, while nothing stands between.
    above: Option<(PersonId, String, Millis)>,
    day: Option<LocalDay>,
    new_drawn: bool,
}

impl Pen<'_> {
    fn confirmed(&mut self) {
        let timeline = self.drawing.timeline;
        let mut after = None;
        let written: Vec<&Item> = self
            .drawing
            .outbox
            .of_room(self.drawing.room)
            .filter(|i| number_of(i).is_some())
            .collect();
        let written = in_order(written, |item| number_of(item));
        let mut written = written.into_iter().peekable();
        self.top();
        for (number, record, message) in timeline.messages() {
            while let Some(item) = written.next_if(|item| number_of(item) < Some(number)) {
                self.message(item.key, self.unconfirmed(item));
            }
            self.hole(after, number);
            after = Some(number);
            if let Some(key) = timeline.key(number) {
                self.message(key, self.inked(number, record, message));
            }
        }
        for item in written {
            self.message(item.key, self.unconfirmed(item));
        }
    }

    fn pending(&mut self) {
        let outbox = self.drawing.outbox;
        for item in outbox.of_room(self.drawing.room).filter(|item| number_of(item).is_none()) {
            self.message(item.key, self.unconfirmed(item));
        }
    }

    /// What stands above everything.
    fn top(&mut self) {
        let timeline = self.drawing.timeline;
        let first = timeline.messages().next().map(|(number, _, _)| number);
        let key = timeline.edge_key();
        let row = match timeline
            .edge(None, first.unwrap_or(timeline.last_number().saturating_add(1)))
        {
            _ if first.is_none() && !timeline.complete() => Row::Loading,
            Edge::Gap => self.gap(None, first.unwrap_or(timeline.last_number().saturating_add(1))),
            Edge::NotKept(count) => Row::NotKept(count),
            Edge::Start => Row::Start,
        };
        self.rows.push((key.with(RowKey::TOP), row));
    }

    /// What stands between two messages that do not follow each other.
    fn hole(&mut self, after: Option<Number>, number: Number) {
        let timeline = self.drawing.timeline;
        let (Some(after), Some(key)) = (after, timeline.key(number)) else {
            return;
        };
        if after.saturating_add(1) == number {
            return;
        }
        let trimmed = number.min(timeline.first_kept()).saturating_sub(after.saturating_add(1));
        if trimmed > 0 {
            self.above = None;
            self.rows.push((key.with(RowKey::NOT_KEPT), Row::NotKept(trimmed)));
        }
        if timeline.complete() && number > timeline.first_kept().max(after.saturating_add(1)) {
            self.above = None;
            self.rows.push((key.with(RowKey::GAP), self.gap(Some(after), number)));
        }
    }

    fn gap(&self, after: Option<Number>, before: Number) -> Row {
        let upper = after.map_or(before, |after| before.min(after.saturating_add(HISTORY + 1)));
        let within = |asked: Number| asked > after.unwrap_or(0) && asked <= before;
        Row::Gap { before, upper, loading: self.drawing.loading.is_some_and(within) }
    }

    /// One message with the day and *new* lines before it.
    fn message(&mut self, key: RowKey, mut row: MessageRow) {
        let day = LocalDay::of(row.time, (self.drawing.zone)(row.time));
        if self.day.is_none_or(|above| above < day) {
            self.day = Some(day);
            self.above = None;
            self.rows.push((key.with(RowKey::DAY), Row::Day(day)));
        }
        let unread = |after: Number| row.number.is_some_and(|number| number > after) && !row.own;
        if !self.new_drawn && self.drawing.new_after.is_some_and(unread) {
            self.new_drawn = true;
            self.above = None;
            self.rows.push((key.with(RowKey::NEW), Row::New));
        }
        row.grouped = self.above.as_ref().is_some_and(|(author, name, time)| {
            // Under another name, what was said begins anew: its head shows who it was.
            *author == row.author && *name == row.name && row.time.abs_diff(*time) <= GROUP_MS
        });
        self.above = Some((row.author.clone(), row.name.clone(), row.time));
        self.rows.push((key, Row::Message(row)));
    }

    fn inked(&self, number: Number, record: &Record, message: &Message) -> MessageRow {
        MessageRow {
            number: Some(number),
            command: message.command,
            author: message.author.clone(),
            name: message.name.clone(),
            text: message.text.clone(),
            time: record.time,
            state: MessageState::Ink,
            grouped: false,
            own: message.author == *self.drawing.me,
            edited: message.edited,
            deleted: message.text.is_none(),
        }
    }

    fn unconfirmed(&self, item: &Item) -> MessageRow {
        MessageRow {
            number: number_of(item),
            command: item.record.id,
            author: self.drawing.me.clone(),
            name: self.drawing.my_name.to_owned(),
            text: Some(item.record.text.clone()),
            time: item.record.said_ms,
            state: state_of(item),
            grouped: false,
            own: true,
            edited: false,
            deleted: false,
        }
    }
}

fn number_of(item: &Item) -> Option<Number> {
    match item.stage {
        Stage::Written { number, .. } => Some(number),
        Stage::Waiting | Stage::Asked => None,
    }
}

fn state_of(item: &Item) -> MessageState {
    match (&item.record.trouble, item.stage) {
        (_, Stage::Written { .. }) => MessageState::Ink,
        (Some(Trouble::Refused(problem)), _) => MessageState::Refused(problem.clone()),
        (Some(Trouble::InDoubt), _) => MessageState::InDoubt,
        (Some(Trouble::Lost), _) => MessageState::Lost,
        (None, Stage::Waiting | Stage::Asked) => MessageState::Pencil,
    }
}
