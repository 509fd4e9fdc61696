//! Where a Redis answer ends: enough of RESP3 to take whole answers out of a stream.

/// The length of the first whole answer in `bytes`; none while it is not all there.
pub(super) fn whole(bytes: &[u8]) -> Option<usize> {
    let line = bytes.windows(2).position(|pair| pair == b"\r\n")?;
    let head = std::str::from_utf8(bytes.get(1..line)?).ok()?;
    let after = line + 2;
    let count = head.parse::<i64>().unwrap_or(0);
    match bytes.first()? {
        b'$' | b'!' | b'=' if count >= 0 => {
            let end = after + usize::try_from(count).ok()? + 2;
            (bytes.len() >= end).then_some(end)
        }
        b'*' | b'~' | b'>' => several(bytes, after, count),
        b'%' | b'|' => several(bytes, after, count * 2),
        _ => Some(after),
    }
}

fn several(bytes: &[u8], from: usize, count: i64) -> Option<usize> {
    (0..count.max(0)).try_fold(from, |at, _| Some(at + whole(bytes.get(at..)?)?))
}

/// Whether an answer is an announcement to somebody who listens.
pub(super) fn announces(answer: &[u8]) -> bool {
    answer.starts_with(b">") && answer.windows(8).any(|word| word == b"smessage")
}

#[cfg(test)]
mod tests {
    use super::{announces, whole};

    #[test]
    fn whole_answers_are_found_and_parts_are_not() {
        let push: &[u8] = b">3\r\n$8\r\nsmessage\r\n$1\r\na\r\n$4\r\n\r\n\r\n\r\n";
        let text = [push, b"+OK\r\n"].concat();
        assert_eq!(whole(&text), Some(push.len()));
        assert!((0..push.len()).all(|part| whole(&push[..part]).is_none()));
        assert_eq!(whole(b"%1\r\n+a\r\n*2\r\n:1\r\n_\r\n:9\r\n"), Some(19));
        assert_eq!(whole(b"$-1\r\n:1\r\n"), Some(5));
        assert!(announces(push) && !announces(b">3\r\n$10\r\nssubscribe\r\n"));
    }
}
