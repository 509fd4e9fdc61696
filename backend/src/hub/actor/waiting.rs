//! Those who asked the log's owner something that it does not know yet.

use parlor_shared::{Position, Problem};
use tokio::sync::oneshot;

use super::Actor;
use crate::{
    engine::{EngineError, LogTop},
    hub::{
        mailboxes::{CatchUp, Known},
        ready::Ready,
        recent::{Answers, Found},
        room_presence::RoomPresence,
    },
    metrics::Source,
};

/// How many answers of the store somebody waits for before they ask it themselves.
const PATIENCE: u32 = 3;

/// Who wants to know where the log is.
type Asker = oneshot::Sender<Result<LogTop, EngineError>>;

/// Everybody who waits.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    catch_ups: Vec<(CatchUp, Asked)>,
    tops: Vec<(Asker, Asked)>,
    members: Vec<Known>,
}

/// When somebody asked, and how many answers of the store they waited for since.
#[derive(Clone, Copy, Debug)]
struct Asked {
    at: Answers,
    waited: u32,
}

/// What the store is to be asked for them.
#[derive(Debug)]
pub(super) enum Want {
    /// The changes since a position, or the newest.
    Changes(Option<Position>),
    /// The top.
    Top,
}

impl Waiting {
    /// Whether nobody does.
    pub(super) fn is_empty(&self) -> bool {
        self.catch_ups.is_empty() && self.tops.is_empty() && self.members.is_empty()
    }
}

impl Actor {
    /// Answers from what is known, or lets them wait for the store's next answer.
    pub(super) fn catch_up(&mut self, catch_up: CatchUp) {
        if self.store_is_avoided() {
            return catch_up.ask_the_store();
        }
        self.try_catch_up(catch_up, self.now_asked());
    }

    /// Tells where the log is.
    pub(super) fn top(&mut self, asker: Asker) {
        if self.store_is_avoided() {
            // Whoever is told nothing asks the store.
            return;
        }
        self.try_top(asker, self.now_asked());
    }

    /// Tells what is known of the members.
    pub(super) fn members(&mut self, known: Known) {
        let Some(presence) = &self.presence else { return };
        if !presence.needs_members() {
            known.tell(presence, &self.online.borrow());
        } else if !self.store_is_avoided() {
            self.waiting.members.push(known);
        }
    }

    /// Tries again after something new came.
    pub(super) fn settle(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let Waiting { catch_ups, tops, members } = std::mem::take(&mut self.waiting);
        for (catch_up, asked) in catch_ups {
            self.try_catch_up(catch_up, asked);
        }
        tops.into_iter().for_each(|(asker, asked)| self.try_top(asker, asked));
        members.into_iter().for_each(|known| self.members(known));
    }

    /// The store answered a question of theirs: nobody waits for too many.
    pub(super) fn note_answered(&mut self) {
        self.waiting.catch_ups.iter_mut().for_each(|(_, asked)| asked.waited += 1);
    }

    /// The store does not answer: nobody waits for it here.
    pub(super) fn disappoint(&mut self, error: &EngineError) {
        let Waiting { catch_ups, tops, members } = std::mem::take(&mut self.waiting);
        for (catch_up, _) in catch_ups {
            catch_up.asked.reply(Err(Problem::from(error.clone())));
        }
        for (asker, _) in tops {
            // Whoever asked may have gone.
            let _ = asker.send(Err(error.clone()));
        }
        drop(members);
    }

    /// What the store is to be asked first.
    pub(super) fn want(&mut self) -> Option<Want> {
        let (now, mut changes) = (self.now(), None::<Option<Position>>);
        let unknown = |at| self.recent.top(&self.channel, at).is_none();
        if self.waiting.tops.iter().any(|(_, asked)| unknown(asked.at)) {
            return Some(Want::Top);
        }
        for (catch_up, asked) in &self.waiting.catch_ups {
            let after = catch_up.after.as_ref();
            match self.recent.page(&self.log, after, &self.channel, asked.at, now) {
                Found::NeedsTop => return Some(Want::Top),
                Found::NeedsChanges => {
                    let lowest = changes.get_or_insert_with(|| catch_up.after.clone());
                    lower(lowest, after);
                }
                Found::Page(_) | Found::Ahead => {}
            }
        }
        changes.map(Want::Changes)
    }

    fn now_asked(&self) -> Asked {
        Asked { at: self.recent.moment(), waited: 0 }
    }

    fn try_top(&mut self, asker: Asker, asked: Asked) {
        match self.recent.top(&self.channel, asked.at).filter(|_| self.channel.is_certain()) {
            // Whoever asked may have gone.
            Some(top) => drop(asker.send(Ok(top))),
            None => self.waiting.tops.push((asker, asked)),
        }
    }

    fn try_catch_up(&mut self, catch_up: CatchUp, asked: Asked) {
        let knows_members = !self.presence.as_deref().is_some_and(RoomPresence::needs_members);
        if !knows_members || !self.channel.is_certain() {
            return self.wait(catch_up, asked);
        }
        let person = &catch_up.asked.connection.person;
        if self.presence.as_ref().is_some_and(|room| room.member(person).is_none()) {
            // The store may know better, and says why.
            return catch_up.ask_the_store();
        }
        let after = catch_up.after.as_ref();
        let now = self.now();
        match self.recent.page(&self.log, after, &self.channel, asked.at, now) {
            Found::Page(page) => {
                let source = if asked.waited == 0 { Source::Recent } else { Source::Store };
                self.shared.metrics.answered(page.page(), after, source);
                self.answer(catch_up, &page);
            }
            Found::Ahead | Found::NeedsTop | Found::NeedsChanges => self.wait(catch_up, asked),
        }
    }

    fn answer(&mut self, catch_up: CatchUp, ready: &Ready) {
        let asked = catch_up.asked;
        if ready.page().more {
            // Followed before: what comes meanwhile is on the pages to come.
            self.followers.remove(&asked.connection.id);
            return ready.reply(asked);
        }
        self.begin_to_follow(asked, ready);
    }

    fn wait(&mut self, catch_up: CatchUp, asked: Asked) {
        if asked.waited < PATIENCE {
            self.waiting.catch_ups.push((catch_up, asked));
        } else {
            catch_up.ask_the_store();
        }
    }

    /// Whether the store is not asked for a while, since it did not answer.
    fn store_is_avoided(&self) -> bool {
        self.asking.free_at().is_some_and(|free_at| self.now() < free_at)
    }
}

/// Makes `lowest` the lower of two positions that are on one line.
fn lower(lowest: &mut Option<Position>, other: Option<&Position>) {
    if let (Some(held), Some(other)) = (&*lowest, other)
        && held.epoch == other.epoch
        && other.offset < held.offset
    {
        *lowest = Some(other.clone());
    }
}
