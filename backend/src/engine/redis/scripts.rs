//! The Lua scripts. Each does one thing at once: nothing of anybody else's comes in between.

use std::sync::LazyLock;

use redis::Script;

/// A script that writes. The first line makes Redis refuse it whole when it takes no writes, and
/// not in the middle.
macro_rules! writes {
    ($($file:literal),+) => { LazyLock::new(|| {
        Script::new(concat!("#!lua\n", $(include_str!(concat!("lua/", $file))),+))
    }) };
}

/// A script that only reads: it runs also when Redis is out of memory or cannot save.
macro_rules! reads {
    ($($file:literal),+) => { LazyLock::new(|| {
        Script::new(concat!("#!lua flags=no-writes\n", $(include_str!(concat!("lua/", $file))),+))
    }) };
}

/// Writes one change of a log.
pub(super) static WRITE: LazyLock<Script> = writes!("log.lua", "write.lua");
/// What changed in a log, and its newest page.
pub(super) static CHANGES: LazyLock<Script> = reads!("log.lua", "changes.lua");
/// Messages before a number.
pub(super) static HISTORY: LazyLock<Script> = reads!("log.lua", "history.lua");
/// Records by the beginning of their key.
pub(super) static RECORDS: LazyLock<Script> = reads!("records.lua");
/// Where a log is.
pub(super) static TOP: LazyLock<Script> = reads!("log.lua", "top.lua");
/// Takes a name for a new account and begins its session.
pub(super) static CREATE_ACCOUNT: LazyLock<Script> = writes!("create_account.lua");
/// Gives an account another name.
pub(super) static RENAME: LazyLock<Script> = writes!("rename.lua");
/// Notes that a session was used.
pub(super) static USE_SESSION: LazyLock<Script> = writes!("use_session.lua");
/// Ends a session.
pub(super) static END_SESSION: LazyLock<Script> = writes!("end_session.lua");
/// Lists a room.
pub(super) static CREATE_ROOM: LazyLock<Script> = writes!("create_room.lua");
/// Finds rooms by name.
pub(super) static FIND_ROOMS: LazyLock<Script> = reads!("find_rooms.lua");
/// Renews a node's lease.
pub(super) static RENEW_LEASE: LazyLock<Script> = writes!("renew_lease.lua");
/// Nodes with a lease.
pub(super) static ONLINE_NODES: LazyLock<Script> = reads!("online_nodes.lua");
