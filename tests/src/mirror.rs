//! A strict reader of one log: what it holds is what the document's rules give, and every break
//! of them is an error.

use std::collections::BTreeMap;

use anyhow::{Result, bail, ensure};
use parlor_shared::{
    Body, CommandId, Entry, Event, LogId, Number, Offset, Page, Position, Record, RecordKey, Reset,
    put,
};

use crate::Raw;

/// What is held of one log.
#[derive(Clone, Debug)]
pub struct Mirror {
    /// Which log.
    pub log: LogId,
    /// Its records.
    pub records: BTreeMap<RecordKey, Record>,
    /// Everything up to here is held.
    pub position: Option<Position>,
    /// The lowest number the server keeps.
    pub first_kept: Number,
    /// The highest number there is.
    pub last_number: Number,
    /// Why it was begun afresh, each time.
    pub resets: Vec<Reset>,
    /// Every entry that came live: its offset and its record.
    pub live: Vec<(Offset, Record)>,
}

impl Mirror {
    /// Holds nothing yet.
    #[must_use]
    pub fn new(log: LogId) -> Self {
        let (records, live) = (BTreeMap::new(), Vec::new());
        Self { log, records, position: None, first_kept: 1, last_number: 0, resets: vec![], live }
    }

    /// Follows the log from the position held to its top.
    ///
    /// # Errors
    /// When that is refused, or a page breaks the rules.
    pub async fn follow(&mut self, raw: &mut Raw) -> Result<()> {
        for page in raw.follow(&self.log, self.position.clone()).await? {
            self.take(page)?;
        }
        Ok(())
    }

    /// Takes a page.
    ///
    /// # Errors
    /// When it is over the limits, out of order, or of another log.
    pub fn take(&mut self, page: Page) -> Result<()> {
        ensure!(page.log == self.log, "a page of {}", page.log);
        ensure!(page.records.len() <= parlor_shared::limits::PAGE_RECORDS, "a page too long");
        let ordered = page.records.is_sorted_by(|a, b| a.rev < b.rev);
        ensure!(ordered, "a page out of order");
        if let Some(reset) = page.reset {
            self.records.clear();
            self.resets.push(reset);
        }
        for record in page.records {
            put(&mut self.records, record);
        }
        (self.first_kept, self.last_number) = (page.first_kept, page.last_number);
        self.position = Some(page.position);
        Ok(())
    }

    /// Takes a live entry; the server may not repeat or skip one on a connection.
    ///
    /// # Errors
    /// When it is not the next.
    pub fn entry(&mut self, entry: Entry) -> Result<()> {
        let held = self.position.as_ref().map_or(0, |position| position.offset);
        ensure!(entry.offset == held + 1, "entry {} at position {held}", entry.offset);
        ensure!(entry.record.rev == entry.offset, "rev {} in {}", entry.record.rev, entry.offset);
        self.last_number = self.last_number.max(entry.record.number.unwrap_or(0));
        self.position = Some(Position { epoch: entry.epoch, offset: entry.offset });
        self.live.push((entry.offset, entry.record.clone()));
        put(&mut self.records, entry.record);
        Ok(())
    }

    /// Reads on until `there` holds of what is held.
    ///
    /// # Errors
    /// When the connection ends or a rule is broken first.
    pub async fn until(&mut self, raw: &mut Raw, there: impl Fn(&Self) -> bool) -> Result<()> {
        while !there(self) {
            match raw.next().await? {
                Event::Entry(entry) if entry.log == self.log => self.entry(entry)?,
                Event::Changes(page) if page.log == self.log => self.take(page)?,
                Event::Interrupted { log } if log == self.log => self.follow(raw).await?,
                Event::Restarting { .. } => bail!("the server stops"),
                Event::Welcome(_) | Event::Ok { .. } | Event::Error { .. } => {}
                Event::Entry(_) | Event::Changes(_) | Event::Interrupted { .. } => {}
                Event::Typing { .. } | Event::Presence { .. } | Event::Ping | Event::Unknown => {}
            }
        }
        Ok(())
    }

    /// Reads on until a message of this text is held.
    ///
    /// # Errors
    /// As for [`Mirror::until`].
    pub async fn sees(&mut self, raw: &mut Raw, text: &str) -> Result<()> {
        self.until(raw, |mirror| mirror.texts().iter().any(|held| held == text)).await
    }

    /// The messages held, by number: their command and their text.
    #[must_use]
    pub fn messages(&self) -> BTreeMap<Number, (CommandId, Option<String>)> {
        let message = |record: &Record| {
            let Body::Message(said) = &record.body else { return None };
            Some((record.number?, (said.command, said.text.clone())))
        };
        self.records.values().filter_map(message).collect()
    }

    /// The texts held, in the order of their numbers, without the deleted.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        self.messages().into_values().filter_map(|(_, text)| text).collect()
    }
}
