//! The names of a text: the encoder's where there are any, else those of the plain rules.

use super::lexicon::{ALIASES, CITIES, DEMONYMS, FIRST_NAMES, ORGANISATIONS, REGIONS, WORDS, WORK_NOUNS, is_land};
use super::spans::{before_title, by_acronym, extend, parts, unranked, untitled};
use super::{EntityType, Name, kinds, neighbours, rules};
use crate::analysis::Reading;
use crate::encoder::{self, Findings, NameLabel};
use crate::text::{Span, Token};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The names of the text in order, never overlapping.
pub(super) fn names(reading: &Reading<'_>) -> Vec<Name> {
    match &reading.found {
        Some(found) => learned(reading, found),
        None => by_rules(reading),
    }
}

fn by_rules(reading: &Reading<'_>) -> Vec<Name> {
    let runs = rules::candidates(reading);
    let scores = kinds::weigh(reading, &runs);
    let kept = runs.iter().zip(&scores).filter_map(|(run, scores)| {
        let kind = kinds::best(scores)?;
        Some(Name { span: rules::span_of(reading, run), kind, probability: 0.0 })
    });
    kept.collect()
}

fn learned(reading: &Reading<'_>, found: &Findings) -> Vec<Name> {
    let heard = found.names.iter().flat_map(|name| parts(reading, name).map(move |span| (name, from_its_word(reading, span))));
    let mut heard: Vec<(&encoder::Name, Span)> = heard.collect();
    heard.dedup_by(|next, last| {
        let whole = next.1.contains(last.1);
        if whole {
            *last = *next;
        }
        whole || last.1.contains(next.1)
    });
    let agencies: HashSet<&str> =
        heard.iter().filter(|(_, span)| is_agency(reading, *span)).map(|(_, span)| reading.text(*span)).collect();
    let mut names: Vec<Name> = Vec::new();
    for (name, span) in heard {
        let text = reading.text(span);
        let agency = agencies.contains(text).then_some(EntityType::Organization);
        let town = || is_town(reading, name, span).then_some(EntityType::Place);
        let kind = agency.or_else(town).unwrap_or(kind(name.label));
        let span = if kind == EntityType::Person { untitled(reading, span) } else { span };
        let span = by_acronym(reading, unranked(reading, before_title(reading, span), kind));
        if !is_common(reading.text(span)) && !is_office(reading, span, kind) && !is_code(reading, span) {
            while names.last().is_some_and(|last| last.span.end > span.start) {
                names.pop();
            }
            names.push(Name { span, kind, probability: of(name, kind) });
        }
    }
    overlooked(reading, &mut names);
    joined(reading, &mut names);
    agreed(reading, &mut names);
    neighbours::retype(reading, &mut names);
    completed(reading, &mut names);
    extend(reading, &mut names);
    names
}

/// The name from the beginning of its first word to the end of its last: the encoder reads the two halves of `D’Arcy` and of `Jong-un` as
/// words. What `-led` and `-owned` tell is no part of a name.
fn from_its_word(reading: &Reading<'_>, span: Span) -> Span {
    let token = |at: usize| reading.prose.tokens.get(reading.prose.token_at(at)).map_or(span, Token::span);
    let (first, last) = (token(span.start), token(span.end.saturating_sub(1)));
    let cut = first.start < span.start && reading.text(Span::new(first.start, span.start)).ends_with(['\'', '’']);
    let tail = reading.text(Span::new(span.end, last.end.max(span.end))).strip_prefix('-').unwrap_or_default();
    let lower = !tail.is_empty() && tail.chars().all(char::is_lowercase);
    let told = WORDS.contains(tail) || tail.ends_with("ed") || tail.ends_with("ing");
    let goes_on = lower && !told || reading.text(span).ends_with('-');
    Span::new(if cut { first.start } else { span.start }, if goes_on { last.end } else { span.end })
}

