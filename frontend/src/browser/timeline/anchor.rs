//! Finding rows in the view, and by how much they moved.

use parlor_shared::Number;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::store::RowKey;

/// A row and how far below the top of the view it is, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Anchor {
    key: String,
    top: f64,
}

impl Anchor {
    /// This row, to be that far below the top.
    pub(super) fn of(row: &Element, top: f64) -> Option<Self> {
        Some(Self { key: row.get_attribute("data-row")?, top })
    }

    /// The row of that key, if it is drawn.
    pub(super) fn of_row(list: &Element, row: RowKey, top: f64) -> Option<Self> {
        let anchor = Self { key: row.0.to_string(), top };
        anchor.find(list).map(|_| anchor)
    }

    /// The row of that key where it is now, if it is drawn.
    pub(super) fn where_it_is(scroller: &Element, list: &Element, row: RowKey) -> Option<Self> {
        let anchor = Self::of_row(list, row, 0.0)?;
        let top = anchor.moved(scroller, list)?;
        Some(Self { top, ..anchor })
    }

    /// The first message in view, where it is now. Lines that come and go are no anchors.
    pub(super) fn in_view(scroller: &Element, list: &Element) -> Option<Self> {
        let edge = scroller.get_bounding_client_rect().top();
        let rows = list.children();
        let bottom =
            |at: u32| rows.item(at).map_or(f64::MAX, |row| row.get_bounding_client_rect().bottom());
        let (mut low, mut high) = (0, rows.length());
        while low < high {
            let middle = u32::midpoint(low, high);
            if bottom(middle) > edge { high = middle } else { low = middle + 1 }
        }
        let messages = (low..rows.length()).filter_map(|at| rows.item(at));
        let row = messages.into_iter().find(|row| row.has_attribute("data-number"))?;
        Self::of(&row, row.get_bounding_client_rect().top() - edge)
    }

    /// By how much the row moved down since; `None` once it is gone.
    pub(super) fn moved(&self, scroller: &Element, list: &Element) -> Option<f64> {
        let row = self.find(list)?.get_bounding_client_rect();
        Some(row.top() - scroller.get_bounding_client_rect().top() - self.top)
    }

    fn find(&self, list: &Element) -> Option<Element> {
        list.query_selector(&format!("[data-row=\"{}\"]", self.key)).ok().flatten()
    }
}

/// The gap within `near` pixels of the view, by the number that loads its end nearer to the view.
pub(super) fn gap_near(scroller: &Element, list: &Element, near: f64) -> Option<Number> {
    let view = scroller.get_bounding_client_rect();
    let gaps = list.query_selector_all("[data-gap]").ok()?;
    (0..gaps.length()).rev().find_map(|at| {
        let gap: Element = gaps.item(at)?.dyn_into().ok()?;
        let place = gap.get_bounding_client_rect();
        let close = place.bottom() > view.top() - near && place.top() < view.bottom() + near;
        let below = place.bottom() > view.bottom();
        let end = if below { "data-upper" } else { "data-gap" };
        if close { gap.get_attribute(end)?.parse().ok() } else { None }
    })
}
