//! What the lines around the body say of the article: dates, authors or agency, and the dateline in its first paragraph.

use super::clean::{Facts, Label, agency_in};
use super::{Article, Block, BlockKind, Dateline, Document, Reason, Stamp, dates};
use crate::text::Span;

/// A byline stands at most so many lines above the body.
const REACH: usize = 20;

/// Fills what `document` lacks from the lines that were dropped as metadata.
pub(super) fn read_lines(document: &mut Document, labels: &[Label], facts: &[Facts]) {
    let body = |label: &Label| matches!(label, Label::Keep(kind) if *kind != BlockKind::Headline);
    let first = labels.iter().position(body).unwrap_or(labels.len());
    let mut found = Dates::default();
    for (at, (label, fact)) in labels.iter().zip(facts).enumerate() {
        if let Label::Keep(BlockKind::Headline) = label {
            document.headline.get_or_insert_with(|| fact.text.to_string());
        }
        if !matches!(label, Label::Drop(_)) {
            continue;
        }
        let near = at < first && at + REACH >= first;
        found.read(fact, near);
        if near && *label == Label::Drop(Reason::Metadata) {
            read_byline(document, &fact.text);
        }
    }
    document.published = document.published.or(found.published).or(found.bare);
    document.modified = document.modified.or(found.modified);
}

#[derive(Default)]
struct Dates {
    published: Option<Stamp>,
    modified: Option<Stamp>,
    /// A date without a word that says of what, between headline and body.
    bare: Option<Stamp>,
}

impl Dates {
    fn read(&mut self, fact: &Facts, near: bool) {
        if !fact.dated || fact.words > 30 {
            return;
        }
        let Some(stamp) = dates::stamp_in(&fact.text) else { return };
        let lower = fact.lower;
        let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        let slot = if says(&["updated", "modified", "last edited", "update:"]) {
            &mut self.modified
        } else if says(&["publish", "posted", "created", "issued on", "uploaded"]) {
            &mut self.published
        } else if near && fact.words <= 16 {
            &mut self.bare
        } else {
            return;
        };
        slot.get_or_insert(stamp);
    }
}

/// Reads "By Jane Doe and John Roe", "IANS London", "Jane Doe, Reuters".
fn read_byline(document: &mut Document, text: &str) {
    if !document.authors.is_empty() {
        return;
    }
    if let Some(agency) = agency_in(text) {
        let rest = text.get(agency.len()..).unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
        if rest.split(' ').count() <= 3 && rest.split(' ').all(is_name_part) {
            document.authors.push(agency.to_owned());
            if !rest.is_empty() && document.dateline.is_none() {
                document.dateline = Some(Dateline { place: Some(rest.to_owned()), agency: Some(agency.to_owned()), span: None });
            }
        }
        return;
    }
    let lower = text.to_lowercase();
    let opener = ["written by ", "reported by ", "story by ", "words by ", "by ", "author: "]
        .into_iter()
        .find(|opener| lower.starts_with(opener));
    let Some(rest) = opener.and_then(|opener| text.get(opener.len()..)) else { return };
    let rest = rest.split([',', '|', '•', '·', '(', '–', '—']).next().unwrap_or_default();
    for name in rest.split(" and ").map(str::trim).filter(|name| !name.is_empty()) {
        if name.split(' ').count() <= 4 && name.split(' ').all(is_name_part) {
            document.authors.push(name.to_owned());
        }
    }
}

fn is_name_part(part: &str) -> bool {
    let upper = part.chars().next().is_none_or(char::is_uppercase);
    upper && !part.chars().any(|c| c.is_ascii_digit())
        || matches!(part, "de" | "van" | "von" | "der" | "del" | "al" | "bin" | "la")
}

/// Among how many paragraphs the dateline is looked for: headline and author may stand before it.
const FIRST: usize = 3;

/// Finds "LONDON, Oct 26 (IANS) -" or "SIOUX FALLS, S.D. –" at the beginning of one of the first paragraphs, or on a line above it.
pub(super) fn read_dateline(article: &mut Article) {
    let may_be = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Subhead | BlockKind::Dateline);
    let mut first = article.blocks.iter().enumerate().filter(|(_, block)| may_be(block.kind)).take(FIRST);
    let opens = |(at, block): (usize, &Block)| {
        let text = block.span.of(&article.text);
        let alone = is_dateline(text) && article.blocks.get(at + 1).is_some_and(|next| next.kind == BlockKind::Paragraph);
        let dateline = dateline(text, block.span.start).filter(|_| alone || block.kind == BlockKind::Paragraph)?;
        Some((dateline, alone.then_some(at)))
    };
    let Some((found, alone)) = first.find_map(opens) else { return };
    if article.document.published.is_none() {
        // "LONDON, Nov. 3, 2026 (Reuters) -": agencies date their reports there.
        article.document.published = found.span.and_then(|span| dates::stamp_in(span.of(&article.text)));
    }
    article.document.dateline = Some(found);
    if let Some(block) = alone.and_then(|at| article.blocks.get_mut(at)) {
        block.kind = BlockKind::Dateline;
    }
}

