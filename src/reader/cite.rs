//! Words to take along: a claim as a citation, and who it came through.

use super::panes::timeline::stamp;
use super::story::Story;
use crate::analysis::claims::{Claim, ClaimForm};
use std::fmt::Write as _;

/// Through whom a claim came, outermost first, its own source last: CNN, two unnamed sources, Nix. Who tells of words of his own is
/// named once.
pub fn chain<'a>(story: &'a Story, claim: &Claim) -> Vec<&'a str> {
    let via = claim.via.iter().filter_map(|&source| story.source_name(Some(source)));
    let mut chain: Vec<&str> = via.chain(story.source_name(claim.source)).collect();
    chain.dedup();
    chain
}

/// What is said, its pieces joined with an ellipsis; in quotation marks when it is a quote without marks of its own.
pub fn content(story: &Story, claim: &Claim) -> String {
    let pieces: Vec<String> = claim.content.iter().map(|&span| story.words(span)).collect();
    let words = pieces.join(" … ");
    let quoted = words.starts_with(['‘', '\'']) || words.contains(['“', '"', '«', '„']);
    if claim.form == ClaimForm::Direct && !quoted { format!("“{words}”") } else { words }
}

/// A claim as a citation: source, cue and words, then where and when it stands.
pub(super) fn claim(story: &Story, claim: &Claim) -> String {
    let source = story.source_name(claim.source).unwrap_or("Source not told");
    let cue = claim.cue.iter().map(|&span| story.words(span)).collect::<Vec<_>>().join(" … ");
    let through = chain(story, claim);
    let via = through.split_last().map_or(&[][..], |(_, via)| via);
    let mut out = source.to_owned();
    if !cue.is_empty() {
        let _ = write!(out, " ({cue})");
    }
    if !via.is_empty() {
        let _ = write!(out, ", via {}", via.join(", via "));
    }
    format!("{out}: {}\n{}", content(story, claim), origin(story))
}

/// A paragraph as a citation.
pub(super) fn paragraph(story: &Story, words: &str) -> String {
    format!("{words}\n{}", origin(story))
}

/// "— Headline. Outlet, Thu 26 Oct 2017. https://..."
fn origin(story: &Story) -> String {
    let document = &story.article.document;
    let outlet = document.publisher.clone().or_else(|| (!document.authors.is_empty()).then(|| document.authors.join(", ")));
    let agency = || document.dateline.as_ref().and_then(|dateline| dateline.agency.clone());
    let when = document.published.or(document.modified).and_then(stamp);
    let place: Vec<String> = outlet.or_else(agency).into_iter().chain(when).collect();
    let parts = [
        Some(story.title().trim_end_matches('.').to_owned()),
        (!place.is_empty()).then(|| place.join(", ")),
        document.url.clone(),
    ];
    format!("— {}", parts.into_iter().flatten().collect::<Vec<_>>().join(". "))
}
