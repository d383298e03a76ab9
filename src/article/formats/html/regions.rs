//! What an element and its class names say of the text within it.

use crate::article::page::{Region, Within};
use crate::text::entries;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words of class names, by region.
const MARKUP: &str = include_str!("../../../../assets/lexicons/markup.txt");

static WORDS: LazyLock<HashMap<&str, Region>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    let mut region = None;
    for line in entries(MARKUP) {
        if let Some(name) = line.strip_prefix('[') {
            let name = name.trim_end_matches(']');
            region = Region::ALL.iter().find(|(_, feature)| feature.strip_prefix("in=") == Some(name)).map(|(region, _)| *region);
        } else if let Some(region) = region {
            words.insert(line, region);
        }
    }
    words
});

/// The regions that the element `name` opens by itself.
pub(super) fn of_element(name: &str) -> Option<Region> {
    Some(match name {
        "nav" => Region::Nav,
        "header" => Region::Header,
        "footer" => Region::Footer,
        "aside" => Region::Aside,
        "figure" => Region::Figure,
        "form" => Region::Form,
        "article" => Region::Article,
        "main" => Region::Main,
        "table" => Region::Table,
        "ul" | "ol" => Region::List,
        "blockquote" => Region::BlockQuote,
        _ => return None,
    })
}

/// Adds the regions that the words of a class, id or role name.
pub(super) fn of_names(names: &str, within: Within) -> Within {
    let mut within = within;
    let mut last = String::new();
    for name in names.split_ascii_whitespace().take(24) {
        last.clear();
        for word in words(name) {
            for key in [word.as_str(), &format!("{last}{word}")] {
                if let Some(region) = WORDS.get(key) {
                    within = within.with(*region);
                }
            }
            last = word;
        }
    }
    within
}

/// The words of a class name in lower case: `article-body`, `articleBody` and `article_body2` are `article` and `body`.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut out: Vec<String> = Vec::new();
    let (mut open, mut lower) = (false, false);
    for c in name.chars().take(80) {
        if !c.is_ascii_alphabetic() {
            open = false;
            continue;
        }
        if !open || (lower && c.is_ascii_uppercase()) {
            out.push(String::new());
        }
        if let Some(word) = out.last_mut() {
            word.push(c.to_ascii_lowercase());
        }
        (open, lower) = (true, c.is_ascii_lowercase());
    }
    out.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_words() {
        let within = of_names("js-related-stories2 articleBody", Within::default());
        assert!(within.has(Region::Related) && within.has(Region::Body) && within.has(Region::Story));
        assert!(!of_names("headroom shadow", Within::default()).has(Region::Advertisement));
    }
}