/// Keeps the line above the body's first paragraph where it is its dateline.
pub(super) fn keep_dateline(labels: &mut [Label], facts: &[Facts]) {
    let Some(first) = labels.iter().position(|label| *label == Label::Keep(BlockKind::Paragraph)) else { return };
    let Some(above) = first.checked_sub(1).filter(|&at| facts.get(at).is_some_and(|fact| is_dateline(&fact.text))) else {
        return;
    };
    if let Some(label) = labels.get_mut(above) {
        *label = Label::Keep(BlockKind::Dateline);
    }
}

/// Whether all of `text` is a dateline with its dash.
fn is_dateline(text: &str) -> bool {
    let found = dateline(text, 0).and_then(|dateline| dateline.span);
    found.and_then(|span| text.get(span.end..)).is_some_and(|rest| rest.trim_matches(['—', '–', '-', '_', ' ']).is_empty())
}

/// The dateline that opens `text`, which begins at byte `start`.
fn dateline(text: &str, start: usize) -> Option<Dateline> {
    const LONGEST: usize = 90;
    let dash = text.char_indices().take(LONGEST).find(|(at, c)| {
        let before = text.get(..*at).unwrap_or_default();
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        let apart = before.ends_with([' ', ')', '-']) && (after.is_empty() || after.starts_with([' ', '-']));
        matches!(c, '—' | '–') || matches!(c, '-' | '_') && apart
    });
    let (at, _) = dash?;
    let head = text.get(..at)?.trim_end_matches(['-', ' ']);
    let (outside, inside) = head.split_once('(').map_or((head, None), |(place, rest)| (place, rest.split(')').next()));
    let agency = inside.and_then(agency_in).map(str::to_owned);
    let place = outside.split([',', '/']).next().unwrap_or_default().trim();
    let shouted = place.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !place.chars().any(char::is_lowercase);
    // "Geneva (Reuters) -" needs no capitals; "Critics - and there are many -" is no dateline.
    let named = place.split(' ').all(is_name_part) && place.split(' ').count() <= 3;
    // "Geneva, Nov 3 -" either.
    let day = outside.split_once(", ").is_some_and(|(_, day)| {
        let ends = day.trim_end().ends_with(|c: char| c.is_ascii_digit());
        day.starts_with(char::is_uppercase) && ends && day.split_whitespace().count() <= 3
    });
    let known = (shouted && place.split(' ').count() <= 4) || (named && (agency.is_some() || day));
    if place.is_empty() || !known || outside.split(' ').count() > 8 {
        return None;
    }
    let place = if shouted { titled(place) } else { place.to_owned() };
    Some(Dateline { place: Some(place), agency, span: Some(Span::new(start, start + head.len())) })
}

/// "NEW DELHI" as "New Delhi".
fn titled(place: &str) -> String {
    let mut out = String::with_capacity(place.len());
    let mut inside = false;
    for c in place.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        inside = c.is_alphabetic();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, place: &str, agency: Option<&str>) {
        let found = dateline(text, 0);
        assert_eq!(found.as_ref().and_then(|d| d.place.as_deref()).unwrap_or_default(), place, "{text}");
        assert_eq!(found.as_ref().and_then(|d| d.agency.as_deref()), agency, "{text}");
    }

    #[test]
    fn a_dateline_may_have_a_line_of_its_own() {
        for alone in ["GENEVA -", "KIRUNA, Sweden (AP) _", "NEW DELHI (PTI) --", "GENEVA, Nov. 3 (AFP) —"] {
            assert!(is_dateline(alone), "{alone}");
        }
        for other in ["GENEVA", "GENEVA - The ministry said", "A -", "Critics -", ""] {
            assert!(!is_dateline(other), "{other}");
        }
    }

    #[test]
    fn datelines_open_the_first_paragraph() {
        check("GENEVA, Nov 3 (Reuters) - The ministry said", "Geneva", Some("Reuters"));
        check("NEW DELHI (PTI) — The ministry said", "New Delhi", Some("PTI"));
        check("Geneva (AFP) – The ministry said", "Geneva", Some("AFP"));
        check("SPRINGFIELD, Ill. -- The mayor said", "Springfield", None);
        check("Geneva, Nov. 3 - The ministry said", "Geneva", None);
        check("NOBODY WANTED TO TALK ABOUT IT — The ministry said", "", None);
        check("KIRUNA, Sweden (AP) _ The mayor said", "Kiruna", Some("AP"));
        check("Critics - and there are many - said no.", "", None);
        check("The U.S. said it would go — at last.", "", None);
    }
}
