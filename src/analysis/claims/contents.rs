//! Contents as the encoder gives them, set right: near their cue, without holes, and whole phrases.

use super::lexicon::Role;
use super::words::{Word, Words};
use crate::encoder::Attribution;
use crate::text::{Prose, Span};

/// Sets the content of an attribution right, and where its cue ends.
pub(super) fn tidy(prose: &Prose, words: &Words, attribution: &mut Attribution) {
    keep_near(prose, words, attribution);
    strip_marks(words, attribution);
    part_cue(words, attribution);
    close_gaps(words, attribution);
    reach_back(words, attribution);
    // "to 6:30" goes on to "a.m. the", and that to the next mark.
    for _ in 0..2 {
        reach_on(words, attribution);
    }
    tidy_quoted(words, attribution);
}

/// Keeps the parts of a content that stand in the paragraph of the cue, or within quotes.
fn keep_near(prose: &Prose, words: &Words, attribution: &mut Attribution) {
    let paragraph = |span: &Span| prose.sentence_at(span.start).and_then(|at| prose.sentences.get(at)).map(|s| s.paragraph);
    let Some(home) = attribution.cue.first().map(paragraph) else { return };
    attribution.content.retain(|part| is_quoted(words, part) || paragraph(part) == home);
}

/// Whether the words begin within quotes.
fn is_quoted(words: &Words, part: &Span) -> bool {
    words.slice(words.within(*part)).first().is_some_and(|word| word.depth > 0)
}

/// Most words of a hole in a content that is closed.
const GAP: usize = 3;

/// Closes holes of a few words in a content, within a sentence and outside quotes, with nothing of its own source or cue in
/// them.
fn close_gaps(words: &Words, attribution: &mut Attribution) {
    attribution.content.sort_unstable();
    let own: Vec<Span> = attribution.source.iter().chain(&attribution.cue).copied().collect();
    let mut parts: Vec<Span> = Vec::with_capacity(attribution.content.len());
    for &part in &attribution.content {
        let hole = parts.last().map(|last| Span::new(last.end, part.start.max(last.end)));
        let closed = hole.is_some_and(|hole| {
            let inside = words.within(hole);
            let sentence = |at: usize| words.get(at).map(|word| word.sentence);
            let loose = |at: usize| words.get(at).is_some_and(|word| word.depth == 0);
            inside.len() <= GAP
                && loose(inside.start.saturating_sub(1))
                && loose(inside.end)
                && sentence(inside.start.saturating_sub(1)) == sentence(inside.end)
                && !own.iter().any(|span| span.overlaps(hole))
        });
        match parts.last_mut() {
            Some(last) if closed => *last = last.cover(part),
            _ => parts.push(part),
        }
    }
    attribution.content = parts;
}

/// Takes a content that breaks off behind a verb of saying, or before its participle, to where it ends in what the rules read at the
/// same cue: "CNN said Smith wrote to us, explaining" lacks what Smith explained.
pub(super) fn fill(words: &Words, attribution: &mut Attribution, rule: &Attribution) {
    attribution.content.sort_unstable();
    let verb = |word: &Word| word.verb().is_some() && word.is_verbal();
    let says = |part: &&Span| {
        let within = words.within(**part);
        let next = words.0.get(within.end..).unwrap_or_default().iter().find(|word| word.is_word());
        words.slice(within).last().is_some_and(verb) || next.is_some_and(|next| verb(next) && next.lower().ends_with("ing"))
    };
    let broken = attribution.content.iter().find(says).copied();
    let whole = broken.and_then(|part| rule.content.iter().find(|content| content.contains(part) && content.end > part.end));
    if let Some((broken, whole)) = broken.zip(whole) {
        attribution.content.retain(|part| part.start < broken.start || part.start >= whole.end);
        attribution.content.push(Span::new(broken.start, whole.end));
        attribution.content.sort_unstable();
    }
}

/// Most words that a content is taken back over to the beginning of its sentence.
const BACK: usize = 3;