/// Makes one firm of the two names that `&` joins, where one of them is no person and none a place: `Bang & Olufsen`; and one nationality of
/// `North` and `Korean`.
fn joined(reading: &Reading<'_>, names: &mut Vec<Name>) {
    names.dedup_by(|next, last| {
        let gap = reading.article.text.get(last.span.end..next.span.start);
        let kinds = [last.kind, next.kind];
        let firm = kinds.iter().any(|kind| *kind != EntityType::Person) && !kinds.contains(&EntityType::Place);
        let side = matches!(reading.text(last.span), "North" | "South" | "East" | "West");
        if side && gap == Some(" ") && DEMONYMS.contains(reading.text(next.span)) {
            *last = Name { span: last.span.cover(next.span), kind: EntityType::Other, ..*next };
            return true;
        }
        let one = gap == Some(" & ") && firm;
        if one {
            *last = Name { span: last.span.cover(next.span), kind: EntityType::Organization, ..*last };
        }
        one
    });
}

/// How many times as likely a type must be in all the mentions of one name as any other, to be that of each.
const CLEARLY: f32 = 2.5;

/// Gives the mentions of one name the type that most of them have: the encoder reads each in its own window.
fn agreed(reading: &Reading<'_>, names: &mut [Name]) {
    let mut sums: HashMap<&str, BTreeMap<EntityType, f32>> = HashMap::new();
    for name in names.iter() {
        *sums.entry(reading.text(name.span)).or_default().entry(name.kind).or_default() += name.probability;
    }
    let clear = |kinds: &BTreeMap<EntityType, f32>| {
        let all: f32 = kinds.values().sum();
        let top = kinds.iter().max_by(|a, b| a.1.total_cmp(b.1))?;
        (kinds.len() > 1 && *top.1 > CLEARLY * (all - top.1)).then_some(*top.0)
    };
    let clear: HashMap<&str, EntityType> = sums.iter().filter_map(|(text, kinds)| Some((*text, clear(kinds)?))).collect();
    for name in names.iter_mut() {
        name.kind = clear.get(reading.text(name.span)).copied().unwrap_or(name.kind);
    }
}

/// Whether it is the agency of a dateline: `LUND (Harbour Wire) -`.
fn is_agency(reading: &Reading<'_>, span: Span) -> bool {
    /// Bytes that a dateline may have before the agency.
    const DATELINE: usize = 80;
    let text = reading.article.text.as_str();
    let opens = text.get(..span.start).is_some_and(|before| before.ends_with('('));
    let after = text.get(span.end..).and_then(|after| after.strip_prefix(')')).unwrap_or_default();
    let blocks = &reading.article.blocks;
    let block = blocks.partition_point(|block| block.span.start <= span.start).checked_sub(1).and_then(|at| blocks.get(at));
    let first = block.is_some_and(|block| span.start - block.span.start < DATELINE);
    opens && first && after.trim_start().starts_with(['-', '–', '—'])
}

/// Whether it is a town before its state or region: `Kent, Washington`.
fn is_town(reading: &Reading<'_>, name: &encoder::Name, span: Span) -> bool {
    let after = reading.article.text.get(span.end..).and_then(|after| after.strip_prefix(", ")).unwrap_or_default();
    let ends = after.match_indices(|c: char| !c.is_alphabetic() && c != '.').map(|(at, _)| at);
    let region = ends.chain([after.len()]).take(2).any(|end| after.get(..end).is_some_and(|words| REGIONS.contains(words)));
    region && name.label != NameLabel::Person && CITIES.contains(reading.text(span))
}

/// The encoder's probability that the name is of this type.
fn of(name: &encoder::Name, kind: EntityType) -> f32 {
    let [person, organization, place, other, _] = name.probabilities;
    match kind {
        EntityType::Person => person,
        EntityType::Organization => organization,
        EntityType::Place => place,
        EntityType::Other => other,
    }
}

/// Whether it is a single word in lower case, a mark, or nothing.
fn is_common(text: &str) -> bool {
    text.chars().all(char::is_lowercase) || !text.contains(char::is_alphanumeric)
}

/// Whether it is a handle, a currency or the number of a part and no name: `@harbour`, `US$10`, `Group D`.
fn is_code(reading: &Reading<'_>, span: Span) -> bool {
    const PARTS: [&str; 7] = ["Chart", "Figure", "Group", "Path", "Pool", "Round", "Table"];
    let letter = |number: &str| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_uppercase());
    let digits = |number: &str| number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    let (part, number) = reading.text(span).split_once(' ').unwrap_or((reading.text(span), "1"));
    if PARTS.contains(&part) && (letter(number) || digits(number)) {
        return true;
    }
    let text = reading.article.text.as_str();
    let before = text.get(..span.start).is_some_and(|before| before.ends_with('@'));
    before || text.get(span.end..).is_some_and(|after| after.starts_with('$'))
}

