//! Quote state: which stretches of the text stand within quotation marks.
//!
//! Total by construction: marks are paired paragraph by paragraph, so a stray mark never reaches further than its own
//! paragraph. Recognised are `“ ” „ « »`, straight `"`, `''` and ` `` `, single quotes used as quotes, and quotes within quotes.
//! A quote that runs over several paragraphs is opened again in each and closed only in the last; its pieces are linked.

use crate::text::{Prose, Span};

/// Quotes nested deeper than this are not told apart.
const DEEPEST: usize = 8;

/// One quotation, or one paragraph's piece of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote {
    /// Where it stands, with its marks.
    pub span: Span,
    /// Its words, without the marks.
    pub inner: Span,
    /// Whether its closing mark was found.
    pub closed: bool,
    /// 1 for an outermost quote, 2 for a quote within it, ...
    pub depth: u8,
    /// Whether it goes on at the beginning of the next paragraph.
    pub goes_on: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Double,
    Single,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    span: Span,
    kind: Kind,
    side: Side,
    /// A closing mark that may as well be the apostrophe of a plural (`the workers’ rights`), or a stray one after a space.
    doubtful: bool,
}

/// The quotes of the text, in order; an inner quote follows the one it stands in.
pub(super) fn quotes(text: &str, prose: &Prose) -> Vec<Quote> {
    let mut all: Vec<Quote> = Vec::new();
    let mut open = false;
    for paragraph in &prose.paragraphs {
        let mut found = pair(paragraph.span, &marks(text, paragraph.span), open);
        found.sort_by_key(|quote| (quote.span.start, quote.depth));
        let begins = found.first().is_some_and(|quote| quote.span.start == paragraph.span.start);
        if let Some(last) = all.iter_mut().rev().find(|quote| quote.depth == 1) {
            last.goes_on = open && begins;
        }
        open = found.iter().any(|quote| quote.depth == 1 && !quote.closed && quote.span.end == paragraph.span.end);
        all.append(&mut found);
    }
    all
}

/// The quote that holds the byte at `offset`, among outermost quotes.
pub(super) fn holding(outermost: &[Quote], offset: usize) -> Option<&Quote> {
    let last = outermost.partition_point(|quote| quote.span.start <= offset).checked_sub(1)?;
    outermost.get(last).filter(|quote| quote.span.holds(offset))
}

/// The quotation marks of one paragraph, with the side that their surroundings allow.
fn marks(text: &str, within: Span) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut before = ' ';
    let mut chars = within.of(text).char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let start = within.start + at;
        let mut len = c.len_utf8();
        let doubled = matches!(c, '\'' | '`') && chars.peek().is_some_and(|&(_, next)| next == c);
        if doubled {
            chars.next();
            len += 1;
        }
        let rest = text.get(start + len..within.end).unwrap_or_default();
        if let Some((kind, side)) = mark(c, doubled, before, rest) {
            let plural = kind == Kind::Single && before == 's' && rest.trim_start().starts_with(char::is_lowercase);
            let doubtful = plural || before.is_whitespace();
            out.push(Mark { span: Span::new(start, start + len), kind, side, doubtful });
        }
        before = c;
    }
    out
}

fn mark(c: char, doubled: bool, before: char, rest: &str) -> Option<(Kind, Side)> {
    let after = rest.chars().next().unwrap_or(' ');
    let starts = before.is_whitespace() || "([{—–-/“‘\"'…".contains(before);
    let ends = after.is_whitespace() || (!after.is_alphanumeric() && !"“‘$£€".contains(after));
    match c {
        '“' | '„' | '«' => Some((Kind::Double, Side::Open)),
        '”' | '»' => Some((Kind::Double, Side::Close)),
        '`' if doubled => Some((Kind::Double, Side::Open)),
        '"' | '\'' if doubled || c == '"' => {
            let side = match (starts && !after.is_whitespace(), ends && !before.is_whitespace()) {
                (true, false) => Side::Open,
                (false, true) => Side::Close,
                _ => Side::Either,
            };
            Some((Kind::Double, side))
        }
        '‘' | '\'' if starts && after.is_alphanumeric() => {
            let elided =
                after.is_ascii_digit() || ["em ", "n' ", "til ", "tis ", "cause "].iter().any(|word| rest.starts_with(word));
            (!elided).then_some((Kind::Single, Side::Open))
        }
        '’' | '\'' if !before.is_whitespace() && !after.is_alphanumeric() => Some((Kind::Single, Side::Close)),
        _ => None,
    }
}

