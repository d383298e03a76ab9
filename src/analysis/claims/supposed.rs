//! What nobody has said: what might, would or should be said, what is asked for, what is a condition, what there is none of.

use super::lexicon::{self, Role};
use super::words::{Word, Words};
use crate::encoder::Attribution;
use std::ops::Range;

/// Whether the cue tells of what might or should be said ("he may ask"), would have been said, is asked ("Did he say that it is?"), is a
/// condition ("if a doctor says that") or is said not to be ("no argument that"); not "he could be heard asking".
pub(super) fn is_supposed(words: &Words, attribution: &Attribution) -> bool {
    let Some(cue) = attribution.cue.first().map(|&cue| words.within(cue)) else { return false };
    let possible = cue_has(words, attribution, &["may", "might", "could", "should"]) || is_counterfactual(words, &cue);
    let supposed = possible || is_condition(words, attribution, &cue) || is_asked(words, &cue) || is_none(words, &cue);
    supposed && !is_witnessed(words, attribution)
}

/// Whether the cue tells of what somebody saw or heard: "could be heard saying".
pub(super) fn is_witnessed(words: &Words, attribution: &Attribution) -> bool {
    cue_has(words, attribution, &["heard", "seen"])
}

/// Whether one of the forms is a word of the cue.
pub(super) fn cue_has(words: &Words, attribution: &Attribution, forms: &[&str]) -> bool {
    attribution.cue.iter().any(|&span| words.slice(words.within(span)).iter().any(|word| word.is(forms)))
}

/// The cue with the auxiliaries, negations and adverbs before it.
fn group<'a>(words: &'a Words, cue: &Range<usize>) -> &'a [Word] {
    let part = |word: &&Word| word.roles().any(&[Role::Auxiliary, Role::Negation]) || word.is_adverb();
    let before = words.slice(cue.start.saturating_sub(4)..cue.start).iter().rev().take_while(part).count();
    words.slice(cue.start - before..cue.end)
}

/// "would then have claimed".
fn is_counterfactual(words: &Words, cue: &Range<usize>) -> bool {
    let group = group(words, cue);
    let would = group.iter().position(|word| word.is(&["would", "'d", "’d"]));
    would.is_some_and(|at| group.iter().skip(at).any(|word| word.is(&["have", "'ve", "’ve"])))
}

/// "if a doctor says that", "unless it agrees": what opens the clause stands right before its subject.
fn is_condition(words: &Words, attribution: &Attribution, cue: &Range<usize>) -> bool {
    let source = attribution.source.first().map(|&source| words.within(source).start).filter(|&start| start < cue.start);
    let start = source.unwrap_or(cue.start);
    let near = cue.start - start < NEAR;
    near && start.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| word.is(&["if", "unless", "until"]))
}

/// Most words between the beginning of a source and its cue in a condition.
const NEAR: usize = 12;

/// Most words of a sentence that are looked at on either side of a cue: the work must not grow faster than the text.
const LONGEST: usize = 600;

/// "Would he have asked that it stay?", "Did Moss say it was?": an auxiliary opens the question that the cue is the verb of.
fn is_asked(words: &Words, cue: &Range<usize>) -> bool {
    let Some(own) = words.get(cue.start) else { return false };
    let same = |word: &&Word| word.sentence == own.sentence;
    let near = words.slice(cue.start.saturating_sub(LONGEST)..cue.start).iter().rev();
    let before: Vec<&Word> = near.take_while(same).filter(|word| word.is_word()).collect();
    let opens = before.iter().rev().find(|word| !word.is(&["and", "but", "so", "or"]));
    let auxiliary = opens.is_some_and(|word| word.depth == own.depth && word.roles().has(Role::Auxiliary) && !word.is_clitic());
    let verbs = before.iter().filter(|word| word.is_verbal() && !word.roles().has(Role::Auxiliary)).count();
    let after = words.0.get(cue.end..).unwrap_or_default().iter().take(LONGEST);
    let last = || after.take_while(same).filter(|word| !word.is_word()).last();
    auxiliary && verbs == 0 && last().is_some_and(|mark| mark.is(&["?", "”", "\""]))
}

/// "There is no argument that": a noun of which there is none.
fn is_none(words: &Words, cue: &Range<usize>) -> bool {
    let noun = words.get(cue.start).is_some_and(|word| word.tag.is_noun() && lexicon::noun(word.lower()).is_some());
    let before = words.slice(cue.start.saturating_sub(5)..cue.start).iter().rev();
    let mut phrase =
        before.take_while(|word| word.is(&["no", "or"]) || word.tag.is_noun() || matches!(word.tag.upos, "ADJ" | "PROPN"));
    noun && phrase.any(|word| word.is(&["no"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Prose, Span, tags};

    #[track_caller]
    fn check(text: &str, source: &str, cue: &str, want: bool) {
        let prose = Prose::new(text, [Span::new(0, text.len())]);
        let words = Words::new(text, &prose, &tags(text, &prose), &[]);
        let at = |part: &str| text.find(part).map(|start| Span::new(start, start + part.len())).unwrap();
        let attribution = Attribution { source: vec![at(source)], cue: vec![at(cue)], ..Attribution::default() };
        assert_eq!(is_supposed(&words, &attribution), want, "{text}");
    }

    #[test]
    fn what_would_have_been_said_is_not_said() {
        check("Moss would then have claimed that it was built.", "Moss", "claimed", true);
        check("Moss would later say that it was built.", "Moss", "say", false);
        check("Moss may ask that it be built.", "Moss", "may ask", true);
        check("Moss could be heard asking that it be built.", "Moss", "could be heard asking", false);
    }

    #[test]
    fn conditions_are_not_said() {
        check("It opens only if a doctor concludes that it is safe.", "a doctor", "concludes", true);
        check("It opens, as a doctor concluded, if it is safe.", "a doctor", "concluded", false);
    }

    #[test]
    fn questions_are_not_said() {
        check("Would Ada Moss have asked the board to stay?", "Ada Moss", "asked", true);
        check("Did Moss say that it was built?", "Moss", "say", true);
        check("Has it rained there, Moss asked?", "Moss", "asked", false);
    }

    #[test]
    fn what_there_is_none_of_is_not_said() {
        check("There is no legal argument that it must stay.", "There", "argument", true);
        check("The legal argument that it must stay is old.", "The", "argument", false);
    }
}
