//! Which names are names of the same: full and short names, initials, acronyms, other names.
//!
//! Full names come first, so that a headline's "Assange" finds the "Julian Assange" of the body. Short names then go, in
//! the order of the text, to the bearer mentioned last. Every look-up is by key: the work grows with the number of names.

use super::cast::{Cast, MemberId};
use super::lexicon::{
    ALIASES, CITIES, COUNTRIES, FIRST_NAMES, Gender, Ground, LAST_NAMES, NICKNAMES, ORGANISATION_WORDS, REGIONS, TITLES, WORDS,
    is_land,
};
use super::{EntityType, MentionForm, Name};
use crate::analysis::Reading;
use std::collections::HashMap;

/// Groups names into members; a name's title is told by the words before it.
pub(super) fn cluster(reading: &Reading<'_>, names: &[Name]) -> Cast {
    let mut index = Index::default();
    let mut cast = Cast::default();
    let forms: Vec<Form> = names.iter().map(|name| Form::of(reading, *name)).collect();
    // The longest first, so that "Republican Party" finds the "U.S. Republican Party" that it is a part of.
    let mut full: Vec<&Form> = forms.iter().filter(|form| form.full()).collect();
    full.sort_by_key(|form| std::cmp::Reverse(form.words.len()));
    for form in full {
        // Whether "Hawk Ridge" is the family name of "Ann Hawk Ridge" depends on the order of the text.
        if index.family(form).is_some() {
            continue;
        }
        if let Some(id) = index.full(form) {
            index.learn(form, id);
        } else {
            let id = cast.enter(form.kind, form.gender);
            index.learn(form, id);
        }
    }
    for pair in names.iter().zip(&forms).collect::<Vec<_>>().windows(2) {
        if let [(name, form), (next, other)] = pair
            && in_brackets(reading, name, next)
        {
            index.same(form, other);
        }
    }
    for (name, form) in names.iter().zip(&forms) {
        let id = index.find(form, &cast).unwrap_or_else(|| {
            let id = cast.enter(form.kind, form.gender);
            index.learn(form, id);
            id
        });
        index.saw(form, id);
        if let Some(member) = cast.members.get_mut(id) {
            member.gender = member.gender.or(form.gender);
            member.named(&form.words);
            member.hear(name.probability);
            member.ground = member.ground.or_else(|| form.ground(reading.text(name.span)));
        }
        cast.hit(id, name.span, MentionForm::Name);
    }
    cast
}

/// Whether the second name stands in brackets right after the first: `Northern Fishing Council (NFC)`.
fn in_brackets(reading: &Reading<'_>, name: &Name, next: &Name) -> bool {
    let text = &reading.article.text;
    let after = text.get(next.span.end..).is_some_and(|rest| rest.starts_with(')'));
    after && text.get(name.span.end..next.span.start).is_some_and(|gap| gap.trim_start() == "(")
}

/// A name in the form in which it is compared.
#[derive(Debug)]
struct Form {
    kind: EntityType,
    /// Its words in lower case, without titles, articles and suffixes.
    words: Vec<String>,
    /// The name that stands for it, if it is one of several known names.
    canonical: String,
    /// How many of its words are the place that it begins with: 2 of `New York Giants`.
    place: usize,
    /// Whether it is written in capitals only.
    capitals: bool,
    gender: Option<Gender>,
}

impl Form {
    fn of(reading: &Reading<'_>, name: Name) -> Self {
        let text = reading.text(name.span);
        let title = title_gender(reading, name);
        let person = name.kind == EntityType::Person;
        let mut words: Vec<&str> = text.split_whitespace().map(|word| word.trim_end_matches(',')).collect();
        while words.len() > 1 && words.first().is_some_and(|word| drops(word, person)) {
            words.remove(0);
        }
        while words.len() > 1 && words.last().is_some_and(|word| is_suffix(word, name.kind)) {
            words.pop();
        }
        // A lone word may be a last name, whatever it is as a first name: Clinton, Jordan, Paris.
        let first = words.first().filter(|word| words.len() > 1 || !LAST_NAMES.contains(word));
        let by_first = || first.and_then(|first| FIRST_NAMES.get(first).and_then(Gender::told));
        let gender = person.then(|| title.or_else(by_first)).flatten();
        let plain = words.join(" ");
        let canonical = if person { plain.as_str() } else { ALIASES.get(plain.as_str()).copied().unwrap_or(&plain) };
        let letters = plain.chars().filter(|c| c.is_alphabetic());
        Self {
            kind: name.kind,
            capitals: !person && words.len() == 1 && letters.clone().count() >= 2 && letters.clone().all(char::is_uppercase),
            place: place(&words),
            words: words.iter().map(|word| fold(word)).collect(),
            canonical: department(&fold(canonical)),
            gender,
        }
    }

