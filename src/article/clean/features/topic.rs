//! What a line of plain text is about: the clusters of its words. "Subscribe to our newsletter" and "Join the mailing list" have no
//! words in common but two clusters.

use super::Feature;
use crate::article::clean::Facts;
use crate::text::Sorted;

/// Words, each with the names of its coarse and its fine cluster.
const TOPICS: Sorted = Sorted::new(include_str!("../../../../assets/lines/topics.txt"));

/// A line longer than this many words is about too much.
const LONGEST: usize = 30;

/// Adds the clusters of the line's words, each once.
pub(super) fn name(facts: &Facts, features: &mut Vec<Feature>) {
    if facts.words > LONGEST {
        return;
    }
    let from = features.len();
    let words = facts.lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    features.extend(words.filter_map(|word| TOPICS.get(word)).flat_map(|names| names.split(' ')).map(|name| [name, ""]));
    if let Some(own) = features.get_mut(from..) {
        own.sort_unstable();
    }
    features.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(text: &str) -> Vec<Feature> {
        let facts = Facts { lower: text.to_lowercase().leak(), words: text.split(' ').count(), ..Facts::default() };
        let mut features = Vec::new();
        name(&facts, &mut features);
        features
    }

    #[test]
    fn offers_in_other_words_share_their_topics() {
        let (first, second) = (topics("Subscribe to the newsletter"), topics("Register for the magazine"));
        assert!(first.iter().filter(|topic| second.contains(topic)).count() >= 3, "{first:?} {second:?}");
        assert_eq!(TOPICS.misplaced(), None);
        assert!(topics("Qqq zzz").is_empty());
        assert_eq!(topics("bridge bridge bridge"), topics("bridge"), "each once");
        assert!(topics(&"bridge ".repeat(40)).is_empty(), "too long");
    }
}
