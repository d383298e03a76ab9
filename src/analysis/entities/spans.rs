//! Where a name begins and ends, where the encoder's span holds more than one name, or less.

use super::lexicon::{
    DEMONYMS, FIRST_NAMES, FUNCTION_WORDS, NOT_NAMES, ORGANISATION_WORDS, ORGANISATIONS, PLACE_WORDS, REGIONS, TITLES, is_land,
};
use super::{EntityType, Name, rules};
use crate::analysis::Reading;
use crate::encoder::{self, NameLabel};
use crate::text::{Span, Token};

/// The names that the encoder's name holds, without articles, marks and possessives: two people of `Moss and Vik`, two towns of
/// `Lund - Halden`, only Ada Moss of `Ada Moss, D-Lund`.
pub(super) fn parts(reading: &Reading<'_>, name: &encoder::Name) -> impl Iterator<Item = Span> {
    let span = trim(reading, name.span);
    let capital = |part: &str| part.starts_with(char::is_uppercase);
    let person = name.label == NameLabel::Person;
    let span = if name.label == NameLabel::Other { span } else { unowned(reading, ended(reading, span), name.label) };
    let text = reading.text(span);
    let listed = |part: &str| ORGANISATIONS.contains(part);
    let both = |first: &str, second: &str| {
        [Some(Span::new(span.start, span.start + first.len())), Some(Span::new(span.end - second.len(), span.end))]
    };
    let route = text.split_once(" - ").filter(|_| name.label == NameLabel::Location);
    let [first, second] = match (route, text.split_once(" and "), text.split_once(',')) {
        (Some((first, second)), ..) => both(first, second),
        (_, Some((first, second)), _) if (person && capital(first) && capital(second)) || (listed(first) && listed(second)) => {
            both(first, second)
        }
        (.., Some((first, suffix))) if person && !is_suffix(suffix.trim()) => {
            [Some(trim(reading, Span::new(span.start, span.start + first.len()))), None]
        }
        _ => [Some(span), None],
    };
    [first, second].into_iter().flatten()
}

/// An organisation's or a person's name without the known name before it that says whose: `Jet Council` of `Norway's Jet Council`.
fn unowned(reading: &Reading<'_>, span: Span, label: NameLabel) -> Span {
    let text = reading.text(span);
    let whose = ["'s ", "’s "].iter().find_map(|mark| text.split_once(mark));
    let known = |owner: &str| is_land(owner) || ORGANISATIONS.contains(owner) || REGIONS.contains(owner);
    let split = whose.filter(|(owner, rest)| known(owner) && rest.starts_with(char::is_uppercase));
    let split = split.filter(|_| matches!(label, NameLabel::Organization | NameLabel::Person));
    split.map_or(span, |(_, rest)| Span::new(span.end - rest.len(), span.end))
}

/// A name without the words in lower case and marks after its last capital: `Lund Rail` of `Lund Rail and`; with the capitalised
/// word that an organisation's `of` or `for` asks for.
fn ended(reading: &Reading<'_>, span: Span) -> Span {
    let mut kept = reading.text(span);
    while let Some((rest, last)) = kept.rsplit_once(' ')
        && (last == "-" || last.len() > 1 && last.chars().all(|c| c.is_ascii_lowercase()))
    {
        let head = rest.rsplit(' ').next().unwrap_or_default();
        let next =
            reading.article.text.get(span.start + kept.len()..).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
        let next = next.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
        if matches!(last, "of" | "for") && ORGANISATION_WORDS.contains(head) && next.starts_with(char::is_uppercase) {
            return Span::new(span.start, span.start + kept.len() + 1 + next.len());
        }
        if matches!(last, "party" | "states") {
            break;
        }
        kept = rest;
    }
    Span::new(span.start, span.start + kept.len())
}

