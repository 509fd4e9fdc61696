//! The sentences of this page, once per language. They stand apart from the chat's, so that neither
//! program carries the other's.

mod en;
mod zh;

use parlor_page::words::Language;

use crate::{follower::Standing, run::End, speech::Line, transport::Transport, trouble::Trouble};

/// One language's sentences.
#[derive(Debug)]
pub(crate) struct LessonWords {
    /// The tab's title.
    pub(crate) title: &'static str,
    /// Leads to the chat.
    pub(crate) back: &'static str,
    /// The heading.
    pub(crate) heading: &'static str,
    /// What this page is.
    pub(crate) lead: &'static str,
    /// Begins.
    pub(crate) start: &'static str,
    /// It is being begun.
    pub(crate) starting: &'static str,
    /// Begins once more.
    pub(crate) again: &'static str,
    /// Ends it.
    pub(crate) stop: &'static str,
    /// What will happen, before it begins.
    pub(crate) ready: &'static str,
    /// So many seconds are left.
    pub(crate) left: fn(u64) -> String,
    /// How much is over, read aloud.
    pub(crate) progress: &'static str,
    /// Asks the server once more.
    pub(crate) retry: &'static str,
    /// Leads to the way in.
    pub(crate) enter: &'static str,
    /// What a way is called.
    pub(crate) name: fn(Transport) -> &'static str,
    /// How it works.
    pub(crate) how: fn(Transport) -> &'static str,
    /// A line that is said.
    pub(crate) line: fn(Line) -> String,
    /// How a way stands.
    pub(crate) standing: fn(Standing) -> &'static str,
    /// What happened to a way whose link ended, with which code, and whether it was open before.
    pub(crate) lost: fn(Transport, u16, bool) -> String,
    /// The names of the figures.
    pub(crate) requests: &'static str,
    pub(crate) median: &'static str,
    pub(crate) last: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) frames: &'static str,
    pub(crate) sent: &'static str,
    pub(crate) received: &'static str,
    pub(crate) all: &'static str,
    /// Milliseconds.
    pub(crate) unit: &'static str,
    /// The ends of the strip.
    pub(crate) ago: &'static str,
    pub(crate) now: &'static str,
    /// The strip in words: of so many requests and messages.
    pub(crate) strip: fn(&str, &str) -> String,
    /// What is drawn.
    pub(crate) legend: &'static str,
    pub(crate) bar: &'static str,
    pub(crate) said: &'static str,
    pub(crate) message: &'static str,
    /// What is counted.
    pub(crate) counted_title: &'static str,
    pub(crate) counted: &'static [&'static str],
    /// The sum of a run.
    pub(crate) sum_title: &'static str,
    /// So many requests of a way, and of how many messages where it did not hear all; how many it took for so many messages.
    pub(crate) took_each: fn(Transport, u64, &str, Option<&str>) -> String,
    pub(crate) took: fn(&str, &str) -> String,
    /// The same of the middle of the delays.
    pub(crate) within_each: fn(Transport, &str) -> String,
    pub(crate) within: fn(&str) -> String,
    /// The same of all bytes.
    pub(crate) weighed_each: fn(Transport, &str) -> String,
    pub(crate) weighed: fn(&str) -> String,
    /// Why a run ended, and whether the room was left then.
    pub(crate) end: fn(End, bool) -> String,
    /// What is wrong, and what to do next.
    pub(crate) trouble: fn(Trouble) -> String,
}

/// The sentences of a language.
pub(crate) fn of(language: Language) -> &'static LessonWords {
    match language {
        Language::English => &en::WORDS,
        Language::Chinese => &zh::WORDS,
    }
}
