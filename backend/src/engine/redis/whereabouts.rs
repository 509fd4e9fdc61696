//! Which primary has which slots, looked up at the start, when told of a move, and regularly: a cluster
//! tells it itself; where sentinels watch over one primary, they do.

use std::{
    ops::RangeInclusive,
    sync::{Arc, Weak},
    time::Duration,
};

use redis::{ConnectionAddr, ConnectionInfo};
use tokio::time::Instant;

use super::{
    address::Topology,
    backoff::Backoff,
    cluster,
    keys::Keys,
    primaries::Primaries,
    primary::{Owners, Primary, owner},
    sentinel,
    slot::slot_of,
};

/// How often a cluster is looked at without being told.
const LOOK_AT_CLUSTER: Duration = Duration::from_secs(5);
/// How often sentinels are asked: a fail-over comes untold, and costs them little to name.
const ASK_SENTINELS: Duration = Duration::from_secs(1);
/// How often it is seen whether a look is due; while a primary is away, each time: its successor comes untold.
const BEAT: Duration = Duration::from_secs(1);
/// The least time between two looks, however many calls ran into a move.
const PAUSE: Duration = Duration::from_millis(100);

/// Slots and the `host, port` that has them.
pub(super) type Slots = Vec<(RangeInclusive<u16>, String, u16)>;

/// Looks until some node named in the URL tells where the slots are.
pub(super) async fn first_look(primaries: &Primaries, deadline: Instant) -> Result<(), String> {
    let mut backoff = Backoff::default();
    loop {
        let why = match look(primaries).await {
            Ok(()) => return Ok(()),
            Err(why) => why,
        };
        let next = Instant::now() + backoff.next();
        if next > deadline {
            return Err(why);
        }
        tokio::time::sleep_until(next).await;
    }
}

/// Keeps looking for as long as `primaries` lives. A single server needs none of it.
pub(super) fn keep_informed(primaries: &Arc<Primaries>) {
    let every = match primaries.address.topology {
        Topology::Standalone => return,
        Topology::Cluster => LOOK_AT_CLUSTER,
        Topology::Sentinel => ASK_SENTINELS,
    };
    let misplaced = Arc::clone(&primaries.misplaced);
    let primaries = Arc::downgrade(primaries);
    tokio::spawn(async move {
        let (mut told, mut looked) = (false, Instant::now());
        loop {
            tokio::select! {
                () = misplaced.notified() => {}
                () = tokio::time::sleep(BEAT) => {
                    if looked.elapsed() < every && all_are_up(&primaries) {
                        continue;
                    }
                }
            }
            looked = Instant::now();
            if !look_once(&primaries, &mut told).await {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
    });
}

fn all_are_up(primaries: &Weak<Primaries>) -> bool {
    let primaries = primaries.upgrade();
    primaries.is_some_and(|held| held.all().iter().all(|primary| primary.connection.is_up()))
}

async fn look_once(primaries: &Weak<Primaries>, told: &mut bool) -> bool {
    let Some(primaries) = primaries.upgrade() else { return false };
    let shown = &primaries.address.shown;
    match look(&primaries).await {
        Err(why) if !*told => {
            tracing::warn!(redis = shown, why, "nobody says where the primaries are");
            *told = true;
        }
        Err(_) => {}
        Ok(()) if *told => {
            tracing::info!(redis = shown, "it is known again where the primaries are");
            *told = false;
        }
        Ok(()) => {}
    }
    primaries.looked.notify_waiters();
    true
}

/// One look.
///
/// # Errors
/// Why nobody says where the primaries are.
pub(super) async fn look(primaries: &Primaries) -> Result<(), String> {
    let slots = match primaries.address.topology {
        Topology::Standalone => return Ok(()),
        Topology::Cluster => cluster::slots(primaries).await?,
        Topology::Sentinel => {
            let (host, port) = sentinel::primary(&primaries.address).await?;
            vec![(0..=u16::MAX, host, port)]
        }
    };
    settle(primaries, slots).await
}

/// Takes the slots as they are now, and moves followed logs to where they belong.
async fn settle(primaries: &Primaries, slots: Slots) -> Result<(), String> {
    let known = primaries.all();
    let mut owners: Owners = Vec::new();
    for (range, host, port) in slots {
        let info = info_for(primaries, host, port)?;
        let address = info.addr().to_string();
        let mut met = known.iter().chain(owners.iter().map(|(_, primary)| primary));
        let held = met.find(|primary| primary.address == address).map(Arc::clone);
        let primary = match held {
            Some(primary) => primary,
            None => primaries.primary(info).map_err(|error| error.to_string())?,
        };
        owners.push((range, primary));
    }
    let before = primaries.replace_owners(owners.clone());
    tell_of_change(&before, &owners);
    rehome(primaries, &before, &owners).await;
    for primary in primaries.all() {
        primary.subscriber.adopt_unheard().await;
    }
    Ok(())
}

/// A fail-over or a moved slot, for whoever reads the log.
fn tell_of_change(before: &Owners, now: &Owners) {
    let known = |primary: &Arc<Primary>| before.iter().any(|(_, held)| Arc::ptr_eq(held, primary));
    let new: Vec<&str> = now
        .iter()
        .filter(|(_, primary)| !before.is_empty() && !known(primary))
        .map(|(_, primary)| primary.address.as_str())
        .collect();
    if !new.is_empty() {
        tracing::info!(redis.addresses = ?new, "another primary took over");
    }
}

/// Moves the subscriptions of logs whose slot has another owner now.
async fn rehome(primaries: &Primaries, before: &Owners, now: &Owners) {
    for log in primaries.followed() {
        let slot = slot_of(&Keys::tag(&log));
        let (old, new) = (owner(before, slot), owner(now, slot));
        if same(old.as_ref(), new.as_ref()) {
            continue;
        }
        if let Some(old) = old {
            old.subscriber.unfollow(&log).await;
        }
        if let Some(new) = new {
            new.subscriber.adopt(&log).await;
        }
    }
}

fn same(old: Option<&Arc<Primary>>, new: Option<&Arc<Primary>>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => Arc::ptr_eq(old, new),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// The settings for a node: those of the first node in the URL, at another address.
fn info_for(primaries: &Primaries, host: String, port: u16) -> Result<ConnectionInfo, String> {
    let seed = primaries.address.seeds.first().ok_or("the URL names no node")?;
    let mut address = ConnectionAddr::Tcp(host.clone(), port);
    if let ConnectionAddr::TcpTls { insecure, tls_params, .. } = seed.addr() {
        let (insecure, tls_params) = (*insecure, tls_params.clone());
        address = ConnectionAddr::TcpTls { host, port, insecure, tls_params };
    }
    Ok(seed.clone().set_addr(address))
}
