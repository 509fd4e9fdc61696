//! Progress: one line when a step begins, one with its time when it ends.

use anyhow::{Context, Result};
use std::time::{Duration, Instant};

/// Runs one named step, telling when it starts and how long it took; its children print between.
///
/// # Errors
/// The step's own error, under its name.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("→ {name}");
    let start = Instant::now();
    let result = work().with_context(|| format!("failed: {name}"))?;
    println!("✓ {name} ({})", took(start.elapsed()));
    Ok(result)
}

/// A duration as people say it: `3.2 s`, `4 min 05 s`.
pub(crate) fn took(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_where_the_unit_changes() {
        assert_eq!(took(Duration::from_millis(3_240)), "3.2 s");
        assert_eq!(took(Duration::from_secs(245)), "4 min 05 s");
    }
}
