//! Settings, good and bad.

use clap::Parser;

use super::Config;

fn read(flags: &[&str]) -> Result<Config, String> {
    let flags = ["parlor"].iter().chain(flags);
    Config::try_parse_from(flags).map_err(|error| error.to_string())
}

#[test]
fn nothing_told_is_the_default() {
    assert_eq!(read(&[]).unwrap(), Config::default());
}

#[test]
fn a_bad_value_is_named() {
    for (flag, value) in [
        ("--listen", "somewhere"),
        ("--keep", "0"),
        ("--keep", "100001"),
        ("--redis-url", "http://localhost"),
        ("--redis-prefix", "a:b"),
        ("--redis-wait", "-1"),
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
