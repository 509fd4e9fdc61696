//! What the page tells of what a run tells it.

use leptos::prelude::Owner;
use parlor_page::{browser::storage::Storage, preferences::Preferences};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Lesson, News};
use crate::{speech::Line, transport::Transport, trouble::Trouble};

fn says(lesson: Lesson, number: u64) {
    lesson.hear(News::Said(Line { number, by: Transport::Long, place: 0 }));
}

#[wasm_bindgen_test]
fn a_refusal_is_told_until_something_said_after_it_is_heard() {
    let owner = Owner::new();
    let lesson = owner.with(|| Lesson::open(Preferences::open(Storage::open())));
    let refused = Trouble::TooFast { seconds: 1 };
    let told = || lesson.refused().get_untracked().map(|(trouble, _)| trouble);
    says(lesson, 4);
    says(lesson, 5);
    lesson.hear(News::Refused(refused));
    lesson.hear(News::Heard(4));
    assert_eq!(told(), Some(refused), "what is heard late was said before");
    says(lesson, 6);
    assert_eq!(told(), Some(refused), "nobody knows yet whether it goes through");
    lesson.hear(News::Heard(6));
    assert_eq!(told(), None);
    owner.cleanup();
}
