//! Words, numbers and marks, each with its byte span.

use super::Span;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner apostrophes, hyphens, full stops of initials: `don't`, `son-in-law`, `U.S.`, `Mr.`
    Word,
    /// Begins with a digit: `33,000`, `4.2`, `10:46`, `1990s`, `24th`.
    Number,
    /// Any other single character that is not white space.
    Mark,
}

/// One token of a text: 12 bytes, since 5 MB of text have a million of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    start: u32,
    end: u32,
    /// What it is made of.
    pub kind: TokenKind,
}

impl Token {
    fn new(span: Span, kind: TokenKind) -> Self {
        // No text that is read is longer (docs/limits.md).
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: offset(span.start), end: offset(span.end), kind }
    }

    /// Where it stands, in bytes.
    pub const fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// The tokens of the part of `text` under `within`, in order.
///
/// A clitic (`'s`, `'re`, `'ll`) is a token of its own, so that the span of a name never includes its possessive: `Assange's` is
/// `Assange` + `'s`. `n't` stays with its verb. A full stop belongs to the word only in initials (`J.`, `U.S.`) and known abbreviations;
/// any other full stop is a mark.
pub fn tokens(text: &str, within: Span) -> Vec<Token> {
    let mut out = Vec::new();
    let part = within.of(text);
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        let start = within.start + (part.len() - rest.len());
        let (len, kind) = if first.is_whitespace() {
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        } else if first.is_ascii_digit() {
            (number_len(rest), TokenKind::Number)
        } else if first.is_alphanumeric() {
            (word_len(rest), TokenKind::Word)
        } else if let Some(len) = clitic_len(rest, out.last(), start) {
            (len, TokenKind::Word)
        } else {
            (first.len_utf8(), TokenKind::Mark)
        };
        out.push(Token::new(Span::new(start, start + len), kind));
        rest = rest.get(len..).unwrap_or_default();
    }
    out
}

/// Length of a possessive or verbal clitic (`'s`, `’re`) standing directly after a word.
fn clitic_len(rest: &str, last: Option<&Token>, start: usize) -> Option<usize> {
    let last = last?;
    if last.kind == TokenKind::Mark || last.span().end != start {
        return None;
    }
    let mark = rest.chars().next().filter(|c| is_apostrophe(*c))?;
    clitic_tail(rest.get(mark.len_utf8()..)?).map(|len| mark.len_utf8() + len)
}

/// Length of the clitic that `tail` begins with, without its apostrophe.
fn clitic_tail(tail: &str) -> Option<usize> {
    let len = tail.bytes().take(3).take_while(u8::is_ascii_alphabetic).count();
    let ends = !tail.get(len..).is_some_and(|after| after.starts_with(char::is_alphanumeric));
    let known = ["s", "re", "ve", "ll", "d", "m"].iter().any(|k| tail.get(..len).is_some_and(|t| t.eq_ignore_ascii_case(k)));
    (ends && known).then_some(len)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

fn number_len(rest: &str) -> usize {
    let mut len = 0;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        let joins = matches!(c, '.' | ',' | ':') && chars.peek().is_some_and(char::is_ascii_digit);
        if !(c.is_alphanumeric() || joins) {
            break;
        }
        len += c.len_utf8();
    }
    len
}

fn word_len(rest: &str) -> usize {
    let mut len = 0;
    for (at, c) in rest.char_indices() {
        let after = rest.get(at + c.len_utf8()..).unwrap_or_default();
        let goes_on = || after.starts_with(char::is_alphanumeric);
        let joined = match c {
            '\'' | '’' => goes_on() && clitic_tail(after).is_none(),
            '-' | '‐' | '‑' | '&' => goes_on(),
            '.' => rest.get(..at).is_some_and(|head| is_initial(head, goes_on())),
            _ => c.is_alphanumeric() || is_mark_of_letter(c),
        };
        if !joined {
            break;
        }
        len = at + c.len_utf8();
    }
    len
}

/// Combining marks, soft hyphens and joiners stay with their letter.
fn is_mark_of_letter(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}')
}

/// Whether the full stop after `head` belongs to the word: after a single letter that begins the word or follows another full stop
/// (`J.`, `U.S.`, `a.m.`), or after a known abbreviation. `inner`: a letter or digit follows.
fn is_initial(head: &str, inner: bool) -> bool {
    let mut back = head.chars().rev();
    let letter = back.next().filter(|c| c.is_alphabetic());
    let before = back.next();
    let single = letter.is_some() && before.is_none_or(|c| c == '.');
    // A lone lower-case letter at the end of a word is not an initial: "vitamin c." ends a sentence.
    let upper = letter.is_some_and(char::is_uppercase);
    (single && (upper || inner || before.is_some())) || super::sentences::is_abbreviation(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &str) {
        let all = Span::new(0, text.len());
        let have: Vec<&str> = tokens(text, all).iter().map(|t| t.span().of(text)).collect();
        assert_eq!(have.join("|"), want);
    }

    #[test]
    fn words_numbers_and_marks() {
        check("Assange's firm didn't reply.", "Assange|'s|firm|didn't|reply|.");
        check("33,000 e-mails, 4.2% at 10:46 a.m. EST", "33,000|e-mails|,|4.2|%|at|10:46|a.m.|EST");
        check("“We’re here,” Mr. J. Doe said", "“|We|’re|here|,|”|Mr.|J.|Doe|said");
        check("U.S. son-in-law O'Brien's AT&T", "U.S.|son-in-law|O'Brien|'s|AT&T");
        check("the 1990s, May 3-5", "the|1990s|,|May|3|-|5");
        check("Zoë ran 5km…", "Zoë|ran|5km|…");
        check("the 'so-called' dogs' vitamin c. 'tis", "the|'|so-called|'|dogs|'|vitamin|c|.|'|tis");
    }
}
