//! The sign of Parlor: a lamp, and its name.

use crate::browser::element::{Element, drawn};

/// Lamp and name.
pub(crate) fn logo() -> Element {
    drawn(
        "<span class=mark><svg viewBox='0 0 24 24' aria-hidden=true>\
         <path class=bulb d='M8 15a4 4 0 0 0 8 0z'/><path d='M12 2v4M9 6h6l4.5 9h-15z'/></svg>Parlor</span>",
    )
}
