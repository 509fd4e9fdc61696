//! Takes a picture of every screen of the page: `screens <directory>`. `cargo xtask screens` builds
//! what it needs and runs it.
#![expect(clippy::unwrap_used, reason = "whoever takes pictures wants all of them or to know why")]

use std::{fs, path::Path};

use anyhow::Context;
use parlor_tests::{
    Device, EngineKind, NodeProcess, Store, Visitor,
    tour::{self, Story},
};

/// Screens that are also shown in the dark, on a phone, and in Chinese.
const MATTER: [&str; 8] = [
    "first-visit",
    "long-history",
    "people",
    "settings",
    "switcher",
    "torn-edge",
    "offline",
    "transports",
];

/// Makes what differs from run to run the same: times, hues, the blinking caret.
const SETTLE: &str = include_str!("screens/settle.js");

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let directory = std::env::args().nth(1).context("usage: screens <directory>")?;
    let directory = Path::new(&directory);
    fs::create_dir_all(directory)?;
    let binary = std::env::var("PARLOR_BIN").context("PARLOR_BIN names no server")?;
    for story in Story::ALL {
        let store = Store::new(EngineKind::Embedded).await?;
        let node = NodeProcess::start(&binary, &store, tour::KEEP).await?;
        tour::tour(story, &node, async |visitor, screen| {
            for (name, device, theme) in pictures(screen, story.code) {
                take(visitor, device, &[("prefers-color-scheme", theme)]).await;
                let file = format!("{screen}-{name}-{theme}-{}.png", story.code);
                fs::write(directory.join(file), visitor.picture().await).unwrap();
            }
            if screen == "long-history" && story.code == "en" {
                odd_ways_to_look(visitor, directory).await;
            }
            take(visitor, Device::Desktop, &[("prefers-color-scheme", "light")]).await;
        })
        .await;
    }
    Ok(())
}

/// How a screen is shown.
fn pictures(screen: &str, language: &str) -> Vec<(&'static str, Device, &'static str)> {
    let all = [
        ("desktop", Device::Desktop, "light"),
        ("desktop", Device::Desktop, "dark"),
        ("phone", Device::Phone, "light"),
        ("phone", Device::Phone, "dark"),
    ];
    let wanted: &[usize] = match (screen, language) {
        ("rooms", _) => &[0, 2],
        ("long-history", _) => &[0, 1, 2, 3],
        (matter, "en") if MATTER.contains(&matter) => &[0, 1, 2],
        (matter, _) if MATTER.contains(&matter) => &[0, 3],
        (_, "en") => &[0],
        (_, _) => &[],
    };
    wanted.iter().filter_map(|at| all.get(*at).copied()).collect()
}

/// Gets ready for a picture.
async fn take(visitor: &Visitor, device: Device, features: &[(&str, &str)]) {
    let calm = [features, &[("prefers-reduced-motion", "reduce")]].concat();
    visitor.holds(device).await;
    visitor.prefers(&calm).await;
    visitor.runs(SETTLE).await;
}

/// Zoomed, in forced colours, with rows that stand close.
async fn odd_ways_to_look(visitor: &Visitor, directory: &Path) {
    let light = ("prefers-color-scheme", "light");
    take(visitor, Device::Zoomed, &[light]).await;
    fs::write(directory.join("zoomed-desktop-light-en.png"), visitor.picture().await).unwrap();
    take(visitor, Device::Desktop, &[light, ("forced-colors", "active")]).await;
    fs::write(directory.join("forced-colours-desktop-light-en.png"), visitor.picture().await)
        .unwrap();
    visitor.look::<()>("document.documentElement.dataset.density = 'compact'").await;
    take(visitor, Device::Desktop, &[light]).await;
    fs::write(directory.join("compact-desktop-light-en.png"), visitor.picture().await).unwrap();
    visitor.look::<()>("delete document.documentElement.dataset.density").await;
}
