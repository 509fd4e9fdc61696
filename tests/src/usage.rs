//! What a process has used of the machine so far, as `/proc` tells it.

use std::{fs, time::Duration};

use anyhow::{Context, Result, ensure};
use nix::{time::clock_getcpuclockid, unistd::Pid};

/// A process to be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    pid: u32,
}

impl Usage {
    /// Of the process with this id.
    #[must_use]
    pub const fn of(pid: u32) -> Self {
        Self { pid }
    }

    /// Memory it has resident, in bytes.
    ///
    /// # Errors
    /// When it is not running.
    pub fn resident(self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next()).context("no VmRSS")?;
        Ok(kib.parse::<u64>()? * 1024)
    }

    /// Processor time it has used, of all its threads.
    ///
    /// # Errors
    /// When it is not running.
    pub fn processor_time(self) -> Result<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid))?;
        // After the name in brackets: state, ppid, …; utime and stime are fields 14 and 15.
        let (_, fields) = stat.rsplit_once(") ").context("an odd stat file")?;
        let ticks: Vec<u64> =
            fields.split(' ').skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
        ensure!(ticks.len() == 2, "an odd stat file");
        // The kernel's USER_HZ is 100 on every Linux.
        Ok(Duration::from_millis(ticks.iter().sum::<u64>() * 10))
    }

    /// The same to the nanosecond.
    ///
    /// # Errors
    /// When it is not running.
    pub fn exact_processor_time(self) -> Result<Duration> {
        let clock = clock_getcpuclockid(Pid::from_raw(self.pid.try_into()?))?;
        Ok(clock.now()?.into())
    }

    /// How many files and sockets it holds open.
    ///
    /// # Errors
    /// When it is not running, or another's.
    pub fn open_files(self) -> Result<usize> {
        Ok(fs::read_dir(format!("/proc/{}/fd", self.pid))?.count())
    }
}
