//! How many files this process may have open, connections above all, and room on a disk.

use std::{io, path::Path};

use nix::sys::{
    resource::{Resource, getrlimit, setrlimit},
    statvfs::statvfs,
};

/// The most files this process may allow itself.
///
/// # Errors
/// The system's own.
pub fn most() -> io::Result<u64> {
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE)?;
    Ok(most)
}

/// Allows this process as many open files as it may have: the lower limit that shells begin with is
/// for programs that cannot count above 1,024.
pub fn allow_most() {
    let raised = most().and_then(|most| Ok(setrlimit(Resource::RLIMIT_NOFILE, most, most)?));
    if let Err(error) = raised {
        tracing::debug!(%error, "the limit of open files stays as it is");
    }
}

/// Bytes that can still be written where `path` is.
///
/// # Errors
/// The system's own.
pub fn room(path: &Path) -> io::Result<u64> {
    let disk = statvfs(path)?;
    Ok(disk.blocks_available().saturating_mul(disk.fragment_size()))
}
