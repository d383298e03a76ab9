//! Which characters never reach a terminal, a message, a clipboard or a file for people. The one table of them: cleaning leaves them out on
//! the way in, cells and exports stop them on the way out, so that text which is kept unchanged cannot control the terminal either.

use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// Most zero-width characters that one letter may carry: Hebrew and Khmer use four, floods of marks have hundreds.
const MARKS: usize = 8;

/// Tells, character by character, what must be stopped: C0 and C1 controls except line feed and tab, what turns text around (bidi marks,
/// embeddings, overrides, isolates), letters that nobody sees (tags, zero-width spaces, interlinear marks), and floods of marks and of
/// variation selectors.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    previous: char,
    marks: usize,
}

impl Gate {
    /// Whether `c`, after the characters that got through before it, must be stopped.
    pub fn stops(&mut self, c: char) -> bool {
        if c.is_ascii() {
            let stopped = c.is_ascii_control() && c != '\n' && c != '\t';
            if !stopped {
                (self.previous, self.marks) = (c, 0);
            }
            return stopped;
        }
        let marks = if c.width() == Some(0) { self.marks + 1 } else { 0 };
        let selects_nothing = match c {
            '\u{fe00}'..='\u{fe0f}' => is_selector(self.previous),
            '\u{e0100}'..='\u{e01ef}' => !is_ideograph(self.previous),
            _ => false,
        };
        let stopped = c.is_control() || turns_text(c) || is_unseen(c) || selects_nothing || marks > MARKS;
        if !stopped {
            (self.previous, self.marks) = (c, marks);
        }
        stopped
    }
}

/// Bidirectional marks, embeddings, overrides and isolates.
const fn turns_text(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

/// Tags, interlinear marks, zero-width spaces, invisible operators and byte order marks. Soft hyphens and joiners are not
/// among them: words and emoji are made with them.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{e0000}'..='\u{e007f}' | '\u{fff9}'..='\u{fffb}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{180e}')
}

const fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// `text` with U+FFFD for every character that the gate stops, one for one, so that offsets in code points stay; a carriage return is a blank.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let mut gate = Gate::default();
    if !text.chars().any(|c| gate.stops(c)) {
        return Cow::Borrowed(text);
    }
    let mut gate = Gate::default();
    let shown = |c| match (gate.stops(c), c) {
        (true, '\r') => ' ',
        (true, _) => char::REPLACEMENT_CHARACTER,
        (false, c) => c,
    };
    Cow::Owned(text.chars().map(shown).collect())
}

/// `text` as a message may hold it: harmless, and on one line.
pub fn one_line(text: &str) -> String {
    let breaks = |c| matches!(c, '\n' | '\t' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}');
    harmless(&text.replace(breaks, " ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &str) {
        assert_eq!(harmless(text), want);
    }

    #[test]
    fn what_speaks_is_stopped_one_for_one() {
        check("a\u{1b}[2Jb\u{9b}c\td\r\n", "a\u{fffd}[2Jb\u{fffd}c\td \n");
        check("x\u{202e}gnp\u{2069}\u{200b}\u{feff}", "x\u{fffd}gnp\u{fffd}\u{fffd}\u{fffd}");
        check("a\u{e0041}\u{e007f}", "a\u{fffd}\u{fffd}");
        assert_eq!(one_line("no such\nfile: \u{1b}]0;x\u{7}"), "no such file: \u{fffd}]0;x\u{fffd}");
    }

    #[test]
    fn what_the_world_writes_passes() {
        for text in ["naïve “😀”\n", "👩🏽‍❤️‍💋‍👨🏿 ☔︎", "בְּרֵאשִׁ֖ית", "葛\u{e0100}飾", "ก็ไม่", "co\u{ad}operate", "می\u{200c}خواهم"]
        {
            check(text, text);
        }
    }

    #[test]
    fn floods_are_cut() {
        let marks = "\u{301}".repeat(40);
        assert_eq!(harmless(&format!("e{marks}")).matches('\u{fffd}').count(), 32);
        check("a\u{fe01}\u{fe02}\u{fe03}b\u{e0101}", "a\u{fe01}\u{fffd}\u{fffd}b\u{fffd}");
    }
}
