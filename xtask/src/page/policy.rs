//! The content security policy of the built index.html: its inline scripts by hash, no others.

use anyhow::{Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// The header's value for this page.
///
/// # Errors
/// If the page holds inline styles or handlers, which the policy blocks.
pub(super) fn of(index: &str) -> Result<String> {
    for blocked in ["<style", " style=", " onclick=", " onload=", " onerror=", "javascript:"] {
        ensure!(!index.contains(blocked), "index.html holds `{blocked}`, which its policy blocks");
    }
    let hashes: String = inline_scripts(index)
        .map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script))))
        .collect();
    Ok(format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{hashes}; object-src 'none'; \
         base-uri 'none'; frame-ancestors 'none'"
    ))
}

/// The text of each script that has no `src`, byte for byte: that is what browsers hash.
fn inline_scripts(index: &str) -> impl Iterator<Item = &str> {
    index.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script")?;
        (!attributes.contains(" src=")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_inline_scripts_are_hashed() {
        let page = r#"<script>1</script><script type=module src="/a.js"></script>"#;
        let policy = of(page).unwrap();
        // printf 1 | openssl dgst -sha256 -binary | base64
        assert!(policy.contains("'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"));
        assert_eq!(policy.matches("sha256-").count(), 1);
    }

    #[test]
    fn a_page_that_its_own_policy_would_break_is_refused() {
        assert!(of(r#"<p style="color:red">"#).is_err());
        assert!(of("<style>p{}</style>").is_err());
    }
}
