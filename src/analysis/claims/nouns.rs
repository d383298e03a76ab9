//! What can be read from the words that name a source: its head noun, the kind of source, whether it is unnamed and why.

use super::SourceKind;
use super::lexicon::{self, Head, Role};
use super::words::Word;
use crate::text::Span;

/// Some of several people: `one of them`, `two of the officials`.
pub(super) struct Part<'a> {
    /// How many: `one`.
    pub count: &'a str,
    /// The noun for all of them; `None` for a pronoun.
    pub whole: Option<&'a Word>,
}

impl<'a> Part<'a> {
    /// Reads the words of a source.
    pub fn of(words: &'a [Word]) -> Option<Self> {
        const COUNTS: [&str; 14] = [
            "one", "another", "two", "three", "four", "five", "several", "some", "many", "most", "both", "all", "none", "others",
        ];
        let [count, of, rest @ ..] = words else { return None };
        let noun = rest.get(head_of(rest)?)?;
        let pronoun = noun.is(&["them", "these", "those", "whom"]);
        let several = pronoun || singular(noun.lower()) != noun.lower() || lexicon::head(noun.lower()) == Some(Head::Several);
        (count.is(&COUNTS) && of.lower() == "of" && several)
            .then(|| Self { count: count.lower(), whole: (!pronoun).then_some(noun) })
    }
}

/// A phrase for several people after "of": "Two officials" is "the two officials".
pub(super) fn definite(name: &str) -> String {
    let (first, rest) = name.split_once(' ').map_or((name, ""), |(first, rest)| (first, rest));
    let lower = first.to_lowercase();
    let known = lexicon::roles(&lower).any(&[Role::Determiner, Role::Possessive]) && !COUNTED.contains(&lower.as_str());
    let opens = lexicon::head(&lower).is_some() || known || COUNTED.contains(&lower.as_str());
    let first = if opens { lower } else { first.to_owned() };
    let name = if rest.is_empty() { first } else { format!("{first} {rest}") };
    if known || name.contains("'s ") || name.contains("’s ") { name } else { format!("the {name}") }
}

/// Words that tell how many.
const COUNTED: [&str; 8] = ["one", "two", "three", "four", "five", "six", "several", "another"];

/// The head of a noun phrase: its last word before a mark, a preposition, a participle ("a report seen by") or a relative clause.
pub(super) fn head_of(words: &[Word]) -> Option<usize> {
    let end = words.iter().enumerate().skip(1).find(|(at, word)| {
        let opens = *at > 0 && word.roles().any(&[Role::Preposition, Role::Question]);
        let reduced = word.is(&["familiar", "close", "briefed", "speaking", "who", "that", "to"]);
        opens || reduced || !word.is_word()
    });
    let end = end.map_or(words.len(), |(at, _)| at);
    let phrase = words.get(..end)?;
    let last = phrase.iter().rposition(|word| word.is_word() && !word.is_clitic())?;
    let participle = |at: usize| phrase.get(at).is_some_and(|word| matches!(word.tag.ptb, "VBN" | "VBD") && !word.capital);
    let noun = phrase.get(..last)?.iter().rposition(|word| word.tag.is_noun() && word.is_word());
    Some(noun.filter(|&noun| end < words.len() && noun + 1 == last && participle(last)).unwrap_or(last))
}

/// Whether the words can name who says or, if `feels`, who believes and wants something: a phrase, whole and alone; and whoever
/// believes has a name, is a pronoun, or is called by a noun for people, bodies and documents.
pub(super) fn can_speak(words: &[Word], feels: bool) -> bool {
    let someone = |word: &Word| {
        let pronoun = word.roles().has(Role::Pronoun) && word.lower() != "they";
        (word.capital && word.lower() != "they") || pronoun || lexicon::head(word.lower()).is_some()
    };
    let opens = words.first().is_some_and(|word| {
        word.is_verbal() || word.roles().has(Role::Preposition) || word.is(&["to", "and", "but", "or", "nor"])
    });
    let last = words.last().filter(|_| words.len() > 1);
    let hangs =
        last.is_some_and(|word| !word.is_clitic() && word.roles().any(&[Role::Preposition, Role::Determiner, Role::Possessive]));
    let head = head_of(words).and_then(|head| words.get(head));
    let relative = |word: &&Word| word.is(&["who", "which", "that", "whose"]);
    // In "Echo founder Ada Moss" the role is no verb, though its form could be one.
    let role = |at: usize| {
        let next = words.get(at + 1).is_some_and(|next| next.capital);
        next && words.get(at).is_some_and(|word| lexicon::head(word.lower()).is_some())
    };
    let mut phrase = words.iter().take_while(|word| !relative(word)).enumerate();
    let clause = phrase.any(|(at, word)| matches!(word.tag.ptb, "VBP" | "VBZ" | "MD") && !word.capital && !role(at));
    let names = |word: &Word| {
        word.capital || word.roles().has(Role::Pronoun) || !matches!(word.tag.upos, "ADP" | "PART" | "PUNCT" | "SCONJ")
    };
    let nobody = words.first().is_some_and(|word| word.is(&["no", "nobody", "none", "nothing"]));
    !nobody && !opens && !hangs && !clause && words.iter().any(names) && (!feels || head.is_some_and(someone))
}

