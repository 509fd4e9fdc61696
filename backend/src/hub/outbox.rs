//! What a connection has yet to be sent: bounded in bytes, for itself and for the node in all.
//!
//! While nothing waits, a frame is handed to the network at once, by whoever adds it: no task is
//! woken for it, and nothing is copied. What the network does not take waits for the writer.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use parking_lot::Mutex;
use parlor_shared::CloseCode;
use tokio::{net::TcpStream, sync::Notify};

use super::Frame;

/// Bytes one connection may have waiting.
const BYTES: usize = 1024 * 1024;
/// When the node is full, a connection with fewer bytes waiting than this is spared.
const SPARED_BYTES: usize = 16 * 1024;

/// The bytes waiting on the whole node, and their bound.
#[derive(Clone, Debug)]
pub struct Total {
    waiting: Arc<AtomicUsize>,
    bound: usize,
}

impl Total {
    /// Nothing waits yet; `bound` bytes may.
    #[must_use]
    pub fn new(bound: usize) -> Self {
        Self { waiting: Arc::default(), bound }
    }

    /// Bytes that may wait.
    #[must_use]
    pub const fn bound(&self) -> usize {
        self.bound
    }

    /// Bytes waiting now.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// What the writer does next.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Send this.
    Send(Frame),
    /// Nothing waits.
    Rest,
    /// Everything was sent: close.
    Close(CloseCode),
}

/// One connection's frames on their way out.
#[derive(Debug)]
pub struct Outbox {
    /// Held only to add or take one frame.
    waiting: Mutex<Waiting>,
    wake: Notify,
    closed: Notify,
    total: Total,
}

#[derive(Debug, Default)]
struct Waiting {
    /// Where frames go.
    link: Option<Arc<TcpStream>>,
    frames: VecDeque<Frame>,
    /// Whether the first of them is the end of one that has begun.
    torn: bool,
    /// Of the frames, and of the one being written.
    bytes: usize,
    writing: usize,
    /// With which code it closes.
    closing: Option<CloseCode>,
}

impl Outbox {
    /// An empty outbox that counts into `total`.
    #[must_use]
    pub fn new(total: Total) -> Self {
        let [wake, closed] = [const { Notify::const_new() }; 2];
        Self { waiting: Mutex::default(), wake, closed, total }
    }

    /// From now on frames go to `link`.
    pub fn open(&self, link: Arc<TcpStream>) {
        self.waiting.lock().link = Some(link);
        self.wake.notify_one();
    }

    /// Adds a frame. Never waits: where it does not fit, the outbox is emptied and the connection
    /// closes with `slow`. Once closing, frames are dropped.
    pub fn push(&self, frame: Frame) {
        let mut waiting = self.waiting.lock();
        if waiting.closing.is_some() {
            return;
        }
        let Some(frame) = waiting.write(frame) else { return };
        let bytes = waiting.bytes + frame.len();
        let node_full = self.total.waiting() > self.total.bound && waiting.bytes > SPARED_BYTES;
        if bytes > BYTES || node_full {
            self.empty(&mut waiting);
            waiting.closing = Some(CloseCode::Slow);
            self.closed.notify_waiters();
        } else {
            self.total.waiting.fetch_add(frame.len(), Ordering::Relaxed);
            waiting.bytes = bytes;
            waiting.frames.push_back(frame);
        }
        drop(waiting);
        self.wake.notify_one();
    }

    /// Closes with `code` after what waits now; the first code stands.
    pub fn close(&self, code: CloseCode) {
        let mut waiting = self.waiting.lock();
        if waiting.closing.is_none() {
            waiting.closing = Some(code);
            self.closed.notify_waiters();
        }
        drop(waiting);
        self.wake.notify_one();
    }

    /// What the writer does next; the frame taken before counts as written.
    pub fn step(&self) -> Step {
        let mut waiting = self.waiting.lock();
        let written = std::mem::take(&mut waiting.writing);
        self.release(&mut waiting, written);
        match (waiting.frames.pop_front(), waiting.closing) {
            (Some(frame), _) => {
                waiting.torn = false;
                waiting.writing = frame.len();
                Step::Send(frame)
            }
            (None, Some(code)) => Step::Close(code),
            (None, None) => Step::Rest,
        }
    }

    /// Waits until [`Outbox::step`] has something else than rest.
    ///
    /// # Cancel safety
    /// Safe: nothing is lost.
    pub async fn wait(&self) {
        self.wake.notified().await;
    }

    /// Waits until the connection is to close, and says why.
    ///
    /// # Cancel safety
    /// Safe: the answer stays.
    pub async fn closing(&self) -> CloseCode {
        loop {
            let closed = self.closed.notified();
            if let Some(code) = self.closing_code() {
                return code;
            }
            closed.await;
        }
    }

    /// With which code it closes, if it does.
    pub fn closing_code(&self) -> Option<CloseCode> {
        self.waiting.lock().closing
    }

    /// Whether everything was handed to the network.
    pub fn is_idle(&self) -> bool {
        self.waiting.lock().bytes == 0
    }

    /// Forgets what waits, but for the rest of what has begun.
    pub fn forget(&self) {
        self.empty(&mut self.waiting.lock());
    }

    /// Forgets everything; nothing is taken any more, and the link is let go.
    pub fn end(&self) {
        self.close(CloseCode::Internal);
        let mut waiting = self.waiting.lock();
        waiting.torn = false;
        self.empty(&mut waiting);
        waiting.writing = 0;
        let bytes = waiting.bytes;
        self.release(&mut waiting, bytes);
        waiting.link = None;
    }

    fn empty(&self, waiting: &mut Waiting) {
        let begun = usize::from(waiting.torn);
        let bytes = waiting.frames.drain(begun..).map(|frame| frame.len()).sum();
        self.release(waiting, bytes);
    }

    fn release(&self, waiting: &mut Waiting, bytes: usize) {
        waiting.bytes -= bytes;
        self.total.waiting.fetch_sub(bytes, Ordering::Relaxed);
    }
}

impl Waiting {
    /// Hands a frame to the network, if it is its turn; what is left of it. That a link is broken is
    /// for its reader and its writer to find.
    fn write(&mut self, frame: Frame) -> Option<Frame> {
        let Some(link) = self.link.as_ref().filter(|_| self.bytes == 0) else { return Some(frame) };
        match link.try_write(frame.wire()) {
            Ok(written) if written == frame.len() => None,
            Ok(written) => {
                self.torn = true;
                Some(frame.after(written))
            }
            Err(_) => Some(frame),
        }
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
mod tests;