    /// Whether a place is a country or a city.
    fn ground(&self, text: &str) -> Option<Ground> {
        let name = ALIASES.get(text).copied().unwrap_or(text);
        match self.kind {
            EntityType::Place if COUNTRIES.contains(name) && CITIES.contains(text) => Some(Ground::CityState),
            EntityType::Place if COUNTRIES.contains(name) => Some(Ground::Country),
            EntityType::Place if CITIES.contains(text) => Some(Ground::City),
            EntityType::Place => Some(Ground::Other),
            _ => None,
        }
    }

    /// Whether the name has several words, so that shorter names may be short for it.
    fn full(&self) -> bool {
        self.words.len() > 1
    }

    fn first(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    fn before_last(&self) -> &str {
        self.words.iter().rev().nth(1).map_or("", String::as_str)
    }

    fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// The endings of two words or more of a person's name: `hawk ridge` of `Ann Hawk Ridge`.
    fn families(&self) -> impl Iterator<Item = String> {
        const LONGEST: usize = 6;
        let ends = 1..self.words.len().min(LONGEST).saturating_sub(1);
        ends.filter_map(|from| self.words.get(from..)).map(|words| words.join(" "))
    }

    fn initial(&self) -> Option<char> {
        self.first().chars().next()
    }

    /// Whether the first name is only an initial.
    fn abbreviated(&self) -> bool {
        self.first().chars().filter(|c| c.is_alphabetic()).count() == 1
    }

    /// First letters of all its words, and of those that are not small words.
    fn acronyms(&self) -> [String; 2] {
        let letters = |words: &mut dyn Iterator<Item = &String>| words.filter_map(|word| word.chars().next()).collect();
        let small = |word: &&String| !matches!(word.as_str(), "of" | "the" | "and" | "for" | "de" | "in" | "on" | "&");
        [letters(&mut self.words.iter()), letters(&mut self.words.iter().filter(small))]
    }
}

/// A department's or ministry's name, in lower case, with that word at its end: `harbour department` of `department of harbour`.
fn department(name: &str) -> String {
    const HEADS: [&str; 2] = ["department", "ministry"];
    let turned = name.split_once(" of ").filter(|(head, rest)| HEADS.contains(head) && !rest.contains(" of "));
    turned.map_or_else(|| name.to_owned(), |(head, of)| format!("{} {head}", of.strip_prefix("the ").unwrap_or(of)))
}

/// How many words of a name, but not all, are a place that it begins with.
fn place(words: &[&str]) -> usize {
    const LONGEST: usize = 3;
    let known = |length: &usize| {
        let text = words.get(..*length).unwrap_or_default().join(" ");
        is_land(&text) || CITIES.contains(text.as_str()) || REGIONS.contains(text.as_str())
    };
    (1..words.len().min(LONGEST + 1)).rev().find(known).unwrap_or_default()
}

/// The first name that a short one stands for.
fn long(first: &str) -> &str {
    NICKNAMES.get(first).copied().unwrap_or(first)
}

fn fold(word: &str) -> String {
    let word = word.to_lowercase();
    let bare: String = word.chars().filter(|c| *c != '.').collect();
    if bare.is_empty() { word } else { bare.replace('’', "'") }
}

fn drops(word: &str, person: bool) -> bool {
    matches!(word, "the" | "The") || person && TITLES.contains(word)
}

fn is_suffix(word: &str, kind: EntityType) -> bool {
    let word = word.trim_end_matches('.');
    match kind {
        EntityType::Person => matches!(word, "Jr" | "Sr" | "II" | "III" | "IV"),
        EntityType::Organization => {
            matches!(word, "Inc" | "Corp" | "Corporation" | "Ltd" | "Co" | "LLC" | "PLC" | "plc" | "AG" | "SA")
        }
        _ => false,
    }
}

/// The gender that the titles right before a name, or at its beginning, tell.
fn title_gender(reading: &Reading<'_>, name: Name) -> Option<Gender> {
    let at = reading.prose.token_at(name.span.start);
    let tokens = reading.prose.tokens.get(at.saturating_sub(2)..(at + 2).min(reading.prose.tokens.len()))?;
    let near = tokens.iter().filter(|token| token.span().start < name.span.end);
    near.filter_map(|token| TITLES.get(reading.text(token.span()))).find_map(Gender::told)
}

/// What is known of the members' names.
#[derive(Debug, Default)]
struct Index {
    /// By whole name.
    exact: HashMap<(EntityType, String), MemberId>,
    /// People by last and first name.
    people: HashMap<(String, String), MemberId>,
    /// People by last name and initial.
    initials: HashMap<(String, char), MemberId>,
    /// The bearer of a last or first name, or of a part of a longer name, mentioned last; or the first to come.
    recent: HashMap<(EntityType, String), MemberId>,
    /// The same among men or women.
    recent_of: HashMap<(String, Gender), MemberId>,
    /// Parts of longer names, with the one that has them; `None` where several do.
    parts: HashMap<(EntityType, String), Option<MemberId>>,
    /// Organisations and places by their first letters.
    acronyms: HashMap<String, MemberId>,
}

impl Index {
    /// The member that bears this full name.
    fn full(&self, form: &Form) -> Option<MemberId> {
        let exact = self.exact.get(&(form.kind, form.canonical.clone()));
        if form.kind != EntityType::Person {
            let part = || self.parts.get(&(form.kind, form.words.join(" "))).copied().flatten();
            return exact.copied().or_else(part);
        }
        let people = || {
            let firsts = [form.first(), form.before_last()];
            firsts.into_iter().find_map(|first| self.people.get(&(form.last().to_owned(), long(first).to_owned())))
        };
        let initial = || {
            let initial = form.initial()?;
            if form.abbreviated() {
                return self.initials.get(&(form.last().to_owned(), initial));
            }
            self.exact.get(&(form.kind, format!("{initial} {}", form.last())))
        };
        exact.or_else(people).or_else(initial).copied().or_else(|| self.misprinted(form))
    }

