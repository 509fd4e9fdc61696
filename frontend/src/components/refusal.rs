//! Why a name was not taken, in place, with a free one to take instead.

use std::rc::Rc;

use parlor_shared::Problem;

use crate::{
    browser::element::{Element, el, several},
    components::{Sign, small_icon, words},
    live::Live,
};

/// The reason under a field, and a button where there is a suggestion.
pub(crate) fn refusal(
    id: &'static str,
    problem: Live<Option<Option<Problem>>>,
    take: impl Fn(String) + 'static,
) -> Element {
    let words = words();
    let take: Rc<dyn Fn(String)> = Rc::new(take);
    let said = move |problem: &Option<Problem>| match problem {
        Some(problem) => (words.get().problem)(problem),
        None => words.get().unreached.to_owned(),
    };
    let offer = move |problem: Option<Problem>| {
        suggestion(problem).map(|name| {
            let take = Rc::clone(&take);
            let label = (words.get().sign_in.use_suggestion)(&name);
            el("button")
                .attr("type", "button")
                .class("button")
                .attr("data-testid", "suggestion")
                .on_click(move |_| take(name.clone()))
                .text(&label)
        })
    };
    el("div").class("refusal").attr("id", id).attr("role", "alert").part(move || {
        let problem = problem.get()?;
        let why = el("p")
            .attr("data-testid", "refusal")
            .child(small_icon(Sign::Warning))
            .child(el("span").text(&said(&problem)));
        let reason = several().child(why);
        Some(match offer(problem) {
            Some(offer) => reason.child(offer),
            None => reason,
        })
    })
}

/// The free name that comes with a taken one.
fn suggestion(problem: Option<Problem>) -> Option<String> {
    if let Some(Problem::NameTaken { suggestion }) = problem { Some(suggestion) } else { None }
}
