//! A data directory that cannot be used: the server says once what is wrong, with which file, and what
//! to do, and leaves everything as it was; the doctor says the same.

use std::{
    fs::{self, Permissions},
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Arc,
};

use parlor::engine::{Announcement, Delivery, embedded};
use parlor_tests::{EngineKind, NodeProcess, PATIENCE, Store, free_address};
use redb::{Database, ReadableDatabase, TableDefinition};

use crate::stop::SERVER;

/// Somebody who is not root.
const NOBODY: u32 = 65_534;

/// Where a store says its layout.
const ABOUT: TableDefinition<'_, &str, u64> = TableDefinition::new("about");

struct Deaf;

impl Delivery for Deaf {
    fn deliver(&self, _: Announcement) {}
}

/// A data directory with a store that was closed.
fn used() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    drop(embedded::open(dir.path(), Arc::new(Deaf)).unwrap());
    dir
}

fn store(dir: &tempfile::TempDir) -> PathBuf {
    dir.path().join("parlor.redb")
}

fn server(data: &Path) -> Command {
    let mut command = Command::new(SERVER);
    let listen = free_address().unwrap().to_string();
    command.env_remove("REDIS_URL").env_remove("RUST_BACKTRACE").env("PARLOR_LISTEN", listen);
    command.env("PARLOR_LOG", "off").env("PARLOR_DATA", data);
    command
}

/// What it said when it ended. A server that starts does not end.
async fn ends(command: Command) -> Output {
    let mut command = tokio::process::Command::from(command);
    let output = command.kill_on_drop(true).output();
    tokio::time::timeout(PATIENCE, output).await.unwrap().unwrap()
}

async fn doctor(mut command: Command) -> String {
    command.arg("doctor");
    String::from_utf8(ends(command).await.stdout).unwrap()
}

/// Both say that `place` is `wrong` and what to `do_next`, the server in one line and no more.
async fn is_refused(command: impl Fn() -> Command, place: &Path, wrong: &str, do_next: &str) {
    let Output { status, stdout, stderr } = ends(command()).await;
    let (stdout, said) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(1), "{said}");
    assert_eq!((stdout.as_str(), said.lines().count()), ("", 1), "{said}");
    let begins = format!("Error: {} {wrong}", place.display());
    assert!(said.starts_with(&begins) && said.contains(do_next), "{said}");
    let report = doctor(command()).await;
    let told = said.trim().strip_prefix("Error: ").unwrap();
    assert!(report.lines().any(|line| line == format!("problem  {told}")), "{told}: {report}");
}

async fn is_refused_and_stays(dir: &tempfile::TempDir, wrong: &str, do_next: &str) {
    let before = fs::read(store(dir)).unwrap();
    is_refused(|| server(dir.path()), &store(dir), wrong, do_next).await;
    assert!(fs::read(store(dir)).unwrap() == before, "the file was changed");
}

#[tokio::test]
async fn a_store_cut_short_is_refused_and_left_as_it_is() {
    let dir = used();
    let file = fs::OpenOptions::new().write(true).open(store(&dir)).unwrap();
    file.set_len(file.metadata().unwrap().len() / 2).unwrap();
    is_refused_and_stays(&dir, "is damaged (File truncated", "put the backup in its place").await;
}

#[tokio::test]
async fn a_file_that_is_no_store_is_refused_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(store(&dir), "somebody's diary").unwrap();
    is_refused_and_stays(&dir, "is not a store of Parlor's", "move it away to start anew").await;
}

#[tokio::test]
async fn a_store_that_a_newer_parlor_arranged_is_refused_and_left_as_it_is() {
    let dir = used();
    let database = Database::open(store(&dir)).unwrap();
    let txn = database.begin_write().unwrap();
    assert_eq!(txn.open_table(ABOUT).unwrap().insert("layout", 2).unwrap().unwrap().value(), 1);
    txn.commit().unwrap();
    drop(database);
    let wrong = "was written by a newer Parlor (layout 2; this one knows 1)";
    is_refused(|| server(dir.path()), &store(&dir), wrong, "run the newer one").await;
    let database = Database::open(store(&dir)).unwrap();
    let about = database.begin_read().unwrap().open_table(ABOUT).unwrap();
    assert_eq!(about.get("layout").unwrap().unwrap().value(), 2);
}

