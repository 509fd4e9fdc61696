//! The checks of ids, texts and names.

use super::{NAME_SCALARS, TEXT_BYTES, TEXT_SCALARS};
use crate::v1::Problem;

/// Whether `text` has the form of an opaque id: 1 to 64 of `A–Z a–z 0–9 _ -`.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}

/// Whether `text` can be said. It is kept as it is: white space, line ends and all.
///
/// # Errors
/// [`Problem::TextEmpty`] when nothing of it would show, [`Problem::TextTooLong`] over the limits.
pub fn check_text(text: &str) -> Result<(), Problem> {
    if text.len() > TEXT_BYTES || text.chars().count() > TEXT_SCALARS {
        return Err(Problem::TextTooLong {
            max: TEXT_SCALARS as u32,
            max_bytes: TEXT_BYTES as u32,
        });
    }
    if text.chars().all(|c| c.is_whitespace() || hidden(c)) {
        return Err(Problem::TextEmpty);
    }
    Ok(())
}

/// `name` without white space around it and with each run of it inside made one space, if it can
/// be a person's or a room's name. Whether another one looks like it, only the server can say.
///
/// # Errors
/// [`Problem::NameNotAllowed`] when nothing is left, it is over 40 scalars, or it has control,
/// bidirectional-formatting, invisible or private characters.
pub fn check_name(name: &str) -> Result<String, Problem> {
    let tidy = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = tidy.chars().count();
    let allowed = !name.chars().any(|c| hidden(c) || private(c));
    if length == 0 || length > NAME_SCALARS || !allowed {
        return Err(Problem::NameNotAllowed { max: NAME_SCALARS as u32 });
    }
    Ok(tidy)
}

/// Whether a character shows nothing, or changes how the text around it is read (Unicode 16:
/// general categories Cc, Cf, Zl, Zp, the default-ignorable ones and the blank letters).
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c as u32,
            0x00AD | 0x034F | 0x0600..=0x0605 | 0x061C | 0x06DD | 0x070F | 0x0890 | 0x0891 | 0x08E2
            | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x2028..=0x202E | 0x2060..=0x206F | 0x2800 | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF
            | 0xFFA0 | 0xFFF0..=0xFFFB | 0x110BD | 0x110CD | 0x13430..=0x1343F
            | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

/// Whether a character means something only among those who agreed on it (Co), or is none.
fn private(c: char) -> bool {
    let code = c as u32;
    matches!(code, 0xE000..=0xF8FF | 0xF_0000.. | 0xFDD0..=0xFDEF) || code & 0xFFFE == 0xFFFE
}
