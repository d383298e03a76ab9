//! Names, and who is who, on sentences written for these tests.
//!
//! The notation: `[P1 Ada Moss]` is a name of person 1 (`O` organisation, `L` place, `X` other), `(P1 the founder)` a nominal,
//! `<P1 she>` a pronoun. Names are handed over as the encoder would, so that who is who is tested apart from name finding;
//! [`rules`] tests the names that are found without it.

#![cfg(test)]
#![expect(clippy::string_slice, reason = "the marks are ASCII")]

use byline::analysis::entities::{self, EntityType, MentionForm};
use byline::analysis::{Analysis, Reading};
use byline::article::{Article, Block, BlockKind};
use byline::encoder::{Findings, Name, NameLabel};
use byline::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A text with its marks taken out.
struct Marked {
    text: String,
    /// Span, form, type and number of each mark.
    marks: Vec<(Span, MentionForm, char, usize)>,
}

fn parse(marked: &str) -> Marked {
    let mut out = Marked { text: String::new(), marks: Vec::new() };
    let mut rest = marked;
    while let Some(open) = rest.find(['[', '(', '<']) {
        out.text.push_str(&rest[..open]);
        let (close, form) = match &rest[open..=open] {
            "[" => (']', MentionForm::Name),
            "(" => (')', MentionForm::Nominal),
            _ => ('>', MentionForm::Pronoun),
        };
        let end = open + rest[open..].find(close).unwrap();
        let (head, words) = rest[open + 1..end].split_once(' ').unwrap();
        let start = out.text.len();
        out.text.push_str(words);
        out.marks.push((Span::new(start, out.text.len()), form, head.chars().next().unwrap(), head[1..].parse().unwrap()));
        rest = &rest[end + 1..];
    }
    out.text.push_str(rest);
    out
}

fn article(text: &str) -> Article {
    let mut article = Article { text: text.to_owned(), ..Article::default() };
    let mut at = 0;
    for part in text.split("\n\n") {
        article.blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + part.len()) });
        at += part.len() + 2;
    }
    article
}

fn letter(kind: EntityType) -> char {
    match kind {
        EntityType::Person => 'P',
        EntityType::Organization => 'O',
        EntityType::Place => 'L',
        EntityType::Other => 'X',
    }
}

fn findings(marked: &Marked) -> Findings {
    let name = |&(span, form, kind, _): &(Span, MentionForm, char, usize)| {
        let (label, at) = match kind {
            'P' => (NameLabel::Person, 0),
            'O' => (NameLabel::Organization, 1),
            'L' => (NameLabel::Location, 2),
            _ => (NameLabel::Other, 3),
        };
        let mut probabilities = [0.02; 5];
        probabilities[at] = 0.92;
        (form == MentionForm::Name).then_some(Name { span, label, probabilities })
    };
    Findings { names: marked.marks.iter().filter_map(name).collect(), attributions: Vec::new() }
}

fn analyse(marked: &Marked, learned: bool) -> Analysis {
    let article = article(&marked.text);
    let mut reading = Reading::new(&article);
    reading.found = learned.then(|| findings(marked));
    let mut analysis = Analysis::default();
    entities::find(&reading, &mut analysis);
    analysis
}

/// The marks as groups: type, then the mentions of each entity.
fn groups(text: &str, mentions: impl Iterator<Item = (Span, MentionForm, char, usize)>) -> BTreeSet<Vec<String>> {
    let mut out: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (span, form, kind, id) in mentions {
        out.entry(id).or_default().push(format!("{kind} {form:?} {}..{} {}", span.start, span.end, span.of(text)));
    }
    out.into_values().collect()
}

#[track_caller]
fn same(marked: &Marked, analysis: &Analysis) {
    let have = analysis.mentions.iter().map(|m| (m.span, m.form, letter(analysis.entities[m.entity.0].kind), m.entity.0));
    assert_eq!(groups(&marked.text, have), groups(&marked.text, marked.marks.iter().copied()), "in: {}", marked.text);
}

/// Who is who, the names being given.
#[track_caller]
fn check(text: &str) {
    let marked = parse(text);
    same(&marked, &analyse(&marked, true));
}

/// Names and who is who, by the plain rules alone.
#[track_caller]
fn rules(text: &str) {
    let marked = parse(text);
    same(&marked, &analyse(&marked, false));
}

#[test]
fn rules_find_names_and_leave_titles_and_nationalities() {
    rules("The council thanked [P1 Ada Moss] and President [P2 Rolf Brandt] on Monday.");
    rules("Later, [X1 Norwegian] lawyer [P2 Nora Vik] flew to [L3 Oslo].");
    rules("The [O1 Ministry of Health] sued [O2 Halden Shipping Ltd] in [L3 Germany].");
}

#[test]
fn full_and_short_names_are_one() {
    check("[P1 Moss] wins, said [P2 Rolf Brandt]. [P1 Ada Moss] thanked Mr. [P2 Brandt].");
    check("[P1 A. Moss] wrote to [O2 Halden Shipping Ltd]. [O2 Halden Shipping] told [P1 Ada Moss] so.");
}

#[test]
fn acronyms_and_known_aliases_are_one() {
    check("The [O1 Northern Fishing Council] met. The [O1 NFC] left the [L2 United States]; the [L2 U.S.] waited.");
}

#[test]
fn two_people_with_one_surname_stay_two() {
    check("[P1 Ada Moss] and [P2 Karl Moss] ate. Mrs. [P1 Moss] left. Mr. [P2 Moss] stayed.");
}

#[test]
fn a_place_and_a_person_of_one_name_stay_two() {
    check("[P1 Paris] was born in [L2 Paris].");
}

#[test]
fn an_entity_is_called_by_its_fullest_name() {
    let marked = parse("[P1 Moss] won. [P1 Ada Moss] smiled. [P1 Moss] left.");
    let analysis = analyse(&marked, true);
    assert_eq!(analysis.entities[0].name, "Ada Moss");
    assert_eq!(analysis.entities[0].aliases, ["Moss"]);
}

#[test]
fn many_names_are_no_trouble() {
    let text: String = (0..10_000).map(|i| format!("Ada{i} Moss{} met Karl Vik. ", i % 977)).collect();
    let article = article(&text);
    let mut analysis = Analysis::default();
    entities::find(&Reading::new(&article), &mut analysis);
    assert!(analysis.mentions.len() > 10_000);
}
