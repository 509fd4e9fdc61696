//! The banner of a link that is away: since more than 2 s, with the countdown and "try now".

use leptos::prelude::*;

use crate::{
    browser::{clock, page},
    components::{Sign, icon, moving, shown_while, words},
    store::{ChatStore, Link, LinkView},
    words::LinkWords,
};

/// How long the link must be away before it is worth a banner, in milliseconds.
const PATIENCE_MS: u64 = 2_000;

/// The banner, where there is something to say.
#[component]
pub(crate) fn Banner() -> impl IntoView {
    let words = words();
    let store = expect_context::<ChatStore>();
    let (link, now) = (store.link(), clock::ticking());
    let said = Memo::new(move |_| say(&link.get(), now.get(), &words.get().link));
    let shown = Memo::new(move |_| said.with(Option::is_some));
    view! {
        <div role="status">
            {shown_while(move || shown.get(), move || view! {
                <div class="banner" data-testid="banner">
                    {icon(Sign::Wave)}
                    <p>{moving(move || said.get())}</p>
                    <button class="button" data-testid="try-now" on:click=move |_| store.try_now()>
                        {moving(move || words.get().link.try_now)}
                    </button>
                </div>
            }.into_any())}
        </div>
    }
}

/// The sentence for a state of the link at a moment.
fn say(view: &LinkView, now_ms: u64, words: &LinkWords) -> Option<String> {
    if let Link::Out { code } = view.link {
        return Some((words.shut)(code));
    }
    let since = view.without_since_ms?;
    if now_ms.saturating_sub(since) < PATIENCE_MS {
        return None;
    }
    if !page::online() {
        return Some(words.no_network.to_owned());
    }
    Some(match view.link {
        Link::Waiting { until_ms } if until_ms > now_ms => {
            (words.again_in)((until_ms - now_ms).div_ceil(1_000))
        }
        Link::Waiting { .. } | Link::Idle | Link::Connecting | Link::Connected => {
            words.trying.to_owned()
        }
        Link::Out { code } => (words.shut)(code),
    })
}
