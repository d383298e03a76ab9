//! Why a line is not the article: lines that say so plainly, and the likeliest reason of those that the line model left out.

use super::Facts;
use crate::article::Reason;
use crate::article::page::{Markup, Page, Region, Tag};
use crate::text::entries;
use std::sync::LazyLock;

/// News agencies, one a line.
const AGENCIES: &str = include_str!("../../../assets/lexicons/agencies.txt");

static KNOWN: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut names: Vec<&str> = entries(AGENCIES).collect();
    // The longest first: "Reuters" must not hide "Thomson Reuters" behind it.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
});

/// The news agency that `text` begins with, as written.
pub(in crate::article) fn agency_in(text: &str) -> Option<&'static str> {
    KNOWN
        .iter()
        .copied()
        .find(|name| text.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-')))
}

/// The reasons of lines that say plainly what they are, wherever they stand.
pub(super) fn certain(facts: &[Facts]) -> Vec<Option<Reason>> {
    let mut out: Vec<Option<Reason>> = facts.iter().map(plain).collect();
    for i in 0..out.len() {
        if out.get(i) == Some(&Some(Reason::Signoff)) {
            // Initials of the desk follow the agency's name: "ksk", "rt/sm", "pgh/".
            for (fact, reason) in facts.iter().zip(&mut out).skip(i + 1).take_while(|(fact, _)| is_initials(&fact.text)).take(3) {
                debug_assert!(!fact.text.is_empty());
                *reason = Some(Reason::Signoff);
            }
        }
    }
    out
}

fn plain(fact: &Facts) -> Option<Reason> {
    let whole = fact.hits.iter().any(|hit| hit.whole);
    let strong = fact.hits.iter().find(|hit| hit.strong).map(|hit| hit.reason);
    if is_signoff(&fact.text) {
        return Some(Reason::Signoff);
    }
    if fact.words == 0 {
        return Some(Reason::Other);
    }
    match strong? {
        Reason::Metadata if fact.dated && fact.words <= 20 => Some(Reason::Metadata),
        reason if whole && !matches!(reason, Reason::Navigation | Reason::Metadata) => Some(reason),
        Reason::Disclaimer
            if ["disclaimer:", "©", "copyright ©", "copyright @"].iter().any(|opener| fact.lower.starts_with(opener)) =>
        {
            Some(Reason::Disclaimer)
        }
        _ => None,
    }
}

/// "--IANS", "-- PTI", "—Reuters", "(ANI)".
fn is_signoff(text: &str) -> bool {
    let name = text.trim_start_matches(['-', '–', '—', '(', ' ']);
    let agency = agency_in(name);
    name.len() < text.len() && agency.is_some_and(|agency| name.len() <= agency.len() + 12 && !name.contains(' '))
}

fn is_initials(text: &str) -> bool {
    text.len() <= 14 && !text.contains(' ') && text.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '-' | '.'))
}

/// The likeliest reason of every line, body or not; `certain` ones stand.
pub(super) fn reasons(page: &Page, facts: &[Facts], body: &[bool], certain: &[Option<Reason>]) -> Vec<Reason> {
    let first = body.iter().position(|body| *body).unwrap_or(body.len());
    let last = body.iter().rposition(|body| *body).unwrap_or(0);
    let mut under: Option<Reason> = None;
    let mut out = Vec::with_capacity(facts.len());
    for (i, (fact, line)) in facts.iter().zip(&page.lines).enumerate() {
        if body.get(i) == Some(&true) {
            under = None;
        }
        let own = certain.get(i).copied().flatten().or_else(|| worded(fact)).or_else(|| line.markup.as_ref().and_then(marked));
        // A heading such as "Most read" or "Comments" speaks for the lines under it.
        if let Some(heading @ (Reason::Subscription | Reason::Related | Reason::Comments | Reason::Consent)) = own {
            under = Some(heading);
        }
        let weak = matches!(own, None | Some(Reason::Navigation));
        out.push(match (own, under) {
            (_, Some(under)) if weak => under,
            (Some(own), _) => own,
            (None, _) => placed(fact, i, first, last),
        });
    }
    out
}

/// The reason that the line's own words give.
fn worded(fact: &Facts) -> Option<Reason> {
    let metadata = fact.dated && fact.words <= 14 || fact.words <= 10 && fact.lower.starts_with("by ");
    if metadata || fact.words <= 5 && agency_in(&fact.text).is_some() {
        return Some(Reason::Metadata);
    }
    if let Some(hit) = fact.hits.first() {
        return Some(hit.reason);
    }
    let price = fact.words <= 6 && fact.digits > 0 && fact.lower.contains(['$', '€', '£', '₹']);
    price.then_some(Reason::Subscription)
}

/// The reason that the markup around the line gives.
fn marked(markup: &Markup) -> Option<Reason> {
    const BY_REGION: [(Region, Reason); 14] = [
        (Region::Comments, Reason::Comments),
        (Region::Caption, Reason::Caption),
        (Region::Figure, Reason::Caption),
        (Region::Gallery, Reason::Caption),
        (Region::Byline, Reason::Metadata),
        (Region::Advertisement, Reason::Advertisement),
        (Region::Social, Reason::Social),
        (Region::Related, Reason::Related),
        (Region::Promotion, Reason::Subscription),
        (Region::Tags, Reason::Navigation),
        (Region::Nav, Reason::Navigation),
        (Region::Menu, Reason::Navigation),
        (Region::Footer, Reason::Navigation),
        (Region::Aside, Reason::Related),
    ];
    match markup.tag {
        Tag::Caption => return Some(Reason::Caption),
        Tag::Time => return Some(Reason::Metadata),
        _ => {}
    }
    BY_REGION.iter().find(|(region, _)| markup.within.has(*region)).map(|(_, reason)| *reason)
}

/// The likeliest reason by place alone.
fn placed(fact: &Facts, at: usize, first: usize, last: usize) -> Reason {
    match () {
        () if fact.words <= 3 => Reason::Navigation,
        () if at < first && fact.words <= 6 => Reason::Navigation,
        () if at < first && at + 4 >= first && fact.closes() => Reason::Other,
        () if at > last && fact.is_prose() => Reason::Other,
        () => Reason::Related,
    }
}
