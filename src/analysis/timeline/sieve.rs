//! What is no event though a date stands beside it: orders and questions to the reader, what is so or is always so, and dates that
//! something is only compared with, counted from or moved to.

use super::happenings::is_voice;
use super::tense::{Tagged, Tense, of_verb};
use super::{Granularity, Timex, TimexType};
use jiff::civil::DateTime;

/// How many tokens before a date a superlative may stand: `for the first time since 1993`.
const NEAR: usize = 6;

/// How many tokens from a trigger the words that tell its kind may stand.
const REACH: usize = 40;

/// Adverbs of what is always so.
const ALWAYS: [&str; 10] =
    ["typically", "usually", "generally", "normally", "traditionally", "often", "always", "commonly", "regularly", "still"];
/// What a verb in its base form may follow: `made him leave`, `demanded that he leave`.
const LICENCES: [&str; 5] = ["to", "that", "let", "make", "help"];

/// Whether the trigger at token `at` tells something that happens at `time`, the expression beside it.
pub(super) fn is_dated(sentence: &Tagged<'_>, at: usize, time: &Timex, now: Option<DateTime>) -> bool {
    let from = sentence.tokens.partition_point(|token| token.span().end <= time.span.start);
    let to = sentence.tokens.partition_point(|token| token.span().start < time.span.end);
    !(is_request(sentence, at)
        || is_counterfactual(sentence, at)
        || is_talk(sentence, at)
        || is_question(sentence)
        || is_state(sentence, at, time, now)
        || is_habit(sentence, at, time, now)
        || is_compared(sentence, time, from)
        || is_shifted(sentence, at, from)
        || is_some_day(sentence, time, now)
        || is_label(sentence, from, to)
        || is_make(sentence, at, from, to)
        || is_aim(sentence, at, time)
        || is_feast(sentence, time, to)
        || is_fragment(sentence, at)
        || is_of_the_page(sentence))
}

/// Whether the verb at `at`, or its sentence, tells the reader what to do: `Go out and vote on Tuesday`.
fn is_request(sentence: &Tagged<'_>, at: usize) -> bool {
    let first = (0..=at).take(NEAR).find(|&i| sentence.is_word(i)).unwrap_or(at);
    if sentence.tag(first).ptb == "VB" && matches!(sentence.tag(first + 1).upos, "DET" | "PRON" | "ADP" | "ADV" | "CCONJ") {
        return true;
    }
    let licensed = |i: usize| sentence.is_finite(i) || LICENCES.contains(&sentence.word(i).as_str());
    let subject = at.checked_sub(1).is_some_and(|i| matches!(sentence.tag(i).upos, "NOUN" | "PROPN" | "PRON"));
    sentence.tag(at).ptb == "VB" && !subject && !(at.saturating_sub(REACH)..at).any(licensed)
}

/// Whether the sentence is a question.
fn is_question(sentence: &Tagged<'_>) -> bool {
    let last = (0..sentence.tokens.len())
        .rev()
        .take(NEAR)
        .find(|&i| !matches!(sentence.word(i).as_str(), "\"" | "”" | "’" | "'" | "''" | ")"));
    last.is_some_and(|i| sentence.word(i) == "?")
}

/// Whether the trigger tells what would have happened: `would have left in May`.
fn is_counterfactual(sentence: &Tagged<'_>, at: usize) -> bool {
    let group = |i: &usize| matches!(sentence.tag(*i).upos, "AUX" | "ADV" | "PART");
    let group: Vec<String> = (at.saturating_sub(NEAR)..at).rev().take_while(group).map(|i| sentence.word(i)).collect();
    let has = |forms: &[&str]| group.iter().any(|word| forms.contains(&word.as_str()));
    has(&["would", "'d", "’d"]) && has(&["have", "'ve", "’ve"])
}

/// Whether the trigger is only where something was said, which the claims tell: `said in a speech last week`.
fn is_talk(sentence: &Tagged<'_>, at: usize) -> bool {
    let part = |i: &usize| matches!(sentence.tag(*i).upos, "DET" | "ADJ" | "NOUN" | "PROPN" | "NUM" | "PUNCT" | "PART");
    let Some(led) = (at.saturating_sub(NEAR)..at).rev().find(|i| !part(i)) else { return false };
    let place = matches!(sentence.word(led).as_str(), "in" | "at" | "during");
    let said = led.checked_sub(1).is_some_and(|i| is_voice(&sentence.word(i), false));
    sentence.tag(at).is_noun() && place && said
}

/// Whether the date tells only of what year a thing is: `her laptop from April 2015 was slow`, `winter wheat`.
fn is_make(sentence: &Tagged<'_>, at: usize, from: usize, to: usize) -> bool {
    let noun = |i: usize| sentence.tag(i).upos == "NOUN" && !sentence.is_event_noun(i);
    let before = |back: usize| from.checked_sub(back);
    let dated = before(1).is_some_and(|i| sentence.word(i) == "from")
        && before(2).is_some_and(|i| noun(i) || sentence.tag(i).upos == "PROPN")
        && !matches!(sentence.word(to).as_str(), "to" | "through" | "until" | "till" | "-" | "–" | "on" | "onward" | "onwards")
        && !(at < from && sentence.is_verb(at));
    let season = to == from + 1
        && matches!(sentence.word(from).as_str(), "spring" | "summer" | "autumn" | "fall" | "winter")
        && noun(to)
        && sentence.tag(to).ptb == "NN"
        && !sentence.is_verbal(to + 1);
    dated || season
}

