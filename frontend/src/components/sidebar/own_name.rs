//! One's own name, to be changed.

use parlor_shared::{Person, Problem, limits};

use crate::{
    browser::{
        element::{Element, el},
        task,
    },
    components::{Worded, refusal},
    live::Live,
    store::{ChatStore, Session},
};

/// The field with the present name, and why another was refused. That one was taken shows at the
/// foot of the sidebar.
pub(super) fn own_name() -> Element {
    let store = ChatStore::here();
    // What is written there instead of the present name.
    let written = Live::new(None::<String>);
    let problem = Live::new(None::<Option<Problem>>);
    let save = move || save(store, written, problem);
    let take = move |free| {
        written.set(Some(free));
        save();
    };
    el("form")
        .class("own-name")
        .on_submit(save)
        .child(el("label").attr("for", "own-name").say(|words| words.settings.name))
        .child(
            el("div").class("line").child(field(store, written, problem)).child(
                el("button")
                    .class("button")
                    .attr("data-testid", "rename")
                    .say(|words| words.settings.save),
            ),
        )
        .child(refusal("own-name-refusal", problem, take))
}

fn field(
    store: ChatStore,
    written: Live<Option<String>>,
    problem: Live<Option<Option<Problem>>>,
) -> Element {
    let session = store.session();
    let name = move || session.with(Session::person).map(|person| person.name);
    el("input")
        .attr("id", "own-name")
        .class("field")
        .attr("autocomplete", "nickname")
        .attr("autocapitalize", "words")
        .attr("spellcheck", "false")
        .attr("dir", "auto")
        .attr("data-testid", "own-name-field")
        .attr("aria-describedby", "own-name-refusal")
        .attr_by("aria-invalid", move || problem.get().is_some().then_some("true"))
        .value_by(move || written.get().or_else(name).unwrap_or_default())
        .on_input(move |text| {
            written.set(Some(text));
            problem.set(None);
        })
}

/// Asks for what is written, or shows why not. The server's own rule is run here first.
fn save(store: ChatStore, written: Live<Option<String>>, problem: Live<Option<Option<Problem>>>) {
    let Some(text) = written.get_untracked() else { return };
    let name = match limits::check_name(&text) {
        Ok(name) => name,
        Err(why) => return problem.set(Some(Some(why))),
    };
    let own = |person: Person| person.name == name;
    if store.session().try_with_untracked(Session::person).flatten().is_some_and(own) {
        written.set(None);
        return problem.set(None);
    }
    task::begin(async move {
        let answer = store.rename(name).await;
        if answer.is_ok() {
            written.set(None);
        }
        problem.set(answer.err());
    });
}
