//! Offsets in bytes, code points and UTF-16 units over one text.

use serde::{Deserialize, Serialize};

/// What an offset counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OffsetUnit {
    /// Unicode code points.
    #[default]
    CodePoint,
    /// Bytes of UTF-8.
    Byte,
    /// UTF-16 code units.
    Utf16,
}

impl OffsetUnit {
    /// Its name in the contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CodePoint => "codepoint",
            Self::Byte => "byte",
            Self::Utf16 => "utf16",
        }
    }
}

/// Turns byte offsets of one text into another unit and back.
pub struct Units {
    /// Byte offset and unit offset at the start of every stretch of equally wide characters: in both columns ascending.
    stretches: Vec<Stretch>,
}

#[derive(Clone, Copy)]
struct Stretch {
    byte: usize,
    unit: usize,
    /// Bytes and units of each character of the stretch.
    bytes_each: usize,
    units_each: usize,
}

impl Units {
    /// Walks `text` once; memory grows with the number of changes between narrow and wide characters.
    pub fn new(text: &str, unit: OffsetUnit) -> Self {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut at = 0;
        for (byte, c) in text.char_indices() {
            let bytes_each = c.len_utf8();
            let units_each = match unit {
                OffsetUnit::CodePoint => 1,
                OffsetUnit::Byte => bytes_each,
                OffsetUnit::Utf16 => c.len_utf16(),
            };
            if stretches.last().is_none_or(|s| s.bytes_each != bytes_each || s.units_each != units_each) {
                stretches.push(Stretch { byte, unit: at, bytes_each, units_each });
            }
            at += units_each;
        }
        Self { stretches }
    }

    /// The unit offset of the character that begins at byte offset `byte` (or of the text's end).
    pub fn unit_at(&self, byte: usize) -> usize {
        let found = self.stretches.partition_point(|s| s.byte <= byte).checked_sub(1).and_then(|i| self.stretches.get(i));
        found.map_or(0, |s| s.unit + (byte - s.byte) / s.bytes_each * s.units_each)
    }

    /// The byte offset of the character that begins at `unit`; one past the end gives an offset past the text's.
    pub fn byte_at(&self, unit: usize) -> usize {
        let found = self.stretches.partition_point(|s| s.unit <= unit).checked_sub(1).and_then(|i| self.stretches.get(i));
        found.map_or(unit, |s| ((unit - s.unit) / s.units_each).saturating_mul(s.bytes_each).saturating_add(s.byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_goes_there_and_back() {
        let text = "naïve “😀” ok";
        for (unit, end) in [(OffsetUnit::CodePoint, 12), (OffsetUnit::Byte, text.len()), (OffsetUnit::Utf16, 13)] {
            let units = Units::new(text, unit);
            for (byte, _) in text.char_indices() {
                assert_eq!(units.byte_at(units.unit_at(byte)), byte);
            }
            assert_eq!(units.unit_at(text.len()), end);
            assert_eq!(units.byte_at(end), text.len());
        }
    }
}