    /// The person whose longer name ends in this one of several words: "von Brink".
    fn family(&self, form: &Form) -> Option<MemberId> {
        let person = form.full() && form.kind == EntityType::Person;
        self.recent.get(&(form.kind, form.words.join(" "))).copied().filter(|_| person)
    }

    /// "Donald Trumps campaign": a lost apostrophe.
    fn misprinted(&self, form: &Form) -> Option<MemberId> {
        let last = form.last().strip_suffix('s')?;
        self.people.get(&(last.to_owned(), long(form.first()).to_owned())).copied()
    }

    /// The member that this name names.
    fn find(&self, form: &Form, cast: &Cast) -> Option<MemberId> {
        if form.full() && form.kind == EntityType::Person {
            return self.family(form).or_else(|| self.full(form));
        }
        if let Some(id) = self.exact.get(&(form.kind, form.canonical.clone())) {
            return Some(*id);
        }
        if form.capitals
            && let Some(id) = self.acronyms.get(&form.canonical)
        {
            return Some(*id);
        }
        match form.kind {
            EntityType::Person => self.bearer(form, cast),
            EntityType::Organization => self.recent.get(&(form.kind, form.words.join(" "))).copied(),
            _ => None,
        }
    }

    fn bearer(&self, form: &Form, cast: &Cast) -> Option<MemberId> {
        let word = form.last().to_owned();
        let titled = form.gender.and_then(|gender| self.recent_of.get(&(word.clone(), gender)));
        let any = self.recent.get(&(EntityType::Person, word));
        let agrees = |id: &&MemberId| {
            let known = cast.members.get(**id).and_then(|member| member.gender);
            form.gender.is_none() || known.is_none() || known == form.gender || FIRST_NAMES.contains(form.last())
        };
        titled.or(any.filter(agrees)).copied()
    }

