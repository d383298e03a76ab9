//! What outlets and their platforms add to the names in a page's metadata: the outlet behind a title or an author, the section
//! before a title, "admin" for an author, "Blogger" for a publisher.

use crate::article::Document;
use crate::article::clean::agency_in;
use crate::text::entries;

/// Names that a publishing platform puts where a person's or an outlet's belongs.
const PLATFORMS: &str = include_str!("../../../../assets/lexicons/platforms.txt");
/// Names of sections that stand before titles.
const SECTIONS: &str = include_str!("../../../../assets/lexicons/sections.txt");
/// Last words of the names of newspapers and broadcasters.
const OUTLET_WORDS: &str = include_str!("../../../../assets/lexicons/outlet-words.txt");

const MARKS: [&str; 6] = [" | ", " - ", " – ", " — ", " :: ", " » "];
/// A title shorter than this is left as it is.
const SHORTEST: usize = 8;

/// Removes from the headline, the publisher and the authors what does not belong to them; `title` is the page's title element.
pub(super) fn tidy(document: &mut Document, title: Option<&str>) {
    document.publisher = document.publisher.take().map(|name| before_bar(&name)).filter(|name| !is_platform(name));
    let host = document.url.as_deref().and_then(host_of);
    if document.publisher.is_none() {
        let parts = title.into_iter().flat_map(|title| MARKS.iter().filter_map(|mark| title.rsplit_once(mark)));
        let named = parts.map(|(_, tail)| tail.trim()).find(|tail| host.as_deref().is_some_and(|host| spells(tail, host)));
        document.publisher = named.map(str::to_owned);
    }
    let headline = document.headline.take();
    document.headline = headline.map(|title| without_section(&without_site(&title, document), &document.sections));
    let authors = std::mem::take(&mut document.authors);
    for author in authors.iter().flat_map(|author| people(author, document.publisher.as_deref())) {
        if !is_platform(&author) && !document.authors.contains(&author) {
            document.authors.push(author);
        }
    }
}

fn is_platform(name: &str) -> bool {
    entries(PLATFORMS).any(|platform| platform.eq_ignore_ascii_case(name.trim()))
}

/// "Harbour Post | News | Sport" as "Harbour Post".
fn before_bar(name: &str) -> String {
    name.split(" | ").next().unwrap_or(name).trim().to_owned()
}

