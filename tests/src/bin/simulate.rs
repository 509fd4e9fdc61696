//! Plays many schedules of the simulation: `simulate --schedules 10000 --seed 1`.
//!
//! A failing seed is printed; `--schedules 1 --seed <it> --trace` replays it and tells what happens.

use std::{process::ExitCode, time::Instant};

use anyhow::{Context, bail};
use parlor_tests::simulation::{Planted, run, run_all};

/// What to play.
struct Wanted {
    schedules: u64,
    seed: u64,
    trace: bool,
    planted: Planted,
}

fn wanted() -> anyhow::Result<Wanted> {
    let mut wanted =
        Wanted { schedules: 1_000, seed: 1, trace: false, planted: Planted::default() };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number =
            || words.next().context("a number is missing")?.parse().context(word.clone());
        match word.as_str() {
            "--schedules" => wanted.schedules = number()?,
            "--seed" => wanted.seed = number()?,
            "--trace" => wanted.trace = true,
            "--ignore-epochs" => wanted.planted.ignore_epochs = true,
            "--ignore-rev" => wanted.planted.ignore_rev = true,
            "--ignore-repeats" => wanted.planted.ignore_repeats = true,
            "--forget-entries" => wanted.planted.forget_entries = true,
            "--ignore-positions" => wanted.planted.ignore_positions = true,
            "--skip-changes" => wanted.planted.skip_changes = true,
            _ => bail!(
                "{word}? Known: --schedules N, --seed N, --trace, and planted bugs: --ignore-epochs, \
                 --ignore-rev, --ignore-repeats, --forget-entries, --ignore-positions, \
                 --skip-changes"
            ),
        }
    }
    Ok(wanted)
}

fn main() -> anyhow::Result<ExitCode> {
    let wanted = wanted()?;
    let begun = Instant::now();
    if wanted.trace {
        println!("{:?}", run(wanted.seed, wanted.planted, true));
    }
    let played = run_all(wanted.seed..wanted.seed + wanted.schedules, wanted.planted);
    for (seed, broken) in &played.broken {
        println!("seed {seed}: {broken}");
    }
    let (schedules, failed) = (wanted.schedules, played.broken.len());
    let seconds = begun.elapsed().as_secs_f64();
    println!("{schedules} schedules, {failed} failed, {seconds:.1} s: {:?}", played.tally);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
