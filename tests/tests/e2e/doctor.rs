//! `parlor doctor`: finds what will hurt and says what to change.

use std::{path::Path, process::Command};

use parlor_tests::{RedisServer, free_address};

use crate::stop::SERVER;

/// What the doctor said, and whether it was content.
struct Report {
    lines: Vec<String>,
    content: bool,
}

fn run(command: &mut Command) -> Report {
    let listen = free_address().unwrap().to_string();
    let output = command.env_remove("REDIS_URL").env("PARLOR_LISTEN", listen).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<String> = said.lines().map(str::to_owned).collect();
    assert!(!lines.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    Report { lines, content: output.status.success() }
}

async fn with_redis(redis: &str, flags: &[&str]) -> Report {
    let mut command = Command::new(SERVER);
    command.arg("doctor").args(["--redis-url", redis]).args(flags);
    tokio::task::spawn_blocking(move || run(&mut command)).await.unwrap()
}

fn on_data(data: &Path) -> Report {
    run(Command::new(SERVER).arg("doctor").arg("--data").arg(data))
}

impl Report {
    /// The one line of this kind that says `what`.
    fn has(&self, kind: &str, what: &str) {
        let said = |line: &&String| line.starts_with(kind) && line.contains(what);
        assert_eq!(self.lines.iter().filter(said).count(), 1, "{what}: {:#?}", self.lines);
    }

    fn problems(&self) -> usize {
        self.lines.iter().filter(|line| line.starts_with("problem")).count()
    }

    /// Whether it fails must be whether there is a problem, of this machine's too.
    fn is_consistent(&self) {
        assert_eq!(self.content, self.problems() == 0, "{:#?}", self.lines);
    }
}

#[tokio::test]
async fn a_redis_that_forgets_is_a_problem_by_each_setting() {
    let settings = ["--appendonly", "no", "--maxmemory-policy", "allkeys-lru"];
    let server = RedisServer::start_with(&settings).await.unwrap();
    let report = with_redis(&server.url(), &["--redis-wait", "1"]).await;
    report.has("problem", "CONFIG SET appendonly yes");
    report.has("problem", "CONFIG SET maxmemory-policy noeviction");
    report.has("problem", "--redis-wait is 1: nothing will be confirmed");
    report.has("ok", "takes writes");
    report.has("ok", "the clock of");
    assert!(!report.content);
}

#[tokio::test]
async fn a_redis_that_syncs_now_and_then_or_never_is_told_apart() {
    for (fsync, kind) in [("always", "ok"), ("everysec", "note"), ("no", "problem")] {
        let settings = ["--appendonly", "yes", "--appendfsync", fsync];
        let server = RedisServer::start_with(&settings).await.unwrap();
        let report = with_redis(&server.url(), &[]).await;
        report.has(kind, &format!("appendfsync {fsync}"));
        report.is_consistent();
    }
}

#[tokio::test]
async fn a_redis_that_takes_no_writes_is_a_problem() {
    let server =
        RedisServer::start_with(&["--maxmemory", "1", "--appendonly", "yes"]).await.unwrap();
    let report = with_redis(&server.url(), &[]).await;
    report.has("problem", "takes no writes");
    report.has("problem", "OOM");
    assert!(!report.content);
}

#[tokio::test]
async fn a_redis_that_is_not_there_is_named_without_its_password() {
    let url = format!("redis://:s3cret@{}", free_address().unwrap());
    let report = with_redis(&url, &[]).await;
    report.has("problem", "mend --redis-url");
    assert!(report.lines.iter().all(|line| !line.contains("s3cret")));
    assert!(!report.content);
}

#[test]
fn a_directory_that_can_be_written_is_fine_and_stays_as_it_was() {
    let directory = tempfile::tempdir().unwrap();
    let report = on_data(&directory.path().join("data"));
    report.has("ok", "can be written and synced");
    report.has("", "MiB of room");
    report.is_consistent();
    assert_eq!(std::fs::read_dir(directory.path().join("data")).unwrap().count(), 0);
}

#[test]
fn a_directory_that_cannot_be_written_is_a_problem() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    std::fs::write(&file, "in the way").unwrap();
    let report = on_data(&file.join("data"));
    report.has("problem", "choose another --data");
    assert!(!report.content);
}

#[test]
fn few_open_files_are_a_problem_and_a_busy_port_is_worth_a_note() {
    let directory = tempfile::tempdir().unwrap();
    let held = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = held.local_addr().unwrap().to_string();
    let script = format!("ulimit -n 256; exec {SERVER} doctor --listen {listen}");
    let mut shell = Command::new("sh");
    let report = run(shell.args(["-c", &script]).env("PARLOR_DATA", directory.path()));
    report.has("problem", "256 open files");
    report.has("note", "cannot be listened on");
    assert!(!report.content);
}

#[test]
fn a_bad_setting_ends_it_by_name_as_it_would_the_server() {
    let output = Command::new(SERVER).args(["doctor", "--keep", "0"]).output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("--keep"));
}
