//! `soak`: people come and go for a long time; what they leave behind levels off, and in the end
//! nothing of them is left but what was said.

use std::{fmt, path::PathBuf, sync::Arc, time::Duration};

use anyhow::{Context, Result, ensure};
use parlor_model::Intent;
use parlor_shared::RoomId;
use parlor_tests::{Actor, EngineKind, Session, eventually, simulation::Dice};
use tokio::time::{Instant, interval, sleep_until};

use crate::{load::Target, sign_in};

/// Looks, evenly over the whole time.
const LOOKS: u32 = 24;
/// Commands of one author in one room that the store remembers: until all have said so much, it
/// grows by design.
const REMEMBERED: u64 = 1_000;
/// The part of the time after which all have.
const FULL_AT: f64 = 0.4;
/// Messages a room keeps.
const KEEP: u32 = 100;

/// How much is to be played.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The server's program.
    pub server: PathBuf,
    /// What it keeps its logs in.
    pub engine: EngineKind,
    /// For how long.
    pub lasts: Duration,
    /// People who come and go.
    pub people: usize,
    /// Rooms they come to.
    pub rooms: usize,
}

/// How things stand at one moment.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// Since the beginning.
    pub at: Duration,
    /// Bytes resident in the server.
    pub resident: u64,
    /// Bytes of the embedded store's file, or of Redis' memory.
    pub stored: u64,
    /// Keys in Redis; 0 for the embedded store.
    pub keys: u64,
    /// Files and sockets the server holds open.
    pub files: u64,
}

/// Plays it, and says how things stood.
///
/// # Errors
/// When something goes on growing, or is left behind by those who went.
pub async fn run(wish: &Wish) -> Result<Vec<Look>> {
    let target = Target::start_keeping(&wish.server, wish.engine, KEEP).await?;
    let sessions = sign_in(target.url(), "Guest", wish.people).await?;
    let rooms = Arc::new(rooms(&target, &sessions, wish.rooms).await?);
    nobody_is_left(&target).await?;
    let empty = look(&target, Duration::ZERO).await?;
    let (begun, end) = (Instant::now(), Instant::now() + wish.lasts);
    let every = wish.lasts.mul_f64(FULL_AT) / u32::try_from(REMEMBERED * wish.rooms as u64)?;
    let guests = sessions.into_iter().enumerate().map(|(number, session)| {
        let (url, rooms) = (target.url().to_owned(), Arc::clone(&rooms));
        tokio::spawn(comes_and_goes(url, session, rooms, Dice::new(number as u64), every, end))
    });
    let guests: Vec<_> = guests.collect();
    let (mut looks, mut ticks) = (Vec::new(), interval(wish.lasts / LOOKS));
    ticks.tick().await;
    while looks.len() < LOOKS as usize {
        ticks.tick().await;
        looks.push(look(&target, begun.elapsed()).await?);
        println!("{}", looks.last().copied().unwrap_or_default());
    }
    for guest in guests {
        guest.await?;
    }
    nobody_is_left(&target).await?;
    let left = look(&target, begun.elapsed()).await?;
    println!("{left}, when everybody had gone; {empty} before anybody came");
    let files = (empty.files, left.files);
    ensure!(
        left.files <= empty.files + 8,
        "files stay open: {} before, {} after",
        files.0,
        files.1
    );
    for (name, figure) in FIGURES {
        levels_off(&looks, name, figure)?;
    }
    looks.push(left);
    Ok(looks)
}

/// One figure of a look.
type Figure = fn(&Look) -> u64;

/// What must level off.
const FIGURES: [(&str, Figure); 3] = [
    ("the server's memory", |look| look.resident),
    ("what is stored", |look| look.stored),
    ("the number of keys", |look| look.keys),
];

/// Whether a figure's last quarter is at most a tenth above the quarter before.
fn levels_off(looks: &[Look], name: &str, figure: Figure) -> Result<()> {
    let median = |part: &[Look]| {
        let mut values: Vec<u64> = part.iter().map(figure).collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied().unwrap_or(0)
    };
    let quarter = looks.len() / 4;
    let (before, last) = looks.split_at(looks.len() - quarter);
    let before = before.get(before.len().saturating_sub(quarter)..).unwrap_or_default();
    let (before, last) = (median(before), median(last));
    ensure!(last <= before + before / 10, "{name} goes on growing: {before}, then {last}");
    Ok(())
}

