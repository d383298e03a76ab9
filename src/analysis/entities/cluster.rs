//! Which names are names of the same: full and short names, initials, acronyms, other names.
//!
//! Full names come first, so that a headline's "Assange" finds the "Julian Assange" of the body. Short names then go, in
//! the order of the text, to the bearer mentioned last. Every look-up is by key: the work grows with the number of names.

use super::cast::{Cast, MemberId};
use super::forms::{Form, long, short_forms};
use super::lexicon::{FIRST_NAMES, Gender};
use super::{EntityType, MentionForm, Name};
use crate::analysis::Reading;
use std::collections::{HashMap, HashSet};

/// Groups names into members; a name's title is told by the words before it.
pub(super) fn cluster(reading: &Reading<'_>, names: &[Name]) -> Cast {
    let mut cast = Cast::default();
    let forms: Vec<Form> = names.iter().map(|name| Form::of(reading, *name)).collect();
    let makers = forms.iter().filter(|form| form.kind == EntityType::Organization).map(|form| form.canonical.clone());
    let mut index = Index { makers: makers.collect(), ..Index::default() };
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
    /// The names of all organisations.
    makers: HashSet<String>,
}

impl Index {
    /// The member that bears this full name.
    fn full(&self, form: &Form) -> Option<MemberId> {
        let exact = self.exact(form);
        if form.kind != EntityType::Person {
            return exact.or_else(|| self.whole(form));
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
        exact.or_else(|| people().or_else(initial).copied()).or_else(|| self.misprinted(form))
    }

    /// What is no person, body or place, and is named in the plural here and in the singular elsewhere, or the other way round: the Echo
    /// Phone and Echo Phones.
    fn other_number(&self, form: &Form) -> Option<&MemberId> {
        let name = form.canonical.as_str();
        let other = name.strip_suffix('s').map_or_else(|| format!("{name}s"), str::to_owned);
        self.exact.get(&(form.kind, other)).filter(|_| form.kind == EntityType::Other && name.len() > SHORTEST && !form.people)
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
        if let Some(id) = self.exact(form) {
            return Some(id);
        }
        if form.capitals
            && let Some(id) = self.acronyms.get(&form.canonical)
        {
            return Some(*id);
        }
        match form.kind {
            EntityType::Person => self.bearer(form, cast),
            EntityType::Organization => self.recent.get(&(form.kind, form.words.join(" "))).copied(),
            EntityType::Other => self.whole(form),
            EntityType::Place => None,
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
                    self.part((form.kind, part.clone()), id);
                    self.recent.entry((form.kind, part)).or_insert(id);
                }
            }
            EntityType::Other if form.full() => {
                for part in self.unprefixed(form) {
                    self.part((form.kind, part), id);
                }
            }
            _ => {}
        }
    }

    /// Notes a part of a member's name; what is a part of two names stands for neither.
    fn part(&mut self, part: (EntityType, String), id: MemberId) {
        let owner = self.parts.entry(part).or_insert(Some(id));
        *owner = owner.filter(|owner| *owner == id);
    }

    /// The member whose name alone has this one as a part.
    fn whole(&self, form: &Form) -> Option<MemberId> {
        self.parts.get(&(form.kind, form.words.join(" "))).copied().flatten()
    }

    /// The member of exactly this name, or of its plural or singular.
    fn exact(&self, form: &Form) -> Option<MemberId> {
        self.exact.get(&(form.kind, form.canonical.clone())).or_else(|| self.other_number(form)).copied()
    }

    /// What is left of a thing's name without its maker or the series that it belongs to: "Lander 3" of "Halden Lander 3", where Halden is an
    /// organisation, and "Fallen Order" of "Sea Wars: Fallen Order".
    fn unprefixed(&self, form: &Form) -> Vec<String> {
        let words = &form.words;
        let leads = |at: &usize| {
            let before = words.get(..*at).unwrap_or_default();
            before.last().is_some_and(|word| word.ends_with(':')) || self.makers.contains(&before.join(" "))
        };
        (1..words.len()).filter(leads).filter_map(|at| words.get(at..)).map(|rest| rest.join(" ")).collect()
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

/// A name so short is no plural of another.
const SHORTEST: usize = 3;
