//! Completes contents to the whole of the quotes that they stand in, over sentences and paragraphs.
//!
//! People agree almost perfectly on what a direct quote holds, because the marks say so; so the marks decide, whether the
//! encoder or a rule found the attribution. A content that has half of a quote gets all of it; a quote that continues in the next
//! paragraph is followed there; and a quote that stands alone belongs to the speaker before it.

use super::CueClass;
use super::attribution::stands_in;
use super::quotes::{Quote, holding};
use super::words::{Word, Words};
use crate::encoder::Attribution;
use crate::text::{Prose, Span};

/// Fewest words of a quote standing alone: shorter ones are titles, slogans and scare quotes.
const SPOKEN: usize = 4;

/// What completion looks at.
pub(super) struct Page<'a> {
    /// Paragraphs and sentences.
    pub prose: &'a Prose,
    /// Outermost quotes, in order.
    pub quotes: &'a [Quote],
    /// Words, in order.
    pub words: &'a Words,
}

/// Completes the contents of the outermost attributions, in order of the text.
pub(super) fn complete(page: &Page, attributions: &mut [Attribution]) {
    for attribution in attributions.iter_mut() {
        leave_narrated(page, attribution);
        snap(page, attribution);
    }
    attributions.sort_by_key(first);
    share(page, attributions);
    follow(page, attributions);
    for attribution in attributions.iter_mut() {
        for source in &mut attribution.source {
            *source = hyphenated(page.words, *source);
        }
        let whole = attribution.content.iter().map(|&span| hyphenated(page.words, whole_words(page.words, span))).collect();
        attribution.content = merged(whole, page.words);
        let spoken = |span: &Span| page.words.slice(page.words.within(*span)).iter().any(Word::is_word);
        attribution.content.retain(spoken);
    }
}

/// Takes from whoever acts in the sentence behind a quote that ended before: `“It is very simple.” The guests laughed.` tells of no speaker.
fn leave_narrated(page: &Page, attribution: &mut Attribution) {
    let Some(&cue) = attribution.cue.first() else { return };
    let own = page.words.slice(page.words.within(cue));
    let speaks = own.iter().any(|word| !word.is_word() || word.verb().is_some_and(|verb| verb.class == CueClass::Reporting));
    let begins = sentence(page, cue.start).map_or(0, |span| span.start);
    let ended = |content: &Span| {
        let quote = holding(page.quotes, content.end.saturating_sub(1)).filter(|quote| quote.closed && quote.span.end <= begins);
        let words = quote.map(|quote| page.words.slice(page.words.within(quote.inner))).unwrap_or_default();
        words.iter().rfind(|word| !word.is(&["’", "'"])).is_some_and(|mark| mark.lower() == ".")
    };
    if !speaks {
        attribution.content.retain(|content| !ended(content));
    }
}

/// The span with the `not` of its infinitive, and with the rest of a word that it begins or ends within: the encoder knows the parts of "e-mail" and of "Moss's" as words.
fn whole_words(words: &Words, span: Span) -> Span {
    let mut first = words.0.partition_point(|word| word.span.end <= span.start);
    let opens = |at: usize, forms: &[&str]| words.get(at).is_some_and(|word| word.is(forms));
    // "advised him not to go" says that he is not to go.
    let negated = opens(first, &["to"]) && first.checked_sub(1).is_some_and(|before| opens(before, &["not", "never"]));
    if negated || words.get(first).is_some_and(Word::is_clitic) {
        first = first.saturating_sub(1);
    }
    let last = words.0.partition_point(|word| word.span.start < span.end);
    words.span(first..last).map_or(span, |whole| span.cover(whole))
}

/// The span with the rest of a word in several parts that it ends within: "the group's 18-year" of "the group's 18".
fn hyphenated(words: &Words, span: Span) -> Span {
    let mut last = words.0.partition_point(|word| word.span.start < span.end);
    while let [word, hyphen, next] = words.slice(last.saturating_sub(1)..last + 2)
        && matches!(hyphen.lower(), "-" | "‑")
        && next.is_word()
        && [word.span.end, hyphen.span.end] == [hyphen.span.start, next.span.start]
    {
        last += 2;
    }
    words.get(last.saturating_sub(1)).map_or(span, |word| Span::new(span.start, span.end.max(word.span.end)))
}

