//! Characters as a terminal shows them: cells by grapheme, and nothing that could control the terminal.

use super::harmless::Gate;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// One grapheme on its way to the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// Byte offset in the text it was taken from.
    pub at: usize,
    /// What to draw: the grapheme itself, or a visible stand-in for a control character.
    pub shown: &'a str,
    /// Width in cells, 1 or more.
    pub width: usize,
}

/// The graphemes of `text` that take up cells, in order. White space is a plain blank, control characters get a visible
/// form, bidi controls and other characters without width are left out: no text can move the cursor or colour the screen.
pub fn glyphs(text: &str) -> impl Iterator<Item = Glyph<'_>> {
    text.grapheme_indices(true).filter_map(|(at, grapheme)| {
        let first = grapheme.chars().next()?;
        let (shown, width) = match first {
            '\x20'..='\x7e' if grapheme.len() == 1 => (grapheme, 1),
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{a0}' => (" ", 1),
            '\x1b' => ("␛", 1),
            '\0'..='\x1f' | '\x7f'..='\u{9f}' => ("·", 1),
            _ => {
                let shown = let_through(grapheme);
                (shown, shown.width())
            }
        };
        (width > 0).then_some(Glyph { at, shown, width })
    })
}

/// The part of a grapheme before what the gate stops.
fn let_through(grapheme: &str) -> &str {
    let mut gate = Gate::default();
    let end = grapheme.char_indices().find(|&(_, c)| gate.stops(c)).map_or(grapheme.len(), |(at, _)| at);
    grapheme.get(..end).unwrap_or_default()
}

/// Width of `text` in cells, as [`glyphs`] shows it.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) { text.len() } else { glyphs(text).map(|glyph| glyph.width).sum() }
}

/// `text` cut to at most `columns` cells, with `…` where words are missing; control characters in their visible form.
pub fn clip(text: &str, columns: usize) -> Cow<'_, str> {
    let plain = text.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    if plain && text.len() <= columns {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut used = 0;
    for glyph in glyphs(text) {
        if used + glyph.width > columns {
            while used > columns.saturating_sub(1) {
                let Some((last, grapheme)) = out.grapheme_indices(true).next_back() else { break };
                used -= grapheme.width();
                out.truncate(last);
            }
            let kept = out.trim_end().len();
            out.truncate(kept);
            if columns > 0 {
                out.push('…');
            }
            return Cow::Owned(out);
        }
        used += glyph.width;
        out.push_str(glyph.shown);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_go_by_grapheme() {
        for (text, cells) in
            [("port levy", 9), ("港口", 4), ("e\u{301}te\u{301}", 3), ("👩‍👩‍👧", 2), ("a\tb", 3), ("\u{202e}ab", 2), ("ﾊﾞ", 2)]
        {
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn nothing_speaks_to_the_terminal() {
        let shown: String = glyphs("a\x1b]0;x\x07\u{9b}2J\u{202e}b\u{200b}\n").map(|glyph| glyph.shown).collect();
        assert_eq!(shown, "a␛]0;x··2Jb ");
        let flood = format!("e{}x\u{e0041}\u{fe0f}\u{fe0f}", "\u{301}".repeat(5000));
        let shown: String = glyphs(&flood).map(|glyph| glyph.shown).collect();
        assert_eq!(shown, format!("e{}x", "\u{301}".repeat(8)));
    }

    #[test]
    fn clipping_says_so() {
        assert_eq!(clip("transport ministry", 30), "transport ministry");
        assert_eq!(clip("transport ministry", 11), "transport…");
        assert_eq!(clip("港口港口", 5), "港口…");
        assert_eq!(clip("港口港口", 4), "港…");
        assert_eq!(clip("abc", 0), "");
    }
}
