//! The banner of a link that is away: since more than 2 s, with the countdown and "try now".

use crate::{
    browser::{
        clock,
        element::{Element, el},
        page,
    },
    components::{Sign, Worded, icon, words},
    store::{ChatStore, Link, LinkView, Way},
    words::LinkWords,
};

/// How long the link must be away before it is worth a banner, in milliseconds.
const PATIENCE_MS: u64 = 2_000;

/// How long another way may take before it is, in milliseconds: it opens when the banner is due.
const CHANGE_MS: u64 = 1_000;

/// The banner, where there is something to say.
pub(crate) fn banner() -> Element {
    let words = words();
    let store = ChatStore::here();
    let (link, now) = (store.link(), clock::ticking());
    let said = move || say(&link.get(), now.get(), &words.get().link);
    el("div").attr("role", "status").when(
        move || said().is_some(),
        move || {
            el("div")
                .class("banner")
                .attr("data-testid", "banner")
                .child(icon(Sign::Wave))
                .child(el("p").text_by(said))
                .child(
                    el("button")
                        .class("button")
                        .attr("data-testid", "try-now")
                        .on_click(move |_| store.try_now())
                        .say(|words| words.link.try_now),
                )
        },
    )
}

/// The sentence for a state of the link at a moment.
fn say(view: &LinkView, now_ms: u64, words: &LinkWords) -> Option<String> {
    if let Link::Out { code } = view.link {
        return Some((words.shut)(code));
    }
    let since = view.without_since_ms?;
    let patience = if view.way == Way::Socket { PATIENCE_MS } else { PATIENCE_MS + CHANGE_MS };
    if now_ms.saturating_sub(since) < patience {
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