/// What a sentence boundary between a quote and an attribution counts, in words.
const BOUNDARY: usize = 12;

/// Gives a quote that several attributions claim to the nearest of them.
fn share(page: &Page, attributions: &mut [Attribution]) {
    let mut holders: Vec<(usize, usize)> = Vec::new();
    for (at, attribution) in attributions.iter().enumerate() {
        for content in &attribution.content {
            let first = page.quotes.partition_point(|quote| quote.span.end <= content.start);
            let quotes = page.quotes.iter().enumerate().skip(first).take_while(|(_, quote)| quote.span.start < content.end);
            let held = |quote: &Quote| 2 * overlap(quote.inner, *content) >= quote.inner.len();
            let outside = |quote: &Quote| !attribution.cue.iter().any(|cue| quote.span.contains(*cue));
            holders.extend(quotes.filter(|(_, quote)| held(quote) && outside(quote)).map(|(quote, _)| (quote, at)));
        }
    }
    holders.sort_unstable();
    holders.dedup();
    for rivals in holders.chunk_by(|a, b| a.0 == b.0) {
        let Some(quote) = rivals.first().and_then(|&(quote, _)| page.quotes.get(quote)) else { continue };
        let told = |at: usize| attributions.get(at).filter(|told| !told.cue.is_empty());
        let around = |outer: usize| {
            rivals.iter().any(|&(_, inner)| inner != outer && told(outer).zip(told(inner)).is_some_and(|(a, b)| stands_in(b, a)))
        };
        let beside: Vec<usize> = rivals.iter().map(|&(_, at)| at).filter(|&at| !around(at)).collect();
        let nearest = beside.iter().copied().min_by_key(|&at| told(at).map_or(usize::MAX, |told| distance(page, told, quote)));
        for at in beside.into_iter().filter(|at| Some(*at) != nearest) {
            if let Some(attribution) = attributions.get_mut(at) {
                attribution.content = attribution.content.iter().flat_map(|&span| without(span, quote.span)).collect();
            }
        }
    }
}

