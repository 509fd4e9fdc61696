//! The way in: a name is all it takes.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use parlor_shared::{Problem, limits};

use crate::{
    components::{Drawing, LanguageBar, Refusal, drawing, moving, words},
    store::ChatStore,
};

/// Asks for a name; says why one is refused, in place.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let words = words();
    view! {
        <div class="sign-in">
            <main>
                <div class="card">
                    {drawing(Drawing::Door)}
                    <h1>{moving(move || words.get().sign_in.title)}</h1>
                    <p class="lead">{moving(move || words.get().sign_in.lead)}</p>
                    <NameForm />
                </div>
            </main>
            <LanguageBar />
        </div>
    }
}

/// The form.
#[component]
fn NameForm() -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let name = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Option<Problem>>);
    let busy = RwSignal::new(false);
    let enter = move || {
        let Some(tidy) = check(&name.get_untracked(), problem) else { return };
        busy.set(true);
        spawn_local(async move {
            let answer = store.sign_in(tidy).await;
            // Once somebody is in, this form is gone.
            busy.try_set(false);
            problem.try_set(answer.err());
        });
    };
    let take = Callback::new(move |free: String| {
        name.set(free);
        problem.set(None);
        enter();
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            enter();
        }
    };
    let label = moving(move || {
        let words = &words.get().sign_in;
        if busy.get() { words.entering } else { words.enter }
    });
    view! {
        <form on:submit=submit>
            <label for="name">{moving(move || words.get().sign_in.name)}</label>
            <input
                id="name"
                class="field"
                name="nickname"
                autocomplete="nickname"
                autocapitalize="words"
                spellcheck="false"
                autofocus
                required
                data-testid="name"
                dir="auto"
                aria-describedby="name-refusal"
                aria-invalid=moving(move || problem.get().is_some().then_some("true"))
                prop:value=name
                on:input=move |event| {
                    name.set(event_target_value(&event));
                    problem.set(None);
                }
            />
            <Refusal id="name-refusal" problem take />
            <button class="button" data-kind="main" aria-disabled=moving(move || busy.get().then_some("true"))>
                {label}
            </button>
        </form>
    }
}

/// The tidy name, or the reason shown why it will not do: the server's own rule, run here first.
fn check(name: &str, problem: RwSignal<Option<Option<Problem>>>) -> Option<String> {
    match limits::check_name(name) {
        Ok(tidy) => Some(tidy),
        Err(why) => {
            problem.set(Some(Some(why)));
            None
        }
    }
}
