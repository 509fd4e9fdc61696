//! A file that is read as it is while what is written to it stays in memory.

use std::{collections::BTreeMap, fs::File, io, os::unix::fs::FileExt};

use parking_lot::Mutex;
use redb::StorageBackend;

/// Bytes that are kept as one once something within them was written.
const BLOCK: usize = 4_096;

/// The file and what was written over it.
#[derive(Debug)]
pub(super) struct Overlay {
    file: File,
    over: Mutex<Over>,
}

#[derive(Debug)]
struct Over {
    length: u64,
    /// How much of the file still counts; what was cut off is zeros when it comes back.
    of_file: u64,
    /// By place in the file, in blocks.
    blocks: BTreeMap<u64, Vec<u8>>,
}

impl Overlay {
    pub(super) fn new(file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(Self {
            file,
            over: Mutex::new(Over { length, of_file: length, blocks: BTreeMap::new() }),
        })
    }

    /// A block as it is now, with zeros beyond the file's end.
    fn block(&self, over: &Over, number: u64) -> io::Result<Vec<u8>> {
        if let Some(block) = over.blocks.get(&number) {
            return Ok(block.clone());
        }
        let mut block = vec![0; BLOCK];
        let begin = number * BLOCK as u64;
        let bytes = over.of_file.saturating_sub(begin).min(BLOCK as u64);
        let there = block.get_mut(..usize::try_from(bytes).unwrap_or(0)).unwrap_or_default();
        self.file.read_exact_at(there, begin)?;
        Ok(block)
    }
}

/// The blocks that a range touches: number, where the range begins within it, and how many bytes of
/// the range it holds.
fn parts(offset: u64, length: usize) -> impl Iterator<Item = (u64, usize, usize)> {
    let mut done = 0;
    std::iter::from_fn(move || {
        let at = offset + done as u64;
        let within = usize::try_from(at % BLOCK as u64).unwrap_or(0);
        let bytes = (BLOCK - within).min(length - done);
        done += bytes;
        (bytes > 0).then_some((at / BLOCK as u64, within, bytes))
    })
}

impl StorageBackend for Overlay {
    fn len(&self) -> io::Result<u64> {
        Ok(self.over.lock().length)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let over = self.over.lock();
        if offset.saturating_add(out.len() as u64) > over.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut rest = out;
        for (number, within, bytes) in parts(offset, rest.len()) {
            let block = self.block(&over, number)?;
            let (now, later) = rest.split_at_mut(bytes);
            now.copy_from_slice(block.get(within..within + bytes).unwrap_or_default());
            rest = later;
        }
        Ok(())
    }

    fn set_len(&self, length: u64) -> io::Result<()> {
        let mut over = self.over.lock();
        if length < over.length {
            over.of_file = over.of_file.min(length);
            over.blocks.retain(|number, block| {
                let left = length.saturating_sub(number * BLOCK as u64).min(BLOCK as u64);
                block.get_mut(usize::try_from(left).unwrap_or(BLOCK)..).unwrap_or_default().fill(0);
                left > 0
            });
        }
        over.length = length;
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut over = self.over.lock();
        let mut rest = data;
        for (number, within, bytes) in parts(offset, data.len()) {
            let mut block = self.block(&over, number)?;
            let (now, later) = rest.split_at(bytes);
            block.get_mut(within..within + bytes).unwrap_or_default().copy_from_slice(now);
            over.blocks.insert(number, block);
            rest = later;
        }
        over.length = over.length.max(offset + data.len() as u64);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::{Overlay, StorageBackend};

    #[test]
    fn what_is_written_is_read_and_the_file_stays_as_it_was() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let bytes: Vec<u8> = (0..16_000_u32).map(|n| (n % 251) as u8).collect();
        file.write_all(&bytes).unwrap();
        let overlay = Overlay::new(file.reopen().unwrap()).unwrap();
        overlay.write(4_000, &[7; 5_500]).unwrap();
        overlay.set_len(9_000).unwrap();
        overlay.set_len(20_000).unwrap();
        overlay.write(19_999, &[9]).unwrap();
        let mut read = vec![1; 20_000];
        overlay.read(0, &mut read).unwrap();
        let mut expected = bytes[..9_000].to_vec();
        expected[4_000..].fill(7);
        expected.resize(19_999, 0);
        expected.push(9);
        assert_eq!(read, expected);
        assert!(overlay.read(19_999, &mut [0; 2]).is_err(), "beyond the end");
        assert_eq!(std::fs::read(file.path()).unwrap(), bytes);
    }
}
