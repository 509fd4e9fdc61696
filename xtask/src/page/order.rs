//! The program's functions in an order in which compression finds like beside like: by signature,
//! then by their bytes (2 KB of brotli). `wasm-opt` can sort functions by name, so they get names
//! by which their order is this one; they are no part of what is served.

use super::wasm::{
    CODE, CUSTOM, FUNCTIONS, imports, number, put_bytes, put_number, put_section, sections, take,
};
use anyhow::{Context, Result, ensure};

/// A program whose functions bear names, and where each came from.
#[derive(Debug)]
pub(super) struct Ordered {
    pub(super) program: Vec<u8>,
    /// How many functions are imported; they come first.
    pub(super) imported: u32,
    /// The old place of each of the others, in the new order.
    pub(super) places: Vec<usize>,
}

/// Names each function by its place in the new order.
///
/// # Errors
/// If the program is no module.
pub(super) fn named(program: &[u8]) -> Result<Ordered> {
    let imported = imports(program)?;
    let (mut signatures, mut bodies) = (Vec::new(), Vec::new());
    for (kind, mut body) in sections(program)? {
        if kind == FUNCTIONS {
            for _ in 0..number(&mut body)? {
                signatures.push(number(&mut body)?);
            }
        } else if kind == CODE {
            for _ in 0..number(&mut body)? {
                let length = number(&mut body)?;
                bodies.push(take(&mut body, length)?);
            }
        }
    }
    ensure!(signatures.len() == bodies.len(), "signatures and bodies differ in number");
    let mut order: Vec<_> = signatures.iter().zip(&bodies).enumerate().collect();
    order.sort_by_key(|(place, function)| (*function, *place));
    let places: Vec<_> = order.into_iter().map(|(place, _)| place).collect();
    let mut named = program.to_vec();
    put_section(&mut named, CUSTOM, &names(imported, &places)?);
    Ok(Ordered { program: named, imported, places })
}

/// A `name` section that gives every function its new place as a name.
fn names(imported: u32, places: &[usize]) -> Result<Vec<u8>> {
    /// The part of the section that names functions.
    const OF_FUNCTIONS: u8 = 1;
    let mut ranks: Vec<_> = places.iter().enumerate().map(|(rank, place)| (*place, rank)).collect();
    ranks.sort_unstable();
    let mut entries = Vec::new();
    put_number(&mut entries, u32::try_from(ranks.len())?);
    for (place, rank) in ranks {
        put_number(&mut entries, imported + u32::try_from(place)?);
        put_bytes(&mut entries, format!("{rank:06}").as_bytes());
    }
    let mut section = Vec::new();
    put_bytes(&mut section, b"name");
    put_section(&mut section, OF_FUNCTIONS, &entries);
    Ok(section)
}

/// A `wasm-opt --symbolmap`, `index:name` by line, as it is after the functions have moved.
///
/// # Errors
/// If it names too few functions.
pub(super) fn moved(functions: &str, ordered: &Ordered) -> Result<String> {
    let names: Vec<_> =
        functions.lines().map(|line| line.split_once(':').map_or(line, |(_, name)| name)).collect();
    let imported = usize::try_from(ordered.imported)?;
    let places = (0..imported).chain(ordered.places.iter().map(|place| place + imported));
    let lines = places.enumerate().map(|(index, place)| {
        let name = names.get(place).context("a function has no name")?;
        Ok(format!("{index}:{name}\n"))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_named_in_the_order_of_signature_and_bytes() {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        put_section(&mut module, 2, b"\x01\x01i\x01a\0\0");
        put_section(&mut module, FUNCTIONS, b"\x03\x01\0\0");
        put_section(&mut module, CODE, b"\x03\x02\0\x0b\x03\0\x01\x0b\x02\0\x0b");

        let ordered = named(&module).unwrap();

        assert_eq!((ordered.imported, ordered.places.as_slice()), (1, [1, 2, 0].as_slice()));
        let mut wanted = module.clone();
        put_section(
            &mut wanted,
            CUSTOM,
            b"\x04name\x01\x19\x03\x01\x06000002\x02\x06000000\x03\x06000001",
        );
        assert_eq!(ordered.program, wanted);
        assert_eq!(moved("0:now\n1:c\n2:a\n3:b\n", &ordered).unwrap(), "0:now\n1:a\n2:b\n3:c\n");
        assert!(moved("0:now\n", &ordered).is_err());
    }
}