/// Begins a content with its sentence where it leaves out no more than the first words of its subject: "The Echo founder".
fn reach_back(words: &Words, attribution: &mut Attribution) {
    let own = attribution.cue.iter().chain(&attribution.source).map(|span| span.start).min().unwrap_or_default();
    let Some(content) = attribution.content.first_mut().filter(|content| content.start < own) else { return };
    let first = words.within(*content).start;
    let Some(sentence) = words.get(first).map(|word| word.sentence) else { return };
    let before = words.slice(first.saturating_sub(BACK + 1)..first);
    let own = before.iter().rev().take_while(|word| word.sentence == sentence).count();
    let gap = words.slice(first - own..first);
    let subject = |word: &Word| word.is_word() && !word.is_verbal() && (word.tag.is_noun() || word.roles().has(Role::Determiner));
    if (1..=BACK).contains(&own) && gap.iter().all(subject) {
        content.start = gap.first().map_or(content.start, |word| word.span.start);
    }
}

/// Takes each part of a content that breaks off on: "that the work would begin with the" to the next mark, its own words or the end of the
/// sentence, "up to $50 billion in annual" to the end of the phrase.
fn reach_on(words: &Words, attribution: &mut Attribution) {
    let ends: Vec<usize> = attribution.content.iter().map(|part| words.within(*part).end).collect();
    for (at, end) in ends.into_iter().enumerate() {
        let [last, next] = words.slice(end.saturating_sub(1)..end + 1) else { continue };
        let (hangs, cut) = (hangs(last), is_cut(last, next));
        // The full stop of "6:30 a.m. the next day" ends nothing.
        let stopped = last.lower().ends_with('.') && next.is_word() && !next.capital;
        if !(hangs || cut || stopped) || last.depth > 0 || next.sentence != last.sentence {
            continue;
        }
        let own = attribution.source.iter().chain(&attribution.cue).chain(attribution.content.get(at + 1));
        let stop = own.map(|span| span.start).filter(|&start| start >= last.span.end).min();
        let free = |word: &&Word| {
            word.sentence == last.sentence && word.is_word() && word.depth == 0 && stop.is_none_or(|stop| word.span.end <= stop)
        };
        let goes_on =
            |word: &&Word| free(word) && (hangs || stopped || word.span == next.span || word.in_phrase() || word.is(&["of"]));
        let rest = words.0.get(end..).unwrap_or_default().iter().take_while(goes_on).filter(|word| !word.is(&["of"])).last();
        if let Some((part, rest)) = attribution.content.get_mut(at).zip(rest) {
            part.end = rest.span.end;
        }
    }
}

/// Whether nothing can end with the word: "the", "her", "has", "and".
fn hangs(last: &Word) -> bool {
    let leads = last.roles().any(&[Role::Determiner, Role::Possessive, Role::Auxiliary]) && !last.roles().has(Role::Pronoun);
    !last.is_clitic() && (leads || last.is(&["and", "or", "but"]))
}

/// Whether what ends between the two words is cut within a phrase: "annual | purchases", "in | May".
fn is_cut(last: &Word, next: &Word) -> bool {
    let described = last.tag.upos == "ADJ" && !last.is_adverb() && next.tag.is_noun() && !next.capital;
    let counts = matches!(next.tag.upos, "NOUN" | "NUM") && !next.capital || next.is(&["a.m.", "p.m."]);
    let placed = last.tag.upos == "ADP" && last.roles().has(Role::Preposition);
    described || last.is_number() && counts || placed && next.in_phrase()
}

/// Leaves to the words behind a cue what is theirs: "said | in the release" is "said", "wondered at | what point" is "wondered", "at what point".
fn part_cue(words: &Words, attribution: &mut Attribution) {
    let Some(cue) = attribution.cue.last_mut() else { return };
    let own = words.within(*cue);
    let preposition = |word: &Word| word.roles().has(Role::Preposition) && !word.is(&["by"]);
    let [.., before, last] = words.slice(own.clone()) else { return };
    let next = words.get(own.end);
    let content = |word: &Word| attribution.content.iter().any(|part| part.contains(word.span));
    let asks = next.is_some_and(|next| next.is(&["what", "which", "whom"]) && content(next));
    let loose = next.is_some_and(|next| next.is_word() && !content(next) && next.sentence == last.sentence);
    if !preposition(last) || before.verb().is_none() || !(asks || loose) {
        return;
    }
    let (start, end) = (last.span.start, before.span.end);
    cue.end = end;
    if asks && let Some(part) = attribution.content.iter_mut().find(|part| next.is_some_and(|next| part.start == next.span.start))
    {
        part.start = start;
    }
}