fn overlap(a: Span, b: Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// The span without the other: nothing, one part or two.
fn without(span: Span, other: Span) -> impl Iterator<Item = Span> {
    let parts = [
        Span::new(span.start, span.end.min(other.start).max(span.start)),
        Span::new(span.start.max(other.end).min(span.end), span.end),
    ];
    parts.into_iter().filter(|part| !part.is_empty())
}

/// Words between a quote and the nearest of the words that attribute it.
fn distance(page: &Page, attribution: &Attribution, quote: &Quote) -> usize {
    let inside = page.words.within(quote.span);
    let sentence = |at: usize| page.words.get(at).map(|word| word.sentence);
    let far = |span: &Span| {
        let own = page.words.within(*span);
        let (gap, a, b) = if own.end <= inside.start {
            (own.end..inside.start, own.end.saturating_sub(1), inside.start)
        } else {
            (inside.end..own.start, inside.end.saturating_sub(1), own.start)
        };
        let words = page.words.slice(gap).iter().filter(|word| word.is_word()).count();
        words + if sentence(a) == sentence(b) { 0 } else { BOUNDARY }
    };
    attribution.cue.iter().chain(&attribution.source).map(far).min().unwrap_or(usize::MAX)
}

fn first(attribution: &Attribution) -> Option<Span> {
    let spans = attribution.content.iter().chain(&attribution.cue).chain(&attribution.source);
    spans.min().copied()
}

/// Extends each content to the whole of a quote that it half holds or that stands in the sentence of its cue, but never over its own
/// source or cue; less than half of a quote in another sentence is cut off, and so are loose words in another sentence than a spoken quote.
fn snap(page: &Page, attribution: &mut Attribution) {
    let own: Vec<Span> = attribution.source.iter().chain(&attribution.cue).copied().collect();
    let sentence = |offset: usize| page.prose.sentence_at(offset);
    let home: Vec<Option<usize>> = own.iter().map(|span| sentence(span.start)).collect();
    let mut extra = Vec::new();
    let mut shed = Vec::new();
    for content in &attribution.content {
        let edges = [content.start, content.end.saturating_sub(1)];
        for quote in edges.iter().filter_map(|&edge| holding(page.quotes, edge)) {
            if own.iter().any(|span| span.overlaps(quote.inner)) {
                continue;
            }
            if 2 * overlap(quote.inner, *content) >= quote.inner.len() || home.contains(&sentence(quote.span.start)) {
                extra.push(quote.span);
            } else {
                shed.push(quote.span);
            }
        }
    }
    for quote in shed {
        attribution.content = attribution.content.iter().flat_map(|&span| without(span, quote)).collect();
    }
    attribution.content.extend(extra);
    attribution.content = merged(std::mem::take(&mut attribution.content), page.words);
    let quoted = |span: &Span| {
        let words = page.words.slice(page.words.within(*span));
        words.iter().filter(|word| word.depth > 0).count() * 2 >= words.len()
    };
    let spoken = |span: &Span| page.words.within(*span).len() >= SPOKEN && quoted(span);
    if attribution.content.iter().any(spoken) && !home.is_empty() {
        attribution.content.retain(|span| quoted(span) || home.contains(&sentence(span.start)));
    }
}

/// Gives quotes that belong to no attribution to the speaker before: those that go on over paragraphs, and those that stand alone.
fn follow(page: &Page, attributions: &mut [Attribution]) {
    let mut held: Vec<(Span, usize)> = attributions
        .iter()
        .enumerate()
        .flat_map(|(at, attribution)| attribution.content.iter().map(move |&span| (span, at)))
        .collect();
    held.sort_unstable();
    let mut latest: Option<(usize, Span)> = None;
    let mut next = 0;
    let mut before: Option<&Quote> = None;
    for quote in page.quotes {
        while let Some(&(span, at)) = held.get(next).filter(|(span, _)| span.start < quote.span.end) {
            latest = Some((at, span));
            next += 1;
        }
        let goes_on = before.is_some_and(|before| before.goes_on);
        before = Some(quote);
        let Some((at, span)) = latest else { continue };
        if span.overlaps(quote.span) {
            continue;
        }
        let joined = attributions.get(at).is_some_and(|attribution| broken(page, attribution, span, quote));
        let follows = joined || ((goes_on || alone(page, quote)) && near(page, span, quote, goes_on));
        if let Some(attribution) = attributions.get_mut(at).filter(|_| follows) {
            attribution.content.push(quote.span);
            latest = Some((at, quote.span));
        }
    }
}

/// Whether the quote goes on with a quote that the attribution breaks: `“One,” he said, “two.”`
fn broken(page: &Page, attribution: &Attribution, content: Span, quote: &Quote) -> bool {
    let last =
        attribution.cue.iter().chain(&attribution.source).map(|span| span.end).filter(|&end| end <= quote.span.start).max();
    let Some(last) = last.filter(|&last| last > content.end && holding(page.quotes, content.end.saturating_sub(1)).is_some())
    else {
        return false;
    };
    let between = page.words.slice(page.words.within(Span::new(last, quote.span.start)));
    between.iter().all(|word| !word.is_word()) && between.first().is_some_and(|word| word.is(&[",", "—", "–", "-", "--"]))
}

/// Whether the quote is all there is of its sentences.
fn alone(page: &Page, quote: &Quote) -> bool {
    let spoken = page.words.slice(page.words.within(quote.inner)).iter().filter(|word| word.is_word()).count();
    let starts = sentence(page, quote.span.start).is_some_and(|span| span.start == quote.span.start);
    let ends = sentence(page, quote.span.end.saturating_sub(1)).is_some_and(|span| span.end <= quote.span.end + 1);
    spoken >= SPOKEN && starts && ends
}

fn sentence(page: &Page, offset: usize) -> Option<Span> {
    page.prose.sentences.get(page.prose.sentence_at(offset)?).map(|sentence| sentence.span)
}

/// Whether the quote follows the content closely enough to be by the same speaker: in its paragraph, or at the beginning of the next
/// one when the content is a quote itself.
fn near(page: &Page, content: Span, quote: &Quote, goes_on: bool) -> bool {
    let paragraph = |offset| page.prose.sentence_at(offset).and_then(|at| page.prose.sentences.get(at)).map(|s| s.paragraph);
    let (Some(from), Some(to)) = (paragraph(content.start), paragraph(quote.span.start)) else { return false };
    let quoted = holding(page.quotes, content.end.saturating_sub(1)).is_some();
    let begins = page.prose.paragraphs.get(to).is_some_and(|p| p.span.start == quote.span.start);
    goes_on || (quoted && (from == to || (to == from + 1 && begins)))
}

/// Sorts spans and joins those with nothing but marks between them.
fn merged(mut spans: Vec<Span>, words: &Words) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        let gap = out.last().map(|last| Span::new(last.end, span.start));
        let touches = gap
            .is_some_and(|gap| gap.is_empty() || (gap.len() <= 2 && !words.slice(words.within(gap)).iter().any(Word::is_word)));
        match out.last_mut() {
            Some(last) if touches => *last = last.cover(span),
            _ => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::claims::quotes::quotes;
    use crate::text::tags;

    /// What becomes of a part of the text.
    fn cut(text: &'static str, part: &str, whole: fn(&Words, Span) -> Span) -> &'static str {
        let prose = Prose::new(text, [Span::new(0, text.len())]);
        let words = Words::new(text, &prose, &tags(text, &prose), &[]);
        let start = text.find(part).unwrap();
        whole(&words, Span::new(start, start + part.len())).of(text)
    }

    #[test]
    fn contents_end_with_whole_words() {
        let text =
            "Ada Lund said the fares of the e-boat were not set and Moss's boat was not built; he was told not to build it.";
        let whole = |part| cut(text, part, whole_words);
        assert_eq!(whole("the fares of the e"), "the fares of the e-boat");
        assert_eq!(whole("boat were not set"), "e-boat were not set");
        assert_eq!(whole("the fares"), "the fares");
        assert_eq!(whole("'s boat was not"), "Moss's boat was not");
        assert_eq!(whole("to build it"), "not to build it");
    }

    #[test]
    fn words_with_hyphens_stay_whole() {
        let text = "An officer told Port Press-Union that it was the group's 18-year war - a long one.";
        let whole = |part| cut(text, part, hyphenated);
        assert_eq!(whole("Port Press"), "Port Press-Union");
        assert_eq!(whole("the group's 18"), "the group's 18-year");
        assert_eq!(whole("18-year war"), "18-year war");
    }

    #[test]
    fn who_acts_behind_a_quote_that_ended_says_nothing() {
        let left = |text: &str, cue: &str| {
            let prose = Prose::new(text, [Span::new(0, text.len())]);
            let mut quotes = quotes(text, &prose);
            quotes.retain(|quote| quote.depth == 1);
            let words = Words::new(text, &prose, &tags(text, &prose), &quotes);
            let start = text.find(cue).unwrap();
            let mut attribution = Attribution {
                cue: vec![Span::new(start, start + cue.len())],
                content: vec![quotes[0].span],
                ..Attribution::default()
            };
            leave_narrated(&Page { prose: &prose, quotes: &quotes, words: &words }, &mut attribution);
            attribution.content.len()
        };
        assert_eq!(left("“I said, ‘It is very simple.’” The guests laughed.", "laughed"), 0);
        assert_eq!(left("“It is very simple,” the guests laughed.", "laughed"), 1);
        assert_eq!(left("“It is very simple.” Ada Moss said so.", "said"), 1);
    }
}
