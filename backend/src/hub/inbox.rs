//! One actor's inbox. Most logs are silent most of the time, and there is one for each person who is
//! here: an empty inbox takes next to no memory, where a channel of entries holds room for 32.

use std::{collections::VecDeque, sync::Arc};

use parking_lot::Mutex;
use parlor_shared::Entry;
use tokio::sync::Notify;

use super::mailboxes::Control;

/// Entries that wait for one actor; beyond, they are dropped and the actor reads instead.
const NEWS: usize = 4_096;
/// What an empty queue may keep of the room it once needed.
const KEPT: usize = 64;

/// The posting end.
#[derive(Debug)]
pub(super) struct Mailbox(Arc<Queue>);

/// The reading end, the actor's.
#[derive(Debug)]
pub(super) struct Inbox(Arc<Queue>);

/// What an actor finds.
#[derive(Debug)]
pub(super) enum Arrival {
    /// A connection asks for something.
    Control(Control),
    /// The next of the announced entries, in whatever order they came.
    Entry(Box<Entry>),
    /// Entries were, or may have been, missed.
    Missed,
}

#[derive(Debug, Default)]
struct Queue {
    /// Held only to add or take one thing.
    waiting: Mutex<Waiting>,
    wake: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    /// Each connection has at most 16 commands in flight, and leaves what is answered at once, `typing`
    /// and `unfollow`, only once for each log it follows: that bounds it.
    control: VecDeque<Control>,
    news: VecDeque<Box<Entry>>,
    missed: bool,
    /// Whose turn it is, so that neither kind keeps the other waiting.
    news_first: bool,
    /// The actor has ended.
    gone: bool,
}

/// An empty inbox and the way into it.
pub(super) fn open() -> (Mailbox, Inbox) {
    let queue = Arc::<Queue>::default();
    (Mailbox(Arc::clone(&queue)), Inbox(queue))
}

impl Mailbox {
    /// Leaves a request.
    ///
    /// # Errors
    /// Gives it back when the actor has ended.
    pub(super) fn ask(&self, control: Control) -> Result<(), Control> {
        let mut waiting = self.0.waiting.lock();
        if waiting.gone {
            return Err(control);
        }
        waiting.control.push_back(control);
        drop(waiting);
        self.0.wake.notify_one();
        Ok(())
    }

    /// How many requests wait.
    #[cfg(test)]
    pub(super) fn requests(&self) -> usize {
        self.0.waiting.lock().control.len()
    }

    /// Leaves an entry; where there is no room for it, the actor learns that it missed some.
    pub(super) fn tell(&self, entry: Entry) {
        let mut waiting = self.0.waiting.lock();
        if waiting.news.len() < NEWS {
            waiting.news.push_back(Box::new(entry));
        } else {
            waiting.missed = true;
        }
        drop(waiting);
        self.0.wake.notify_one();
    }

    /// Entries were, or may have been, missed.
    pub(super) fn missed(&self) {
        self.0.waiting.lock().missed = true;
        self.0.wake.notify_one();
    }
}

impl Inbox {
    /// Waits for the next arrival.
    ///
    /// # Cancel safety
    /// Safe: nothing is taken before it is returned.
    pub(super) async fn next(&mut self) -> Arrival {
        loop {
            if let Some(arrival) = self.0.waiting.lock().take() {
                return arrival;
            }
            self.0.wake.notified().await;
        }
    }

    /// The next entry, if one waits.
    pub(super) fn heard(&mut self) -> Option<Box<Entry>> {
        self.0.waiting.lock().news.pop_front()
    }

    /// The next request, if one waits.
    pub(super) fn asked(&mut self) -> Option<Control> {
        self.0.waiting.lock().control.pop_front()
    }

    /// Whether no request waits.
    pub(super) fn is_empty(&self) -> bool {
        self.0.waiting.lock().control.is_empty()
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        let mut waiting = self.0.waiting.lock();
        // Whoever waits for an answer learns that there is none when the request is dropped.
        *waiting = Waiting { gone: true, ..Waiting::default() };
    }
}

impl Waiting {
    fn take(&mut self) -> Option<Arrival> {
        if std::mem::take(&mut self.missed) {
            return Some(Arrival::Missed);
        }
        self.news_first = !self.news_first;
        let arrival = if self.news_first {
            self.entry().or_else(|| self.request())
        } else {
            self.request().or_else(|| self.entry())
        };
        if arrival.is_none() {
            self.control.shrink_to(KEPT);
            self.news.shrink_to(KEPT);
        }
        arrival
    }

    fn request(&mut self) -> Option<Arrival> {
        self.control.pop_front().map(Arrival::Control)
    }

    fn entry(&mut self) -> Option<Arrival> {
        self.news.pop_front().map(Arrival::Entry)
    }
}

#[cfg(test)]
mod tests;
