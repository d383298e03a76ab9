//! The text as the steps after name finding read it: tokens, the names among them, and what stands in quotes.

use super::cast::{Cast, MemberId};
use crate::analysis::Reading;
use crate::text::{Span, Tag, TokenKind};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A name among the tokens.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// Whose.
    pub(super) member: MemberId,
    /// Its tokens.
    pub(super) tokens: Range<usize>,
}

/// Tokens, names and quotes of one text.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    reading: &'a Reading<'a>,
    /// The names, in order.
    pub(super) names: Vec<Named>,
    /// Of each token the name it belongs to.
    name_at: Vec<Option<u32>>,
    /// Of each token whether it stands within quotation marks.
    quoted: Vec<bool>,
    /// Whose words some tokens stand in, by the tokens that name them.
    speakers: Vec<Range<usize>>,
    /// Of each token the innermost of them.
    speaker_at: Vec<Option<u32>>,
    /// By the first token of who says it, what is said.
    said: HashMap<usize, Vec<Range<usize>>>,
    /// Where those are named who are asked something, if they are.
    asked: HashSet<usize>,
}

impl<'a> Scene<'a> {
    /// Lays the names of the cast over the tokens.
    pub(super) fn new(reading: &'a Reading<'a>, cast: &Cast) -> Self {
        let count = reading.prose.tokens.len();
        let (names, name_at, quoted) = (Vec::new(), vec![None; count], quoted(reading));
        let (speakers, speaker_at) = speakers(reading);
        let (said, asked) = said(reading);
        let mut scene = Self { reading, names, name_at, quoted, speakers, speaker_at, said, asked };
        for hit in &cast.hits {
            let from = reading.prose.token_at(hit.span.start);
            let to = reading.prose.tokens.partition_point(|token| token.span().start < hit.span.end);
            let tokens = from..to.max(from);
            for slot in scene.name_at.get_mut(tokens.clone()).unwrap_or_default() {
                *slot = Some(scene.names.len() as u32);
            }
            scene.names.push(Named { member: hit.member, tokens });
        }
        scene
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.reading.prose.tokens.len()
    }