/// Leaves out of a quote's content whom it is quoted from: "the Echo quoted his letter".
fn tidy_quoted(words: &Words, attribution: &mut Attribution) {
    let cue = attribution.cue.first().map(|&cue| words.slice(words.within(cue))).unwrap_or_default();
    if !cue.iter().any(|word| word.verb().is_some_and(|verb| verb.lemma == "quote")) {
        return;
    }
    if attribution.content.iter().any(|part| is_quoted(words, part)) {
        attribution.content.retain(|part| is_quoted(words, part));
    }
}

/// Begins each part of a content with its first word or quote, not with the comma before it, and ends a cue before the article of what
/// follows; a mark alone names no source.
fn strip_marks(words: &Words, attribution: &mut Attribution) {
    if let Some(cue) = attribution.cue.last_mut() {
        let own = words.within(*cue);
        let article = words.slice(own.clone()).last().is_some_and(|word| word.is(&["the", "a", "an"]));
        if let Some(rest) = words.span(own.start..own.end.saturating_sub(1)).filter(|_| article) {
            *cue = rest;
        }
    }
    attribution.source.retain(|span| words.slice(words.within(*span)).iter().any(Word::is_word));
    for span in &mut attribution.content {
        let mut own = words.slice(words.within(*span)).iter();
        if let Some(first) = own.find(|word| !matches!(word.lower(), "," | ";" | ":")) {
            span.start = first.span.start;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::claims::words::tests::check_tidied;

    #[track_caller]
    fn check(text: &str, named: [&str; 2], content: &[&str], want: (&str, &[&str])) {
        check_tidied(text, named, content, want, tidy);
    }

    #[test]
    fn contents_do_not_end_within_a_phrase() {
        let text = "Moss said he asked for up to $50 million in annual fees before he left.";
        check(
            text,
            ["Moss", "said"],
            &["he asked for up to $50 million in annual"],
            ("said", &["he asked for up to $50 million in annual fees"]),
        );
        let text = "Moss said the old ferry had sailed on Vik's orders since May.";
        check(text, ["Moss", "said"], &["the old ferry had sailed on"], ("said", &["the old ferry had sailed on Vik's orders"]));
        let text = "Moss alleged that no rounds were made until 6:30 a.m. the following morning, when it rained.";
        let whole = "that no rounds were made until 6:30 a.m. the following morning";
        check(text, ["Moss", "alleged"], &["that no rounds were made until 6:30 a.m."], ("alleged", &[whole]));
        check(text, ["Moss", "alleged"], &["that no rounds were made until 6:30"], ("alleged", &[whole]));
        let text = "Moss alleged that no rounds were made from noon to 6:30 a.m. the following morning, when it rained.";
        let whole = "that no rounds were made from noon to 6:30 a.m. the following morning";
        check(text, ["Moss", "alleged"], &["that no rounds were made from noon to 6:30 a"], ("alleged", &[whole]));
        let text = "Moss said the port cost $5.9 million.";
        check(text, ["Moss", "said"], &["the port cost $5.9"], ("said", &["the port cost $5.9 million"]));
        let text = "Moss said what he was looking for, and left.";
        check(text, ["Moss", "said"], &["what he was looking for"], ("said", &["what he was looking for"]));
    }

    #[test]
    fn cues_leave_what_is_not_theirs() {
        let text = "“It is open,” Moss said in a letter.";
        check(text, ["Moss", "said in"], &["“It is open,”"], ("said", &["“It is open,”"]));
        let text = "The public wondered at what point it was enough.";
        check(text, ["The public", "wondered at"], &["what point it was enough"], ("wondered", &["at what point it was enough"]));
        let text = "Moss talked of the delay.";
        check(text, ["Moss", "talked of"], &["the delay"], ("talked of", &["the delay"]));
    }
}
