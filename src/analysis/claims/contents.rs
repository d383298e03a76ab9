//! Contents as the encoder gives them, set right: near their cue, without holes, whole phrases, and nothing that only stands beside them.

use super::lexicon::{Frame, Role};
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
    reach_on(words, attribution);
    shed_cited(words, attribution);
    shed_listener(words, attribution);
    shed_joined(words, attribution);
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
        let goes_on = |word: &&Word| free(word) && (hangs || stopped || in_phrase(word) || word.is(&["of"]));
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
    let placed = last.tag.upos == "ADP" && last.roles().has(Role::Preposition);
    described || placed && in_phrase(next)
}

/// Whether a phrase of a noun may have the word.
fn in_phrase(word: &Word) -> bool {
    let opens = word.roles().any(&[Role::Determiner, Role::Possessive]);
    opens
        || word.is_clitic()
        || word.is_number()
        || word.tag.is_noun()
        || matches!(word.tag.upos, "PROPN" | "ADJ" | "NUM")
        || word.capital
}

/// Leaves out whom a source cites, and what tells of the source behind its name: "it will open, the agency said, citing the board", "the ward was
/// full, said Ada Moss, head of the nurses' union".
fn shed_cited(words: &Words, attribution: &mut Attribution) {
    let Some(cue) = attribution.cue.first().map(|&cue| words.within(cue)) else { return };
    let said = attribution.content.first().is_some_and(|first| words.within(*first).end <= cue.start);
    let named = attribution.source.first().is_some_and(|&source| {
        let source = words.within(source);
        source.start == cue.end && words.slice(source).iter().any(|word| word.tag.upos == "PROPN")
    });
    let finite = |word: &Word| matches!(word.tag.ptb, "VBD" | "VBZ" | "VBP" | "MD") || word.roles().has(Role::Auxiliary);
    let aside = |part: &Span| {
        let own = words.within(*part);
        let after_comma = own.start.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| word.lower() == ",");
        let part = words.slice(own.clone());
        let cites = part.first().is_some_and(|word| word.is(&["citing", "quoting"])) && cue.end <= own.start;
        let leads =
            part.first().is_some_and(|word| word.roles().any(&[Role::Preposition, Role::Subordinator]) || word.is(&["to"]));
        let tells = named && after_comma && !leads && part.iter().all(|word| word.depth == 0 && !finite(word));
        own.start >= cue.end && (cites || tells)
    };
    if said {
        attribution.content.retain(|part| !aside(part));
    }
    // "the agency said, citing the" as one part with what it said before.
    for part in attribution.content.iter_mut().filter(|_| said) {
        let own = words.within(*part);
        let cites =
            own.clone().find(|&at| at > cue.end && words.get(at).is_some_and(|word| word.depth == 0 && word.is(&["citing"])));
        if let Some(whole) = cites.and_then(|at| words.span(own.start..at.saturating_sub(1))) {
            *part = whole;
        }
    }
}

/// Leaves out who is told: "the nation that its mayor is right" of "lectured the nation that its mayor is right".
fn shed_listener(words: &Words, attribution: &mut Attribution) {
    /// Most words of who is told.
    const LISTENER: usize = 6;
    let Some(cue) = attribution.cue.last().map(|&cue| words.within(cue)) else { return };
    let Some(first) = attribution.content.first_mut() else { return };
    let own = words.within(*first);
    let verb = words.slice(cue.clone()).iter().rfind(|word| word.verb().is_some());
    let ends = words.slice(cue.clone()).last().map(|word| word.span) == verb.map(|verb| verb.span);
    // "acknowledged to her | supervisors that"
    let to = words.slice(cue.start..own.start.max(cue.start)).iter().rev();
    let mut to = to.skip_while(|word| word.roles().any(&[Role::Determiner, Role::Possessive])).take(1);
    let tells = ends && verb.and_then(Word::verb).is_some_and(|verb| verb.takes(Frame::Addressee));
    if !tells && !to.any(|word| word.is(&["to"])) {
        return;
    }
    let listener = |word: &&Word| word.depth == 0 && (in_phrase(word) || word.is(&["of"])) && !word.is(&["that", "this"]);
    let told = words.slice(own.clone()).iter().take_while(listener).count();
    let (that, next) = (own.start + told, own.start + told + 1);
    let opens = words.get(that).is_some_and(|word| word.is(&["that"])) && words.get(next).is_some_and(|word| !word.is_verbal());
    if (1..=LISTENER).contains(&told)
        && opens
        && let Some(rest) = words.span(that..own.end)
    {
        *first = rest;
    }
}

