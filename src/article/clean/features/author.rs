//! Whether a line names the page's author: below the article it tells who that is, or where to follow and write to them.

use crate::article::clean::Facts;
use crate::article::page::Page;

/// Most authors looked for; if there are more, they are those of a list of other stories.
const MOST: usize = 8;

/// Most words of a byline.
const BYLINE: usize = 12;

/// The authors, in lower case: those that the page's metadata names and those of its bylines ("By Ann Lee | Staff").
pub(super) fn authors(page: &Page, facts: &[Facts]) -> Vec<String> {
    let told = page.document.authors.iter().map(|name| name.to_lowercase()).filter(|name| name.contains(' '));
    let mut out: Vec<String> = Vec::new();
    for name in told.chain(facts.iter().filter_map(byline)) {
        if out.len() < MOST && !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// Whom a byline names: the two or three words written large after "by".
fn byline(fact: &Facts) -> Option<String> {
    let rest = fact.text.get(3..).filter(|_| is_byline(fact))?;
    let mut name = Vec::new();
    for word in rest.split(' ').filter(|word| !word.is_empty()).take(3) {
        let bare = word.trim_end_matches([',', ';', '|']);
        if !bare.starts_with(char::is_uppercase) {
            break;
        }
        name.push(bare.to_lowercase());
        if bare.len() < word.len() {
            break;
        }
    }
    (name.len() >= 2).then(|| name.join(" "))
}

/// Whether the line says who wrote the article.
pub(super) fn is_byline(fact: &Facts) -> bool {
    fact.lower.starts_with("by ") && fact.words <= BYLINE
}

/// What the line says of the authors.
pub(super) fn name(fact: &Facts, authors: &[String], names: &mut Vec<&'static str>) {
    if is_byline(fact) {
        return;
    }
    if authors.iter().any(|author| fact.lower.starts_with(author.as_str())) {
        names.push("author-begins");
    } else if authors.iter().any(|author| fact.lower.contains(author.as_str())) {
        names.push("author-within");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(text: &str) -> Facts<'_> {
        Facts { text: text.into(), lower: text.to_lowercase().leak(), words: text.split(' ').count(), ..Facts::default() }
    }

    #[test]
    fn a_byline_names_its_author_in_words_written_large() {
        let named = |text| byline(&fact(text));
        assert_eq!(named("By Ann Lee | Staff writer").as_deref(), Some("ann lee"));
        assert_eq!(named("BY Maria van Dam"), None, "a particle is not told from prose");
        assert_eq!(named("by Jo Ann Dunn, Hillford Post").as_deref(), Some("jo ann dunn"));
        assert_eq!(named("By noon the harbour was closed"), None);
    }

    #[test]
    fn a_line_about_the_author_is_told_from_the_byline_itself() {
        let authors = ["ann lee".to_owned()];
        let said = |text| {
            let mut names = Vec::new();
            name(&fact(text), &authors, &mut names);
            names
        };
        assert_eq!(said("Ann Lee writes about ports."), ["author-begins"]);
        assert_eq!(said("Follow Ann Lee on Chirper."), ["author-within"]);
        assert!(said("By Ann Lee").is_empty());
        assert!(said("The harbour was closed.").is_empty());
    }
}
