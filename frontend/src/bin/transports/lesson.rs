//! The page's state: who is here, what runs, what it has shown so far.

use std::rc::Rc;

use leptos::prelude::expect_context;
use parlor_page::{
    browser::{
        clock, location, page,
        session::{self, Refusal},
        task,
        timer::{Beat, pause},
        wakes,
    },
    live::{Live, Reading, derived, keep},
    preferences::Preferences,
    words::Language,
};

use crate::{
    figures::Figures,
    room::{self, Room},
    run::{End, News, Run},
    speech::Line,
    stage::Stage,
    tally::Tally,
    transport::Transport,
    trouble::Trouble,
    words::{LessonWords, of},
};

/// How long a run lasts unless the address says otherwise (`?seconds=20`), in seconds.
const SECONDS: f64 = 120.0;
/// How often what is drawn moves, in milliseconds; the second where less motion is wanted.
const TICK_MS: u32 = 66;
const STILL_TICK_MS: u32 = 1_000;
/// How often it is looked whether the room is left, before it is entered again, in milliseconds.
const LEAVING_LOOK_MS: u32 = 50;

/// The state, for all parts of the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lesson {
    stage: Live<Stage>,
    run: Live<Option<Rc<Run>>>,
    beat: Live<Option<Beat>>,
    now: Live<f64>,
    line: Live<Option<Line>>,
    /// What was refused, and how many lines were said by then.
    refused: Live<Option<(Trouble, u64)>>,
    leaving: Live<bool>,
    figures: Live<Vec<Figures>>,
    language: Reading<Language>,
}

impl Lesson {
    /// The state of the page that the caller is a part of.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// The state of a page that opens: asks who is here.
    pub(crate) fn open(preferences: Preferences) -> Self {
        let lesson = Self {
            stage: Live::new(Stage::Asking),
            run: Live::default(),
            beat: Live::default(),
            now: Live::new(0.0),
            line: Live::default(),
            refused: Live::default(),
            leaving: Live::default(),
            figures: Live::new(nothing()),
            language: preferences.language(),
        };
        keep(wakes::hides(move || lesson.hides()));
        lesson.ask();
        lesson
    }

    /// Asks who is here.
    pub(crate) fn ask(self) {
        self.stage.put(Stage::Asking);
        task::begin(async move {
            let stage = match session::ask().await {
                Ok(_) => Stage::Ready,
                Err(Refusal::Problem(problem)) => Stage::Shut(Trouble::from(&problem)),
                Err(Refusal::Unreached) => Stage::Shut(Trouble::Unreached),
            };
            self.stage.put(stage);
        });
    }

    pub(crate) fn stage(self) -> Reading<Stage> {
        self.stage.reading()
    }

    /// What was said last.
    pub(crate) fn line(self) -> Reading<Option<Line>> {
        self.line.reading()
    }

    /// What was refused in this run though it goes on, and how many lines were said by then.
    pub(crate) fn refused(self) -> Reading<Option<(Trouble, u64)>> {
        self.refused.reading()
    }

    pub(crate) fn language(self) -> Reading<Language> {
        self.language
    }

