//! Posts put into an article: `The bridge is shut. — Ada Moss (@adamoss) May 3, 2021`, the signature in a line of its own or behind the words.

use super::words::Words;
use crate::article::{Block, BlockKind};
use crate::encoder::Attribution;
use crate::text::Span;

/// Most paragraphs of a post.
const PARAGRAPHS: usize = 8;
/// Longest name in a signature, in bytes.
const NAME: usize = 60;

/// The posts among the blocks of `text`, in order.
pub(super) fn posts(text: &str, words: &Words, blocks: &[Block]) -> Vec<Attribution> {
    let signed = blocks.iter().enumerate().filter_map(|(at, block)| Some((at, block, signature(text, block.span)?)));
    let post = |(at, block, signature): (usize, &Block, Signature)| {
        let own = Span::new(block.span.start, signature.dash.start).trimmed(text);
        let before = blocks.get(..at).unwrap_or_default().iter().rev();
        let mut parts: Vec<Span> = if !own.is_empty() {
            vec![own]
        } else if block.kind == BlockKind::Quote {
            before.take_while(|block| block.kind == BlockKind::Quote).take(PARAGRAPHS).map(|block| block.span).collect()
        } else {
            before.take(1).filter(|block| block.kind == BlockKind::Paragraph).map(|block| block.span).collect()
        };
        // The posts before this one have signatures of their own.
        let others = parts.iter().position(|part| part.start < block.span.start && self::signature(text, *part).is_some());
        parts.truncate(others.unwrap_or(parts.len()));
        parts.reverse();
        let content: Vec<Span> =
            parts.into_iter().map(|part| without_links(text, part)).filter(|part| !part.is_empty()).collect();
        let cue = words.span(words.within(signature.dash))?;
        (!content.is_empty()).then(|| Attribution {
            source: vec![signature.name],
            cue: vec![cue],
            content,
            ..Attribution::default()
        })
    };
    signed.filter_map(post).collect()
}

struct Signature {
    dash: Span,
    name: Span,
}

/// The last dash of the block with a name and an account behind it: `— Ada Moss (@adamoss)`.
fn signature(text: &str, block: Span) -> Option<Signature> {
    let own = block.of(text);
    let account = own.rfind(" (@")?;
    let close = own.get(account..)?.find(')')?;
    let handle = own.get(account + 3..account + close)?;
    let (dash, mark) = own.get(..account)?.char_indices().rfind(|(_, c)| matches!(c, '—' | '–' | '―'))?;
    let name = Span::new(block.start + dash + mark.len_utf8(), block.start + account).trimmed(text);
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.".contains(c);
    let known = !handle.is_empty() && handle.chars().all(plain) && (1..=NAME).contains(&name.len());
    known.then_some(Signature { dash: Span::new(block.start + dash, block.start + dash + mark.len_utf8()), name })
}

/// The words of a post without the links and pictures that it ends with.
fn without_links(text: &str, post: Span) -> Span {
    const LINKS: [&str; 3] = ["http://", "https://", "pic.twitter.com/"];
    let mut kept = post;
    while let Some(last) = kept.of(text).split_whitespace().next_back()
        && let Some(at) = LINKS.iter().filter_map(|link| last.find(link)).min()
    {
        kept = Span::new(kept.start, kept.end - last.len() + at).trimmed(text);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Prose, tags};

    #[track_caller]
    fn check(blocks: &[(BlockKind, &str)], want: &[(&str, &[&str])]) {
        let mut text = String::new();
        let mut own = Vec::new();
        for (kind, words) in blocks {
            own.push(Block { kind: *kind, span: Span::new(text.len(), text.len() + words.len()) });
            text.push_str(words);
            text.push('\n');
        }
        let prose = Prose::new(&text, own.iter().map(|block| block.span));
        let words = Words::new(&text, &prose, &tags(&text, &prose), &[]);
        let have: Vec<(&str, Vec<&str>)> = posts(&text, &words, &own)
            .iter()
            .map(|post| (post.source[0].of(&text), post.content.iter().map(|part| part.of(&text)).collect()))
            .collect();
        let want: Vec<(&str, Vec<&str>)> = want.iter().map(|(name, parts)| (*name, parts.to_vec())).collect();
        assert_eq!(have, want);
    }

    #[test]
    fn a_post_is_what_stands_above_its_signature() {
        use BlockKind::{Paragraph, Quote};
        check(
            &[
                (Paragraph, "The mayor wrote."),
                (Quote, "The bridge is shut."),
                (Quote, "Use the ferry https://t.co/ab1 pic.twitter.com/xy"),
                (Quote, "— Ada Moss (@adamoss) May 3, 2021"),
                (Quote, "It is late.https://t.co/b — Karl Vik (@vik_k) May 4, 2021"),
                (Quote, "Again!"),
                (Quote, "— Ada Moss (@adamoss) May 5, 2021"),
            ],
            &[("Ada Moss", &["The bridge is shut.", "Use the ferry"]), ("Karl Vik", &["It is late."]), ("Ada Moss", &["Again!"])],
        );
        check(
            &[(Paragraph, "He left."), (Paragraph, "It is shut."), (Paragraph, "— Ada Moss (@adamoss) May 3")],
            &[("Ada Moss", &["It is shut."])],
        );
        check(&[(Paragraph, "The team — with Ada Moss (@ada moss) — won."), (Paragraph, "Write to us (@echo).")], &[]);
    }
}
