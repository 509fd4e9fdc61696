//! Settings, good and bad.

use super::{Config, Invocation, Task};

fn read(flags: &[&str]) -> Result<Config, String> {
    let words = [&["parlor"], flags].concat();
    let read = Invocation::try_read(&words).map_err(|error| error.to_string())?;
    assert_eq!(read.task, Task::Serve);
    Ok(read.config)
}

#[test]
fn nothing_told_is_the_default() {
    assert_eq!(read(&[]).unwrap(), Config::default());
}

#[test]
fn the_doctor_takes_the_servers_flags() {
    let read = Invocation::try_read(&["parlor", "doctor", "--keep", "7"]).unwrap();
    assert_eq!(
        read,
        Invocation { task: Task::Doctor, config: Config { keep: 7, ..Config::default() } }
    );
    let error = Invocation::try_read(&["parlor", "doctor", "--keep", "0"]).unwrap_err();
    assert!(error.to_string().contains("--keep"), "{error}");
}

#[test]
fn a_bad_value_is_named() {
    for (flag, value) in [
        ("--listen", "somewhere"),
        ("--keep", "0"),
        ("--keep", "100001"),
        ("--redis-url", "http://localhost"),
        ("--redis-prefix", "a:b"),
        ("--redis-wait", "all"),
        ("--redis-wait", "17"),
        ("--public-url", "chat.example.org"),
        ("--public-url", "https://chat.example.org/path"),
        ("--allow-origin", "*"),
        ("--outbox-mib", "1"),
        ("--sends", "0"),
        ("--sessions-per-hour", "many"),
        ("--rooms-per-day", "1000001"),
        ("--connections-per-address", "0"),
        ("--renames-per-hour", "0"),
        ("--requests", "0"),
        ("--ping", "0"),
        ("--metrics-listen", "9464"),
    ] {
        let error = read(&[flag, value]).unwrap_err();
        assert!(error.contains(flag), "{flag} {value}: {error}");
    }
}

#[test]
fn only_a_public_url_with_tls_makes_the_cookie_secure() {
    assert!(read(&["--public-url", "https://chat.example.org/"]).unwrap().is_secure());
    assert!(!read(&["--public-url", "http://localhost:3000"]).unwrap().is_secure());
    assert!(!Config::default().is_secure());
}
