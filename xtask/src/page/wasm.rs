//! WebAssembly as far as names go: its sections, and in them what it imports and exports.

use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;

/// How every module begins: the magic word and version 1.
const HEADER: &[u8] = b"\0asm\x01\0\0\0";
/// The sections that are of interest here; the first says nothing to the machine.
pub(super) const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
pub(super) const FUNCTIONS: u8 = 3;
const EXPORTS: u8 = 7;
pub(super) const CODE: u8 = 10;
/// The kind of an import that is a function, as all of wasm-bindgen's are.
const FUNCTION: u8 = 0;

/// What a module calls by name, and what it is called by.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// The module that all imports come from.
    pub(super) module: String,
    pub(super) imports: Vec<String>,
    pub(super) exports: Vec<String>,
}

/// New names. An export without one is left out.
#[derive(Debug)]
pub(super) struct NewNames<'a> {
    pub(super) module: &'a str,
    pub(super) imports: &'a BTreeMap<String, String>,
    pub(super) exports: &'a BTreeMap<String, String>,
}

/// The names in a module.
///
/// # Errors
/// If it is not what wasm-bindgen makes.
pub(super) fn names(module: &[u8]) -> Result<Names> {
    let mut names = Names::default();
    for (kind, mut body) in sections(module)? {
        match kind {
            IMPORTS => {
                for _ in 0..number(&mut body)? {
                    let (from, name, _) = import(&mut body)?;
                    ensure!(names.imports.is_empty() || names.module == from, "two modules");
                    names.module = from;
                    names.imports.push(name);
                }
            }
            EXPORTS => {
                for _ in 0..number(&mut body)? {
                    names.exports.push(export(&mut body)?.0);
                }
            }
            _ => {}
        }
    }
    Ok(names)
}

/// How many functions a module imports.
///
/// # Errors
/// If it is no module.
pub(super) fn imports(module: &[u8]) -> Result<u32> {
    let section = sections(module)?.into_iter().find(|(kind, _)| *kind == IMPORTS);
    section.map_or(Ok(0), |(_, mut body)| number(&mut body))
}

/// The module with new names.
///
/// # Errors
/// If an import has no new name, or the module is not what wasm-bindgen makes.
pub(super) fn renamed(module: &[u8], new: &NewNames<'_>) -> Result<Vec<u8>> {
    let mut written = HEADER.to_vec();
    for (kind, mut body) in sections(module)? {
        match kind {
            IMPORTS => put_section(&mut written, kind, &new_imports(&mut body, new)?),
            EXPORTS => put_section(&mut written, kind, &new_exports(&mut body, new)?),
            _ => put_section(&mut written, kind, body),
        }
    }
    Ok(written)
}

/// The module without its custom sections: names for debuggers, and who made it.
///
/// # Errors
/// If it is no module.
pub(super) fn bare(module: &[u8]) -> Result<Vec<u8>> {
    let mut written = HEADER.to_vec();
    for (kind, body) in sections(module)?.into_iter().filter(|(kind, _)| *kind != CUSTOM) {
        put_section(&mut written, kind, body);
    }
    Ok(written)
}

fn new_imports(body: &mut &[u8], new: &NewNames<'_>) -> Result<Vec<u8>> {
    let mut entries = Vec::new();
    let count = number(body)?;
    for _ in 0..count {
        let (_, name, signature) = import(body)?;
        put_text(&mut entries, new.module);
        put_text(&mut entries, new.imports.get(&name).context("an import has no new name")?);
        entries.push(FUNCTION);
        put_number(&mut entries, signature);
    }
    Ok(counted(count, entries))
}

fn new_exports(body: &mut &[u8], new: &NewNames<'_>) -> Result<Vec<u8>> {
    let (mut entries, mut kept) = (Vec::new(), 0);
    for _ in 0..number(body)? {
        let (name, kind, index) = export(body)?;
        if let Some(name) = new.exports.get(&name) {
            put_text(&mut entries, name);
            entries.push(kind);
            put_number(&mut entries, index);
            kept += 1;
        }
    }
    Ok(counted(kept, entries))
}

/// A module's sections: kind and content.
///
/// # Errors
/// If it is no module.
pub(super) fn sections(module: &[u8]) -> Result<Vec<(u8, &[u8])>> {
    let mut rest = module.strip_prefix(HEADER).context("this is no WebAssembly")?;
    let mut sections = Vec::new();
    while !rest.is_empty() {
        let kind = byte(&mut rest)?;
        let length = number(&mut rest)?;
        sections.push((kind, take(&mut rest, length)?));
    }
    Ok(sections)
}