/// Whether it is what may follow a person's name and a comma: `Jr.`
fn is_suffix(text: &str) -> bool {
    matches!(text.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV")
}

/// The span without the words at its end that belong to a title behind it: `White House Press` Secretary.
pub(super) fn before_title(reading: &Reading<'_>, span: Span) -> Span {
    let tokens = reading.prose.tokens_in(span);
    let text = |at: usize| reading.prose.tokens.get(at).map_or("", |token| reading.text(token.span()));
    let titled = TITLES.contains(text(tokens.end)) && tokens.len() > 1 && rules::BEFORE_TITLE.contains(&text(tokens.end - 1));
    let last = tokens.end.checked_sub(2).and_then(|at| reading.prose.tokens.get(at)).filter(|_| titled);
    last.map_or(span, |last| Span::new(span.start, last.span().end))
}

/// A person's name without the titles in it and what stands before them: `US President Ada Moss`.
pub(super) fn untitled(reading: &Reading<'_>, span: Span) -> Span {
    let tokens = reading.prose.tokens.get(reading.prose.tokens_in(span)).unwrap_or_default();
    let title = tokens.iter().rposition(|token| {
        let text = reading.text(token.span());
        TITLES.contains(text) && !FIRST_NAMES.contains(text)
    });
    let rest = title.and_then(|at| tokens.get(at + 1));
    rest.map_or(span, |first| Span::new(first.span().start, span.end))
}

/// The span without quotes, a leading article and a trailing possessive.
fn trim(reading: &Reading<'_>, span: Span) -> Span {
    let marks = |c: char| c.is_whitespace() || "\"'“”‘’.,;:()#".contains(c);
    let text = reading.text(span);
    let mut start = span.start + (text.len() - text.trim_start_matches(marks).len());
    let mut end = span.end;
    let text = reading.text(Span::new(start, end));
    let open = ["the ", "The "].iter().find_map(|article| text.strip_prefix(article));
    if let Some(rest) = open {
        start = end - rest.len();
    }
    start = end - proper(reading.text(Span::new(start, end))).len();
    let text = reading.text(Span::new(start, end));
    let bare = ["'s", "’s", "'", "’"].iter().find_map(|tail| text.strip_suffix(tail)).unwrap_or(text).trim_end();
    // A full stop belongs to "U.S." and "Inc.", not to "Ada Moss."
    let last = bare.split_whitespace().next_back().unwrap_or_default();
    let stops = last.len() > 5 && last.ends_with('.') && !last.trim_end_matches('.').contains('.');
    end = start + if stops { bare.trim_end_matches('.').len() } else { bare.len() };
    // "Jr" of "Jr."
    if matches!(last, "Jr" | "Sr") && reading.article.text.get(end..).is_some_and(|rest| rest.starts_with('.')) {
        end += 1;
    }
    // "U" of "U.S."
    let initial = last.len() == 1 && last.starts_with(|c: char| c.is_ascii_uppercase());
    if let Some([b'.', b'A'..=b'Z', b'.', ..]) = reading.article.text.as_bytes().get(end..).filter(|_| initial) {
        end += 3;
    }
    Span::new(start, end)
}

/// A name without the words before it that only say where it is or what of: `Russia` of `southern Russia`, `Harbour Council` of
/// `Lund-based Harbour Council`.
fn proper(text: &str) -> &str {
    let Some((first, rest)) = text.split_once(' ') else { return text };
    let part = first.strip_prefix("south").or_else(|| first.strip_prefix("north")).unwrap_or(first);
    let side = matches!(part, "" | "ern" | "east" | "west" | "eastern" | "western" | "central");
    let compound = ["-based", "-led", "-backed", "-run"].iter().any(|tail| first.ends_with(tail));
    if (side || compound) && rest.starts_with(char::is_uppercase) { rest } else { text }
}

/// Words that rank or count what a name behind them names, at the beginning of a sentence: `Key Security Council members`.
const RANKING: [&str; 20] = [
    "Both", "Current", "Fellow", "Former", "Fresh", "Incoming", "Key", "Leading", "Local", "Many", "Most", "Nearby", "Other",
    "Outgoing", "Powerful", "Rival", "Senior", "Several", "Some", "Top",
];

/// The span without a word before it that is capitalised because a sentence begins there, where the rest is a name by itself.
pub(super) fn unranked(reading: &Reading<'_>, span: Span, kind: EntityType) -> Span {
    let Some((first, rest)) = reading.text(span).split_once(' ') else { return span };
    let token = reading.prose.token_at(span.start);
    let opens = reading.prose.sentences.binary_search_by(|sentence| sentence.tokens.start.cmp(&token)).is_ok();
    let (head, last) = (rest.split(' ').next().unwrap_or_default(), rest.rsplit(' ').next().unwrap_or_default());
    let whole = match kind {
        EntityType::Person => head != last && FIRST_NAMES.contains(head),
        EntityType::Organization => ORGANISATIONS.contains(rest) || head != last && ORGANISATION_WORDS.contains(last),
        EntityType::Place => is_land(rest) || REGIONS.contains(rest),
        EntityType::Other => DEMONYMS.contains(rest),
    };
    if opens && whole && RANKING.contains(&first) { Span::new(span.end - rest.len(), span.end) } else { span }
}

/// The span with the words before it whose first letters the acronym behind it in brackets counts too: `Halden Against [Harbour
/// Noise] (HAHN)`.
pub(super) fn by_acronym(reading: &Reading<'_>, span: Span) -> Span {
    let text = reading.article.text.as_str();
    let after = text.get(span.end..).and_then(|after| after.strip_prefix(" (")).unwrap_or_default();
    let acronym = after.split(')').next().unwrap_or_default();
    if acronym.len() < 3 || acronym.len() == after.len() || !acronym.chars().all(|c| c.is_ascii_uppercase()) {
        return span;
    }
    let tokens = reading.prose.tokens_in(span);
    let word = |at: usize| reading.prose.tokens.get(at).map_or("", |token| reading.text(token.span()));
    let initial = |at: usize| word(at).chars().next().filter(char::is_ascii_uppercase);
    let own: String = tokens.clone().filter_map(initial).collect();
    let Some(missing) = acronym.strip_suffix(own.as_str()).filter(|_| own.len() > 1) else { return span };
    let mut start = tokens.start;
    for letter in missing.chars().rev() {
        match start.checked_sub(1).filter(|&at| initial(at) == Some(letter)) {
            Some(at) => start = at,
            None => return span,
        }
    }
    let first = reading.prose.tokens.get(start).map_or(span, Token::span);
    let line = text.get(first.start..span.start).is_some_and(|gap| !gap.contains('\n'));
    if line { Span::new(first.start.min(span.start), span.end) } else { span }
}

/// Gives a name the capitalised word behind it that it lacks: a first name its family name, `Harbour` its `Hospital`; not in lines in
/// which most words are capitalised.
pub(super) fn extend(reading: &Reading<'_>, names: &mut [Name]) {
    let starts: Vec<usize> = names.iter().map(|name| name.span.start).collect();
    let mut line = (usize::MAX, false);
    for (at, name) in names.iter_mut().enumerate() {
        let rest = reading.article.text.get(name.span.end..).unwrap_or_default();
        let next = rest.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '-').next());
        let Some(next) = next.filter(|next| is_namelike(next)) else { continue };
        let end = name.span.end + 1 + next.len();
        if starts.get(at + 1).is_some_and(|&start| start < end) {
            continue;
        }
        let Some(kind) = whole(name.kind, reading.text(name.span), next) else { continue };
        let sentence = reading.prose.sentence_at(name.span.start).unwrap_or_default();
        if line.0 != sentence {
            line = (sentence, is_prose(reading, sentence));
        }
        if line.1 {
            *name = Name { span: Span::new(name.span.start, end), kind, ..*name };
        }
    }
}

