//! The content security policy of the built page: the inline scripts of its documents by hash, no others.

use anyhow::{Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// The header's value for all documents.
///
/// # Errors
/// If one holds inline styles or handlers, which the policy blocks.
pub(super) fn of(documents: &[String]) -> Result<String> {
    for blocked in ["<style", " style=", " onclick=", " onload=", " onerror=", "javascript:"] {
        let holds = documents.iter().any(|document| document.contains(blocked));
        ensure!(!holds, "the page holds `{blocked}`, which its policy blocks");
    }
    let hashes: String = documents
        .iter()
        .flat_map(|document| inline_scripts(document))
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
        let page = r#"<script>1</script><script type=module src="/a.js"></script>"#.to_owned();
        let policy = of(&[page, "<script>2</script>".to_owned()]).unwrap();
        // printf 1 | openssl dgst -sha256 -binary | base64
        assert!(policy.contains("'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"));
        // printf 2 | openssl dgst -sha256 -binary | base64
        assert!(policy.contains("'sha256-1HNeOiZeFu7gP1lxi5tdAwGcB9i2xR+Q2jpmbuwTqzU='"));
        assert_eq!(policy.matches("sha256-").count(), 2);
    }

    #[test]
    fn a_page_that_its_own_policy_would_break_is_refused() {
        let sound = "<p>".to_owned();
        assert!(of(&[sound.clone(), r#"<p style="color:red">"#.to_owned()]).is_err());
        assert!(of(&["<style>p{}</style>".to_owned(), sound]).is_err());
    }
}
