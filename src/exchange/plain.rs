//! The article for people: as plain text, or as Markdown with its claims as footnotes.

use super::{Annotated, interval};
use crate::analysis::claims::Claim;
use crate::analysis::{Analysis, timeline};
use crate::article::{Article, BlockKind};
use crate::text::Span;
use std::fmt::Write;

/// The cleaned article: headline, who and when, and its passages, with a blank line between.
pub fn text(annotated: &Annotated) -> String {
    let article = &annotated.article;
    let mut out = String::new();
    let shown = article.blocks.first().is_some_and(|block| block.kind == BlockKind::Headline);
    if let Some(headline) = article.document.headline.as_deref().filter(|_| !shown && !article.blocks.is_empty()) {
        let _ = writeln!(out, "{headline}\n");
    }
    let mut meta = meta_line(article);
    for block in article.passages() {
        if block.kind != BlockKind::Headline && !meta.is_empty() {
            let _ = writeln!(out, "{meta}\n");
            meta.clear();
        }
        let bullet = if block.kind == BlockKind::ListItem { "• " } else { "" };
        let _ = writeln!(out, "{bullet}{}\n", block.span.of(&article.text).replace("\n\n", " "));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// What is known of who and when on one line: "IANS · London · 2017-10-26T10:46+05:30". A place that the text opens with is not said twice.
pub fn meta_line(article: &Article) -> String {
    let document = &article.document;
    let place = document.dateline.as_ref().filter(|d| d.span.is_none()).and_then(|d| d.place.clone());
    let published = document.published.map(|stamp| stamp.to_string());
    let parts = [document.publisher.clone(), Some(document.authors.join(", ")), place, published];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The article in Markdown; every claim that the reader shows unasked has a footnote that says who, by which words, and through whom.
pub fn markdown(annotated: &Annotated) -> String {
    let Annotated { article, analysis, .. } = annotated;
    let claims =
        analysis.claims.iter().enumerate().zip(analysis.shown_claims()).filter_map(|(claim, shown)| shown.then_some(claim));
    let mut notes: Vec<(usize, usize)> = claims.filter_map(|(i, c)| Some((c.content.last()?.end, i))).collect();
    notes.sort_unstable();
    let mut numbers = vec![0; analysis.claims.len()];
    for (number, (_, index)) in notes.iter().enumerate() {
        if let Some(place) = numbers.get_mut(*index) {
            *place = number + 1;
        }
    }
    let mut out = String::new();
    let shown = article.blocks.first().is_some_and(|block| block.kind == BlockKind::Headline);
    if let Some(headline) = article.document.headline.as_deref().filter(|_| !shown) {
        let _ = writeln!(out, "# {headline}\n");
    }
    for block in article.passages() {
        let mark = match block.kind {
            BlockKind::Headline => "# ",
            BlockKind::Subhead => "## ",
            BlockKind::ListItem => "- ",
            BlockKind::Quote => "> ",
            BlockKind::Paragraph | BlockKind::Caption | BlockKind::Byline | BlockKind::Dateline => "",
        };
        let _ = writeln!(out, "{mark}{}\n", with_notes(article, block.span, &notes));
    }
    timeline(&mut out, annotated);
    for (number, (_, index)) in notes.iter().enumerate() {
        if let Some(claim) = analysis.claims.get(*index) {
            let _ = write!(out, "[^{}]: {}", number + 1, footnote(article, analysis, claim));
            for other in claim.contradicts.iter().filter_map(|id| numbers.get(id.0).filter(|number| **number > 0)) {
                let _ = write!(out, " (contradicts [^{other}])");
            }
            out.push('\n');
        }
    }
    out
}

/// The rows of the timeline under a heading of their own: when, what, and who says so.
fn timeline(out: &mut String, annotated: &Annotated) {
    let Annotated { article, analysis, .. } = annotated;
    let rows = timeline::rows(&article.text, analysis);
    for (n, (row, event)) in rows.iter().filter_map(|row| Some((row, analysis.events.get(row.event)?))).enumerate() {
        if n == 0 {
            out.push_str("## Timeline\n\n");
        }
        let tellers = row.teller_names(analysis).join(", ");
        let tellers = if tellers.is_empty() { tellers } else { format!(" ({})", escape(&tellers)) };
        let _ = writeln!(out, "- {}: {}{tellers}", interval::words(event), escape(&event.words(&article.text, analysis)));
    }
    if !rows.is_empty() {
        out.push('\n');
    }
}

/// The words of one block with a footnote mark after each claim that ends in it.
fn with_notes(article: &Article, block: Span, notes: &[(usize, usize)]) -> String {
    let mut out = String::new();
    let mut at = block.start;
    let first = notes.partition_point(|(end, _)| *end <= block.start);
    for (number, &(end, _)) in notes.iter().enumerate().skip(first).take_while(|(_, (end, _))| *end <= block.end) {
        out.push_str(&escape(Span::new(at, end).of(&article.text)));
        let _ = write!(out, "[^{}]", number + 1);
        at = end;
    }
    out.push_str(&escape(Span::new(at, block.end).of(&article.text)));
    out
}

fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '\\') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

fn footnote(article: &Article, analysis: &Analysis, claim: &Claim) -> String {
    let name = |id: crate::analysis::SourceId| analysis.sources.get(id.0).map(|s| s.name.clone());
    let mut chain: Vec<String> = claim.via.iter().filter_map(|id| name(*id)).collect();
    chain.push(claim.source.and_then(name).unwrap_or_else(|| "no source named".into()));
    let cue: Vec<&str> = claim.cue.iter().map(|span| span.of(&article.text)).collect();
    let content: Vec<&str> = claim.content.iter().map(|span| span.of(&article.text)).collect();
    escape(&format!("{} › {} › {}", chain.join(" › "), cue.join(" … "), content.join(" … ")))
}
