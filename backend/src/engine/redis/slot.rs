//! Which of a cluster's 16,384 slots a key is in. (The `redis` crate computes it too, but keeps the
//! number to itself.)

/// The slot of a key: CRC-16/XMODEM of what stands between the first `{` and the next `}`.
pub(super) fn slot_of(key: &str) -> u16 {
    let tag = key.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map(|(tag, _)| tag);
    let hashed = tag.filter(|tag| !tag.is_empty()).unwrap_or(key);
    hashed.bytes().fold(0, crc16) % 16_384
}

fn crc16(crc: u16, byte: u8) -> u16 {
    (0..8).fold(crc ^ (u16::from(byte) << 8), |crc, _| {
        if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
    })
}

#[cfg(test)]
mod tests {
    use super::slot_of;

    #[test]
    fn slots_are_those_of_the_cluster_specification() {
        assert_eq!(slot_of("123456789"), 0x31C3);
        assert_eq!(slot_of("foo"), 12_182);
        assert_eq!(slot_of("any:{foo}:more"), 12_182);
    }
}