    /// The words of a token; empty past either end.
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.reading.prose.tokens.get(at).map_or("", |token| self.reading.text(token.span()))
    }

    /// The same in lower case.
    pub(super) fn lower(&self, at: usize) -> String {
        self.text(at).to_lowercase()
    }

    /// Where a range of tokens stands.
    pub(super) fn span(&self, tokens: Range<usize>) -> Span {
        let part = self.reading.prose.tokens.get(tokens).unwrap_or_default();
        part.first().zip(part.last()).map_or_else(Span::default, |(first, last)| first.span().cover(last.span()))
    }

    /// The name that a token belongs to.
    pub(super) fn name(&self, at: usize) -> Option<&Named> {
        self.name_at.get(at).copied().flatten().and_then(|index| self.names.get(index as usize))
    }

    /// The sentence of a token.
    pub(super) fn sentence(&self, at: usize) -> usize {
        let start = self.reading.prose.tokens.get(at).map_or(0, |token| token.span().start);
        self.reading.prose.sentence_at(start).unwrap_or_default()
    }

    /// The paragraph of a sentence.
    pub(super) fn paragraph(&self, sentence: usize) -> usize {
        self.reading.prose.sentences.get(sentence).map_or(0, |sentence| sentence.paragraph)
    }

    /// The tokens of a sentence.
    pub(super) fn tokens_of(&self, sentence: usize) -> Range<usize> {
        self.reading.prose.sentences.get(sentence).map_or(0..0, |sentence| sentence.tokens.clone())
    }

    /// Whether a token is made of letters.
    pub(super) fn word(&self, at: usize) -> bool {
        self.reading.prose.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// Whether a token is a number.
    pub(super) fn number(&self, at: usize) -> bool {
        self.reading.prose.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// Whether a token stands within quotation marks.
    pub(super) fn quoted(&self, at: usize) -> bool {
        self.quoted.get(at).copied().unwrap_or(false)
    }

    /// The tokens that name whose words the token stands in.
    pub(super) fn speaker(&self, at: usize) -> Option<Range<usize>> {
        self.speaker_at.get(at).copied().flatten().and_then(|index| self.speakers.get(index as usize)).cloned()
    }

    /// What somebody says, and does not ask, who is named from this token on, as tokens in several places; empty where nobody speaks.
    pub(super) fn said(&self, at: usize) -> &[Range<usize>] {
        self.said.get(&at).map_or(&[], Vec::as_slice)
    }

    /// Whether who is named from this token on is asked something.
    pub(super) fn is_asked(&self, at: usize) -> bool {
        self.asked.contains(&at)
    }

    /// The part of speech of a token.
    pub(super) fn tag(&self, at: usize) -> Option<Tag> {
        self.reading.tags.get(at).copied()
    }

    /// Whether a possessive `'s` begins at this token, also where the text puts a blank before it; how many tokens it takes.
    pub(super) fn possessive(&self, at: usize) -> Option<usize> {
        match self.text(at) {
            "'" | "’" if self.text(at + 1) == "s" => Some(2),
            "'s" | "’s" | "'" | "’" => Some(1),
            _ => None,
        }
    }
}

/// Longest source that is looked at, in tokens.
const SOURCE: usize = 16;

/// The sources, and of each token that of the smallest content it stands in.
fn speakers(reading: &Reading<'_>) -> (Vec<Range<usize>>, Vec<Option<u32>>) {
    let (mut sources, mut out) = (Vec::new(), vec![None; reading.prose.tokens.len()]);
    let size = |content: &[Span]| content.iter().map(|span| span.len()).sum::<usize>();
    let mut told: Vec<_> = reading.told.iter().filter(|told| !told.source.is_empty()).collect();
    told.sort_by_key(|told| std::cmp::Reverse(size(&told.content)));
    for told in told {
        let Some(source) = told.source.iter().copied().reduce(Span::cover) else { continue };
        let mut source = reading.prose.tokens_in(source);
        source.end = source.end.min(source.start + SOURCE);
        for token in told.content.iter().flat_map(|&span| reading.prose.tokens_in(span)) {
            if let Some(slot) = out.get_mut(token) {
                *slot = Some(sources.len() as u32);
            }
        }
        sources.push(source);
    }
    (sources, out)
}

/// What is said, by the first token of who says it; of a question instead the token that would name who is asked.
fn said(reading: &Reading<'_>) -> (HashMap<usize, Vec<Range<usize>>>, HashSet<usize>) {
    let mut said: HashMap<usize, Vec<Range<usize>>> = HashMap::new();
    let mut asked = HashSet::new();
    for told in &reading.told {
        if let Some(cue) = told.cue.iter().find(|&&cue| reading.text(cue).contains("ask")) {
            asked.insert(reading.prose.tokens_in(*cue).end);
        } else if let Some(source) = told.source.first() {
            let content = told.content.iter().map(|&span| reading.prose.tokens_in(span));
            said.entry(reading.prose.token_at(source.start)).or_default().extend(content);
        }
    }
    (said, asked)
}

/// Which tokens stand in quotes; a quote that a paragraph does not close ends with it.
pub(in crate::analysis) fn quoted(reading: &Reading<'_>) -> Vec<bool> {
    let mut out = vec![false; reading.prose.tokens.len()];
    for paragraph in &reading.prose.paragraphs {
        let mut inside = false;
        for sentence in reading.prose.sentences.get(paragraph.sentences.clone()).unwrap_or_default() {
            for at in sentence.tokens.clone() {
                let Some((slot, token)) = out.get_mut(at).zip(reading.prose.tokens.get(at)) else { continue };
                match reading.text(token.span()) {
                    "\"" => inside = !inside,
                    "“" => inside = true,
                    "”" => inside = false,
                    _ => *slot = inside,
                }
            }
        }
    }
    out
}
