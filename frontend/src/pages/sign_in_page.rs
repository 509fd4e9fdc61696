//! The way in: a name is all it takes.

use parlor_shared::{Problem, limits};

use crate::{
    browser::{
        element::{Element, el},
        task,
    },
    components::{Drawing, Worded, drawing, language_bar, refusal, words},
    live::Live,
    store::ChatStore,
};

/// Asks for a name; says why one is refused, in place.
pub(crate) fn sign_in_page() -> Element {
    el("div")
        .class("sign-in")
        .child(
            el("main").child(
                el("div")
                    .class("card")
                    .child(drawing(Drawing::Door))
                    .child(el("h1").say(|words| words.sign_in.title))
                    .child(el("p").class("lead").say(|words| words.sign_in.lead))
                    .child(name_form()),
            ),
        )
        .child(language_bar())
}

/// The form.
fn name_form() -> Element {
    let words = words();
    let store = ChatStore::here();
    let name = Live::new(String::new());
    let problem = Live::new(None::<Option<Problem>>);
    let busy = Live::new(false);
    let enter = move || {
        let Some(tidy) = check(&name.get_untracked(), problem) else { return };
        busy.set(true);
        task::begin(async move {
            let answer = store.sign_in(tidy).await;
            // Once somebody is in, this form is gone.
            busy.set(false);
            problem.set(answer.err());
        });
    };
    let take = move |free: String| {
        name.set(free);
        problem.set(None);
        enter();
    };
    let submit = move || {
        if !busy.get_untracked() {
            enter();
        }
    };
    let label = move || {
        let words = &words.get().sign_in;
        if busy.get() { words.entering } else { words.enter }
    };
    el("form")
        .on_submit(submit)
        .child(el("label").attr("for", "name").say(|words| words.sign_in.name))
        .child(name_field(name, problem))
        .child(refusal("name-refusal", problem, take))
        .child(
            el("button")
                .class("button")
                .attr("data-kind", "main")
                .attr_by("aria-disabled", move || busy.get().then_some("true"))
                .text_by(label),
        )
}

/// The field for the name.
fn name_field(name: Live<String>, problem: Live<Option<Option<Problem>>>) -> Element {
    el("input")
        .attr("id", "name")
        .class("field")
        .attr("name", "nickname")
        .attr("autocomplete", "nickname")
        .attr("autocapitalize", "words")
        .attr("spellcheck", "false")
        .attr("autofocus", true)
        .attr("required", true)
        .attr("data-testid", "name")
        .attr("dir", "auto")
        .attr("aria-describedby", "name-refusal")
        .attr_by("aria-invalid", move || problem.get().is_some().then_some("true"))
        .value_by(move || name.get())
        .on_input(move |text| {
            name.set(text);
            problem.set(None);
        })
}

/// The tidy name, or the reason shown why it will not do: the server's own rule, run here first.
fn check(name: &str, problem: Live<Option<Option<Problem>>>) -> Option<String> {
    match limits::check_name(name) {
        Ok(tidy) => Some(tidy),
        Err(why) => {
            problem.set(Some(Some(why)));
            None
        }
    }
}
