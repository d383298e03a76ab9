//! Features of a line's words: phrases of furniture, dates, addresses, money, speech.

use super::author::is_byline;
use super::{ALL, bin};
use crate::article::Reason;
use crate::article::clean::Facts;

const STRONG: [(Reason, &str); 11] = [
    (Reason::Subscription, "is=subscription"),
    (Reason::Related, "is=related"),
    (Reason::Social, "is=social"),
    (Reason::Disclaimer, "is=disclaimer"),
    (Reason::Metadata, "is=metadata"),
    (Reason::Caption, "is=caption"),
    (Reason::Navigation, "is=navigation"),
    (Reason::Advertisement, "is=advertisement"),
    (Reason::Comments, "is=comments"),
    (Reason::Consent, "is=consent"),
    (Reason::Signoff, "is=signoff"),
];

const WEAK: [(Reason, &str); 11] = [
    (Reason::Subscription, "has=subscription"),
    (Reason::Related, "has=related"),
    (Reason::Social, "has=social"),
    (Reason::Disclaimer, "has=disclaimer"),
    (Reason::Metadata, "has=metadata"),
    (Reason::Caption, "has=caption"),
    (Reason::Navigation, "has=navigation"),
    (Reason::Advertisement, "has=advertisement"),
    (Reason::Comments, "has=comments"),
    (Reason::Consent, "has=consent"),
    (Reason::Signoff, "has=signoff"),
];

/// Vocabulary: phrases of furniture, dates, addresses, money, speech.
pub(super) fn name(facts: &Facts, names: &mut Vec<&'static str>) {
    for hit in &facts.hits {
        let table = if hit.strong { &STRONG } else { &WEAK };
        names.extend(table.iter().find(|(reason, _)| *reason == hit.reason).map(|(_, name)| *name));
    }
    if facts.hits.iter().any(|hit| hit.strong) {
        names.push("furniture");
    }
    let lower = facts.lower;
    let signs: [(&'static str, bool); 17] = [
        ("ago", facts.words <= 7 && (lower.ends_with(" ago") || lower.contains(" ago at "))),
        ("dated", facts.dated),
        ("url", lower.contains("http") || lower.contains("www.") || lower.contains(".com")),
        ("email", lower.contains('@') && lower.contains('.') && !lower.contains(" @")),
        ("handle", lower.starts_with('@') || lower.contains(" @") || lower.contains("(@")),
        ("tweet", lower.contains("pic.twitter.com") || lower.contains("t.co/")),
        ("hashtag", lower.contains(" #") || lower.starts_with('#')),
        ("money", lower.contains(['$', '€', '£', '₹', '¥'])),
        ("bars", lower.contains(" | ") || lower.contains(" / ") || lower.contains(" • ") || lower.contains(" · ")),
        ("copyright", lower.contains('©')),
        ("slashes", lower.contains('/')),
        ("quoted", facts.text.contains(['“', '"'])),
        ("said", lower.contains(" said") || lower.contains(" says") || lower.contains(" told")),
        ("by", is_byline(facts)),
        ("glued", is_glued(&facts.text)),
        ("is-a", introduces(&facts.text)),
        ("about", lower.starts_with("about ") && facts.words <= 6 && !facts.closes()),
    ];
    names.extend(signs.iter().filter(|(_, there)| *there).map(|(name, _)| *name));
    names.push(bin(
        facts.share(facts.address),
        &[(0.001, "address=0"), (0.06, "address<.06"), (0.12, "address<.12"), (ALL, "address>.12")],
    ));
}

/// "Ann Lee is a reporter", "Hillford Ports is the": words written large, then what they are, as notes about authors and companies begin.
fn introduces(text: &str) -> bool {
    let large = text.split(' ').take(5).take_while(|word| word.starts_with(char::is_uppercase)).count();
    let mut after = text.split(' ').skip(large);
    large > 0 && after.next() == Some("is") && matches!(after.next(), Some("a" | "an" | "the"))
}

/// Two link texts run together: "`SubscribeSign` In".
fn is_glued(text: &str) -> bool {
    let glued = |word: &str| word.chars().zip(word.chars().skip(1)).filter(|(a, b)| a.is_lowercase() && b.is_uppercase()).count();
    text.split(' ').map(glued).sum::<usize>() >= 2
}