/// An import's module, its name and its function's signature.
fn import(rest: &mut &[u8]) -> Result<(String, String, u32)> {
    let (module, name) = (text(rest)?, text(rest)?);
    ensure!(byte(rest)? == FUNCTION, "{name} is imported and no function");
    Ok((module, name, number(rest)?))
}

/// An export's name, kind and index.
fn export(rest: &mut &[u8]) -> Result<(String, u8, u32)> {
    Ok((text(rest)?, byte(rest)?, number(rest)?))
}

fn byte(rest: &mut &[u8]) -> Result<u8> {
    let (first, after) = rest.split_first().context("WebAssembly breaks off")?;
    *rest = after;
    Ok(*first)
}

/// The next `length` bytes.
///
/// # Errors
/// If there are not so many.
pub(super) fn take<'a>(rest: &mut &'a [u8], length: u32) -> Result<&'a [u8]> {
    let length = usize::try_from(length)?;
    let (taken, after) = rest.split_at_checked(length).context("WebAssembly breaks off")?;
    *rest = after;
    Ok(taken)
}

fn text(rest: &mut &[u8]) -> Result<String> {
    let length = number(rest)?;
    Ok(String::from_utf8(take(rest, length)?.to_vec())?)
}

/// A number in LEB128: seven bits a byte, the lowest first.
///
/// # Errors
/// If it breaks off, or has more than 32 bits.
pub(super) fn number(rest: &mut &[u8]) -> Result<u32> {
    let mut value = 0;
    for shift in [0, 7, 14, 21, 28] {
        let bits = byte(rest)?;
        value |= u32::from(bits & 0x7f) << shift;
        if bits < 0x80 {
            return Ok(value);
        }
    }
    bail!("a number of more than 32 bits")
}

/// Writes a number.
pub(super) fn put_number(written: &mut Vec<u8>, mut value: u32) {
    while value > 0x7f {
        written.extend((value as u8 | 0x80).to_le_bytes());
        value >>= 7;
    }
    written.extend((value as u8).to_le_bytes());
}

/// Writes bytes behind their number.
pub(super) fn put_bytes(written: &mut Vec<u8>, bytes: &[u8]) {
    // A module is far below 4 GiB.
    put_number(written, u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    written.extend(bytes);
}

fn put_text(written: &mut Vec<u8>, text: &str) {
    put_bytes(written, text.as_bytes());
}

/// Writes a section.
pub(super) fn put_section(written: &mut Vec<u8>, kind: u8, body: &[u8]) {
    written.push(kind);
    put_bytes(written, body);
}

fn counted(count: u32, entries: Vec<u8>) -> Vec<u8> {
    let mut body = Vec::new();
    put_number(&mut body, count);
    body.extend(entries);
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One custom section, two imports, two exports, and a section that is none of ours.
    fn module() -> Vec<u8> {
        let mut module = HEADER.to_vec();
        put_section(&mut module, CUSTOM, b"\x04name");
        put_section(&mut module, IMPORTS, b"\x02\x02./\x03now\0\x05\x02./\x03log\0\xc8\x01");
        put_section(&mut module, EXPORTS, b"\x02\x06memory\x02\0\x04main\0\x81\x01");
        put_section(&mut module, 11, b"\0");
        module
    }

    fn map(names: &[(&str, &str)]) -> BTreeMap<String, String> {
        names.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect()
    }

    #[test]
    fn names_are_read() {
        let names = names(&module()).unwrap();
        assert_eq!(names.module, "./");
        assert_eq!(names.imports, ["now", "log"]);
        assert_eq!(names.exports, ["memory", "main"]);
    }

    #[test]
    fn new_names_are_written_and_nothing_else_changes() {
        let (imports, exports) = (map(&[("now", "a"), ("log", "b")]), map(&[("memory", "a")]));
        let new = NewNames { module: "i", imports: &imports, exports: &exports };
        let bare = bare(&renamed(&module(), &new).unwrap()).unwrap();
        let mut wanted = HEADER.to_vec();
        put_section(&mut wanted, IMPORTS, b"\x02\x01i\x01a\0\x05\x01i\x01b\0\xc8\x01");
        put_section(&mut wanted, EXPORTS, b"\x01\x01a\x02\0");
        put_section(&mut wanted, 11, b"\0");
        assert_eq!(bare, wanted);
    }

    #[test]
    fn an_import_without_a_new_name_is_refused() {
        let (imports, exports) = (map(&[("now", "a")]), BTreeMap::new());
        let new = NewNames { module: "i", imports: &imports, exports: &exports };
        assert!(renamed(&module(), &new).is_err());
    }

    #[test]
    fn what_breaks_off_is_refused() {
        let module = module();
        assert!(names(b"\0asm").is_err());
        assert!(names(module.get(..module.len() - 1).unwrap()).is_err());
    }
}
