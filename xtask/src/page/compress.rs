//! A `.br` and a `.gz` beside every file they make smaller, so that the server compresses nothing.

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write, path::Path};
use walkdir::WalkDir;

/// Kinds of files that are not compressed already.
const COMPRESSIBLE: [&str; 8] = ["css", "html", "js", "json", "map", "svg", "wasm", "webmanifest"];

/// Writes the compressed siblings of everything in a directory.
///
/// # Errors
/// If a file cannot be read or written.
pub(super) fn all(dist: &Path) -> Result<()> {
    for entry in WalkDir::new(dist) {
        let entry = entry?;
        let path = entry.path();
        let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        if entry.file_type().is_file() && COMPRESSIBLE.contains(&kind) {
            let plain = fs::read(path)?;
            keep_if_smaller(path, "br", &plain, &brotli(&plain)?)?;
            keep_if_smaller(path, "gz", &plain, &gzip(&plain)?)?;
        }
    }
    Ok(())
}

fn keep_if_smaller(path: &Path, kind: &str, plain: &[u8], packed: &[u8]) -> Result<()> {
    if packed.len() < plain.len() {
        let mut sibling = path.as_os_str().to_owned();
        sibling.push(".");
        sibling.push(kind);
        fs::write(sibling, packed)?;
    }
    Ok(())
}

/// Quality 11 with the largest window browsers accept.
fn brotli(mut plain: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let size_hint = plain.len();
    let settings = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint, ..Default::default() };
    brotli::BrotliCompress(&mut plain, &mut packed, &settings)?;
    Ok(packed)
}

fn gzip(plain: &[u8]) -> Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(plain)?;
    Ok(packed.finish()?)
}
