//! Why a name was not taken, in place, with a free one to take instead.

use leptos::prelude::*;
use parlor_shared::Problem;

use crate::components::{Sign, small_icon, words};

/// The reason under a field, and a button where there is a suggestion.
#[component]
pub(crate) fn Refusal(
    /// Names it for the field's `aria-describedby`.
    id: &'static str,
    /// What the server said; `Some(None)` when it could not be reached.
    #[prop(into)]
    problem: Signal<Option<Option<Problem>>>,
    /// Takes the suggestion.
    take: Callback<String>,
) -> impl IntoView {
    let words = words();
    let said = move |problem: &Option<Problem>| match problem {
        Some(problem) => (words.get().problem)(problem),
        None => words.get().unreached.to_owned(),
    };
    let offer = move |problem: Option<Problem>| {
        suggestion(problem).map(|name| {
            let label = (words.get().sign_in.use_suggestion)(&name);
            view! {
                <button
                    type="button"
                    class="button"
                    data-testid="suggestion"
                    on:click=move |_| take.run(name.clone())
                >
                    {label}
                </button>
            }
        })
    };
    view! {
        <div class="refusal" id=id role="alert">
            {move || {
                problem
                    .get()
                    .map(|problem| {
                        view! {
                            <p data-testid="refusal">
                                {small_icon(Sign::Warning)}
                                <span>{said(&problem)}</span>
                            </p>
                            {offer(problem)}
                        }
                    })
            }}
        </div>
    }
}

/// The free name that comes with a taken one.
fn suggestion(problem: Option<Problem>) -> Option<String> {
    if let Some(Problem::NameTaken { suggestion }) = problem { Some(suggestion) } else { None }
}