async fn look(target: &Target, at: Duration) -> Result<Look> {
    target.is_alive()?;
    let usage = target.usage().context("an own server has a process")?;
    let (stored, keys) = target.stored().await?;
    let files = usage.open_files()? as u64;
    Ok(Look { at, resident: usage.resident()?, stored, keys, files })
}

/// Waits until the server itself says that nobody and nothing of them is there.
async fn nobody_is_left(target: &Target) -> Result<()> {
    let url = format!("{}/metrics", target.url());
    eventually("nobody is left", async || {
        let text = reqwest::get(&url).await.ok()?.text().await.ok()?;
        let gone = ["parlor_connections 0", "parlor_followed_logs 0", "parlor_outbox_bytes 0"];
        gone.iter().all(|gone| text.lines().any(|line| line == *gone)).then_some(())
    })
    .await
}

async fn rooms(target: &Target, sessions: &[Session], count: usize) -> Result<Vec<RoomId>> {
    let founder = Actor::open(target.url(), sessions.first().context("nobody")?);
    founder.is_connected().await?;
    for number in 0..count {
        founder.wants(Intent::CreateRoom { name: format!("Room {number}") });
    }
    // The lobby too.
    let all = |client: &parlor_model::Client| client.chat().rooms().len() > count;
    founder.until("the rooms are there", all).await?;
    let known = founder.look(|client| {
        client.chat().rooms().iter().map(|room| room.id().clone()).collect::<Vec<_>>()
    });
    Ok(known.into_iter().filter(|room| *room != RoomId::lobby()).collect())
}

/// One person: a visit, in one tab or two, a room or several, then away for a moment.
async fn comes_and_goes(
    url: String,
    session: Session,
    rooms: Arc<Vec<RoomId>>,
    mut dice: Dice,
    every: Duration,
    end: Instant,
) {
    while Instant::now() < end {
        let tabs: Vec<Actor> =
            (0..dice.between(1, 2)).map(|_| Actor::open(&url, &session)).collect();
        let Some(tab) = tabs.first() else { return };
        rooms.iter().for_each(|room| tab.wants(Intent::Join(room.clone())));
        let goes = (Instant::now() + Duration::from_secs(dice.between(3, 20))).min(end);
        let mut ticks = interval(every);
        while Instant::now() < goes {
            ticks.tick().await;
            let room = rooms.get(dice.place(rooms.len())).cloned();
            room.into_iter().for_each(|room| {
                tab.wants(Intent::Send { room, text: format!("said {}", dice.roll()) });
            });
        }
        if dice.percent(30) {
            let room = rooms.get(dice.place(rooms.len())).cloned();
            room.into_iter().for_each(|room| tab.wants(Intent::Leave(room)));
        }
        drop(tabs);
        sleep_until(Instant::now() + Duration::from_millis(dice.between(100, 2_000))).await;
    }
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        write!(f, "{:>6.0} s: memory {:.1} MiB", self.at.as_secs_f64(), mib(self.resident))?;
        write!(f, ", stored {:.1} MiB, keys {}", mib(self.stored), self.keys)?;
        write!(f, ", open files {}", self.files)
    }
}

#[cfg(test)]
mod tests {
    use super::{Look, levels_off};

    fn looks(resident: impl Fn(u64) -> u64) -> Vec<Look> {
        (0..24).map(|n| Look { resident: resident(n), ..Look::default() }).collect()
    }

    #[test]
    fn what_levels_off_is_told_from_what_goes_on_growing() {
        let resident = |look: &Look| look.resident;
        assert!(levels_off(&looks(|n| 1_000 + 100 * n.min(8)), "x", resident).is_ok());
        assert!(levels_off(&looks(|n| 1_000 + 100 * n), "x", resident).is_err());
    }
}