/// Pairs the marks of one paragraph. `open`: a quote of the paragraph before was not closed.
fn pair(paragraph: Span, marks: &[Mark], open: bool) -> Vec<Quote> {
    let mut done = Vec::new();
    let mut stack: Vec<Mark> = Vec::new();
    let first = marks.iter().find(|mark| mark.kind == Kind::Double);
    if open && first.is_some_and(|mark| mark.side == Side::Close && !mark.doubtful) {
        // Goes on without being opened again.
        let span = Span::new(paragraph.start, paragraph.start);
        stack.push(Mark { span, kind: Kind::Double, side: Side::Open, doubtful: false });
    }
    let mut closers = count(marks, Side::Close);
    let mut openers = count(marks, Side::Open);
    for (at, mark) in marks.iter().enumerate() {
        if mark.kind == Kind::Double {
            closers -= usize::from(mark.side == Side::Close);
            openers -= usize::from(mark.side == Side::Open);
        }
        let depth = stack.iter().filter(|open| open.kind == mark.kind).count();
        let opens = mark.side == Side::Open || (mark.side == Side::Either && depth == 0);
        match (mark.kind, opens) {
            (Kind::Double, true) if depth >= DEEPEST => {}
            (Kind::Double, true) => {
                // A second opening mark is a quote within the quote only if both will be closed; else the first never is.
                if depth > 0 && closers < openers + depth + 1 {
                    close(&mut done, &mut stack, Kind::Double, Span::new(mark.span.start, mark.span.start));
                }
                stack.push(*mark);
            }
            (Kind::Single, true) if depth == 0 => stack.push(*mark),
            (Kind::Single, false) if mark.doubtful && closes_later(marks, at) => {}
            (kind, false) => close(&mut done, &mut stack, kind, mark.span),
            (Kind::Single, true) => {}
        }
    }
    while !stack.is_empty() {
        let depth = stack.len() as u8;
        let Some(mark) = stack.pop() else { break };
        if mark.kind == Kind::Double {
            let inner = Span::new(mark.span.end, paragraph.end);
            done.push(Quote { span: mark.span.cover(inner), inner, closed: false, depth, goes_on: false });
        }
    }
    done.retain(|quote| !quote.inner.is_empty());
    done
}

fn count(marks: &[Mark], side: Side) -> usize {
    marks.iter().filter(|mark| mark.kind == Kind::Double && mark.side == side).count()
}

/// Whether another closing single mark follows before the next opening one.
fn closes_later(marks: &[Mark], at: usize) -> bool {
    let next = marks.iter().skip(at + 1).find(|mark| mark.kind == Kind::Single);
    next.is_some_and(|mark| mark.side == Side::Close)
}

/// Closes the innermost open quote of `kind`; single quotes opened within it were apostrophes.
fn close(done: &mut Vec<Quote>, stack: &mut Vec<Mark>, kind: Kind, by: Span) {
    let Some(at) = stack.iter().rposition(|mark| mark.kind == kind) else { return };
    if kind == Kind::Single && stack.len() > at + 1 {
        return; // A double quote was opened within: this is an apostrophe.
    }
    stack.truncate(at + 1);
    let Some(mark) = stack.pop() else { return };
    let inner = Span::new(mark.span.end, by.start);
    done.push(Quote { span: mark.span.cover(by), inner, closed: !by.is_empty(), depth: at as u8 + 1, goes_on: false });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `want`: the words of each quote, indented by `>` for each quote around it; `~` begins one that is never closed, `+` ends one
    /// that goes on in the next paragraph.
    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let mut paragraphs = Vec::new();
        let mut at = 0;
        for part in text.split("\n\n") {
            paragraphs.push(Span::new(at, at + part.len()));
            at += part.len() + 2;
        }
        let prose = Prose::new(text, paragraphs);
        let have: Vec<String> = quotes(text, &prose)
            .iter()
            .map(|quote| {
                let depth = ">".repeat(usize::from(quote.depth) - 1);
                let open = if quote.closed { "" } else { "~" };
                format!("{depth}{open}{}{}", quote.inner.of(text), if quote.goes_on { "+" } else { "" })
            })
            .collect();
        assert_eq!(have, want, "{text}");
    }

    #[test]
    fn all_kinds_of_marks() {
        check("“Yes,” he said. \"No,\" she said. ``Maybe,'' they said.", &["Yes,", "No,", "Maybe,"]);
        check("''Perhaps,'' it said. «Oui», he said.", &["Perhaps,", "Oui"]);
        check("He called it ‘a fine plan’ and the dogs’ owners’ plan 'a sham', didn't he?", &["a fine plan", "a sham"]);
    }

    #[test]
    fn quotes_within_quotes() {
        check("“She told me ‘never again’ twice,” he said.", &["She told me ‘never again’ twice,", ">never again"]);
        check("“She said “never” twice,” he said.", &["She said “never” twice,", ">never"]);
        check("'He called it \"a sham\" twice,' she said.", &["He called it \"a sham\" twice,", ">a sham"]);
    }

    #[test]
    fn quotes_over_paragraphs() {
        check("“One.\n\n“Two.\n\n“Three,” he said.", &["~One.+", "~Two.+", "Three,"]);
        check("\"One.\n\n\"Two,\" he said. \"Three.\"", &["~One.+", "Two,", "Three."]);
        check("“One.\n\nTwo,” he said.", &["~One.+", "Two,"]);
    }

    #[test]
    fn stray_marks_stay_in_their_paragraph() {
        check("A stray ” here.\n\nHe said “this is so.\n\nNothing is quoted here.", &["~this is so."]);
        check("“It broke, he said. “It was old.”", &["~It broke, he said. ", "It was old."]);
        check("A 6\" pipe, and rock 'n' roll in the '90s.", &[]);
        check("the teachers' union, James' car, the 'em", &[]);
        check("\"", &[]);
    }
}
