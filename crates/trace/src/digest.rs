//! FNV-1a: a checksum that every language of the project writes in ten lines.
//!
//! It guards against accidents (a line cut short, two lines swapped by a bad
//! pipe), not against somebody who means harm.

use std::fmt;

/// A running FNV-1a hash, 32 bits wide as JavaScript multiplies that exactly
/// (`Math.imul`). Parameters: <https://datatracker.ietf.org/doc/rfc9923/>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(u32);

impl Digest {
    /// The hash of nothing.
    pub const EMPTY: Digest = Digest(0x811c_9dc5);

    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

/// A running FNV-1a hash, 64 bits wide: names a whole run in the recordings.
pub(crate) struct Digest64(u64);

impl Digest64 {
    pub(crate) const EMPTY: Digest64 = Digest64(0xcbf2_9ce4_8422_2325);

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    pub(crate) fn hex(&self) -> String {
        format!("{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test vectors of the FNV reference: "", "a", "foobar".
    #[test]
    fn agrees_with_the_published_vectors() {
        for (text, narrow, wide) in [
            ("", "811c9dc5", "cbf29ce484222325"),
            ("a", "e40c292c", "af63dc4c8601ec8c"),
            ("foobar", "bf9cf968", "85944171f73967e8"),
        ] {
            let (mut d32, mut d64) = (Digest::EMPTY, Digest64::EMPTY);
            d32.update(text.as_bytes());
            d64.update(text.as_bytes());
            assert_eq!(
                (d32.to_string().as_str(), d64.hex().as_str()),
                (narrow, wide)
            );
        }
    }
}
