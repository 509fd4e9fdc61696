//! What the server writes to its log: which log and which connection, never what was said.

use std::{
    fs::{self, File},
    process::{Command, Stdio},
};

use parlor_tests::{Raw, Session, eventually, free_address};

use crate::{
    cast::{lobby, lobby_log, send},
    stop::SERVER,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn even_the_finest_log_has_ids_but_neither_texts_nor_tokens() {
    let directory = tempfile::tempdir().unwrap();
    let (address, log) = (free_address().unwrap(), directory.path().join("log"));
    let mut server = Command::new(SERVER)
        .env_remove("REDIS_URL")
        .env("PARLOR_LISTEN", address.to_string())
        .env("PARLOR_DATA", directory.path().join("data"))
        .env("PARLOR_LOG", "trace")
        .env("NO_COLOR", "1")
        .stdout(Stdio::null())
        .stderr(File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let url = format!("http://{address}");
    eventually("it answers", async || reqwest::get(format!("{url}/readyz")).await.ok())
        .await
        .unwrap();
    let session = Session::begin(&url, "Adalbert").await.unwrap();
    let (mut raw, welcome) = Raw::enter(&url, &session).await.unwrap();
    raw.follow(&lobby_log(), None).await.unwrap();
    raw.done(send(&lobby(), "s3cret")).await.unwrap();
    raw.ask(send(&lobby(), "")).await.unwrap().unwrap_err();
    let mut said = String::new();
    eventually("the refusal is logged", async || {
        said = fs::read_to_string(&log).unwrap();
        said.contains("refused").then_some(())
    })
    .await
    .unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    let refused = said.lines().find(|line| line.contains("refused")).unwrap();
    assert!(refused.contains(&format!("conn.id={}", welcome.connection)), "{refused}");
    assert!(refused.contains("log=room:lobby"), "{refused}");
    for secret in ["s3cret", session.token.as_str(), "Adalbert"] {
        let line = said.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} is in the log");
    }
}
