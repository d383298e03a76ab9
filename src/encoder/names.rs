//! Scores of words -> names: the best labels of each paragraph, with the probability of each kind.

use super::viterbi::{Steps, begin_inside, best_path, log_softmax, runs};
use super::words::Words;
use super::{Name, NameLabel};
use crate::text::Span;
use std::collections::HashMap;
use std::ops::Range;

/// None, then B and I of each kind.
pub(super) const LABELS: usize = 9;

const STEPS: Steps<LABELS> = begin_inside();
/// Weight of an equal name elsewhere in the text; this and the next four are chosen on the dev files.
const VOTE: f32 = 0.3;
/// The same for a doubtful name: one for which no kind is as probable as [`DOUBTFUL`].
const DOUBTFUL_VOTE: f32 = 1.0;
const DOUBTFUL: f32 = 0.8;
/// Weight of a person's name that ends in this one, and how much one kind can gain by it.
const FAMILY_VOTE: f32 = 0.6;
const FAMILY_MOST: f32 = 1.5;
const KINDS: [NameLabel; 4] = [NameLabel::Person, NameLabel::Organization, NameLabel::Location, NameLabel::Other];

/// The names of the words `range`, in order; `scores` has a row of [`LABELS`] a word, before the softmax.
pub(super) fn decode(words: &Words, range: &Range<usize>, scores: &[&[f32]]) -> Vec<Name> {
    let rows: Vec<[f32; LABELS]> = scores.iter().map(|row| log_softmax(row)).collect();
    let mut out = Vec::new();
    for paragraph in words.paragraphs(range.clone()) {
        let rows = rows.get(paragraph.start - range.start..paragraph.end - range.start).unwrap_or_default();
        let path = best_path(rows, &STEPS);
        for (kind, label) in KINDS.into_iter().enumerate() {
            for (first, last) in runs(&path, 1 + 2 * kind as u8) {
                let span = Span::new(words.span[paragraph.start + first].start, words.span[paragraph.start + last].end);
                out.push(Name { span, label, probabilities: probabilities(&rows[first..=last]) });
            }
        }
    }
    out.sort_by_key(|name| name.span);
    out
}

/// Mean over the words of the probability of each kind (B and I together), and of none.
fn probabilities(rows: &[[f32; LABELS]]) -> [f32; 5] {
    let mean = |labels: &[usize]| {
        let sum: f32 = rows.iter().map(|row| labels.iter().map(|&label| row[label].exp()).sum::<f32>()).sum();
        sum / rows.len().max(1) as f32
    };
    [mean(&[1, 2]), mean(&[3, 4]), mean(&[5, 6]), mean(&[7, 8]), mean(&[0])]
}

/// Lets the names of one text vote on their labels: equal names add to each other's probabilities, times [`VOTE`] or, for a doubtful
/// name, [`DOUBTFUL_VOTE`], and the longer names of people that end in a name of one word (`Ann Lee`, `Lee`), times [`FAMILY_VOTE`].
/// If the text also has a person's full name, that name votes instead of the equal names.
pub(super) fn vote(text: &str, names: &mut [Name]) {
    let (mut equal, mut families) = (HashMap::new(), HashMap::new());
    for name in names.iter() {
        let key = key(text, name);
        if let (NameLabel::Person, Some((_, family))) = (name.label, key.rsplit_once(' ')) {
            add(families.entry(family.to_owned()).or_default(), name);
        }
        add(equal.entry(key).or_default(), name);
    }
    for name in names {
        let key = key(text, name);
        let sum = equal.get(&key).copied().unwrap_or_default();
        let family = families.get(&key).copied().unwrap_or_default();
        let own = name.probabilities;
        let relative = name.label == NameLabel::Person && family[0] > 0.0;
        let doubtful = !relative && own[..4].iter().all(|&probability| probability < DOUBTFUL);
        let weight = if doubtful { DOUBTFUL_VOTE } else { VOTE };
        let votes: [f32; 4] = std::array::from_fn(|kind| {
            own[kind] + weight * (sum[kind] - own[kind]) + FAMILY_VOTE * family[kind].min(FAMILY_MOST)
        });
        let best = (0..4).fold(0, |best, kind| if votes[kind] > votes[best] { kind } else { best });
        name.label = KINDS[best];
    }
}

fn add(sum: &mut [f32; 4], name: &Name) {
    sum.iter_mut().zip(name.probabilities).for_each(|(s, p)| *s += p);
}

fn key(text: &str, name: &Name) -> String {
    name.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(start: usize, end: usize, label: NameLabel, [person, organization, place, other]: [f32; 4]) -> Name {
        Name { span: Span::new(start, end), label, probabilities: [person, organization, place, other, 0.] }
    }

    #[test]
    fn names_of_one_text_vote_on_their_labels() {
        let text = "Ann Lee Lee Oslo Oslo";
        let mut names = [
            name(0, 7, NameLabel::Person, [0.9, 0.1, 0., 0.]),
            name(8, 11, NameLabel::Organization, [0.3, 0.6, 0.1, 0.]),
            name(12, 16, NameLabel::Location, [0., 0.1, 0.9, 0.]),
            name(17, 21, NameLabel::Other, [0., 0.1, 0.4, 0.5]),
        ];
        vote(text, &mut names);
        assert_eq!(names.map(|n| n.label), [KINDS[0], KINDS[0], KINDS[2], KINDS[2]]);
    }

    #[test]
    fn in_doubt_equal_names_decide() {
        let text = "Oslo Oslo Oslo";
        let vote_on = |own: [f32; 4], label| {
            let place = [0., 0.2, 0.8, 0.];
            let names = [(0, 4, place, NameLabel::Location), (5, 9, place, NameLabel::Location), (10, 14, own, label)];
            let mut names = names.map(|(start, end, p, label)| name(start, end, label, p));
            vote(text, &mut names);
            names[2].label
        };
        assert_eq!(vote_on([0.7, 0., 0., 0.3], NameLabel::Person), NameLabel::Location);
        assert_eq!(vote_on([0.9, 0., 0., 0.1], NameLabel::Person), NameLabel::Person);
    }

    #[test]
    fn who_is_named_in_full_is_not_outvoted() {
        let text = "Ann Lee Lee Lee Lee";
        let place = [0.05, 0., 0.95, 0.];
        let mut names = [
            name(0, 7, NameLabel::Person, [0.6, 0.4, 0., 0.]),
            name(8, 11, NameLabel::Person, [0.75, 0., 0.25, 0.]),
            name(12, 15, NameLabel::Location, place),
            name(16, 19, NameLabel::Location, place),
        ];
        vote(text, &mut names);
        assert_eq!(names[1].label, NameLabel::Person);
    }

    #[test]
    fn a_name_has_its_span_label_and_probabilities() {
        let text = "Ann Lee left Rome";
        let words = Words::read(text, [Span::new(0, text.len())]);
        let sure = |label: usize| {
            let mut row = [0.; LABELS];
            row[label] = 9.;
            row
        };
        let rows = [sure(1), sure(2), sure(0), sure(5)];
        let names = decode(&words, &(0..4), &rows.each_ref().map(<[f32; LABELS]>::as_slice));
        let found: Vec<_> = names.iter().map(|n| (n.span.of(text), n.label)).collect();
        assert_eq!(found, [("Ann Lee", NameLabel::Person), ("Rome", NameLabel::Location)]);
        assert!(names[0].probabilities[0] > 0.99 && names[0].probabilities.iter().sum::<f32>() < 1.001);
    }
}