    pub(crate) fn words(self) -> &'static LessonWords {
        of(self.language.get())
    }

    /// The numbers of a way.
    pub(crate) fn figures(self, transport: Transport) -> Reading<Figures> {
        derived(move || {
            self.figures.with(|all| all.get(transport as usize).cloned()).unwrap_or_default()
        })
    }

    /// The numbers of all ways.
    pub(crate) fn all_figures(self) -> Reading<Vec<Figures>> {
        self.figures.reading()
    }

    /// Moves on with what is drawn: the time now, or when the run ended.
    pub(crate) fn now(self) -> Reading<f64> {
        self.now.reading()
    }

    /// Looks at what a way has counted.
    pub(crate) fn tally<R>(
        self,
        transport: Transport,
        look: impl FnOnce(&Tally) -> R,
    ) -> Option<R> {
        let follower =
            self.with_run(|run| run.followers.borrow().get(transport as usize).cloned())??;
        Some(look(&follower.tally.borrow()))
    }

    /// Asks the run.
    pub(crate) fn with_run<R>(self, ask: impl FnOnce(&Rc<Run>) -> R) -> Option<R> {
        self.run.try_with_untracked(|run| run.as_ref().map(ask)).flatten()
    }

    /// Enters the room and begins.
    pub(crate) fn start(self) {
        if matches!(self.stage.get_untracked(), Stage::Entering | Stage::Running) {
            return;
        }
        self.stage.put(Stage::Entering);
        self.forget_the_last_run();
        task::begin(async move {
            while self.leaving.try_get_untracked() == Some(true) {
                pause(LEAVING_LOOK_MS).await;
            }
            match room::enter().await {
                // It was put out of sight meanwhile.
                Ok(room) if !page::visible() => {
                    room::leave_in_passing(&room);
                    self.stage.put(Stage::Done(End::Hidden));
                }
                Ok(room) => self.run_in(room),
                Err(trouble @ Trouble::NoSession) => {
                    self.stage.put(Stage::Shut(trouble));
                }
                Err(trouble) => {
                    self.stage.put(Stage::Done(End::Trouble(trouble)));
                }
            }
        });
    }

    fn forget_the_last_run(self) {
        self.run.set(None);
        self.refused.put(None);
        self.line.put(None);
        self.figures.put(nothing());
        self.now.set(clock::mono());
    }

    fn run_in(self, room: Room) {
        let words = move |line| (of(self.language.get_untracked()).line)(line);
        let run = Run::begin(room, lasts(), Box::new(words), Box::new(move |news| self.hear(news)));
        self.run.set(Some(run));
        let tick = if page::still() { STILL_TICK_MS } else { TICK_MS };
        self.beat.set(Some(Beat::every(tick, move || self.look())));
        self.stage.put(Stage::Running);
        self.look();
    }

    /// Ends the run, if there is one.
    pub(crate) fn stop(self, end: End) {
        // Not under a borrow: the run tells of its end.
        let run = self.with_run(Rc::clone);
        if let Some(run) = run {
            run.finish(end);
        }
    }

    fn hides(self) {
        // The page may be gone before a request is: both go out without waiting.
        if self.stage.try_get_untracked() == Some(Stage::Running) {
            self.stop(End::Hidden);
        }
    }

    fn hear(self, news: News) {
        match news {
            News::Said(line) => {
                self.line.put(Some(line));
            }
            News::Heard(number) => {
                // What was said after it went through.
                if self.refused.get_untracked().is_some_and(|(_, said)| number > said) {
                    self.refused.put(None);
                }
            }
            News::Refused(trouble) => {
                let said = self.line.get_untracked().map_or(0, |line| line.number);
                self.refused.put(Some((trouble, said)));
            }
            News::Ended(end) => self.ended(end),
        }
    }

    fn ended(self, end: End) {
        self.look();
        self.beat.set(None);
        if let Some(room) = self.with_run(|run| run.room.clone()) {
            if end == End::Hidden {
                room::leave_in_passing(&room);
            } else {
                self.leaving.put(true);
                task::begin(async move {
                    room::leave(room).await;
                    self.leaving.put(false);
                });
            }
        }
        let stage = match end {
            End::Trouble(trouble @ Trouble::NoSession) => Stage::Shut(trouble),
            End::Over | End::Stopped | End::Hidden | End::Trouble(_) => Stage::Done(end),
        };
        self.stage.put(stage);
    }

    /// Takes what is counted now onto the screen.
    fn look(self) {
        let figures = self.with_run(|run| {
            run.followers.borrow().iter().map(|follower| Figures::of(follower)).collect()
        });
        if let Some(figures) = figures {
            self.figures.put(figures);
        }
        self.now.set(clock::mono());
    }
}

/// The numbers before there are any.
fn nothing() -> Vec<Figures> {
    vec![Figures::default(); Transport::ALL.len()]
}

/// How long a run lasts, in milliseconds.
fn lasts() -> f64 {
    let asked = location::asked("seconds").and_then(|seconds| seconds.parse::<f64>().ok());
    asked.filter(|it| it.is_finite()).map_or(SECONDS, |it| it.clamp(5.0, SECONDS)) * 1_000.0
}

#[cfg(test)]
mod tests;