/// Whether the trigger is something that is held every few years, and only named here: `to weaken him in the 2020 election`.
fn is_aim(sentence: &Tagged<'_>, at: usize, time: &Timex) -> bool {
    const HELD: [&str; 9] = ["election", "elections", "campaign", "primary", "primaries", "race", "season", "games", "olympics"];
    let led = (at.saturating_sub(NEAR)..at).rev().find(|&i| matches!(sentence.tag(i).upos, "ADP" | "VERB" | "AUX" | "SCONJ"));
    let named = HELD.contains(&sentence.word(at).as_str()) && led.is_some_and(|i| sentence.tag(i).upos == "ADP");
    named && time.granularity == Some(Granularity::Year)
}

/// Whether `time` lies wholly after the moment of publication.
fn is_ahead(time: &Timex, now: Option<DateTime>) -> bool {
    matches!((time.interval.start, now), (Some(start), Some(now)) if start > now)
}

/// Whether the verb group of the trigger at `at` stands in the present: `is`, `exists`, `are living`.
fn in_the_present(sentence: &Tagged<'_>, at: usize) -> bool {
    let finite = |i: usize| matches!(sentence.tag(i).ptb, "VBZ" | "VBP") && of_verb(sentence, i) == Tense::Unknown;
    if sentence.is_verbal(at) && finite(at) {
        return true;
    }
    let group = |i: &usize| matches!(sentence.tag(*i).upos, "AUX" | "ADV" | "PART");
    let aux = (at.saturating_sub(NEAR)..at).rev().take_while(group).filter(|&i| sentence.tag(i).upos == "AUX").last();
    aux.is_some_and(|i| sentence.is_copula(i) && finite(i))
}

/// The copula of the present that the noun or adjective at `at` is said by.
fn predicated(sentence: &Tagged<'_>, at: usize) -> Option<usize> {
    let inside = |i: &usize| matches!(sentence.tag(*i).upos, "DET" | "ADJ" | "NOUN" | "ADV" | "NUM" | "PROPN");
    let before = (at.saturating_sub(REACH)..at).rev().find(|i| !inside(i))?;
    (!sentence.tag(at).is_verb() && sentence.is_copula(before)).then_some(before)
}

/// Whether the trigger tells only how things are: `the best that exist today`, `top headlines for Nov. 19 are here`.
fn is_state(sentence: &Tagged<'_>, at: usize, time: &Timex, now: Option<DateTime>) -> bool {
    let verb = predicated(sentence, at).unwrap_or(at);
    let word = |back: usize| verb.checked_sub(back).map_or(String::new(), |i| sentence.word(i));
    // "It was around midnight when a guard saw them".
    if sentence.is_copula(verb) && word(1) == "it" && !sentence.is_event_noun(at) {
        return true;
    }
    if is_ahead(time, now) || time.interval.end.is_none() || !matches!(time.kind, TimexType::Date | TimexType::Time) {
        return false;
    }
    let noun = !sentence.is_verbal(at) && sentence.is_event_noun(at);
    let state = sentence.is_copula(verb) || sentence.is_state_verb(verb);
    let possible = (1..=2).any(|back| matches!(word(back).as_str(), "may" | "might" | "can" | "must"));
    !noun && state && (possible || in_the_present(sentence, verb))
}

/// Whether the trigger tells what is always so: `wheat is typically sown in November`, `in winter the air gets dry`.
fn is_habit(sentence: &Tagged<'_>, at: usize, time: &Timex, now: Option<DateTime>) -> bool {
    if !in_the_present(sentence, predicated(sentence, at).unwrap_or(at)) {
        return false;
    }
    let again = |i: usize| {
        matches!(sentence.word(i).as_str(), "every" | "each")
            && matches!(sentence.word(i + 1).as_str(), "year" | "day" | "week" | "month")
    };
    if (at.saturating_sub(4)..at).any(|i| ALWAYS.contains(&sentence.word(i).as_str())) || (at..at + NEAR).any(again) {
        return true;
    }
    let named =
        matches!(time.granularity, Some(Granularity::Day | Granularity::Month | Granularity::Season | Granularity::PartOfDay));
    let dated = time.span.of(sentence.text).bytes().any(|byte| byte.is_ascii_digit());
    let over = matches!((time.interval.end, now), (Some(end), Some(now)) if end.date() <= now.date());
    let season = matches!(time.granularity, Some(Granularity::Month | Granularity::Season)) && !is_ahead(time, now);
    let simple = sentence.is_verb(at) && matches!(sentence.tag(at).ptb, "VBZ" | "VBP");
    named && !dated && simple && (over || season)
}

