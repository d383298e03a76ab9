//! A self-contained page: the article and, beside it, its entities, its sources with their claims, and the timeline. No script;
//! a link in a pane marks its words in the text (`:target`).

use super::xml::escape;
use super::{Annotated, interval, plain};
use crate::analysis::timeline;
use crate::analysis::{Analysis, ClaimId};
use crate::article::{Block, BlockKind};
use crate::text::Span;
use std::fmt::Write;

/// What stands before the first story.
pub const HEAD: &str = concat!(
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n",
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    "<title>byline</title>\n<style>\n",
    include_str!("../../assets/page.css"),
    "</style>\n"
);
/// What stands after the last story.
pub const FOOT: &str = "</html>\n";

/// A stretch of the text that a pane points to.
struct Mark {
    span: Span,
    class: &'static str,
    /// Anchor; empty for a stretch that continues another.
    id: String,
}

/// One story: text and panes.
pub fn story(annotated: &Annotated) -> String {
    let Annotated { article, analysis, .. } = annotated;
    let key = key(annotated);
    let marks = marks(annotated, &key);
    let mut out = String::from("<main>\n<article>\n");
    let shown = article.blocks.first().is_some_and(|block| block.kind == BlockKind::Headline);
    if let Some(headline) = article.document.headline.as_deref().filter(|_| !shown) {
        let _ = writeln!(out, "<h1>{}</h1>", escape(headline));
    }
    let meta = plain::meta_line(article);
    if !meta.is_empty() {
        let _ = writeln!(out, "<p class=\"meta\">{}</p>", escape(&meta));
    }
    for block in &article.passages() {
        let tag = tag(block);
        let _ = writeln!(out, "<{tag}>{}</{tag}>", marked(&article.text, block.span, &marks));
    }
    out.push_str("</article>\n<aside>\n");
    if !analysis.sources.is_empty() || !analysis.claims.is_empty() {
        sources(&mut out, annotated, &key);
    }
    if !analysis.entities.is_empty() {
        entities(&mut out, annotated, &key);
    }
    timeline(&mut out, annotated, &key);
    for note in article.notes.iter().chain(&analysis.notes) {
        let _ = writeln!(out, "<p class=\"note\">{}</p>", escape(note));
    }
    out.push_str("</aside>\n</main>\n");
    out
}

/// A short key of the story, so that the anchors of several stories on one page differ (FNV-1a).
fn key(annotated: &Annotated) -> String {
    let bytes = annotated.article.id.bytes().chain(annotated.article.text.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("s{hash:016x}")
}

fn tag(block: &Block) -> &'static str {
    match block.kind {
        BlockKind::Headline => "h1",
        BlockKind::Subhead => "h2",
        BlockKind::ListItem => "li",
        BlockKind::Quote => "blockquote",
        BlockKind::Caption => "figcaption",
        BlockKind::Paragraph | BlockKind::Byline | BlockKind::Dateline => "p",
    }
}

/// Every marked stretch, in the order of the text.
fn marks(annotated: &Annotated, key: &str) -> Vec<Mark> {
    let analysis = &annotated.analysis;
    let mut marks = Vec::new();
    let mut seen = vec![false; analysis.entities.len()];
    for mention in &analysis.mentions {
        let first = seen.get_mut(mention.entity.0).is_some_and(|seen| !std::mem::replace(seen, true));
        let id = if first { format!("{key}e{}", mention.entity.0) } else { String::new() };
        marks.push(Mark { span: mention.span, class: "e", id });
    }
    for ((i, claim), shown) in analysis.claims.iter().enumerate().zip(analysis.shown_claims()) {
        let class = if shown { "c" } else { "a" };
        for (n, span) in claim.content.iter().enumerate() {
            let id = if n == 0 { format!("{key}c{i}") } else { String::new() };
            marks.push(Mark { span: *span, class, id });
        }
        marks.extend(claim.cue.iter().map(|span| Mark { span: *span, class: "q", id: String::new() }));
    }
    marks.extend(analysis.timexes.iter().map(|t| Mark { span: t.span, class: "t", id: String::new() }));
    marks.extend(analysis.events.iter().enumerate().map(|(i, e)| Mark { span: e.trigger, class: "v", id: format!("{key}v{i}") }));
    marks.retain(|mark| !mark.span.is_empty());
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    marks
}

