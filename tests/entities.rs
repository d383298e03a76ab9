//! Names, and who is who, on sentences written for these tests.
//!
//! The notation: `[P1 Ada Moss]` is a name of person 1 (`O` organisation, `L` place, `X` other), `(P1 the founder)` a nominal,
//! `<P1 she>` a pronoun. Names are handed over as the encoder would, so that who is who is tested apart from name finding;
//! [`rules`] tests the names that are found without it.

#![cfg(test)]
#![expect(clippy::string_slice, reason = "the marks are ASCII")]

use byline::analysis::entities::{self, EntityType, MentionForm};
use byline::analysis::{Analysis, Reading, claims};
use byline::article::{Article, Block, BlockKind};
use byline::encoder::{Attribution, Findings, Name, NameLabel};
use byline::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A text with its marks taken out.
struct Marked {
    text: String,
    /// Span, form, type and number of each mark.
    marks: Vec<(Span, MentionForm, char, usize)>,
}

/// Marks may stand within marks: `(P1 the [O2 Halden Rail] founder)`.
fn parse(marked: &str) -> Marked {
    let mut out = Marked { text: String::new(), marks: Vec::new() };
    let mut open: Vec<(usize, MentionForm, char, usize)> = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find(['[', '(', '<', ']', ')', '>']) {
        out.text.push_str(&rest[..at]);
        let form = match &rest[at..=at] {
            "[" => Some(MentionForm::Name),
            "(" => Some(MentionForm::Nominal),
            "<" => Some(MentionForm::Pronoun),
            _ => None,
        };
        rest = &rest[at + 1..];
        if let Some(form) = form {
            let (head, words) = rest.split_once(' ').unwrap();
            open.push((out.text.len(), form, head.chars().next().unwrap(), head[1..].parse().unwrap()));
            rest = words;
        } else {
            let (start, form, kind, id) = open.pop().unwrap();
            out.marks.push((Span::new(start, out.text.len()), form, kind, id));
        }
    }
    out.text.push_str(rest);
    out.marks.sort_by_key(|mark| (mark.0.start, mark.0.end));
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
    byline::analysis::speakers::resolve(&reading, &mut analysis);
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
fn a_part_of_a_name_is_short_for_it() {
    check("The [O1 Church of Light] grew. [O1 Light] sold all, and the [O1 Church] paid.");
    check("The [O1 U.S. Harbour Party] won, the [O1 Harbour Party] said.");
    check("The [O1 Department of Harbours] paid. The [O1 Harbours Department] slept, and the [O2 University of Halden] woke.");
}

/// [`check`] of a text that has `{` and `}` for its own round brackets.
#[track_caller]
fn check_in_brackets(text: &str) {
    let marked = parse(text);
    let text = marked.text.replace('{', "(").replace('}', ")");
    let marked = Marked { text, ..marked };
    same(&marked, &analyse(&marked, true));
}

#[test]
fn things_go_without_their_maker_or_series_and_in_the_plural() {
    check("[O1 Halden] sells the [X2 Halden Lander 3]. The [X2 Lander 3] is red; the [X3 Lander 4] is blue.");
    check("She played [X1 Sea Wars: Lost Fleet]. [X1 Lost Fleet] is long.");
    check("An [X1 EchoPhone] broke. [X1 EchoPhones] break. The [X2 Russian] and the [X3 Russians] left.");
    check("[O1 HALDEN RAIL INC.] paid. [O1 Halden Rail] slept.");
    check("[L1 Inner Lund Autonomous Region] is cold. [L1 Inner Lund] is small.");
}

#[test]
fn who_is_written_in_capitals_once_is_not_called_so() {
    let marked = parse("[O1 HALDEN RAIL INC.] paid. [O1 Halden Rail] slept.");
    let names: Vec<String> = analyse(&marked, true).entities.into_iter().map(|entity| entity.name).collect();
    assert_eq!(names, ["Halden Rail"]);
}

#[test]
fn an_acronym_in_brackets_is_learned() {
    check_in_brackets("The [O1 Lake Fishers' Union] {[O1 ULFI]} met; [O1 ULFI] voted.");
}

#[test]
fn a_last_name_may_look_like_a_first_name() {
    check("[P1 Hillary Clinton] left. [P1 Clinton] smiled.");
}

#[test]
fn a_lost_apostrophe_is_no_part_of_the_name() {
    let analysis = analyse(&parse("[P1 Rolf Brandts] campaign failed. [P1 Brandt] wept."), true);
    assert_eq!((analysis.entities.len(), analysis.entities[0].name.as_str()), (1, "Rolf Brandt"));
}

#[test]
fn a_family_name_may_have_several_words() {
    check("[P1 Ann Hawk Ridge] won. [P1 Hawk Ridge] smiled at [P2 Karl Moss].");
    check("[P1 Karl Erik von Brink] left. [P2 Rolf von Brink] came, and [P2 von Brink] stayed.");
}

#[test]
fn a_team_goes_without_its_town() {
    check("The [O1 Oslo Giants] won. The [O1 Giants] sang.");
    check("The [O1 Oslo Gazette] wrote that [O2 Oslo] lost.");
}

#[test]
fn marks_between_the_words_of_a_name_do_not_matter() {
    check("[O1 Halden Systems, Inc.] paid. [O1 Halden Systems Inc.] slept.");
}

#[test]
fn what_stands_in_brackets_behind_a_place_is_no_short_form_of_it() {
    check_in_brackets("[L1 Halden Sund] {[L2 QX]} met.");
    check_in_brackets("The [X1 Halden Watch] {[X2 QXS]} rang.");
}

#[test]
fn who_is_spoken_to_in_a_letter_is_not_spoken_of() {
    check("Dear [P1 Ada Moss]: A guard came to our door. She sang, and she was ill.");
}

#[test]
fn nicknames_and_lost_apostrophes_are_one() {
    check("[P1 William Moss] sang. [P1 Bill Moss] bowed.");
    check("[P1 Rolf Brandt] ran; [P1 Rolf Brandts] campaign failed.");
}

#[test]
fn nouns_beside_names_are_mentions() {
    check("[P1 Nora Vik], (P1 his daughter-in-law), left.");
    check("[P1 Nora Vik], (P1 the founder) of [O2 Halden Shipping], left.");
    check("They met (P1 [P2 Brandt]'s daughter-in-law), [P1 Nora Vik].");
}

#[test]
fn definite_nouns_mean_whom_the_article_called_so() {
    check(
        "[O1 Halden Shipping] founder [P2 Nora Vik] met [O3 Oslo Rail] founder [P4 Karl Moss]. [P4 Moss] left. \
         Later (P2 the [O1 Halden Shipping] founder) slept.",
    );
    check("[O1 Halden Shipping] chief executive [P2 Nora Vik] ate. (P2 The [O1 Halden Shipping] CEO) slept.");
    check("The [O1 Church of Light] met [P2 Nora Vik]. Later (O1 the church) said so.");
    check("They flew from [L1 Germany] to [L2 Norway]. [L2 Norway] is rich. (L2 The country) has oil.");
    check("In [L1 Norway] all was well. In [L2 Manhattan] and [L2 Manhattan] again (L1 the country) was told of.");
}

#[test]
fn job_titles_are_as_the_article_gives_them() {
    let title = |text: &str| {
        let analysis = analyse(&parse(text), true);
        analysis.entities.iter().find_map(|entity| entity.job_title.clone())
    };
    assert_eq!(title("[O1 Halden Shipping] chief executive [P2 Nora Vik] ate.").as_deref(), Some("chief executive"));
    assert_eq!(title("[P2 Nora Vik], 34, the mayor of [L1 Oslo], ate.").as_deref(), Some("mayor of Oslo"));
    assert_eq!(title("Mr. [P2 Vik] ate."), None);
    assert_eq!(title("Secretary of State [P2 Vik] ate.").as_deref(), Some("Secretary of State"));
    assert_eq!(title("Its longtime physician Dr. [P2 Vik] ate.").as_deref(), Some("longtime physician"));
    assert_eq!(title("Its doctor left. Dr. [P2 Vik] ate.").as_deref(), Some("Dr."));
    assert_eq!(title("The former [X1 Norwegian] president [P2 Nora Vik] ate.").as_deref(), Some("former Norwegian president"));
    assert_eq!(title("[P2 Vik] became the first player to eat."), None);
    assert_eq!(title("They ate with [P2 Nora Vik], her opponent in May."), None);
    let press = "[P2 Nora Vik], the deputy [O1 Halden Shipping] press secretary, ate.";
    assert_eq!(title(press).as_deref(), Some("deputy Halden Shipping press secretary"));
    assert_eq!(
        title("A spokesman for [O1 Halden Shipping], [P2 Karl Vik], ate.").as_deref(),
        Some("spokesman for Halden Shipping")
    );
    assert_eq!(title("[P2 Vik], the brother of [O1 Halden Rail]'s chief [P3 Ada Moss], ate.").as_deref(), Some("brother"));
    let both = "[P2 Nora Vik], CEO and co-founder of [O1 Halden Rail], ate.";
    assert_eq!(title(both).as_deref(), Some("CEO and co-founder of Halden Rail"));
    assert_eq!(title("[P2 Nora Vik], CEO and by then rich, ate."), None);
    assert_eq!(title("[P2 Nora Vik], who was the acting director of it, ate.").as_deref(), Some("acting director"));
    assert_eq!(title("At his homes in [L1 Halden] and Moss Beach, [L2 Norway], he ate."), None);
}

#[test]
fn pronouns_go_by_gender_and_stay_open_in_doubt() {
    check("[P1 Ada Moss] met [P2 Karl Vik]. <P1 She> thanked <P2 him>.");
    check("It rained. He had left with them.");
    // Somebody without a name may be meant.
    check("[P1 Ada Moss] sang. My wife bought a boat. She was ill.");
    check("[P1 Ada Moss] sang. My brother bought a boat. <P1 She> was ill.");
}

#[test]
fn a_city_state_is_a_city_and_a_country() {
    let meant = |text: &str, words: &str| {
        let marked = parse(text);
        let analysis = analyse(&marked, true);
        let mention = analysis.mentions.iter().find(|mention| mention.span.of(&marked.text) == words)?;
        Some(analysis.entities[mention.entity.0].name.clone())
    };
    let sold = |text: &str, words: &str| meant(text, words).unwrap_or_default();
    assert_eq!(sold("[L1 Norway] sold [L2 Singapore] a ship. [L1 Norway] is glad. The city said no.", "The city"), "Singapore");
    assert_eq!(sold("[L1 Oslo] sold [L2 Singapore] a ship. [L1 Oslo] is glad. The country said no.", "The country"), "Singapore");
}

#[test]
fn a_name_begins_with_its_word() {
    let marked = parse("Then [P1 Ru’Ada Moss] won.");
    let article = article(&marked.text);
    let mut reading = Reading::new(&article);
    let mut found = findings(&marked);
    // The encoder has it in two.
    let whole = found.names[0];
    let apostrophe = marked.text.find('’').unwrap();
    found.names[0].span.end = apostrophe;
    found.names.push(Name { span: Span::new(apostrophe + '’'.len_utf8(), whole.span.end), ..whole });
    reading.found = Some(found);
    let mut analysis = Analysis::default();
    entities::find(&reading, &mut analysis);
    same(&marked, &analysis);
}

#[test]
fn who_stands_before_and_his_is_meant() {
    check("[P1 Karl Vik] sang. [P1 Vik] smiled. [P1 Vik] bowed. [P2 Jon Moss] and <P2 his> sons wept.");
}

#[test]
fn who_acts_is_not_whom_the_clause_names() {
    check("[P1 Karl Vik] was glad. [P2 Jon Moss] had come. <P1 He> thanked [P2 Moss].");
    check("[P1 Karl Vik] was glad. [P2 Jon Moss] had come. <P1 He> thanked [P3 Ida Lund] and [P2 Moss].");
    check("[P1 Karl Vik] was glad. [P2 Jon Moss] had come. <P2 He> wept, and [P2 Moss] never weeps.");
    check("[P1 Karl Vik] was glad. [P2 Jon Moss] had come. <P2 He> is [P2 Moss] to all.");
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
fn speakers_are_i_and_never_he_in_their_own_quotes() {
    let marked = parse("[P1 Karl Vik] was glad. “He is gone, <P1 I> think,” <P1 he> said.");
    let article = article(&marked.text);
    let mut reading = Reading::new(&article);
    let mut found = findings(&marked);
    let quote = marked.text.find("He is").unwrap();
    let content = Span::new(quote, marked.text.find(",”").unwrap());
    let source = marked.text.rfind("he said").unwrap();
    found.attributions.push(Attribution {
        source: vec![Span::new(source, source + 2)],
        cue: vec![Span::new(source + 3, source + 7)],
        content: vec![content],
        probability: 0.9,
    });
    reading.found = Some(found);
    let mut analysis = Analysis::default();
    let told = claims::read(&reading);
    reading.told = told.attributions();
    entities::find(&reading, &mut analysis);
    claims::find(&reading, &told, &mut analysis);
    byline::analysis::speakers::resolve(&reading, &mut analysis);
    same(&marked, &analysis);
}

#[test]
fn the_one_who_is_asked_says_i() {
    check(
        "[P1 Ada Moss] builds boats. In an interview [P1 Moss] told all.\n\nWhat do <P1 you> build?\n\n<P1 I> build boats.\n\nFor whom?\n\n\
         For <P1 my> mother.\n\nAnd why?\n\nShe told <P1 me> to.",
    );
}

#[test]
fn names_overlooked_in_one_place_are_taken_from_another() {
    let marked = parse("[P1 Ada Moss] won. Then [P1 Moss] wept, they told [P1 Moss], as had [P1 Moss].");
    let article = article(&marked.text);
    let mut reading = Reading::new(&article);
    let mut found = findings(&marked);
    found.names.remove(2);
    found.names.remove(0);
    reading.found = Some(found);
    let mut analysis = Analysis::default();
    entities::find(&reading, &mut analysis);
    same(&marked, &analysis);
}

#[test]
fn a_name_cut_short_is_completed_by_the_full_name_elsewhere() {
    let marked = parse("[O1 Harbour Light] sank. They told the [O1 Harbour Light] chief in [L2 Harbour].");
    let article = article(&marked.text);
    let mut reading = Reading::new(&article);
    let mut found = findings(&marked);
    found.names[1].span.end -= " Light".len();
    found.names[1].label = NameLabel::Location;
    reading.found = Some(found);
    let mut analysis = Analysis::default();
    entities::find(&reading, &mut analysis);
    same(&marked, &analysis);
}

#[test]
fn in_reported_speech_he_is_who_speaks() {
    let marked = parse(
        "[P1 Rolf Brandt] wrote to donors, among them the [P2 Karl Vik] aide [P3 Ada Moss], saying that <P1 he> had lost. \
         [P1 Brandt] said that a firm for [P2 Vik] had called <P1 him>.",
    );
    let article = article(&marked.text);
    let mut reading = Reading::new(&article);
    reading.found = Some(findings(&marked));
    reading.told = [("Rolf Brandt", "that he had lost"), ("Brandt said", "that a firm for Vik had called him")]
        .map(|(source, content)| {
            let at = |words: &str| marked.text.find(words).map(|start| Span::new(start, start + words.len())).unwrap();
            Attribution { source: vec![at(source)], content: vec![at(content)], ..Attribution::default() }
        })
        .to_vec();
    let mut analysis = Analysis::default();
    entities::find(&reading, &mut analysis);
    same(&marked, &analysis);
}

/// Who is who where the rules alone find who says what.
#[track_caller]
fn speakers(text: &str) {
    let marked = parse(text);
    let article = article(&marked.text);
    let mut reading = Reading { found: Some(findings(&marked)), ..Reading::new(&article) };
    reading.told = claims::read(&reading).attributions();
    let mut analysis = Analysis::default();
    entities::find(&reading, &mut analysis);
    same(&marked, &analysis);
}

/// An article about Jon Moss, who is dead.
const MOSS: &str = "[P2 Jon Moss] died in May. [P2 Jon Moss] was ill. [P2 Jon Moss] lived in the harbour.";

#[test]
fn he_is_not_whom_his_quote_names() {
    speakers(&format!("[P1 Karl Vik] was there. {MOSS} “[P2 Jon Moss] never wept,” <P1 he> said."));
}

#[test]
fn he_who_says_the_next_quote_is_who_spoke_last() {
    let told =
        format!("{MOSS} [P1 Karl Vik], who is a keeper, said the town was late to look for [P2 Jon Moss] and <P2 his> boat.");
    speakers(&format!("{told} “It was the wind,” <P1 he> said."));
    speakers(&format!("{told} [P2 Jon Moss] won the race. “It was the wind,” <P2 he> said."));
    speakers(&format!("{MOSS} “Was it dark?” [P1 Karl Vik] asked [P3 Ivo Brandt]. “It was not,” <P3 he> said."));
}

#[test]
fn many_names_are_no_trouble() {
    let sentences: Vec<String> = (0..10_000).map(|i| format!("Ada{i} Moss{} met Karl Vik.", i % 977)).collect();
    let text = sentences.join(" ");
    let article = article(&text);
    let mut analysis = Analysis::default();
    entities::find(&Reading::new(&article), &mut analysis);
    assert!(analysis.mentions.len() > 10_000);
}
