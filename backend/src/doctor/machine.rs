//! What the machine allows: files, connections that wait, room on the disk.

use std::{fs, io::Write, path::Path};

use super::{
    Finding,
    finding::{note, ok, problem},
};
use crate::{
    engine::embedded::{self, Found, OpenError},
    files,
    listener::BACKLOG,
};

/// Where Linux says how many connections may wait to be accepted.
const SOMAXCONN: &str = "/proc/sys/net/core/somaxconn";
/// Files a node needs besides its connections.
const OWN_FILES: u64 = 64;
/// Fewer connections than this are few for a chat.
const FEW_CONNECTIONS: u64 = 4_000;
/// With less room the store will soon take no more writes.
const LITTLE_ROOM: u64 = 256 * 1024 * 1024;
/// With less room somebody should know.
const SOME_ROOM: u64 = 2 * 1024 * 1024 * 1024;
const MIB: u64 = 1024 * 1024;

/// Looks at limits.
pub(super) fn look() -> Vec<Finding> {
    let mut findings = vec![match files::most() {
        Ok(most) => open_files(most),
        Err(error) => note(format!("the limit of open files cannot be read: {error}")),
    }];
    let somaxconn = fs::read_to_string(SOMAXCONN).ok();
    findings.push(match somaxconn.and_then(|text| text.trim().parse().ok()) {
        Some(somaxconn) => backlog(somaxconn),
        None => note(format!("{SOMAXCONN} cannot be read")),
    });
    findings
}

/// Looks at the embedded store's directory, and into its file where no server runs on it.
pub(super) fn look_at_data(data: &Path) -> Vec<Finding> {
    let shown = data.display();
    if let Err(error) = try_to_write(data) {
        let unfit = OpenError { place: data.to_owned(), fault: error.into() };
        return vec![problem(unfit.to_string())];
    }
    let room = match files::room(data) {
        Ok(room) => room_left(&shown.to_string(), room),
        Err(error) => note(format!("how much room {shown} has cannot be read: {error}")),
    };
    vec![ok(format!("{shown} can be written and synced")), room, store(data)]
}

fn store(data: &Path) -> Finding {
    let shown = data.display();
    match embedded::examine(data) {
        Ok(Found::Nothing) => ok(format!("{shown} has no store yet: the first start makes it")),
        Ok(Found::InUse) => ok(format!("the store in {shown} is in use and was not looked into")),
        Ok(Found::Whole) => ok(format!("the store in {shown} is whole")),
        Err(unfit) => problem(unfit.to_string()),
    }
}

fn open_files(most: u64) -> Finding {
    let connections = most.saturating_sub(OWN_FILES);
    let text = format!("{most} open files allow about {connections} connections");
    if connections < FEW_CONNECTIONS {
        return problem(format!("{text}: raise the limit (LimitNOFILE=65536, or ulimit -Hn)"));
    }
    ok(text)
}

fn backlog(somaxconn: u32) -> Finding {
    if somaxconn < BACKLOG {
        return problem(format!(
            "{somaxconn} connections may wait to be accepted: after a restart many come at once; \
             sysctl -w net.core.somaxconn={BACKLOG}"
        ));
    }
    ok(format!("{somaxconn} connections may wait to be accepted"))
}

fn room_left(shown: &str, room: u64) -> Finding {
    let text = format!("{shown} has {} MiB of room", room / MIB);
    if room < LITTLE_ROOM {
        return problem(format!("{text}: make room, a full disk takes no more messages"));
    }
    if room < SOME_ROOM { note(text) } else { ok(text) }
}

/// Writes and syncs a file, as the store does, and takes it away again.
fn try_to_write(data: &Path) -> std::io::Result<()> {
    fs::create_dir_all(data)?;
    let path = data.join(format!(".doctor-{}", std::process::id()));
    let written = fs::File::create(&path).and_then(|mut file| {
        file.write_all(b"written by parlor doctor\n")?;
        file.sync_all()
    });
    let removed = fs::remove_file(&path);
    written.and(removed)
}

#[cfg(test)]
mod tests {
    use super::{BACKLOG, LITTLE_ROOM, SOME_ROOM, backlog, open_files, room_left};

    #[test]
    fn too_little_of_anything_is_a_problem_that_says_what_to_change() {
        for (little, enough, change) in [
            (open_files(1_024), open_files(65_536), "LimitNOFILE"),
            (backlog(128), backlog(BACKLOG), "net.core.somaxconn=4096"),
            (room_left("./data", LITTLE_ROOM - 1), room_left("./data", SOME_ROOM), "make room"),
        ] {
            assert!(little.is_problem() && little.to_string().contains(change), "{little}");
            assert!(enough.to_string().starts_with("ok"), "{enough}");
        }
        assert!(room_left("./data", SOME_ROOM - 1).to_string().starts_with("note"));
    }
}
