//! axe-core finds nothing on any screen, in light and in dark; where it cannot say by itself, a list
//! here says why it is well.

use parlor_tests::{
    Device, EngineKind, Visitor,
    tour::{self, Story},
};
use serde::Deserialize;

use crate::House;

/// The checker: `tests/vendor/axe-core`, Mozilla Public License 2.0.
const AXE: &str = include_str!("../../vendor/axe-core/axe.min.js");

/// Everything it finds, as rule, place and what it says. Axe takes what lies in the top layer for
/// covered by what lies below: there, contrasts are looked at with all else hidden. Rows that pass
/// under the day they are of are looked at with the day at its own place.
const FINDINGS: &str = "
    const flat = list => list.flatMap(({ id, nodes }) => nodes.map(node => ({
        rule: id, place: node.target.flat().join(' '),
        why: `${node.failureSummary} ${node.html.slice(0, 300)}` })));
    const kinds = { resultTypes: ['violations', 'incomplete'] };
    const days = [...document.querySelectorAll('.day')];
    for (const day of days) day.style.position = 'static';
    const told = await axe.run(document, kinds);
    for (const day of days) day.style.position = '';
    const top = document.querySelector(':popover-open, dialog[open]');
    if (!top) return { violations: flat(told.violations), incomplete: flat(told.incomplete) };
    const above = ({ rule, place }) => rule === 'color-contrast' && document.querySelector(place)?.closest(':popover-open, dialog[open]');
    document.body.style.visibility = 'hidden';
    top.style.visibility = 'visible';
    const alone = await axe.run(top, { ...kinds, runOnly: ['color-contrast'] });
    document.body.style.visibility = top.style.visibility = '';
    return {
        violations: [...flat(told.violations), ...flat(alone.violations)],
        incomplete: [...flat(told.incomplete).filter(it => !above(it)), ...flat(alone.incomplete)],
    };";

/// What axe cannot decide, by rule and a part of the place, and why it is well.
const KNOWN: [(&str, &str, &str); 2] = [
    (
        "color-contrast",
        "[data-testid=\"unread\"]",
        "a count of one digit, which axe takes for no text; in two digits the same colours pass",
    ),
    (
        "color-contrast",
        "kbd",
        "an arrow on a key, which axe takes for no text; the letters on other keys have the same colours",
    ),
];

#[derive(Debug, Deserialize)]
struct Findings {
    violations: Vec<Finding>,
    incomplete: Vec<Finding>,
}

#[derive(Debug, Deserialize)]
struct Finding {
    rule: String,
    place: String,
    why: String,
}

impl Finding {
    fn is_known(&self) -> bool {
        KNOWN.iter().any(|(rule, place, _)| self.rule == *rule && self.place.contains(place))
    }
}

/// Runs axe on what shows.
pub(crate) async fn findings(visitor: &Visitor, look: &str) -> Vec<String> {
    if !visitor.look::<bool>("return 'axe' in window").await {
        visitor.look::<()>(AXE).await;
    }
    let found: Findings = visitor.asks(FINDINGS).await;
    let open = found.incomplete.into_iter().filter(|finding| !finding.is_known());
    let wrong = found.violations.into_iter().chain(open);
    wrong.map(|it| format!("{look}: {} at {}: {}", it.rule, it.place, it.why)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_on_any_screen_in_light_or_dark_or_on_a_phone() {
    let house = House::keeping(EngineKind::Embedded, tour::KEEP).await;
    let mut found = Vec::new();
    tour::tour(Story::ALL[0], &house.node, async |visitor, screen| {
        let looks =
            [(Device::Phone, "light"), (Device::Desktop, "dark"), (Device::Desktop, "light")];
        for (device, theme) in looks {
            let features = [("prefers-color-scheme", theme), ("prefers-reduced-motion", "reduce")];
            visitor.holds(device).await;
            visitor.prefers(&features).await;
            found.extend(findings(visitor, &format!("{screen}, {device:?}, {theme}")).await);
        }
    })
    .await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
