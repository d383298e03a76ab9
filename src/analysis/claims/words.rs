//! The words of the text with what the rules ask of each: lower case, word classes, quote state, sentence.

use super::lexicon::{self, Cue, Role, Roles};
use super::quotes::Quote;
use crate::text::{Prose, Span, Tag, TokenKind};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// One token and what the rules ask of it.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Where it stands.
    pub span: Span,
    /// What it shares with every word written like it.
    form: Rc<Form>,
    /// Word, number or mark.
    pub kind: TokenKind,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// How many quotes it stands in, their marks included.
    pub depth: u8,
    /// Whether it is the opening mark of a quote.
    pub opens: bool,
    /// Index of its sentence.
    pub sentence: usize,
    /// Its part of speech.
    pub tag: Tag,
    /// Whether it introduces no content here, whatever its verb.
    muted: bool,
}

/// A written form, wherever it stands.
#[derive(Debug)]
struct Form {
    /// In lower case.
    lower: Box<str>,
    roles: Roles,
    verb: Option<&'static Cue>,
}

impl Form {
    fn new(lower: &str, kind: TokenKind) -> Self {
        let is_word = kind != TokenKind::Mark;
        Self {
            lower: lower.into(),
            roles: if is_word { lexicon::roles(lower) } else { Roles::default() },
            verb: if is_word { lexicon::verb(lower) } else { None },
        }
    }
}

impl Word {
    /// In lower case.
    pub fn lower(&self) -> &str {
        &self.form.lower
    }

    /// Whether it is one of these, in lower case.
    pub fn is(&self, forms: &[&str]) -> bool {
        forms.contains(&self.lower())
    }

    /// Its closed classes.
    pub fn roles(&self) -> Roles {
        self.form.roles
    }

    /// The verb it is a form of, if that introduces contents here.
    pub fn verb(&self) -> Option<&'static Cue> {
        self.form.verb.filter(|_| !self.muted)
    }

    /// Takes from it that it introduces contents.
    pub fn introduce_nothing(&mut self) {
        self.muted = true;
    }

    /// Whether it looks like a finite verb, an auxiliary or a participle.
    pub fn is_verbal(&self) -> bool {
        (self.roles().any(&[Role::Auxiliary, Role::Verb]) && !self.is_clitic()) || (!self.capital && self.tag.is_verb())
    }

    /// Whether it begins with a digit.
    pub fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }

    /// Whether it is `'s`: a possessive as often as a verb.
    pub fn is_clitic(&self) -> bool {
        matches!(self.lower(), "'s" | "’s")
    }

    /// Whether it is an adverb, as far as its form tells.
    pub fn is_adverb(&self) -> bool {
        self.roles().has(Role::Adverb) || (self.lower().len() > 4 && self.lower().ends_with("ly") && !self.capital)
    }

    /// Whether it can be the infinitive behind `to`: "told to leave", not "wrote to several people".
    pub fn may_act(&self) -> bool {
        !self.capital && !self.roles().any(&[Role::Determiner, Role::Possessive, Role::Pronoun, Role::Preposition])
    }

    /// Whether a phrase of a noun may have it.
    pub fn in_phrase(&self) -> bool {
        let opens = self.roles().any(&[Role::Determiner, Role::Possessive]);
        let part = self.tag.is_noun() || matches!(self.tag.upos, "PROPN" | "ADJ" | "NUM");
        opens || part || self.capital || self.is_clitic() || self.is_number()
    }

    /// Whether it is a word or number, not a mark.
    pub fn is_word(&self) -> bool {
        self.kind != TokenKind::Mark
    }
}

/// All words of a text, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Words(pub Vec<Word>);

impl Words {
    /// Reads the tokens of `prose` with the quotes of the text.
    pub fn new(text: &str, prose: &Prose, tags: &[Tag], quotes: &[Quote]) -> Self {
        let mut out = Vec::with_capacity(prose.tokens.len());
        let mut ahead = quotes.iter().peekable();
        let mut around: Vec<Span> = Vec::new();
        let mut forms: HashMap<&str, Rc<Form>> = HashMap::new();
        for (at, sentence) in prose.sentences.iter().enumerate() {
            let tagged = tags.get(sentence.tokens.clone()).unwrap_or_default();
            for (token, &tag) in prose.tokens_of(sentence).iter().zip(tagged) {
                around.retain(|quote| token.span().start < quote.end);
                let mut opens = false;
                while let Some(quote) = ahead.next_if(|quote| quote.span.start <= token.span().start) {
                    if token.span().start < quote.span.end {
                        around.push(quote.span);
                        opens |= quote.span.start == token.span().start;
                    }
                }
                let written = token.span().of(text);
                let form = forms.entry(written).or_insert_with(|| Rc::new(Form::new(&written.to_lowercase(), token.kind)));
                out.push(Word {
                    span: token.span(),
                    form: Rc::clone(form),
                    kind: token.kind,
                    capital: written.starts_with(char::is_uppercase),
                    depth: around.len() as u8,
                    opens,
                    sentence: at,
                    tag,
                    muted: false,
                });
            }
        }
        Self(out)
    }

    /// Leaves out the words that lie in `span`.
    pub fn leave_out(&mut self, span: Span) {
        self.0.retain(|word| !span.contains(word.span));
    }

    /// The word at index `at`.
    pub fn get(&self, at: usize) -> Option<&Word> {
        self.0.get(at)
    }

    /// The words that lie within `span`, as a range of indexes.
    pub fn within(&self, span: Span) -> Range<usize> {
        let from = self.0.partition_point(|word| word.span.start < span.start);
        let to = self.0.partition_point(|word| word.span.end <= span.end);
        from..to.max(from)
    }

    /// The words under `range`.
    pub fn slice(&self, range: Range<usize>) -> &[Word] {
        self.0.get(range).unwrap_or_default()
    }

    /// The span that the words under `range` cover.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        let words = self.slice(range);
        Some(words.first()?.span.cover(words.last()?.span))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::analysis::claims::quotes::quotes;
    use crate::encoder::Attribution;
    use crate::text::tags;

    /// Holds what `tidy` makes of an attribution, its cue and the parts of its content, against what is wanted.
    #[track_caller]
    pub fn check_tidied(
        text: &str,
        [source, cue]: [&str; 2],
        content: &[&str],
        want: (&str, &[&str]),
        tidy: impl FnOnce(&Prose, &Words, &mut Attribution),
    ) {
        let prose = Prose::new(text, [Span::new(0, text.len())]);
        let words = Words::new(text, &prose, &tags(text, &prose), &quotes(text, &prose));
        let at = |part: &str| text.find(part).map(|start| Span::new(start, start + part.len())).unwrap();
        let mut attribution = Attribution {
            source: vec![at(source)],
            cue: vec![at(cue)],
            content: content.iter().map(|part| at(part)).collect(),
            ..Attribution::default()
        };
        tidy(&prose, &words, &mut attribution);
        let have: Vec<&str> = attribution.content.iter().map(|span| span.of(text)).collect();
        assert_eq!((attribution.cue[0].of(text), have), (want.0, want.1.to_vec()));
    }
}
