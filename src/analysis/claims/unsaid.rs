//! What stands in a content as the encoder gives it and is not said: who is told, whom the source cites, who it is, and what it does besides.

use super::lexicon::{Frame, Role};
use super::words::{Word, Words};
use crate::encoder::Attribution;
use crate::text::Span;

/// Takes from the content what is not said.
pub(super) fn shed(words: &Words, attribution: &mut Attribution) {
    shed_cited(words, attribution);
    shed_listener(words, attribution);
    shed_joined(words, attribution);
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
    let listener = |word: &&Word| word.depth == 0 && (word.in_phrase() || word.is(&["of"])) && !word.is(&["that", "this"]);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::claims::words::tests::check_tidied;

    #[track_caller]
    fn check(text: &str, named: [&str; 2], content: &[&str], want: (&str, &[&str])) {
        check_tidied(text, named, content, want, |_, words, attribution| shed(words, attribution));
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
