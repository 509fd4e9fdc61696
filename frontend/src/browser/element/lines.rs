//! The lines of a list, each made once and moved to where it stands now.

use leptos::prelude::{Owner, untrack};
use std::rc::Rc;

use super::{Element, Make, slot::Slot};
use crate::live::follow;

/// A line that is there.
struct Line {
    key: String,
    slot: Slot,
    owner: Owner,
}

impl Element {
    /// Lines that follow a list. A line stays as it was made for as long as its key is in the list.
    pub fn each<T: 'static>(
        self,
        list: impl Fn() -> Vec<T> + 'static,
        key: impl Fn(&T) -> String + 'static,
        make: impl Fn(T) -> Element + 'static,
    ) -> Self {
        let make = Rc::new(make);
        let line = move |item| {
            let make = Rc::clone(&make);
            (key(&item), Box::new(move || make(item)) as Make)
        };
        self.lines(Box::new(move || list().into_iter().map(&line).collect()));
        self
    }

    fn lines(&self, list: Box<dyn Fn() -> Vec<(String, Make)>>) {
        let (slot, parent) = (Slot::after_all(&self.0), Owner::current().unwrap_or_default());
        let mut lines = Vec::new();
        follow(move || {
            let wanted = list();
            lines = arranged(std::mem::take(&mut lines), wanted, &slot, &parent);
        });
    }
}

/// The lines wanted, in their order: what is not wanted goes first, what stays moves only where
/// another stands in its place, what is new is made.
fn arranged(
    lines: Vec<Line>,
    wanted: Vec<(String, Make)>,
    place: &Slot,
    parent: &Owner,
) -> Vec<Line> {
    let mut old = kept(lines, &wanted);
    let mut new = Vec::with_capacity(wanted.len());
    let mut at = place.first();
    for (key, make) in wanted {
        let Some(here) = at.clone() else { break };
        let found = old.iter().position(|line| line.key == key).map(|found| old.remove(found));
        let line = if let Some(line) = found {
            if line.slot.begins_with(&here) {
                at = line.slot.next();
            } else {
                line.slot.go_before(&here);
            }
            line
        } else {
            let (slot, owner) = (Slot::before(&here), parent.child());
            slot.fill(&owner.with(|| untrack(make)));
            Line { key, slot, owner }
        };
        new.push(line);
    }
    new
}

/// The lines whose keys are still wanted; the others are taken away. Both come in nearly the same
/// order, so that the search begins where it ended.
fn kept(lines: Vec<Line>, wanted: &[(String, Make)]) -> Vec<Line> {
    let mut from = 0;
    let stays = |line: &Line| {
        let (before, after) = wanted.split_at(from.min(wanted.len()));
        let is = |(key, _): &(String, Make)| *key == line.key;
        match after.iter().position(is) {
            Some(at) => from += at + 1,
            None if before.iter().any(is) => {}
            None => {
                line.owner.cleanup();
                line.slot.remove();
                return false;
            }
        }
        true
    };
    let mut stays = stays;
    lines.into_iter().filter(|line| stays(line)).collect()
}
