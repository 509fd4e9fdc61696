//! The way to the server: the one that the person chose, and the one that worked last.

use parlor_model::Way;

use crate::browser::storage::Storage;

/// Keeps the way that the person chose; nothing where the page chooses.
const CHOSEN: &str = "parlor.way";
/// Keeps the way that worked last, where it was not a socket.
const WORKED: &str = "parlor.way.worked";

/// The way that the person chose.
pub(crate) fn chosen(storage: &Storage) -> Option<Way> {
    kept(storage, CHOSEN)
}

/// Keeps what the person chose.
pub(crate) fn choose(storage: &Storage, way: Option<Way>) {
    keep(storage, CHOSEN, way);
}

/// The way that worked last in this browser.
pub(crate) fn worked(storage: &Storage) -> Way {
    kept(storage, WORKED).unwrap_or_default()
}

/// Keeps which way works. Where short polls did, the next load tries long ones first.
pub(crate) fn keep_worked(storage: &Storage, way: Way) {
    keep(storage, WORKED, (way != Way::Socket).then_some(Way::Long));
}

fn kept(storage: &Storage, key: &str) -> Option<Way> {
    match storage.get(key)?.as_str() {
        "socket" => Some(Way::Socket),
        "long" => Some(Way::Long),
        "short" => Some(Way::Short),
        _ => None,
    }
}

fn keep(storage: &Storage, key: &str, way: Option<Way>) {
    match way {
        Some(Way::Socket) => storage.set(key, "socket"),
        Some(Way::Long) => storage.set(key, "long"),
        Some(Way::Short) => storage.set(key, "short"),
        None => storage.remove(key),
    }
}