/// What kind of source the noun at `head` is.
pub(super) fn kind_by_words(words: &[Word], head: usize) -> SourceKind {
    let noun = words.get(head).map(Word::lower).unwrap_or_default();
    let plural = noun.ends_with('s') && !noun.ends_with("ss") || ["people", "men", "women", "spokesmen"].contains(&noun);
    let pronoun = words.get(head).is_some_and(|word| word.roles().has(Role::Pronoun));
    match lexicon::head(noun) {
        Some(Head::Kind(kind)) => kind,
        Some(Head::Several) => SourceKind::Group,
        Some(Head::Role) if is_unnamed(words, head) => SourceKind::Unnamed,
        _ if pronoun => {
            if ["they", "we", "some", "others", "many"].contains(&noun) {
                SourceKind::Group
            } else {
                SourceKind::Person
            }
        }
        _ if plural => SourceKind::Group,
        Some(Head::Role) => SourceKind::Person,
        None if words.get(head).is_some_and(|word| word.capital) => SourceKind::Person,
        None => SourceKind::Organization,
    }
}

/// Whether the words say that somebody stays unnamed: `a person familiar with`, `two officials`, `a senior official who declined to
/// be named`.
fn is_unnamed(words: &[Word], head: usize) -> bool {
    let told = [
        "familiar",
        "anonymity",
        "anonymous",
        "anonymously",
        "unnamed",
        "unidentified",
        "briefed",
        "named",
        "identified",
        "close",
    ];
    let said = words.iter().any(|word| word.is(&told));
    let counted = words.first().is_some_and(|word| word.is(&COUNTED));
    let official = words.get(head).is_some_and(|word| {
        let noun = singular(word.lower());
        ["official", "aide", "person", "diplomat", "servant"].contains(&noun.as_str())
    });
    let indefinite = words.first().is_some_and(|word| word.is(&["a", "an"]));
    said || (official && (counted || indefinite))
}

/// The words that tell why a source is unnamed: what follows its head noun.
pub(super) fn why_unnamed(words: &[Word], head: usize) -> Option<Span> {
    let rest = words.get(head + 1..)?;
    let from = rest.iter().position(Word::is_word)?;
    let first = rest.get(from).filter(|word| word.is_word())?;
    Some(first.span.cover(rest.last()?.span))
}

/// The same in a clause behind the source's words: `two officials, who feared for their jobs`, `an aide, speaking on condition of anonymity`.
pub(super) fn why_after(text: &str, end: usize) -> Option<Span> {
    /// Longer clauses tell a story of their own.
    const LONGEST: usize = 160;
    let rest = text.get(end..text.floor_char_boundary(end.saturating_add(LONGEST)))?;
    let clause = rest.trim_start_matches([',', ' ']);
    let opens =
        ["who ", "speaking on ", "on condition of ", "on the condition ", "asking not ", "asking to ", "declining to be "]
            .iter()
            .any(|words| clause.starts_with(words));
    let length = clause.find([',', '.', ';', '—', '“', '"', '\n'])?;
    let start = end + rest.len() - clause.len();
    opens.then(|| Span::new(start, start + length).trimmed(text))
}

/// The phrase without the `who` that a tagger left at its end.
pub(super) fn without_relative(span: Span, words: &[Word]) -> (Span, &[Word]) {
    let relative = |word: &Word| word.is(&["who", "whom", "which", "that"]);
    let last = words.iter().rposition(|word| word.is_word() && !relative(word));
    let kept = last.and_then(|last| words.get(..=last)).unwrap_or(words);
    let end = kept.last().filter(|_| kept.len() < words.len()).map_or(span.end, |word| word.span.end);
    (Span::new(span.start, end), kept)
}

/// A noun without the `s` of its plural.
pub(super) fn singular(noun: &str) -> String {
    match noun {
        "people" => "person".to_owned(),
        _ => noun.strip_suffix('s').filter(|stem| stem.len() > 3 && !stem.ends_with('s')).unwrap_or(noun).to_owned(),
    }
}

/// The noun at `head` in the singular, with the nouns before it: court records are not prison records, but a long report is a report.
pub(super) fn compound(words: &[Word], head: usize) -> String {
    let light = |word: &Word| {
        word.roles().any(&[Role::Determiner, Role::Possessive])
            || matches!(word.tag.upos, "ADJ" | "ADV" | "NUM")
            || !word.is_word()
    };
    let phrase = words.get(..=head).unwrap_or_default();
    let before = phrase.iter().rev().skip(1).take_while(|word| !light(word)).count();
    let own = phrase.get(phrase.len().saturating_sub(before + 1)..).unwrap_or_default();
    own.iter().map(|word| singular(word.lower())).collect::<Vec<_>>().join(" ")
}

/// The words of a phrase without determiners, as a key.
pub(super) fn plain(words: &[Word]) -> String {
    let kept = words.iter().filter(|word| word.is_word() && !word.is(&["the", "a", "an", "those", "these"]));
    kept.map(Word::lower).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_behind_an_unnamed_source_says_why() {
        let check = |text: &str, source: &str, why: &str| {
            let found = why_after(text, source.len()).map(|span| span.of(text));
            assert_eq!(found.unwrap_or_default(), why, "{text}");
        };
        check("Two officials, who feared for their jobs, said no.", "Two officials", "who feared for their jobs");
        check("An aide, speaking on condition of anonymity, said no.", "An aide", "speaking on condition of anonymity");
        check("Two officials said no, who knows.", "Two officials", "");
        check("Two officials", "Two officials", "");
    }
}
