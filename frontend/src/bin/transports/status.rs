//! Where it begins and ends: the button, how much time is left, what is said, what is wrong.

use parlor_page::browser::element::{Element, el, several};

use crate::{lesson::Lesson, run::End, stage::Stage, trouble::Trouble};

/// The bar under the heading. What it says is read aloud; the time is not.
pub(crate) fn status() -> Element {
    let lesson = Lesson::here();
    el("div")
        .class("bar")
        .child(el("div").class("act").switch(move || Kind::of(lesson.stage().get()), act))
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

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Nothing,
    Enter,
    Retry,
    Start,
    Stop,
}

impl Kind {
    fn of(stage: Stage) -> Self {
        match stage {
            Stage::Asking => Self::Nothing,
            Stage::Shut(Trouble::NoSession) => Self::Enter,
            Stage::Shut(_) => Self::Retry,
            Stage::Ready | Stage::Entering | Stage::Done(_) => Self::Start,
            Stage::Running => Self::Stop,
        }
    }
}

fn act(kind: Kind) -> Element {
    let lesson = Lesson::here();
    match kind {
        Kind::Nothing => several(),
        Kind::Enter => el("a")
            .class("button")
            .attr("data-kind", "main")
            .attr("href", "/")
            .attr("data-testid", "enter")
            .text_by(move || lesson.words().enter),
        Kind::Retry => button("retry", "main", move || lesson.words().retry, move || lesson.ask()),
        Kind::Start => button("start", "main", move || start_label(lesson), move || lesson.start())
            .attr_by("aria-disabled", move || {
                (!lesson.stage().get().can_start()).then_some("true")
            }),
        Kind::Stop => {
            button("stop", "", move || lesson.words().stop, move || lesson.stop(End::Stopped))
        }
    }
}

fn start_label(lesson: Lesson) -> &'static str {
    match lesson.stage().get() {
        Stage::Entering => lesson.words().starting,
        Stage::Done(_) => lesson.words().again,
        Stage::Asking | Stage::Shut(_) | Stage::Ready | Stage::Running => lesson.words().start,
    }
}

fn button(
    testid: &'static str,
    kind: &'static str,
    label: impl Fn() -> &'static str + 'static,
    press: impl Fn() + 'static,
) -> Element {
    el("button")
        .class("button")
        .attr("type", "button")
        .attr("data-kind", kind)
        .attr("data-testid", testid)
        .on_click(move |_| press())
        .text_by(label)
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