/// The words of one block, cut at every edge of a mark, each piece with the classes of the marks that cover it.
fn marked(text: &str, block: Span, marks: &[Mark]) -> String {
    let last = marks.partition_point(|mark| mark.span.start < block.end);
    // Marks that begin before the block and reach into it are looked for among the last few only: spans seldom cross a paragraph.
    let first = marks.partition_point(|mark| mark.span.start < block.start).saturating_sub(64);
    let here: Vec<&Mark> = marks.get(first..last).unwrap_or_default().iter().filter(|mark| mark.span.overlaps(block)).collect();
    let mut edges: Vec<usize> = here.iter().flat_map(|m| [m.span.start.max(block.start), m.span.end.min(block.end)]).collect();
    edges.extend([block.start, block.end]);
    edges.sort_unstable();
    edges.dedup();
    let mut out = String::new();
    let (mut open, mut next): (Vec<&Mark>, _) = (Vec::new(), here.iter().peekable());
    for pair in edges.windows(2) {
        let &[from, to] = pair else { continue };
        open.retain(|mark| mark.span.end > from);
        while let Some(mark) = next.next_if(|mark| mark.span.start <= from) {
            open.push(mark);
            if mark.span.start == from && !mark.id.is_empty() {
                let _ = write!(out, "<a id=\"{}\"></a>", mark.id);
            }
        }
        let words = escape(Span::new(from, to).of(text));
        let mut classes: Vec<&str> = open.iter().map(|mark| mark.class).collect();
        classes.sort_unstable();
        classes.dedup();
        let _ = if classes.is_empty() {
            write!(out, "{words}")
        } else {
            write!(out, "<span class=\"{}\">{words}</span>", classes.join(" "))
        };
    }
    out
}

fn sources(out: &mut String, annotated: &Annotated, key: &str) {
    let Annotated { article, analysis, .. } = annotated;
    let mut said: Vec<Vec<usize>> = vec![Vec::new(); analysis.sources.len() + 1];
    for ((i, claim), _) in analysis.claims.iter().enumerate().zip(analysis.shown_claims()).filter(|(_, shown)| *shown) {
        if let Some(list) = said.get_mut(claim.source.map_or(analysis.sources.len(), |id| id.0)) {
            list.push(i);
        }
    }
    out.push_str("<section><h2>Sources</h2>\n<dl>\n");
    let names = analysis.sources.iter().map(|s| s.name.as_str()).chain(std::iter::once("no source named"));
    for (name, claims) in names.zip(&said).filter(|(_, claims)| !claims.is_empty()) {
        let _ = writeln!(out, "<dt>{} <small>{}</small>", escape(name), claims.len());
        for (i, claim) in claims.iter().filter_map(|i| Some((i, analysis.claims.get(*i)?))) {
            let content: Vec<&str> = claim.content.iter().map(|span| span.of(&article.text)).collect();
            let _ = write!(out, "<dd><a href=\"#{key}c{i}\">{}</a>", escape(&content.join(" … ")));
            for other in &claim.contradicts {
                let _ = write!(
                    out,
                    " <small><a href=\"#{key}c{}\">contradicts {}</a></small>",
                    other.0,
                    escape(&source_of(analysis, *other))
                );
            }
            out.push('\n');
        }
    }
    out.push_str("</dl></section>\n");
}

/// The name of who makes a claim.
fn source_of(analysis: &Analysis, claim: ClaimId) -> String {
    let source = analysis.claims.get(claim.0).and_then(|claim| analysis.sources.get(claim.source?.0));
    source.map_or_else(|| "no source named".to_owned(), |source| source.name.clone())
}

fn entities(out: &mut String, annotated: &Annotated, key: &str) {
    let analysis = &annotated.analysis;
    let mut counts = vec![0_usize; analysis.entities.len()];
    for mention in &analysis.mentions {
        if let Some(count) = counts.get_mut(mention.entity.0) {
            *count += 1;
        }
    }
    out.push_str("<section><h2>Who is in it</h2>\n<ul>\n");
    for ((i, entity), count) in analysis.entities.iter().enumerate().zip(counts) {
        let role = entity.job_title.as_deref().map(|role| format!(", {}", escape(role))).unwrap_or_default();
        let _ = writeln!(out, "<li><a href=\"#{key}e{i}\">{}</a>{role} <small>{count}</small>", escape(&entity.name));
    }
    out.push_str("</ul></section>\n");
}

/// The rows of the timeline, as the reader shows them.
fn timeline(out: &mut String, annotated: &Annotated, key: &str) {
    let Annotated { article, analysis, .. } = annotated;
    let rows = timeline::rows(&article.text, analysis);
    if rows.is_empty() {
        return;
    }
    out.push_str("<section><h2>Timeline</h2>\n<dl>\n");
    for (row, event) in rows.iter().filter_map(|row| Some((row, analysis.events.get(row.event)?))) {
        let (when, words) = (escape(&interval::words(event)), escape(&event.words(&article.text, analysis)));
        let tellers = row.teller_names(analysis).join(", ");
        let tellers = if tellers.is_empty() { tellers } else { format!(" <small>{}</small>", escape(&tellers)) };
        let _ = writeln!(out, "<dt>{when}<dd><a href=\"#{key}v{}\">{words}</a>{tellers}", row.event);
    }
    out.push_str("</dl></section>\n");
}