    /// Notes a new member's name.
    fn learn(&mut self, form: &Form, id: MemberId) {
        self.exact.entry((form.kind, form.canonical.clone())).or_insert(id);
        match form.kind {
            EntityType::Person if form.full() => {
                self.people.entry((form.last().to_owned(), long(form.first()).to_owned())).or_insert(id);
                if let Some(initial) = form.initial() {
                    self.initials.entry((form.last().to_owned(), initial)).or_insert(id);
                }
                // A lost apostrophe may have left "Trumps" where others say "Trump".
                let singular = form.last().strip_suffix('s').unwrap_or(form.last());
                for family in form.families() {
                    self.recent.entry((form.kind, family)).or_insert(id);
                }
                for word in [form.last(), singular, form.first()] {
                    self.recent.entry((form.kind, word.to_owned())).or_insert(id);
                    if let Some(gender) = form.gender {
                        self.recent_of.entry((word.to_owned(), gender)).or_insert(id);
                    }
                }
            }
            EntityType::Organization | EntityType::Place if form.full() => {
                for acronym in form.acronyms().into_iter().filter(|acronym| acronym.len() > 1) {
                    self.acronyms.entry(acronym).or_insert(id);
                }
                for part in short_forms(form) {
                    let owner = self.parts.entry((form.kind, part.clone())).or_insert(Some(id));
                    *owner = owner.filter(|owner| *owner == id);
                    self.recent.entry((form.kind, part)).or_insert(id);
                }
            }
            _ => {}
        }
    }

    /// Notes that two names, one in brackets after the other, name the same: a name and its short form.
    fn same(&mut self, form: &Form, other: &Form) {
        let (long, short) = if form.full() { (form, other) } else { (other, form) };
        if short.capitals
            && long.full()
            && (long.kind == EntityType::Organization || long.acronyms().contains(&short.canonical))
            && let Some(id) = self.full(long)
        {
            self.acronyms.insert(short.canonical.clone(), id);
            self.exact.entry((short.kind, short.canonical.clone())).or_insert(id);
        }
    }

    /// Notes that a member was mentioned: short names now mean it rather than others.
    fn saw(&mut self, form: &Form, id: MemberId) {
        if !form.full() {
            return;
        }
        match form.kind {
            EntityType::Person => {
                for family in form.families() {
                    self.recent.insert((form.kind, family), id);
                }
                for word in [form.last(), form.first()] {
                    self.recent.insert((form.kind, word.to_owned()), id);
                    if let Some(gender) = form.gender {
                        self.recent_of.insert((word.to_owned(), gender), id);
                    }
                }
            }
            EntityType::Organization => {
                for part in short_forms(form) {
                    self.recent.insert((form.kind, part), id);
                }
            }
            _ => {}
        }
    }
}

/// Short forms an organisation's name may take: what it begins with, and what holds the word that says what it is.
fn short_forms(form: &Form) -> Vec<String> {
    const LONGEST: usize = 8;
    let words = &form.words;
    let mut out = Vec::new();
    if words.len() > LONGEST {
        return out;
    }
    for start in 0..words.len() {
        for end in start + 1..=words.len() {
            let Some(part) = words.get(start..end).filter(|part| part.len() < words.len()) else { continue };
            let head = part.last().is_some_and(|word| is_head(word));
            // "Giants" for the New York Giants, who are New York as well; but the Halden Gazette is not Halden.
            let team = form.kind == EntityType::Organization && end == words.len() && start > 0 && start == form.place;
            let town = end <= form.place && words.last().and_then(|word| word.rsplit('-').next()).is_some_and(is_head);
            let opens = start == 0 && !town && part.first().is_some_and(|word| !WORDS.contains(word.as_str()) && !is_head(word));
            let small =
                |word: Option<&String>| word.is_some_and(|word| matches!(word.as_str(), "of" | "the" | "for" | "and" | "&"));
            // "Scientology" for the Church of Scientology.
            let object = end == words.len() && start > 0 && words.get(start - 1).is_some_and(|word| word == "of");
            if (head || opens || object || team) && !small(part.first()) && !small(part.last()) {
                out.push(part.join(" "));
            }
        }
    }
    out
}

/// Whether the word, in lower case, says what kind of organisation it is.
fn is_head(word: &str) -> bool {
    let mut letters = word.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    ORGANISATION_WORDS.contains(capital.as_str())
}