/// A title without the site's name behind a bar or dash.
fn without_site(title: &str, document: &Document) -> String {
    let site = document.publisher.as_deref().map(squeeze).filter(|site| !site.is_empty());
    for (head, tail) in MARKS.iter().filter_map(|mark| title.rsplit_once(mark)) {
        let tail = squeeze(tail);
        let named = site.as_ref().is_some_and(|site| !tail.is_empty() && (site.contains(&tail) || tail.contains(site.as_str())));
        if named && head.len() >= SHORTEST {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

/// "Opinion | The bridge must wait" without its section: one that the page names, or one that many papers have.
fn without_section(title: &str, sections: &[String]) -> String {
    let known = |head: &str| {
        let head = squeeze(head);
        sections.iter().any(|section| squeeze(section) == head) || entries(SECTIONS).any(|section| squeeze(section) == head)
    };
    let rest = title.split_once(" | ").filter(|(head, rest)| known(head) && rest.len() >= SHORTEST);
    rest.map_or(title, |(_, rest)| rest.trim()).to_owned()
}

/// "Ada Moor, Harbour Post" as "Ada Moor", "Ada Moor, Ben Tull" as two people.
fn people(author: &str, publisher: Option<&str>) -> Vec<String> {
    let author = before_bar(author);
    let author = without_opener(&author).to_owned();
    let parts: Vec<&str> = author.split(", ").map(str::trim).filter(|part| !part.is_empty()).collect();
    let [first, rest @ ..] = parts.as_slice() else { return Vec::new() };
    if rest.is_empty() || !is_full_name(first) {
        return vec![author];
    }
    let mut out = vec![(*first).to_owned()];
    for part in rest.iter().filter(|part| !is_outlet(part, publisher)) {
        if !is_full_name(part) {
            return vec![author];
        }
        out.push((*part).to_owned());
    }
    out
}

/// A byline without what opens it: "By", "Analysis by".
fn without_opener(author: &str) -> &str {
    let opener = |&(nth, at): &(usize, usize)| {
        let opener = author.get(..at).unwrap_or_default();
        if nth == 0 { opener.eq_ignore_ascii_case("by") } else { opener.ends_with(" by") }
    };
    let by = author.match_indices(' ').map(|(at, _)| at).take(2).enumerate().find(opener).map(|(_, at)| at);
    by.and_then(|at| author.get(at + 1..)).unwrap_or(author)
}

/// Two to four words, each with a capital: "Ada van Moor" is left whole in a longer list, which costs nothing.
fn is_full_name(text: &str) -> bool {
    let words = || text.split(' ');
    (2..=4).contains(&words().count()) && words().all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

fn is_outlet(text: &str, publisher: Option<&str>) -> bool {
    // "CNN", and "CNN Editor-at-large".
    let own = publisher.is_some_and(|publisher| {
        squeeze(publisher) == squeeze(text) || text.strip_prefix(publisher).is_some_and(|rest| rest.starts_with(' '))
    });
    let last = text.rsplit(' ').next().unwrap_or_default();
    own || agency_in(text).is_some() || entries(OUTLET_WORDS).any(|word| word == last)
}

/// The name under which a site is registered: "harbourpost" of `https://www.harbourpost.co.uk/2026/bridge`.
fn host_of(url: &str) -> Option<String> {
    let host = url.split("://").nth(1)?.split(['/', ':', '?']).next()?;
    host.trim_start_matches("www.").split('.').find(|label| label.len() >= 3).map(str::to_lowercase)
}

/// Whether `host` is made of the beginnings of the words of `name`, in order: "The Harbour City Post" spells "hcpost". Words
/// without a capital and "The" may be passed over, and so may whatever follows the last.
fn spells(name: &str, host: &str) -> bool {
    // How much of the host the words so far can spell, for every way of spelling it.
    let mut reached = vec![0];
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(8) {
        let passed = word == "The" || word.chars().next().is_some_and(char::is_lowercase);
        let word = word.to_lowercase();
        let mut next: Vec<usize> = reached.iter().copied().filter(|at| passed || *at == host.len()).collect();
        for at in reached {
            let rest = host.get(at..).unwrap_or_default();
            let shared = rest.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
            next.extend((1..=shared).map(|length| at + length));
        }
        next.sort_unstable();
        next.dedup();
        reached = next;
    }
    reached.contains(&host.len())
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn headline(title: &str, publisher: Option<&str>, section: &str, want: &str) {
        let mut document =
            Document { headline: Some(title.into()), publisher: publisher.map(str::to_owned), ..Document::default() };
        document.sections.push(section.to_owned());
        document.url = Some("https://www.hcpost.example/news/bridge".into());
        tidy(&mut document, Some(title));
        assert_eq!(document.headline.as_deref(), Some(want), "{title}");
    }

    #[test]
    fn headlines_lose_the_outlet_and_the_section() {
        headline("The bridge must wait | Harbour City Post", Some("Harbour City Post"), "", "The bridge must wait");
        headline("The bridge must wait - The Harbour City Post", None, "", "The bridge must wait");
        headline("Opinion | The bridge must wait", None, "", "The bridge must wait");
        headline("Quayside | The bridge must wait", None, "quayside", "The bridge must wait");
        headline("The bridge - and the bill - must wait", None, "", "The bridge - and the bill - must wait");
        headline("Council | The bridge must wait", None, "Quayside", "Council | The bridge must wait");
    }

    #[test]
    fn an_outlet_is_named_by_its_title_and_its_host() {
        let mut document = Document { url: Some("https://www.hcpost.example/1".into()), ..Document::default() };
        tidy(&mut document, Some("The bridge must wait - The Harbour City Post"));
        assert_eq!(document.publisher.as_deref(), Some("The Harbour City Post"));
        assert!(!spells("The Alder Times", "hcpost") && spells("Alder", "alder") && !spells("Al", "alder"));
    }

    #[track_caller]
    fn authors(given: &str, want: &[&str]) {
        let mut document = Document { publisher: Some("Quay Weekly Online".into()), ..Document::default() };
        document.authors.push(given.to_owned());
        tidy(&mut document, None);
        assert_eq!(document.authors, want, "{given}");
    }

    #[test]
    fn authors_are_people_or_desks_and_no_platform() {
        authors("admin", &[]);
        authors("Ada Moor, Quay Weekly Online", &["Ada Moor"]);
        authors("Ada Moor, Harbour Post", &["Ada Moor"]);
        authors("Ada Moor, Reuters", &["Ada Moor"]);
        authors("Ada Moor | Quay Weekly", &["Ada Moor"]);
        authors("Ada Moor, Ben Tull", &["Ada Moor", "Ben Tull"]);
        authors("Harbour, Trade and Industry desk", &["Harbour, Trade and Industry desk"]);
        authors("Analysis by Ada Moor, Quay Weekly Online editor-at-large", &["Ada Moor"]);
        authors("Ada By Moor, Reuters", &["Ada By Moor"]);
        authors("Reuters", &["Reuters"]);
    }

    #[test]
    fn a_platform_publishes_nothing() {
        let mut document = Document { publisher: Some("Blogger".into()), ..Document::default() };
        tidy(&mut document, None);
        assert_eq!(document.publisher, None);
        document.publisher = Some("Quay Weekly | News | Sport".into());
        tidy(&mut document, None);
        assert_eq!(document.publisher.as_deref(), Some("Quay Weekly"));
    }
}
