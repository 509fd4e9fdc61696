//! Child processes: found on the PATH, run to their end, and named in full when they fail.

use anyhow::{Context, Result, bail};
use std::{
    env,
    ffi::OsStr,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{ChildStdout, Command, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::Duration,
};

/// How long nothing is printed before it is looked whether the process has ended.
const QUIET: Duration = Duration::from_secs(1);

/// Runs a command with its output shown.
///
/// # Errors
/// If it cannot start, or ends without success.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start: {}", line(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", line(command));
    }
    Ok(())
}

/// Runs a command in silence and returns what it printed.
///
/// # Errors
/// If it cannot start, or ends without success; what it said is in the error.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::piped())
        .output()
        .with_context(|| format!("cannot start: {}", line(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{} ended with {}: {}", line(command), output.status, said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command with its output shown, handing each printed line to `seen` as well.
/// The answer says whether it ended with success. A process it left behind that still holds the
/// output open does not keep this waiting.
///
/// # Errors
/// If it cannot start or its end cannot be seen.
pub(crate) fn watch(command: &mut Command, mut seen: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start: {}", line(command)))?;
    let printed = child.stdout.take().map(lines_of).context("the output is not piped")?;
    loop {
        match printed.recv_timeout(QUIET) {
            Ok(text) => seen(&text),
            Err(RecvTimeoutError::Disconnected) => return Ok(child.wait()?.success()),
            Err(RecvTimeoutError::Timeout) => {
                if let Some(status) = child.try_wait()? {
                    return Ok(status.success());
                }
            }
        }
    }
}

/// Prints what comes out of a process, and passes each line on.
fn lines_of(output: ChildStdout) -> Receiver<String> {
    let (lines, printed) = mpsc::channel();
    thread::spawn(move || {
        for text in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let text = String::from_utf8_lossy(&text).into_owned();
            println!("{text}");
            if lines.send(text).is_err() {
                break;
            }
        }
    });
    printed
}

/// Where a program lies on the PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|directory| directory.join(&name))
        .find(|path| path.is_file())
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect();
    words.join(" ")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::time::Instant;

    fn shell(script: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]);
        shell
    }

    #[test]
    fn every_line_and_the_end_are_seen() {
        let mut lines = Vec::new();
        let well = watch(&mut shell("echo a; echo b; exit 3"), |line| lines.push(line.to_owned()));
        assert_eq!((lines, well.unwrap()), (vec!["a".to_owned(), "b".to_owned()], false));
    }

    #[test]
    fn a_process_left_behind_does_not_keep_the_run_waiting() {
        let start = Instant::now();
        assert!(watch(&mut shell("echo a; sleep 20 & exit 0"), |_| ()).unwrap());
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}
