//! The text of an upload. It contains the number of its save, so that the save of
//! an orphan is known, and it has a fixed size, so that a torn file is found.

/// `save 0000000017 `
const HEAD: usize = 16;
const PATTERN: &[u8] = b"what is left on the disk when its client has left? ";

/// The text of that save, `size` bytes of ASCII that JSON need not escape.
#[must_use]
pub fn text(save: u64, size: usize) -> Vec<u8> {
    let mut text = format!("save {save:010} ").into_bytes();
    text.extend(PATTERN.iter().cycle().take(size.saturating_sub(HEAD)));
    text.truncate(size);
    text
}

/// The request's body.
#[must_use]
pub fn body(save: u64, size: usize) -> Vec<u8> {
    let mut body = br#"{"text":""#.to_vec();
    body.extend(text(save, size));
    body.extend(br#""}"#);
    body
}

/// The save that a file says it is of.
#[must_use]
pub fn save_of(file: &[u8]) -> Option<u64> {
    let head = std::str::from_utf8(file.get(..HEAD)?).ok()?;
    head.strip_prefix("save ")?.trim_end().parse().ok()
}

/// Whether the file is all of some save's text.
#[must_use]
pub fn is_whole(file: &[u8], size: usize) -> bool {
    save_of(file).is_some_and(|save| file == text(save, size))
}
