//! Where it begins and ends: the button, how much time is left, what is said, what is wrong.

use parlor_page::browser::element::{Element, el, several};

use crate::{lesson::Lesson, run::End, stage::Stage, trouble::Trouble};

/// The bar under the heading. What it says is read aloud; the time is not.
pub(crate) fn status() -> Element {
    let lesson = Lesson::here();
    el("div")
        .class("bar")
        .child(el("div").class("act").switch(
            move || lesson.stage().get() == Stage::Shut(Trouble::NoSession),
            move |shut| if shut { enter(lesson) } else { button(lesson) },
        ))
        .child(
            el("p")
                .class("said")
                .attr("role", "status")
                .attr("data-testid", "status")
                .attr_by("data-kind", move || is_wrong(lesson.stage().get()).then_some("danger"))
                .text_by(move || sentence(lesson)),
        )
        .child(progress(lesson))
}

/// What the button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Wait,
    Retry,
    Start,
    Stop,
}

impl Act {
    fn of(stage: Stage) -> Self {
        match stage {
            Stage::Asking | Stage::Entering => Self::Wait,
            Stage::Shut(_) => Self::Retry,
            Stage::Ready | Stage::Done(_) => Self::Start,
            Stage::Running => Self::Stop,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Retry => "retry",
            Self::Start => "start",
            Self::Stop => "stop",
        }
    }
}

/// The way in.
fn enter(lesson: Lesson) -> Element {
    el("a")
        .class("button")
        .attr("data-kind", "main")
        .attr("href", "/")
        .attr("data-testid", "enter")
        .text_by(move || lesson.words().enter)
}

/// One button for all that can be done here: replaced by another, it would lose the focus.
fn button(lesson: Lesson) -> Element {
    let act = move || Act::of(lesson.stage().get());
    el("button")
        .class("button")
        .attr("type", "button")
        .attr_by("data-kind", move || (act() != Act::Stop).then_some("main"))
        .attr_by("data-testid", move || act().code())
        .attr_by("aria-disabled", move || (act() == Act::Wait).then_some("true"))
        .on_key(|event| {
            // Enter that is held begins, and must not stop what it began.
            if event.repeat() {
                event.prevent_default();
            }
        })
        .on_click(move |event| press(lesson, event.detail()))
        .text_by(move || label(lesson))
}

/// Presses the button; `clicks` counts those in quick succession.
fn press(lesson: Lesson, clicks: i32) {
    match Act::of(lesson.stage().get_untracked()) {
        Act::Wait => {}
        Act::Retry => lesson.ask(),
        Act::Start => lesson.start(),
        // The second click of two was meant for what the first one pressed.
        Act::Stop if clicks > 1 => {}
        Act::Stop => lesson.stop(End::Stopped),
    }
}

fn label(lesson: Lesson) -> &'static str {
    let words = lesson.words();
    match lesson.stage().get() {
        Stage::Asking | Stage::Ready => words.start,
        Stage::Shut(_) => words.retry,
        Stage::Entering => words.starting,
        Stage::Running => words.stop,
        Stage::Done(_) => words.again,
    }
}

fn is_wrong(stage: Stage) -> bool {
    // That nobody is signed in is no fault.
    stage.trouble().is_some_and(|trouble| trouble != Trouble::NoSession)
}

fn sentence(lesson: Lesson) -> Option<String> {
    let words = lesson.words();
    match lesson.stage().get() {
        Stage::Asking | Stage::Entering => None,
        Stage::Shut(trouble) => Some((words.trouble)(trouble)),
        Stage::Ready => Some(words.ready.to_owned()),
        Stage::Running => lesson.refused().get().map(|(trouble, _)| (words.trouble)(trouble)),
        Stage::Done(end) => {
            let left = lesson.with_run(|run| run.room.is_left());
            Some((words.end)(end, left == Some(true)))
        }
    }
}

/// While it runs: what is said, and how much time is left.
fn progress(lesson: Lesson) -> Element {
    let left = move || {
        let now = lesson.now().get();
        lesson.with_run(|run| run.seconds_left(now)).map(|seconds| (lesson.words().left)(seconds))
    };
    let share = move || {
        let now = lesson.now().get();
        let share = lesson.with_run(|run| run.progress(now)).unwrap_or_default();
        // In whole hundredths: a bar that moves less is not seen to move.
        format!("{:.2}", share)
    };
    several().when(
        move || lesson.stage().get() == Stage::Running,
        move || {
            el("div")
                .class("running")
                .child(
                    el("p")
                        .class("line")
                        .attr("data-testid", "line")
                        .text_by(move || lesson.line().get().map(lesson.words().line)),
                )
                .child(el("p").class("left").text_by(left))
                .child(
                    el("progress")
                        .attr("max", "1")
                        .attr_by("aria-label", move || lesson.words().progress)
                        .attr_by("value", share),
                )
        },
    )
}
