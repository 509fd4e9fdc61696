//! The page's own words: none is Latin on a Chinese screen, and there is room for longer ones.

use parlor_tests::{
    Device, EngineKind,
    tour::{self, Story},
};

use crate::House;

/// Latin words that a Chinese screen may hold, and why.
const ALLOWED: [(&str, &str); 15] = [
    ("Parlor", "the name of the program"),
    ("English", "a language, by its own name"),
    ("Enter", "printed on the key"),
    ("Shift", "printed on the key"),
    ("Ctrl", "printed on the key"),
    ("Alt", "printed on the key"),
    ("Esc", "printed on the key"),
    ("Home", "printed on the key"),
    ("End", "printed on the key"),
    ("K", "printed on the key"),
    ("F", "printed on the key, as in F10"),
    ("WebSocket", "a standard, by its own name"),
    ("HTTP", "a standard, by its own name"),
    ("Transports", "the room of that name, which is one for all languages"),
    ("B", "the unit"),
];

/// The page's own texts that show, and its labels; names and what people said left out.
const OWN_TEXTS: &str = "
    const theirs = 'bdi, textarea, .avatar, [data-testid=text], [lang=en], script, noscript';
    const shown = element => element.checkVisibility({ visibilityProperty: true });
    const texts = [document.title];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const element = walk.currentNode.parentElement;
        if (!element.closest(theirs) && shown(element)) texts.push(walk.currentNode.data);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
        if (shown(element))
            for (const name of ['aria-label', 'title', 'placeholder'])
                texts.push(element.getAttribute(name) ?? '');
    return texts;";

/// Makes each of the page's own texts that show 40 % longer, says what does not fit, and undoes it.
pub(crate) const WHAT_DOES_NOT_FIT: &str = include_str!("words/lengthened.js");

/// The Latin words of a text that are no names of the story's.
fn latin(text: &str, story: &Story) -> Vec<String> {
    let mut text = text.to_owned();
    let rooms = story.rooms.iter().map(|room| room.name);
    for name in rooms.chain(story.people).chain([story.me, story.unknown_room]) {
        text = text.replace(name, "");
    }
    let words = text.split(|letter: char| !letter.is_ascii_alphabetic());
    let foreign = words.filter(|word| !word.is_empty());
    foreign.filter(|word| !ALLOWED.iter().any(|(it, _)| it == word)).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_chinese_screen_has_a_latin_word_of_the_pages_own() {
    let house = House::keeping(EngineKind::Embedded, tour::KEEP).await;
    let story = Story::ALL[1];
    let mut found = Vec::new();
    tour::tour(story, &house.node, async |visitor, screen| {
        let texts: Vec<String> = visitor.look(OWN_TEXTS).await;
        assert!(texts.len() > 5, "{screen} says something");
        for text in texts {
            let words = latin(&text, story);
            if !words.is_empty() {
                found.push(format!("{screen}: {words:?} in {text:?}"));
            }
        }
    })
    .await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_that_are_two_fifths_longer_fit_on_every_screen() {
    let house = House::keeping(EngineKind::Embedded, tour::KEEP).await;
    let mut found = Vec::new();
    tour::tour(Story::ALL[0], &house.node, async |visitor, screen| {
        for device in [Device::Phone, Device::Desktop] {
            visitor.holds(device).await;
            let clipped: Vec<String> = visitor.asks(WHAT_DOES_NOT_FIT).await;
            found.extend(clipped.into_iter().map(|it| format!("{screen}, {device:?}: {it}")));
        }
    })
    .await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
