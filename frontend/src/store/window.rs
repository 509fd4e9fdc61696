//! Which of a room's rows are drawn: at most 300, the last ones or from a certain row on.

use parlor_model::{Row, RowKey};

/// Rows drawn at most.
const DRAWN: usize = 300;
/// Rows by which the window moves.
const STEP: usize = 60;
/// Rows drawn above the *new* line where it is gone to.
const ABOVE_NEW: usize = 100;

/// A window on a room's rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    rows: Vec<(RowKey, Row)>,
    /// The first row drawn; none for "the last rows, whichever they are".
    from: Option<RowKey>,
}

impl Window {
    /// The room's rows now.
    pub(super) fn fill(&mut self, rows: Vec<(RowKey, Row)>) {
        self.rows = rows;
    }

    /// The rows drawn.
    pub(super) fn drawn(&self) -> &[(RowKey, Row)] {
        let start = self.start();
        self.rows.get(start..self.end(start)).unwrap_or_default()
    }

    /// Whether there are rows below those drawn.
    pub(super) fn more_below(&self) -> bool {
        self.end(self.start()) < self.rows.len()
    }

    /// Keeps the first row drawn where it is.
    pub(super) fn hold(&mut self) {
        self.from = self.rows.get(self.start()).map(|(key, _)| *key);
    }

    /// Follows the end again. Says whether that changes what is drawn.
    pub(super) fn follow_end(&mut self) -> bool {
        let start = self.start();
        self.from = None;
        start != self.start()
    }

    /// Draws earlier rows. Says whether there were any.
    pub(super) fn earlier(&mut self) -> bool {
        let start = self.start();
        self.begin_at(start.saturating_sub(STEP));
        start != self.start()
    }

    /// Draws later rows. Says whether there were any.
    pub(super) fn later(&mut self) -> bool {
        let start = self.start();
        if !self.more_below() {
            return false;
        }
        self.begin_at((start + STEP).min(self.rows.len().saturating_sub(DRAWN)));
        start != self.start()
    }

    /// Draws the *new* line. Says whether there is one that was not drawn.
    pub(super) fn show_new(&mut self) -> bool {
        let start = self.start();
        let drawn = start..self.end(start);
        match self.rows.iter().position(|(_, row)| *row == Row::New) {
            Some(line) if !drawn.contains(&line) => {
                self.begin_at(line.saturating_sub(ABOVE_NEW));
                true
            }
            Some(_) | None => false,
        }
    }

    fn begin_at(&mut self, start: usize) {
        self.from = self.rows.get(start).map(|(key, _)| *key);
    }

    fn start(&self) -> usize {
        let held = self.from.and_then(|from| self.rows.iter().position(|(key, _)| *key == from));
        held.unwrap_or_else(|| self.rows.len().saturating_sub(DRAWN))
    }

    fn end(&self, start: usize) -> usize {
        (start + DRAWN).min(self.rows.len())
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::{Row, RowKey, Window};

    fn rows(keys: std::ops::Range<u64>) -> Vec<(RowKey, Row)> {
        keys.map(|key| (RowKey(key), Row::Start)).collect()
    }

    fn ends(window: &Window) -> (u64, u64) {
        let drawn = window.drawn();
        (drawn[0].0.0, drawn[drawn.len() - 1].0.0)
    }

    #[wasm_bindgen_test]
    fn the_last_rows_are_drawn_until_the_view_leaves_the_end() {
        let mut window = Window::default();
        window.fill(rows(0..1000));
        assert_eq!(ends(&window), (700, 999));
        window.hold();
        window.fill(rows(0..1100));
        assert_eq!(ends(&window), (700, 999));
        assert!(window.more_below());
        assert!(window.follow_end());
        assert_eq!(ends(&window), (800, 1099));
    }

    #[wasm_bindgen_test]
    fn the_window_goes_to_a_new_line_that_is_not_drawn() {
        let mut all = rows(0..1000);
        all[400].1 = Row::New;
        let mut window = Window::default();
        window.fill(all);
        assert!(window.show_new());
        assert_eq!(ends(&window), (300, 599));
        assert!(!window.show_new());
    }

    #[wasm_bindgen_test]
    fn the_window_moves_up_and_down_and_stops_at_the_edges() {
        let mut window = Window::default();
        window.fill(rows(0..500));
        assert!(window.earlier());
        assert_eq!(ends(&window), (140, 439));
        assert!(window.earlier() && window.earlier() && window.earlier());
        assert!(!window.earlier());
        assert_eq!(ends(&window), (0, 299));
        assert!(window.later() && window.later() && window.later() && window.later());
        assert!(!window.later());
        assert_eq!(ends(&window), (200, 499));
    }
}