/// Whether the name is only what somebody is secretary of: `Secretary of State`.
fn is_office(reading: &Reading<'_>, span: Span, kind: EntityType) -> bool {
    let before = reading.text(Span::new(span.start.saturating_sub("Secretary of ".len()), span.start));
    let office = ["secretary of ", "Secretary of "].contains(&before);
    office && kind != EntityType::Place && !reading.text(span).contains(' ')
}

/// Most full names with one first word that are looked for.
const NAMESAKES: usize = 16;

/// Gives a name cut short the rest of a full name that the text has elsewhere ("the Harbour Light chief" is not Harbour's), and a
/// first name the family name behind it that the text knows for a person's.
fn completed(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let lone = |name: &&Name| name.kind == EntityType::Person && !reading.text(name.span).contains(' ');
    let families: HashSet<&str> = names.iter().filter(lone).map(|name| reading.text(name.span)).collect();
    let mut full: HashMap<&str, Vec<(&str, EntityType)>> = HashMap::new();
    for name in names.iter() {
        let text = reading.text(name.span);
        let Some((first, _)) = text.split_once(' ') else { continue };
        let known = full.entry(first).or_default();
        if known.len() < NAMESAKES && !known.contains(&(text, name.kind)) {
            known.push((text, name.kind));
        }
    }
    let mut until = 0;
    names.retain_mut(|name| {
        let rest = reading.article.text.get(name.span.start..).unwrap_or_default();
        let first = rest.split(' ').next().unwrap_or_default();
        let whole = |text: &&str| rest.strip_prefix(*text).is_some_and(|after| !after.starts_with(char::is_alphanumeric));
        let longer = full.get(first).into_iter().flatten().filter(|(text, _)| text.len() > name.span.len() && whole(text));
        if let Some(&(text, kind)) = longer.max_by_key(|(text, _)| text.len()) {
            *name = Name { span: Span::new(name.span.start, name.span.start + text.len()), kind, ..*name };
        } else if name.kind == EntityType::Person && FIRST_NAMES.contains(reading.text(name.span)) {
            let next = rest.get(name.span.len()..).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
            let family = next.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
            if families.contains(family) {
                name.span.end += 1 + family.len();
            }
        }
        let free = name.span.start >= until;
        until = until.max(name.span.end);
        free
    });
}

/// What the gazetteers say that the name names.
fn known(text: &str) -> Option<EntityType> {
    let name = ALIASES.get(text).copied().unwrap_or(text);
    if is_land(name) {
        return Some(EntityType::Place);
    }
    if DEMONYMS.contains(text) {
        return Some(EntityType::Other);
    }
    (ORGANISATIONS.contains(text) || ORGANISATIONS.contains(name)).then_some(EntityType::Organization)
}

/// Adds what the encoder overlooked: names it found elsewhere, full names of people it knows by their last name, and the
/// countries, regions and organisations of the gazetteers, and what the noun behind it tells to be a work.
fn overlooked(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let typed = names.iter().filter(|name| name.kind != EntityType::Other || reading.text(name.span).contains(' '));
    let elsewhere: HashMap<&str, EntityType> = typed.map(|name| (reading.text(name.span), name.kind)).collect();
    let person = |text: &str| {
        let mut words = text.split(' ');
        let first = words.next().is_some_and(|first| FIRST_NAMES.contains(first));
        let last = words.next_back().and_then(|last| elsewhere.get(last));
        last.copied().filter(|kind| first && *kind == EntityType::Person)
    };
    let mut extra = Vec::new();
    for run in rules::candidates(reading) {
        let span = rules::span_of(reading, &run);
        let text = reading.text(span);
        let region = || REGIONS.contains(text).then_some(EntityType::Place);
        let next = reading.prose.tokens.get(run.end).map_or("", |token| reading.text(token.span()));
        let work = || (run.len() > 1 && WORK_NOUNS.contains(next)).then_some(EntityType::Other);
        let kind = known(text).or_else(|| elsewhere.get(text).copied()).or_else(region).or_else(|| person(text)).or_else(work);
        let next = names.partition_point(|name| name.span.end <= span.start);
        let free = names.get(next).is_none_or(|name| name.span.start >= span.end);
        extra.extend(kind.filter(|_| free && !is_code(reading, span)).map(|kind| Name { span, kind, probability: 0.0 }));
    }
    names.extend(extra);
    names.sort_by_key(|name| name.span.start);
}

