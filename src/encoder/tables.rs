//! The embedded tables: piece vectors (int8, read in place), vectors of position, shape and quote state, vocabulary.
//!
//! Layout (little-endian), as `training/encoder/export.py` writes it: `BYL1`, five `u32` (pieces, width, positions, shapes, quotes),
//! piece vectors `i8`, their scales `f32`, then position, shape and quote vectors `f32`, then text: the vocabulary, a line a
//! piece, an empty line, then accented letters with their bare ones, a pair a line.

use super::EncoderError;
use super::pieces::Vocabulary;

/// What the network is fed from.
pub(super) struct Tables {
    width: usize,
    pieces: &'static [u8],
    scales: Vec<f32>,
    positions: Vec<f32>,
    shapes: Vec<f32>,
    quotes: Vec<f32>,
    /// Words -> pieces.
    pub vocabulary: Vocabulary,
}

/// Takes parts off the front of the file; running out is an error, never a panic.
struct Cursor(&'static [u8]);

impl Cursor {
    fn take(&mut self, bytes: usize) -> Result<&'static [u8], EncoderError> {
        let (part, rest) = self.0.split_at_checked(bytes).ok_or_else(|| broken("the tables end too early"))?;
        self.0 = rest;
        Ok(part)
    }

    fn number(&mut self) -> Result<usize, EncoderError> {
        let bytes = self.take(4)?.try_into().map_err(|_| broken("a number is cut off"))?;
        Ok(u32::from_le_bytes(bytes) as usize)
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, EncoderError> {
        let bytes = self.take(count.saturating_mul(4))?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect())
    }
}

fn broken(what: &str) -> EncoderError {
    EncoderError::Broken(what.to_owned())
}

impl Tables {
    /// Reads the file; the piece vectors stay where they are.
    pub fn parse(file: &'static [u8]) -> Result<Self, EncoderError> {
        let mut cursor = Cursor(file);
        if cursor.take(4)? != b"BYL1" {
            return Err(broken("the tables are of another kind"));
        }
        let [pieces, width, positions, shapes, quotes] =
            [cursor.number()?, cursor.number()?, cursor.number()?, cursor.number()?, cursor.number()?];
        Ok(Self {
            width,
            pieces: cursor.take(pieces.saturating_mul(width))?,
            scales: cursor.floats(pieces)?,
            positions: cursor.floats(positions.saturating_mul(width))?,
            shapes: cursor.floats(shapes.saturating_mul(width))?,
            quotes: cursor.floats(quotes.saturating_mul(width))?,
            vocabulary: Vocabulary::parse(str::from_utf8(cursor.0).map_err(|_| broken("the vocabulary is no text"))?, pieces)?,
        })
    }

    /// Numbers a vector.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Most pieces a window may have.
    pub fn room(&self) -> usize {
        self.positions.len() / self.width.max(1)
    }

    /// Appends the vector of a piece at a place in its window.
    pub fn push_seen(&self, piece: u16, place: usize, out: &mut Vec<f32>) {
        let id = usize::from(piece);
        let scale = self.scales.get(id).copied().unwrap_or_default();
        let row = self.pieces.get(id * self.width..(id + 1) * self.width).unwrap_or_default();
        let position = row_of(&self.positions, place, self.width);
        out.extend(row.iter().zip(position).map(|(&byte, p)| f32::from(byte.cast_signed()) * scale + p));
    }

    /// Appends what is told of a piece: its shape and quote state.
    pub fn push_told(&self, shape: u8, quote: u8, out: &mut Vec<f32>) {
        let shape = row_of(&self.shapes, usize::from(shape), self.width);
        let quote = row_of(&self.quotes, usize::from(quote), self.width);
        out.extend(shape.iter().zip(quote).map(|(s, q)| s + q));
    }
}

fn row_of(table: &[f32], row: usize, width: usize) -> &[f32] {
    table.get(row * width..(row + 1) * width).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_is_an_error() {
        for file in [&b""[..], b"BYL", b"BYL2\0\0\0\0", b"BYL1\x09\0\0\0\x09\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0abc"] {
            assert!(matches!(Tables::parse(file), Err(EncoderError::Broken(_))));
        }
    }
}
