//! From a story to the sections of a page: the front matter (headline, who, when, how long) and the blocks; or the raw input,
//! line by line, with what was left out and why.

use super::page::{Section, SectionKind};
use super::panes::timeline::stamp;
use super::story::{Progress, Story};
use crate::article::{Article, BlockKind};
use crate::text::Span;

/// Words a minute at which people read news on a screen (Brysbaert 2019: 238 for non-fiction).
const WORDS_A_MINUTE: usize = 238;

/// Mean length, in bytes, from which on words are none: there are scripts that write without spaces.
const LONGEST_WORD: usize = 24;

/// Longest fact, in bytes, that no line breaks in.
const WHOLE: usize = 24;

/// The sections of the cleaned article.
pub(super) fn clean(story: &Story) -> Vec<Section> {
    let article = &story.article;
    let mut sections = Vec::with_capacity(article.blocks.len() + 2);
    let own = |kind, words: String, gap| Section { kind, span: Span::default(), own: Some(words), gap };
    let has = |kind| article.blocks.iter().any(|block| block.kind == kind);
    if !has(BlockKind::Headline) {
        if let Some(headline) = &article.document.headline {
            sections.push(own(SectionKind::Block(BlockKind::Headline), headline.clone(), 1));
        }
        push_facts(story, 0, &mut sections);
    }
    let mut end = 0;
    let mut before = None;
    for block in
        article.blocks.iter().filter(|block| block.span.end <= article.text.len() && !block.span.of(&article.text).is_empty())
    {
        if block.span.start < end {
            continue;
        }
        end = block.span.end;
        let close = block.kind == BlockKind::ListItem && before == Some(BlockKind::ListItem)
            || block.kind == BlockKind::Byline && before == Some(BlockKind::Headline)
            || block.kind == BlockKind::Paragraph && before == Some(BlockKind::Dateline);
        let section = Section { kind: SectionKind::Block(block.kind), span: block.span, own: None, gap: usize::from(!close) };
        sections.push(section);
        before = Some(block.kind);
        if block.kind == BlockKind::Headline {
            push_facts(story, block.span.end, &mut sections);
        }
    }
    if end == 0 && !article.text.is_empty() {
        let span = Span::new(0, article.text.len());
        sections.push(Section { kind: SectionKind::Block(BlockKind::Paragraph), span, own: None, gap: 1 });
    }
    sections
}

fn push_facts(story: &Story, at: usize, sections: &mut Vec<Section>) {
    let words = facts(&story.article, story.progress != Progress::Unread);
    let gap = usize::from(sections.is_empty());
    sections.push(Section { kind: SectionKind::Facts, span: Span::new(at, at), own: Some(words), gap });
}

/// "IANS · Thu 26 Oct 2017, 10:46 · 312 words · 2 min"
///
/// `whole`: whether all of the article is read, so that its words can be counted.
fn facts(article: &Article, whole: bool) -> String {
    let document = &article.document;
    let mut facts = Vec::new();
    let has_byline = article.blocks.iter().any(|block| block.kind == BlockKind::Byline);
    if !has_byline && !document.authors.is_empty() {
        facts.push(document.authors.join(", "));
    }
    if let Some(publisher) = document.publisher.as_ref().filter(|publisher| !document.authors.contains(publisher)) {
        facts.push(publisher.clone());
    }
    facts.extend(document.published.and_then(stamp));
    if document.published.is_none() {
        facts.extend(document.modified.and_then(stamp).map(|date| format!("updated {date}")));
    }
    let words = count_words(article);
    if whole && words * LONGEST_WORD >= article.text.len() {
        let minutes = words.div_ceil(WORDS_A_MINUTE);
        let time = if minutes < 120 { format!("{minutes} min") } else { format!("{} h", minutes.div_ceil(60)) };
        facts.push(format!("{words} words · {time}"));
    }
    // A number stays with what it counts: lines break between facts.
    let whole = |fact: String| if fact.len() <= WHOLE { fact.replace(' ', "\u{a0}") } else { fact };
    facts.into_iter().map(whole).collect::<Vec<_>>().join("\u{a0}· ")
}

/// Words of the body; of a very long one, as many as its beginning lets expect.
fn count_words(article: &Article) -> usize {
    const SAMPLE: usize = 1 << 16;
    let (mut words, mut seen, mut all) = (0, 0, 0);
    for block in article.body() {
        all += block.span.len();
        if seen < SAMPLE {
            let end = article.text.floor_char_boundary(block.span.end.min(block.span.start + SAMPLE));
            let part = Span::new(block.span.start, end);
            words += part.of(&article.text).split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
            seen += part.len();
        }
    }
    if seen == all { words } else { words * all / seen.max(1) / 100 * 100 }
}

/// The sections of the raw input, one a line.
pub(super) fn raw(story: &Story) -> Vec<Section> {
    let mut removed = story.article.removed.iter().peekable();
    let mut sections = Vec::new();
    let mut start = 0;
    for (at, words) in story.article.raw().split('\n').enumerate() {
        let number = at + 1;
        while removed.next_if(|gone| gone.end_line < number).is_some() {}
        let gone = removed.peek().filter(|gone| gone.start_line <= number);
        let kind = gone.map_or(SectionKind::Kept, |gone| SectionKind::Dropped(gone.reason));
        let span = Span::new(start, start + words.len());
        sections.push(Section { kind, span, own: None, gap: 0 });
        start += words.len() + 1;
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, Raw, Reason, Removed};

    #[test]
    fn words_are_counted_where_there_are_some() {
        let of = |text: &str| {
            let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }];
            facts(&Article { text: text.into(), blocks, ..Article::default() }, true).replace('\u{a0}', " ")
        };
        assert_eq!(of("The quay - closed."), "3 words · 1 min", "a dash is none");
        let long = "The quay is shut. ".repeat(6000);
        assert_eq!(of(&long), "24000 words · 101 min", "of a long text the beginning tells how many there will be");
        assert!(of(&"The quay is shut. ".repeat(9000)).ends_with(" · 3 h"));
        assert_eq!(of("码头已经关闭，渡轮明天不会开航。"), "", "a script without spaces");
    }

    #[test]
    fn the_raw_page_says_what_was_left_out() {
        let gone = |start_line, end_line, reason| Removed { start_line, end_line, reason, text: String::new() };
        let removed = vec![gone(1, 1, Reason::Social), gone(4, 5, Reason::Advertisement)];
        let raw_text = "Share\nThe quay is closed.\n\nAd\nAd";
        let story = Story::read("a.txt".into(), Article { raw: Raw::new(raw_text, &[]), removed, ..Article::default() });
        let kinds: Vec<_> = raw(&story).iter().map(|section| section.kind).collect();
        let (social, ad) = (SectionKind::Dropped(Reason::Social), SectionKind::Dropped(Reason::Advertisement));
        assert_eq!(kinds, [social, SectionKind::Kept, SectionKind::Kept, ad, ad]);
    }
}
