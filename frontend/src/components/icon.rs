//! The signs on buttons and marks: one stroke, 20 units square, drawn for this page.

use crate::browser::element::{Element, drawn};

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Back,
    Bin,
    Close,
    Copy,
    Down,
    Door,
    Gear,
    Keys,
    Lamp,
    More,
    Pencil,
    People,
    Plus,
    Room,
    Search,
    Send,
    Warning,
    Wave,
}

impl Sign {
    const fn path(self) -> &'static str {
        match self {
            Self::Back => "M12 4l-6 6 6 6",
            Self::Bin => "M4 6h12M8 6V4h4v2M6 6l.7 10.5h6.6L14 6M8.6 9v4.5M11.4 9v4.5",
            Self::Close => "M5 5l10 10M15 5L5 15",
            Self::Copy => "M7 7h9.5v9.5H7zM13 4H3.5v9",
            Self::Down => "M10 4v11.5M5 10.5l5 5 5-5",
            Self::Door => "M5 17V3.5h7.5V17M3 17h14M12.5 6H15v11M9.8 10.2v.6",
            Self::Gear => "M3 6h7M14 6h3M12 4v4M3 14h3M10 14h7M8 12v4",
            Self::Keys => "M3 5.5h14v9H3zM6 8.5h.01M10 8.5h.01M14 8.5h.01M7 11.5h6",
            Self::Lamp => "M10 3v3M8 6h4l3.5 6.5h-11zM8 15a2 2 0 0 0 4 0",
            Self::More => {
                "M4.6 9.2a.8.8 0 1 0 .01 0zM10 9.2a.8.8 0 1 0 .01 0zM15.4 9.2a.8.8 0 1 0 .01 0z"
            }
            Self::Pencil => {
                "M4 16l.8-3.4 8.4-8.4a1.6 1.6 0 0 1 2.3 0l.3.3a1.6 1.6 0 0 1 0 2.3l-8.4 8.4z"
            }
            Self::People => {
                "M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 16.5c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5\
                 M13 4a3 3 0 0 1 0 5.4M15 12.4c1.8.6 3 2 3 4.1"
            }
            Self::Plus => "M10 4.5v11M4.5 10h11",
            Self::Room => "M4 4h12v9H9.5L6 16.5V13H4z",
            Self::Search => "M8.8 14.6a5.8 5.8 0 1 0 0-11.6 5.8 5.8 0 0 0 0 11.6zM13 13l4 4",
            Self::Send => "M10 16V4.5M5 9.5l5-5 5 5",
            Self::Warning => {
                "M10 6.5v4.2M10 13.6v.01M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4z"
            }
            Self::Wave => "M3 10h3l2-5 3 10 2.5-5H17",
        }
    }
}

/// A sign at its full size. What it means is said in words beside it or on its button.
pub(crate) fn icon(sign: Sign) -> Element {
    let path = sign.path();
    drawn(&format!("<svg class=icon viewBox='0 0 20 20' aria-hidden=true><path d='{path}'/></svg>"))
}

/// A sign inside a line of text.
pub(crate) fn small_icon(sign: Sign) -> Element {
    icon(sign).attr("data-size", "small")
}