/// Whether a word may be the last of a name: capitalised and not a title.
fn is_namelike(word: &str) -> bool {
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase);
    let other = TITLES.contains(word) || [&NOT_NAMES, &FUNCTION_WORDS, &DEMONYMS].iter().any(|list| list.contains(word));
    let other = other || rules::BEFORE_TITLE.contains(&word);
    capital && !other && word.len() > 2 && !word.ends_with("day")
}

/// What the name with the next word names, if the word belongs to it.
fn whole(kind: EntityType, text: &str, next: &str) -> Option<EntityType> {
    match kind {
        EntityType::Other => None,
        EntityType::Person if FIRST_NAMES.contains(text) => Some(EntityType::Person),
        _ if ORGANISATION_WORDS.contains(next) => Some(EntityType::Organization),
        _ if PLACE_WORDS.contains(next) => Some(EntityType::Place),
        _ => None,
    }
}

/// Whether a third of the sentence's tokens, or more, are words in lower case.
fn is_prose(reading: &Reading<'_>, sentence: usize) -> bool {
    let tokens = reading.prose.sentences.get(sentence).map_or(0..0, |sentence| sentence.tokens.clone());
    let tokens = reading.prose.tokens.get(tokens).unwrap_or_default();
    let lower = tokens.iter().filter(|token| reading.text(token.span()).starts_with(char::is_lowercase)).count();
    lower * 3 >= tokens.len()
}
