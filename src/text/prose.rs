//! A text in paragraphs, sentences and tokens: what every extractor reads.

use super::{Span, Token, sentence_spans, tokens};
use std::ops::Range;

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Its tokens, as indexes into [`Prose::tokens`].
    pub tokens: Range<usize>,
    /// Its paragraph, as an index into [`Prose::paragraphs`].
    pub paragraph: usize,
}

/// One paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Its sentences, as indexes into [`Prose::sentences`].
    pub sentences: Range<usize>,
}

/// A text in paragraphs, sentences and tokens, each in order and never overlapping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    /// All tokens.
    pub tokens: Vec<Token>,
    /// All sentences; none crosses a paragraph.
    pub sentences: Vec<Sentence>,
    /// The paragraphs.
    pub paragraphs: Vec<Paragraph>,
}

impl Prose {
    /// Splits the given paragraphs of `text`.
    pub fn new(text: &str, paragraphs: impl IntoIterator<Item = Span>) -> Self {
        let mut prose = Self::default();
        for span in paragraphs {
            let first = prose.sentences.len();
            for sentence in sentence_spans(text, span) {
                let from = prose.tokens.len();
                prose.tokens.extend(tokens(text, sentence));
                prose.sentences.push(Sentence {
                    span: sentence,
                    tokens: from..prose.tokens.len(),
                    paragraph: prose.paragraphs.len(),
                });
            }
            prose.paragraphs.push(Paragraph { span, sentences: first..prose.sentences.len() });
        }
        // A long text keeps them for long.
        prose.tokens.shrink_to_fit();
        prose
    }

    /// The tokens of one sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.tokens.clone()).unwrap_or_default()
    }

    /// Index of the sentence that holds the byte at `offset`, or of the last one that begins before it.
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        self.sentences.partition_point(|s| s.span.start <= offset).checked_sub(1)
    }

    /// Index of the first token that ends after `offset`; the number of tokens if there is none.
    pub fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|t| t.span().end <= offset)
    }

    /// The tokens that lie within `span`, as a range of indexes.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let from = self.tokens.partition_point(|t| t.span().start < span.start);
        let to = self.tokens.partition_point(|t| t.span().end <= span.end);
        from..to.max(from)
    }
}
