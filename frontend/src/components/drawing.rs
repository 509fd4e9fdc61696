//! The line drawings of empty places: one stroke of 1.5 px, and a little light.

use crate::browser::element::{Element, drawn};

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drawing {
    /// Nobody has spoken.
    Chair,
    /// No room is open.
    Lamp,
    /// The way in.
    Door,
    /// Nothing was found.
    Envelope,
}

impl Drawing {
    /// The lines, and the part that is lit.
    const fn paths(self) -> (&'static str, &'static str) {
        match self {
            Self::Chair => (
                "M28 46V26a10 10 0 0 1 10-10h20a10 10 0 0 1 10 10v20M28 62v-7a7.5 7.5 0 1 0-12 6v15h64V61\
                 a7.5 7.5 0 1 0-12-6v7zM24 76v6M72 76v6",
                "",
            ),
            Self::Lamp => {
                ("M38 14h20l12 26H26zM48 46v34M34 82h28M60 40v11", "M42 40a6 6 0 0 0 12 0z")
            }
            Self::Door => (
                "M30 82V16h36v66M12 82h18M54 82h30M30 16l24 9v65l-24-8M48.5 52v3.5",
                "M30 16h36v66H54V25z",
            ),
            Self::Envelope => ("M14 26h68v46H14zM14 28l34 25 34-25", ""),
        }
    }
}

/// A drawing; the sentence beside it says what it means.
pub(crate) fn drawing(what: Drawing) -> Element {
    let (lines, lit) = what.paths();
    drawn(&format!(
        "<svg class=drawing viewBox='0 0 96 96' aria-hidden=true><path class=lit d='{lit}'/><path d='{lines}'/></svg>"
    ))
}