/// Those written before files said which layout they have.
#[test]
fn a_store_that_says_no_layout_is_taken_and_says_it_from_then_on() {
    let dir = used();
    let database = Database::open(store(&dir)).unwrap();
    let txn = database.begin_write().unwrap();
    assert!(txn.delete_table(ABOUT).unwrap());
    txn.commit().unwrap();
    drop(database);
    drop(embedded::open(dir.path(), Arc::new(Deaf)).unwrap());
    let database = Database::open(store(&dir)).unwrap();
    let about = database.begin_read().unwrap().open_table(ABOUT).unwrap();
    assert_eq!(about.get("layout").unwrap().unwrap().value(), 1);
}

#[tokio::test]
async fn a_store_in_a_newer_file_format_is_refused_and_left_as_it_is() {
    let dir = used();
    let mut bytes = fs::read(store(&dir)).unwrap();
    // Where redb keeps the version of each of its two headers.
    for place in [64, 192] {
        assert_eq!(bytes[place], 3, "redb's format is another than this test knows");
        bytes[place] = 4;
    }
    fs::write(store(&dir), bytes).unwrap();
    is_refused_and_stays(&dir, "was written by another version of Parlor", "run that one").await;
}

#[tokio::test]
async fn a_file_in_place_of_the_directory_and_a_directory_in_place_of_the_file_are_in_the_way() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    fs::write(&data, "in the way").unwrap();
    is_refused(|| server(&data), &data, "is in the way", "choose another --data").await;
    fs::remove_file(&data).unwrap();
    let file = data.join("parlor.redb");
    fs::create_dir_all(&file).unwrap();
    is_refused(|| server(&data), &file, "is in the way", "move it away").await;
}

#[tokio::test]
async fn a_second_server_on_a_directory_is_told_so_and_the_first_goes_on() {
    let kept = Store::new(EngineKind::Embedded).await.unwrap();
    let first = NodeProcess::start(SERVER, &kept, 100).await.unwrap();
    let data = kept.data().unwrap();
    let (second, report) = tokio::join!(ends(server(&data)), doctor(server(&data)));
    let said = String::from_utf8(second.stderr).unwrap();
    let begins = format!("Error: {} is in use", data.join("parlor.redb").display());
    assert!(said.starts_with(&begins) && said.contains("stop that one"), "{said}");
    assert_eq!((second.status.code(), said.lines().count()), (Some(1), 1), "{said}");
    assert!(report.lines().any(|line| line.starts_with("ok") && line.contains("is in use")));
    let ready = reqwest::get(format!("{}/readyz", first.url())).await.unwrap();
    assert!(ready.status().is_success(), "{ready:?}");
}

/// The server as somebody who has no rights by nature: from a copy that everybody may run.
fn as_nobody(dir: &tempfile::TempDir, data: &Path) -> Command {
    let binary = dir.path().join("parlor");
    if !binary.exists() {
        fs::copy(SERVER, &binary).unwrap();
    }
    let as_server = server(data);
    let mut command = Command::new(binary);
    command.env_remove("REDIS_URL").env_remove("RUST_BACKTRACE");
    for (name, value) in as_server.get_envs() {
        value.map(|value| command.env(name, value));
    }
    if fs::metadata(dir.path()).unwrap().uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

#[tokio::test]
async fn a_directory_and_a_file_without_rights_are_refused_with_the_right_to_give() {
    let dir = used();
    let set = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    let data = dir.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::rename(store(&dir), data.join("parlor.redb")).unwrap();
    let give = "let the server's user read and write";
    for (directory, file) in [(0o777, 0o400), (0o777, 0o000)] {
        set(dir.path(), 0o755);
        set(&data, directory);
        set(&data.join("parlor.redb"), file);
        let place = data.join("parlor.redb");
        is_refused(|| as_nobody(&dir, &data), &place, "may not be used", give).await;
    }
    fs::remove_file(data.join("parlor.redb")).unwrap();
    set(&data, 0o555);
    let report = doctor(as_nobody(&dir, &data)).await;
    let told = format!("problem  {} may not be used", data.display());
    assert!(report.lines().any(|line| line.starts_with(&told) && line.contains(give)), "{report}");
    set(&data, 0o755);
}
