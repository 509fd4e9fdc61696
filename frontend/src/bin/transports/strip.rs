//! The drawing of the last half minute: requests as bars, frames as ticks, messages as lines from where they
//! were said to where they were heard. Time goes to the right; now is at the end.

use std::fmt::Write as _;

use crate::{
    tally::{Purpose, Request, SHOWN_MS, Tally},
    transport::Transport,
};

/// Where the lines of an exchange are drawn, one under the other, since they may overlap.
const LANES: [u32; 3] = [13, 28, 43];
/// Where what is asked is drawn, and how high.
const HEAR: (u32, u32) = (60, 12);
/// The same of a socket, which is open rather than asking.
const OPEN: (u32, u32) = (64, 4);
/// The same of what is said.
const SAY: (u32, u32) = (79, 6);
/// The least width of a bar and of a tick, in hundredths of the strip.
const LEAST: f64 = 1.1;
const TICK: f64 = 0.7;

/// The strip at a moment.
pub(crate) fn strip(transport: Transport, tally: Option<&Tally>, now: f64) -> String {
    let mut svg = String::from("<svg class=strip aria-hidden=true>");
    for share in [1.0, 2.0] {
        let x = place(now - SHOWN_MS * share / 3.0, now);
        let _ = write!(svg, "<line class=grid x1={x:.2}% x2={x:.2}% y1=0 y2=92 />");
    }
    let (y, height) = HEAR;
    let rail = y + height / 2;
    let _ = write!(svg, "<line class=rail x1=0 x2=100% y1={rail} y2={rail} />");
    if let Some(tally) = tally {
        for request in &tally.shown {
            bar(&mut svg, transport, request, now);
        }
        for (at, own) in &tally.passed {
            let (class, (y, height)) = if *own { ("say", SAY) } else { ("frame", HEAR) };
            rect(&mut svg, class, place(*at, now), TICK, (y, height));
        }
        for message in &tally.messages {
            draw_message(&mut svg, message.number, (message.sent, message.heard), now);
        }
    }
    svg + "</svg>"
}

/// Where a moment lies, in hundredths of the strip.
fn place(at: f64, now: f64) -> f64 {
    (98.5 - (now - at) / SHOWN_MS * 97.5).max(-3.0)
}

fn bar(svg: &mut String, transport: Transport, request: &Request, now: f64) {
    let (from, to) = (place(request.from, now), place(request.to.unwrap_or(now), now));
    let (class, least, lane) = match (request.purpose, transport) {
        (Purpose::Say, _) => ("say", TICK, SAY),
        (Purpose::Hear, Transport::Socket) => ("hear", LEAST, OPEN),
        (Purpose::Hear, Transport::Short | Transport::Long) => ("hear", LEAST, HEAR),
    };
    rect(svg, class, from, (to - from).max(least), lane);
}

fn rect(svg: &mut String, class: &str, x: f64, width: f64, (y, height): (u32, u32)) {
    let _ = write!(
        svg,
        "<rect class={class} x={x:.2}% y={y} width={width:.2}% height={height} rx=2 />"
    );
}

/// A hollow ring where it was said, a light where it was heard, and the way between.
fn draw_message(svg: &mut String, number: u64, (sent, heard): (f64, Option<f64>), now: f64) {
    let lane = usize::try_from(number).unwrap_or_default() % LANES.len();
    let y = LANES.get(lane).copied().unwrap_or_default();
    let (from, to) = (place(sent, now), place(heard.unwrap_or(now), now));
    let _ = write!(svg, "<line class=way x1={from:.2}% x2={to:.2}% y1={y} y2={y} />");
    let _ = write!(svg, "<circle class=sent cx={from:.2}% cy={y} r=3 />");
    if heard.is_some() {
        let foot = HEAR.0;
        let _ = write!(svg, "<line class=drop x1={to:.2}% x2={to:.2}% y1={y} y2={foot} />");
        let _ = write!(svg, "<circle class=heard cx={to:.2}% cy={y} r=4.5 />");
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::strip;
    use crate::{
        tally::{Purpose, Tally},
        transport::Transport,
    };

    #[wasm_bindgen_test]
    fn a_request_is_a_bar_and_a_message_has_a_light_only_once_it_is_heard() {
        let mut tally = Tally::default();
        tally.begins(Purpose::Hear, "", 0.0);
        tally.expects(1, 0.0);
        let before = strip(Transport::Long, Some(&tally), 15_000.0);
        tally.ends(Purpose::Hear, 15_000.0);
        tally.hears(1, 15_000.0);
        let after = strip(Transport::Long, Some(&tally), 15_000.0);
        for drawn in [&before, &after] {
            assert!(drawn.contains("<rect class=hear x=49.75% y=60 width=48.75%"), "{drawn}");
            assert!(drawn.contains("class=sent cx=49.75%"), "{drawn}");
        }
        assert_eq!(
            (before.matches("class=heard").count(), after.matches("class=heard").count()),
            (0, 1)
        );
    }

    #[wasm_bindgen_test]
    fn a_strip_of_nothing_is_a_strip() {
        assert!(strip(Transport::Short, None, 0.0).starts_with("<svg"));
    }
}
