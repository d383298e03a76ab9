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

/// One token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

/// The tokens of the part of `text` under `within`, in order.
///
/// A possessive or contracted tail (`'s`, `n't` stays whole) is a token of its own: `Assange's` is `Assange` + `'s`, so that
/// a name's span never holds its possessive. A full stop belongs to the word only in initials (`J.`, `U.S.`) and known
/// abbreviations; a final full stop is a mark.
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
        out.push(Token { span: Span::new(start, start + len), kind });
        rest = rest.get(len..).unwrap_or_default();
    }
    out
}

/// Length of a possessive or verbal clitic (`'s`, `’re`) standing directly after a word.
fn clitic_len(rest: &str, last: Option<&Token>, start: usize) -> Option<usize> {
    let last = last?;
    if last.kind == TokenKind::Mark || last.span.end != start {
        return None;
    }
    let mut chars = rest.chars();
    let mark = chars.next().filter(|c| matches!(c, '\'' | '’'))?;
    let tail: String = chars.take_while(|c| c.is_alphanumeric()).collect();
    let known = matches!(tail.to_ascii_lowercase().as_str(), "s" | "re" | "ve" | "ll" | "d" | "m");
    known.then(|| mark.len_utf8() + tail.len())
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
    let chars: Vec<char> = rest.chars().take_while(|c| !c.is_whitespace()).collect();
    let mut end = 0;
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        let next = chars.get(i + 1).copied();
        let goes_on = next.is_some_and(char::is_alphanumeric);
        let joined = match c {
            '\'' | '’' => goes_on && !is_clitic(&chars, i),
            '-' | '‐' | '‑' | '&' => goes_on,
            '.' => is_initial(&chars, i),
            _ => c.is_alphanumeric() || is_mark_of_letter(c),
        };
        if !joined {
            break;
        }
        i += 1;
        end = i;
    }
    chars.iter().take(end).map(|c| c.len_utf8()).sum()
}

/// Combining marks, soft hyphens and joiners stay with their letter.
fn is_mark_of_letter(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}')
}

fn is_clitic(chars: &[char], at: usize) -> bool {
    let tail: String = chars.iter().skip(at + 1).take_while(|c| c.is_alphanumeric()).collect();
    matches!(tail.to_ascii_lowercase().as_str(), "s" | "re" | "ve" | "ll" | "d" | "m")
}

/// A full stop belongs to the word after a single letter that begins the word or follows another full stop (`J.`, `U.S.`,
/// `a.m.`), or after a known abbreviation.
fn is_initial(chars: &[char], at: usize) -> bool {
    let head: String = chars.iter().take(at).collect();
    let single = at >= 1
        && chars.get(at - 1).is_some_and(|c| c.is_alphabetic())
        && (at == 1 || chars.get(at - 2).is_some_and(|&c| c == '.'));
    // A lone lower-case letter at the end of a word is no initial: "vitamin c." ends a sentence.
    let upper = chars.get(at - 1).is_some_and(|c| c.is_uppercase());
    let inner = chars.get(at + 1).is_some_and(|c| c.is_alphanumeric());
    (single && (upper || inner || at > 1)) || super::sentences::is_abbreviation(&head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &str) {
        let all = Span::new(0, text.len());
        let have: Vec<&str> = tokens(text, all).iter().map(|t| t.span.of(text)).collect();
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
    }
}