/// Ends a content before a verb of the one who says it: "asked the firm to unwind the deal and returned the money", "firms agree that the tax
/// has failed and support the mayor". No verb with a tense goes on with an infinitive, none in the plural with a subject in the singular.
fn shed_joined(words: &Words, attribution: &mut Attribution) {
    let ptb = |at: usize| words.get(at).map_or("", |word| word.tag.ptb);
    let Some(cue) = attribution.cue.last().map(|&cue| words.within(cue)) else { return };
    let said = cue.clone().map(ptb).find(|tag| ["VBD", "VBZ", "VBP"].contains(tag)).unwrap_or_default();
    for part in attribution.content.iter_mut().filter(|part| part.start >= words.get(cue.end).map_or(0, |word| word.span.start)) {
        let own = words.within(*part);
        if words.slice(own.clone()).iter().any(|word| word.depth > 0) {
            continue;
        }
        let first = own.clone().find(|&at| {
            words.get(at).is_some_and(|word| word.is(&["to"]) || ["VBD", "VBZ", "VBP", "MD"].contains(&word.tag.ptb))
        });
        let infinitive = |at: usize| words.get(at).is_some_and(|word| word.is(&["to"])) && ptb(at + 1) == "VB";
        let Some(first) = first.filter(|&at| infinitive(at) || ["VBZ", "VBP"].contains(&ptb(at))) else { continue };
        let joined = (first + 1..own.end).find(|&at| {
            let verb = if words.get(at + 1).is_some_and(Word::is_adverb) { at + 2 } else { at + 1 };
            // The tagger cannot tell the plural of a verb from its plain form.
            let foreign = match (ptb(first), ptb(verb)) {
                ("VBZ", "VBP" | "VB") => said == "VBP",
                ("VBP", "VBZ") => said == "VBZ",
                ("VBZ" | "VBP", _) => false,
                (_, tag) => tag == "VBD" && said == "VBD",
            };
            words.get(at).is_some_and(|word| word.is(&["and"])) && foreign && verb < own.end
        });
        // A verb with a subject of its own in between makes another clause.
        let between =
            joined.is_some_and(|joined| (first + 1..joined).any(|at| ["TO", "VBD", "VBZ", "VBP", "MD"].contains(&ptb(at))));
        if let Some(whole) = joined.filter(|_| !between).and_then(|at| words.span(own.start..at)) {
            *part = whole;
        }
    }
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
    use crate::analysis::claims::quotes::quotes;
    use crate::text::tags;

    /// What `tidy` makes of an attribution: its cue, and the parts of its content.
    #[track_caller]
    fn check(text: &str, [source, cue]: [&str; 2], content: &[&str], want: (&str, &[&str])) {
        let prose = Prose::new(text, [Span::new(0, text.len())]);
        let words = Words::new(text, &prose, &tags(text, &prose), &quotes(text, &prose));
        let at = |part: &str| text.find(part).map(|start| Span::new(start, start + part.len())).unwrap();
        let mut attribution = Attribution {
            source: vec![at(source)],
            cue: vec![at(cue)],
            content: content.iter().map(|part| at(part)).collect(),
            ..Attribution::default()
        };
        tidy(&prose, &words, &mut attribution);
        let have: Vec<&str> = attribution.content.iter().map(|span| span.of(text)).collect();
        assert_eq!((attribution.cue[0].of(text), have), (want.0, want.1.to_vec()));
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

    #[test]
    fn what_stands_beside_a_name_is_not_said() {
        let text = "The ward was full, said Ada Moss, local president of the nurses' union.";
        check(
            text,
            ["Ada Moss", "said"],
            &["The ward was full", "local president of the nurses' union"],
            ("said", &["The ward was full"]),
        );
        let text = "Buses, said Ada Moss, are late.";
        check(text, ["Ada Moss", "said"], &["Buses", "are late"], ("said", &["Buses", "are late"]));
        let text = "The ferry is late, says Ada Moss, because of the tide.";
        check(
            text,
            ["Ada Moss", "says"],
            &["The ferry is late", "because of the tide"],
            ("says", &["The ferry is late", "because of the tide"]),
        );
        let text = "Nobody was hurt, the agency said, citing the harbour board.";
        check(text, ["the agency", "said"], &["Nobody was hurt", "citing the harbour board"], ("said", &["Nobody was hurt"]));
        let text = "Vik lectured the whole nation that its mayor was right.";
        check(
            text,
            ["Vik", "lectured"],
            &["the whole nation that its mayor was right"],
            ("lectured", &["that its mayor was right"]),
        );
        let text = "Vik admitted to her supervisors that it was late.";
        check(text, ["Vik", "admitted"], &["supervisors that it was late"], ("admitted", &["that it was late"]));
        let text = "Vik warned that the plan was late.";
        check(text, ["Vik", "warned"], &["that the plan was late"], ("warned", &["that the plan was late"]));
    }

    #[test]
    fn verbs_of_the_source_are_not_said() {
        let text = "He asked the firm to unwind the deal and returned the money.";
        check(
            text,
            ["He", "asked"],
            &["the firm to unwind the deal and returned the money"],
            ("asked", &["the firm to unwind the deal"]),
        );
        let text = "Many firms agree that the tax has failed and support the mayor.";
        check(
            text,
            ["Many firms", "agree"],
            &["that the tax has failed and support the mayor"],
            ("agree", &["that the tax has failed"]),
        );
        let text = "He said the firm had failed and returned the money.";
        check(
            text,
            ["He", "said"],
            &["the firm had failed and returned the money"],
            ("said", &["the firm had failed and returned the money"]),
        );
    }
}