/// Whether the date is only what something is measured by: `for the first time since 1993`, `up from a year ago`.
fn is_compared(sentence: &Tagged<'_>, time: &Timex, from: usize) -> bool {
    let words = time.span.of(sentence.text).to_lowercase();
    let led = |word: &str| words.starts_with(word) || from.checked_sub(1).is_some_and(|i| sentence.word(i) == word);
    let most = |i: usize| {
        matches!(sentence.tag(i).ptb, "JJS" | "RBS") || matches!(sentence.word(i).as_str(), "first" | "only" | "last" | "most")
    };
    let counted = words.ends_with("ago") || words.ends_with("earlier");
    (led("since") && (from.saturating_sub(NEAR)..from).any(most)) || led("than") || (led("from") && counted)
}

/// Whether the verb at `at` moves something to or from the date: `postponed until Friday`, `moved from Tuesday`.
fn is_shifted(sentence: &Tagged<'_>, at: usize, from: usize) -> bool {
    let bound = |i: usize| matches!(sentence.word(i).as_str(), "to" | "from" | "until" | "till");
    sentence.is_shift(at) && (from.saturating_sub(2)..from).any(|i| i > at && bound(i))
}

/// Whether the words name a part of some day that the text does not tell, so that only the day of publication was left for it.
fn is_some_day(sentence: &Tagged<'_>, time: &Timex, now: Option<DateTime>) -> bool {
    const DAYS: [&str; 7] = ["this", "today", "tonight", "yesterday", "tomorrow", "last", "now"];
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words = time.span.of(sentence.text).to_lowercase();
    let tells_day = |word: &str| {
        DAYS.contains(&word)
            || (word.len() > 5 && word.ends_with("day"))
            || word.get(..3).is_some_and(|head| MONTHS.contains(&head))
    };
    let published = matches!((time.interval.start, now), (Some(start), Some(now)) if start.date() == now.date());
    let part = time.kind == TimexType::Time || words.ends_with("the day") || words.ends_with("that day");
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    part && published && time.anchor.is_none() && !words.into_iter().any(tells_day)
}

/// Whether the year at `from` to `to` belongs to the name of a thing that is no event: `the 2020 Mercer Coupe`, `a 1990s band`. What
/// a study of that year finds, it finds in that year.
fn is_label(sentence: &Tagged<'_>, from: usize, to: usize) -> bool {
    const STUDIES: [&str; 12] = [
        "study",
        "report",
        "analysis",
        "survey",
        "poll",
        "paper",
        "investigation",
        "audit",
        "review",
        "article",
        "book",
        "interview",
    ];
    // "a 1990s band": whatever follows, it is of that kind.
    if to == from + 1
        && sentence.word(from).ends_with("0s")
        && from.checked_sub(1).is_some_and(|i| matches!(sentence.word(i).as_str(), "a" | "an"))
    {
        return true;
    }
    let year = to == from + 1 && sentence.word(from).get(..4).is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let led = from
        .checked_sub(1)
        .is_some_and(|i| matches!(sentence.tag(i).upos, "ADP" | "PUNCT" | "SCONJ") || sentence.leads_to_time(i));
    let part = |i: &usize| matches!(sentence.tag(*i).upos, "NOUN" | "PROPN" | "ADJ") && sentence.is_word(*i);
    let Some(head) = (to..to + NEAR).take_while(part).last() else { return false };
    let event = (to..=head).any(|i| sentence.is_event_noun(i) || sentence.is_quantity(i));
    year && !led && !event && !STUDIES.contains(&sentence.word(head).as_str())
}

/// Whether a feast is part of the name of a thing: `their Christmas cards`.
fn is_feast(sentence: &Tagged<'_>, time: &Timex, to: usize) -> bool {
    let words = time.span.of(sentence.text);
    let name = words.starts_with(char::is_uppercase) && words.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'\'');
    let day = words.ends_with("day") || words.starts_with("To") || words.starts_with("No");
    name && !day
        && time.granularity == Some(Granularity::Day)
        && sentence.tag(to).upos == "NOUN"
        && !sentence.is_event_noun(to)
        && !sentence.is_finite(to + 1)
}

/// Whether the words are a heading, or the trigger opens the sentence in -ing: `Speaking of last year`.
fn is_fragment(sentence: &Tagged<'_>, at: usize) -> bool {
    let verb = |i: usize| sentence.is_verbal(i) && !matches!(sentence.tag(i).ptb, "VBG" | "VB");
    let opens = sentence.is_gerund(at) && (0..at).take(NEAR).all(|i| !sentence.is_word(i));
    opens || (sentence.tokens.len() < REACH && !(0..sentence.tokens.len()).any(verb))
}

/// Whether the sentence tells of the text itself: `An earlier version of this article misstated`.
fn is_of_the_page(sentence: &Tagged<'_>) -> bool {
    const TEXTS: [&str; 4] = ["article", "story", "post", "page"];
    let end = sentence.tokens.len().min(REACH);
    (1..end).any(|i| TEXTS.contains(&sentence.word(i).as_str()) && sentence.word(i - 1) == "this")
}
