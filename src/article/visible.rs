//! Where text becomes safe to show on its way in: whole escape sequences go, and every character that [`Gate`] stops.

use crate::text::Gate;

/// `text` without escape sequences, control characters and bidirectional overrides, every line break a `\n`.
///
/// Tabs stay. So do soft hyphens, joiners and no-break spaces: they do no harm in the raw view, and the clean text drops or
/// normalises them (see [`is_invisible`]).
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut gate = Gate::default();
    // How much of the text is left behind the line on which a control string was seen not to close: the line is looked through once.
    let mut unclosed = usize::MAX;
    while let Some(c) = rest.chars().next() {
        // Most of any text passes as it stands.
        let plain = rest.bytes().position(|b| !matches!(b, b' '..=b'~' | b'\n' | b'\t')).unwrap_or(rest.len());
        if let Some((run, behind)) = rest.split_at_checked(plain).filter(|(run, _)| !run.is_empty()) {
            out.push_str(run);
            // What stands on the last letter is the gate's to judge.
            if let Some(last) = run.chars().next_back() {
                gate.stops(last);
            }
            rest = behind;
            continue;
        }
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            '\x1b' => after_escape(after, &mut unclosed),
            '\u{9b}' => after_control_sequence(after),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => after_string(after, &mut unclosed),
            '\r' => {
                out.push('\n');
                after.strip_prefix('\n').unwrap_or(after)
            }
            '\x0b' | '\x0c' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                out.push('\n');
                after
            }
            _ => {
                if !gate.stops(c) || is_invisible(c) {
                    out.push(c);
                }
                after
            }
        };
    }
    out
}

/// Characters that take no room and carry no meaning in a clean text: soft hyphens, zero-width spaces, byte order marks.
/// Joiners stay, since emoji and Indic letters are made with them.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}')
}

/// What follows an escape sequence, the escape character itself already read (ECMA-48, 5.3 to 5.6).
fn after_escape<'a>(rest: &'a str, unclosed: &mut usize) -> &'a str {
    let Some(c) = rest.chars().next() else { return rest };
    let after = rest.get(c.len_utf8()..).unwrap_or_default();
    match c {
        '[' => after_control_sequence(after),
        ']' | 'P' | 'X' | '^' | '_' => after_string(after, unclosed),
        ' '..='/' => after.trim_start_matches(|c| matches!(c, ' '..='/')).get(1..).unwrap_or(after),
        '0'..='~' => after,
        _ => rest,
    }
}

/// What follows the parameters, intermediates and final byte of a control sequence.
fn after_control_sequence(rest: &str) -> &str {
    let rest = rest.trim_start_matches(|c| matches!(c, '0'..='?')).trim_start_matches(|c| matches!(c, ' '..='/'));
    rest.strip_prefix(|c| matches!(c, '@'..='~')).unwrap_or(rest)
}

/// What follows a control string, which BEL, ST or the end of the line closes. One that does not close on its line is not taken
/// for a string: the words after it stay.
fn after_string<'a>(rest: &'a str, unclosed: &mut usize) -> &'a str {
    if rest.len() >= *unclosed {
        return rest;
    }
    let end = rest.find(['\x07', '\u{9c}', '\x1b', '\n', '\r']).unwrap_or(rest.len());
    let after = rest.get(end..).unwrap_or_default();
    if after.is_empty() || after.starts_with(['\n', '\r']) {
        *unclosed = after.len();
        return rest;
    }
    after.strip_prefix("\x1b\\").or_else(|| after.strip_prefix(['\x07', '\u{9c}'])).unwrap_or(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &str) {
        assert_eq!(visible(text), want);
    }

    #[test]
    fn nothing_speaks_to_the_terminal() {
        check("a\x1b]0;title\x07b\x1b[31mred\x1b[0m c", "abred c");
        check("a \x1b]8;;http://x.example/\x1b\\link\x1b]8;;\x1b\\ b", "a link b");
        check("a\u{9b}2Jb \u{9d}52;c;AAAA\u{9c}c", "ab c");
        check("a\x1b(0b\x00\x08c\x7f\u{80}", "abc");
        check("left \u{202e}right\u{202c} \u{2066}x\u{2069}", "left right x");
    }

    #[test]
    fn an_unclosed_string_takes_no_words() {
        check("a \x1b]words stay\nand the next line", "a words stay\nand the next line");
        check("\x1b", "");
        check("Zoë\x1bé", "Zoëé");
        check("\u{9d}a\u{9d}b\nc \u{9d}d\u{9c}e", "ab\nc e");
        // A million of them on one line are read once, not a million times.
        check(&"\u{9d}".repeat(1 << 20), "");
    }

    #[test]
    fn marks_count_for_the_letter_they_stand_on() {
        let flood = "\u{301}".repeat(9);
        let most = "\u{301}".repeat(8);
        check(&format!("xa{flood}yb{flood}z"), &format!("xa{most}yb{most}z"));
        check("ab\u{fe0f}\u{fe0f}c\u{fe0f}", "ab\u{fe0f}c\u{fe0f}");
    }

    #[test]
    fn line_breaks_are_one_kind() {
        check("a\r\nb\rc\u{2028}d\u{85}e\x0cf\tg", "a\nb\nc\nd\ne\nf\tg");
    }
}