fn kind(label: NameLabel) -> EntityType {
    match label {
        NameLabel::Person => EntityType::Person,
        NameLabel::Organization => EntityType::Organization,
        NameLabel::Location => EntityType::Place,
        NameLabel::Other => EntityType::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Block, BlockKind};
    use crate::encoder;

    /// `marked`: each name of the encoder as `[P Ann Lee]`, P, O, L or X for its label, unsure; `want`: the names as they are kept.
    #[track_caller]
    fn check(marked: &str, want: &[&str]) {
        let (mut text, mut found) = (String::new(), Findings::default());
        for part in marked.split('[') {
            let Some((name, rest)) = part.split_once(']') else {
                text.push_str(part);
                continue;
            };
            let (label, words) = name.split_once(' ').unwrap_or_default();
            let labels = [NameLabel::Person, NameLabel::Organization, NameLabel::Location, NameLabel::Other];
            let at = ["P", "O", "L", "X"].iter().position(|one| *one == label).unwrap_or_default();
            let span = Span::new(text.len(), text.len() + words.len());
            let probabilities = std::array::from_fn(|kind| if kind == at { 0.7 } else { 0.075 });
            found.names.push(encoder::Name { span, label: labels[at], probabilities });
            text.push_str(words);
            text.push_str(rest);
        }
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
        let article = Article { text, blocks: vec![block], ..Article::default() };
        let mut reading = Reading::new(&article);
        reading.found = Some(found);
        let have: Vec<String> =
            names(&reading).iter().map(|name| format!("{:?} {}", name.kind, reading.text(name.span))).collect();
        assert_eq!(have, want, "{marked}");
    }

    #[test]
    fn what_somebody_is_secretary_of_is_no_name() {
        check("the Secretary of [O State] spoke to [O White House Press] Secretary", &["Organization White House"]);
        check("the [O State Department] spoke", &["Organization State Department"]);
        check("a [X universal] cable for [X iOS 12]", &["Other iOS 12"]);
        check("thanks to [P @]harbour", &[]);
        check("by [O #HaldenNews], a big Asian firm", &["Organization HaldenNews", "Other Asian"]);
    }

    #[test]
    fn words_beside_a_name_tell_companies() {
        check("[P Bernvik]’s chief executive came. [P Bernvik] paid.", &["Organization Bernvik", "Organization Bernvik"]);
        check("a letter to the energy company [P Oldenta], which paid", &["Organization Oldenta"]);
        check("the company [P Oldenta] has left behind", &["Person Oldenta"]);
        check("[P Ann Bernvik] and [P Bernvik]’s chief executive", &["Person Ann Bernvik", "Person Bernvik"]);
    }

    #[test]
    fn words_beside_a_name_tell_people() {
        check("the mayor, [L Olga Brink], paid", &["Person Olga Brink"]);
        check("its owner, [O Jordan Airlines], paid", &["Organization Jordan Airlines"]);
    }

    #[test]
    fn names_go_on_over_a_hyphen() {
        check("[P Kim Jong]-un met [P Moon Jae]-ver.", &["Person Kim Jong-un", "Person Moon Jae-ver"]);
        check("The [L Lund]-led board and the [O Halden]-owned ferry left.", &["Place Lund", "Organization Halden"]);
        check("The [X North] [X Korean] ferry left.", &["Other North Korean"]);
    }

    #[test]
    fn a_span_is_cut_and_completed_to_one_name() {
        check("[P Moss and Vik] left with [P Ada Brink, D-Lund], who sang", &["Person Moss", "Person Vik", "Person Ada Brink"]);
        let marked = "They told [P Karl] Brink that the [L Halden] Hospital was shut, and [P Ada] Monday.";
        check(marked, &["Person Karl Brink", "Organization Halden Hospital", "Person Ada"]);
        check("In the [L U].S. they met.", &["Place U.S."]);
        check("the [O United Nations and European Union]", &["Organization United Nations", "Organization European Union"]);
        check("[P Karl] Wins Golden Boat Prize Again", &["Person Karl"]);
        check("the train [L Lund - Halden] stops", &["Place Lund", "Place Halden"]);
    }

    #[test]
    fn words_that_only_stand_beside_a_name_are_cut_off() {
        check("[O Lund Rail and] tram lines", &["Organization Lund Rail"]);
        check("[O LRP civil] posts of the [O Harbour party]", &["Organization LRP", "Organization Harbour party"]);
        check("the [O Harbour Tribunal for] Lund paid", &["Organization Harbour Tribunal for Lund"]);
        check("in [L southern Halden] and [L South Africa]", &["Place Halden", "Place South Africa"]);
        check("the [O Lund-based Harbour Council] paid", &["Organization Harbour Council"]);
        check("the [O Norway's Harbour Council] paid", &["Place Norway", "Organization Harbour Council"]);
        check("It paid. [O Key Harbour Council] members left.", &["Organization Harbour Council"]);
        check("They saw [O Key Harbour Council] members.", &["Organization Key Harbour Council"]);
        check("[L Group D] and [O Path 12] and [O Group Halden]", &["Organization Group Halden"]);
        check("[P Karl Brink Jr]. sang with @[P AdaBrink] for [L US]$10.", &["Person Karl Brink Jr."]);
    }

    #[test]
    fn mentions_of_one_name_agree() {
        check("[O Oldenta] and [O Oldenta], [O Oldenta], [P Oldenta] paid", &["Organization Oldenta"; 4]);
        check("[O Oldenta] and [P Oldenta]", &["Organization Oldenta", "Person Oldenta"]);
        check("the shop of [X Bang] & [O Olsen]", &["Organization Bang & Olsen"]);
        check("the shop of [P Ada] & [P Karl]", &["Person Ada", "Person Karl"]);
    }

    #[test]
    fn an_acronym_behind_a_name_counts_its_words() {
        check("the [X Haldeners] Against [O Harbour Noise] (HAHN) met", &["Organization Haldeners Against Harbour Noise"]);
        check("the [X Norwegian] [O Harbour News] (HN) wrote", &["Other Norwegian", "Organization Harbour News"]);
        check("the [X Norwegian] [O Harbour News] (WHN) wrote", &["Other Norwegian", "Organization Harbour News"]);
    }

    #[test]
    fn words_beside_a_name_tell_storms_teams_and_households() {
        check("Typhoon [P Kai] came. [P Kai] left.", &["Other Kai", "Other Kai"]);
        check("Karl plays for [L Bernvik].", &["Organization Bernvik"]);
        check("Karl plays for [L Norway].", &["Place Norway"]);
        check("the [L Bernvik] goalkeeper lives in [L Bernvik]", &["Organization Bernvik", "Place Bernvik"]);
        check("[P Ada Brink] left. The [L Brinks]' house burned.", &["Person Ada Brink", "Person Brinks"]);
        check("the [P Obama] administration", &["Person Obama"]);
        check("[P Kestrels] won. They saw the [P Kestrels].", &["Organization Kestrels", "Organization Kestrels"]);
        check("They saw the [P Clintons].", &["Person Clintons"]);
        check("They told [P Quito], but Mr. [P Quito] left.", &["Place Quito", "Person Quito"]);
    }

    #[test]
    fn the_noun_behind_a_run_tells_works() {
        check("It was heard in the old Night Desk tape of [P Moss].", &["Other Night Desk", "Person Moss"]);
        check("It was heard in the old Night Desk of [P Moss].", &["Person Moss"]);
    }

    #[test]
    fn the_place_of_a_name_tells_agencies_and_towns() {
        let wire = "Organization Harbour Wire";
        check("LUND ([L Harbour Wire]) — They told the [L Harbour Wire].", &[wire, wire]);
        check("They met ([L Harbour Wire]) and ate.", &["Place Harbour Wire"]);
        check("They moved to [O Kent], Washington, in May.", &["Place Kent", "Place Washington"]);
    }

    #[test]
    fn gazetteers_help_where_the_encoder_finds_nothing() {
        check("[P Ada Moss] left Minnesota for Halden", &["Person Ada Moss", "Place Minnesota"]);
    }
}
