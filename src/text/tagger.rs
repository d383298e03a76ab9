//! Parts of speech: a tag for each token, by an averaged perceptron (Collins 2002) trained on UD English EWT and GUM.
//!
//! Greedy, left to right, within sentences. The weights are `assets/tagger.bin`; `training/tagger/` makes them, and tells the format
//! and the figures. The features here are those of `training/tagger/train.py`, one for one.

use super::{Prose, Span, Token};
use std::ops::Deref;
use std::sync::LazyLock;

const WEIGHTS: &[u8] = include_bytes!("../../assets/tagger.bin");

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(WEIGHTS).unwrap_or_default());

/// The part of speech of a token: one byte, so that those of a long text take little room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag(u8);

/// What a tag is called in both common tag sets; empty words for none.
#[derive(Debug, Default)]
pub struct TagNames {
    /// Universal Dependencies: `VERB`, `AUX`, `NOUN`, `PROPN`, ...
    pub upos: &'static str,
    /// Penn Treebank: `VBD`, `MD`, `NNS`, ...
    pub ptb: &'static str,
}

static NO_NAMES: TagNames = TagNames { upos: "", ptb: "" };

impl Deref for Tag {
    type Target = TagNames;

    fn deref(&self) -> &TagNames {
        MODEL.tags.get(usize::from(self.0)).unwrap_or(&NO_NAMES)
    }
}

impl Default for Tag {
    fn default() -> Self {
        Self(u8::MAX)
    }
}

impl Tag {
    /// The first tag of this universal part of speech.
    #[cfg(test)]
    pub(crate) fn of(upos: &str) -> Self {
        MODEL.tags.iter().position(|names| names.upos == upos).and_then(|at| u8::try_from(at).ok()).map(Self).unwrap_or_default()
    }

    /// Whether it is a full verb in any form.
    pub fn is_verb(self) -> bool {
        self.upos == "VERB"
    }

    /// Whether it is a common noun.
    pub fn is_noun(self) -> bool {
        self.upos == "NOUN"
    }
}

/// One tag for each token of `prose`, in order.
pub fn tags(text: &str, prose: &Prose) -> Vec<Tag> {
    let mut out = Vec::with_capacity(prose.tokens.len());
    for sentence in &prose.sentences {
        MODEL.tag(text, prose.tokens_of(sentence), &mut out);
    }
    out
}

/// What the features of a word and of its neighbours use of the word.
#[derive(Debug, Clone, Copy)]
struct Word {
    whole: u32,
    last3: u32,
    last2: u32,
    last1: u32,
    first2: u32,
    shape: u32,
}

/// Where the file says something of `key`: a count there, and behind it what is counted. Empty where `key` is 0.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u32,
    at: u32,
}

/// The weights, ready for use. They are read where they lie.
#[derive(Debug, Default)]
struct Model {
    file: &'static [u8],
    tags: Vec<TagNames>,
    /// Words seen often, as an open hash table: the tags that they may take.
    known: Vec<Slot>,
    /// Features, as an open hash table: tags, each with its weight.
    features: Vec<Slot>,
}

/// What is still to be read of the weights.
struct File(&'static [u8]);

impl File {
    fn take(&mut self, len: usize) -> Option<&'static [u8]> {
        let (head, tail) = self.0.split_at_checked(len)?;
        self.0 = tail;
        Some(head)
    }

    /// A number of so many bytes, the lowest first.
    fn number(&mut self, len: usize) -> Option<u32> {
        Some(self.take(len)?.iter().rev().fold(0, |n, &byte| n << 8 | u32::from(byte)))
    }

    /// A number in groups of seven bits, the lowest first, the last without its top bit (LEB128).
    fn gap(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.number(1)?;
            number |= (byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }
}

/// No tag yet: the sentence begins.
const NO_TAG: u32 = 255;

impl Model {
    /// Reads the file that `training/tagger/README.md` describes; `None` if it is cut short.
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let mut file = File(bytes.strip_prefix(b"TAG3")?);
        let tags = file.number(2)?;
        let (words, features) = (file.number(4)?, file.number(4)?);
        let mut model = Self { file: bytes, known: table(words as usize), features: table(features as usize), ..Self::default() };
        for _ in 0..tags {
            let len = file.number(1)? as usize;
            let (upos, ptb) = std::str::from_utf8(file.take(len)?).ok()?.split_once('/')?;
            model.tags.push(TagNames { upos, ptb });
        }
        for (table, count, size) in [(&mut model.known, words, 1), (&mut model.features, features, 2)] {
            let mut key = 0_u32;
            for _ in 0..count {
                key = key.wrapping_add(file.gap()?);
                enter(table, Slot { key, at: (bytes.len() - file.0.len()) as u32 });
                let len = file.number(1)? as usize;
                file.take(len * size)?;
            }
        }
        Some(model)
    }

    /// Appends the tags of one sentence to `out`.
    fn tag(&self, text: &str, tokens: &[Token], out: &mut Vec<Tag>) {
        let words: Vec<Word> = tokens.iter().map(|t| Word::read(t.span().of(text))).collect();
        let (mut one, mut two) = (NO_TAG, NO_TAG);
        let mut scores = vec![0_i32; self.tags.len()];
        for at in 0..words.len() {
            let here = match self.allowed(&words, at) {
                [only] => u32::from(*only),
                allowed => {
                    self.score(&words, at, (one, two), &mut scores);
                    best(&scores, allowed)
                }
            };
            out.push(u8::try_from(here).map(Tag).unwrap_or_default());
            (two, one) = (one, here);
        }
    }

    /// The tags that a word may take; empty for any.
    fn allowed(&self, words: &[Word], at: usize) -> &'static [u8] {
        words.get(at).and_then(|word| self.counted(find(&self.known, word.whole)?, 1)).unwrap_or_default()
    }

    /// What the file counts there, each of so many bytes.
    fn counted(&self, slot: Slot, size: usize) -> Option<&'static [u8]> {
        let (len, rest) = self.file.get(slot.at as usize..)?.split_first()?;
        rest.get(..usize::from(*len) * size)
    }

    fn score(&self, words: &[Word], at: usize, before: (u32, u32), scores: &mut [i32]) {
        scores.fill(0);
        for key in features(words, at, before) {
            let rows = find(&self.features, key).and_then(|slot| self.counted(slot, 2)).unwrap_or_default();
            for [tag, weight] in rows.as_chunks::<2>().0 {
                if let Some(score) = scores.get_mut(usize::from(*tag)) {
                    *score += i32::from(weight.cast_signed());
                }
            }
        }
    }
}

/// The first of the tags with the highest score, among the allowed ones if there are any.
fn best(scores: &[i32], allowed: &[u8]) -> u32 {
    let rank = |&(tag, score): &(usize, i32)| (score, std::cmp::Reverse(tag));
    let all = || scores.iter().copied().enumerate();
    let winner = if allowed.is_empty() {
        all().max_by_key(rank)
    } else {
        allowed.iter().filter_map(|&tag| Some((usize::from(tag), *scores.get(usize::from(tag))?))).max_by_key(rank)
    };
    winner.map_or(0, |(tag, _)| tag as u32)
}

/// An empty hash table for `count` keys, at most three quarters full.
fn table(count: usize) -> Vec<Slot> {
    vec![Slot::default(); (count + count / 3 + 1).next_power_of_two().max(2)]
}

fn enter(table: &mut [Slot], slot: Slot) {
    let mask = table.len() - 1;
    let mut at = slot.key as usize & mask;
    while table.get(at).is_some_and(|place| place.key != 0) {
        at = (at + 1) & mask;
    }
    if let Some(place) = table.get_mut(at) {
        *place = slot;
    }
}

fn find(table: &[Slot], key: u32) -> Option<Slot> {
    let mask = table.len().checked_sub(1)?;
    let mut at = key as usize & mask;
    loop {
        let slot = table.get(at)?;
        if slot.key == key || slot.key == 0 {
            return (slot.key == key && key != 0).then_some(*slot);
        }
        at = (at + 1) & mask;
    }
}

/// The features of the word at `at` after the tags `one` and, before it, `two`.
fn features(words: &[Word], at: usize, (one, two): (u32, u32)) -> [u32; 20] {
    let get = |step: isize| match at.checked_add_signed(step) {
        Some(i) => words.get(i).copied().unwrap_or(Word::edge("</s>")),
        None => Word::edge("<s>"),
    };
    let (here, before, after) = (get(0), get(-1), get(1));
    let shape = here.shape | if at == 0 { 32 } else { 0 };
    [
        mix(1, here.whole, 0),
        mix(2, here.last3, 0),
        mix(3, here.last2, 0),
        mix(4, here.last1, 0),
        mix(5, here.first2, 0),
        mix(6, shape, 0),
        mix(7, here.last3, shape),
        mix(8, before.whole, 0),
        mix(9, after.whole, 0),
        mix(10, before.last3, 0),
        mix(11, after.last3, 0),
        mix(12, get(-2).whole, 0),
        mix(13, get(2).whole, 0),
        mix(14, here.whole, after.whole),
        mix(15, here.shape, after.shape),
        mix(20, one, 0),
        mix(21, one, two),
        mix(22, here.whole, one),
        mix(23, here.last3, one),
        mix(24, after.whole, one),
    ]
}

impl Word {
    fn read(word: &str) -> Self {
        // Positions outside the sentence are not words.
        let word = Span::new(0, word.char_indices().nth(64).map_or(word.len(), |(i, _)| i)).of(word);
        let mut low = String::with_capacity(word.len());
        for c in word.chars() {
            match c {
                '’' => low.push('\''),
                _ if c.is_numeric() => low.push('0'),
                _ if c.is_ascii() => low.push(c.to_ascii_lowercase()),
                _ => low.extend(c.to_lowercase()),
            }
        }
        let tail = |n: usize| {
            let at = low.char_indices().nth_back(n - 1).map_or(0, |(i, _)| i);
            fnv(low.get(at..).unwrap_or_default())
        };
        let head = low.char_indices().nth(2).map_or(low.len(), |(i, _)| i);
        Self {
            whole: fnv(&low),
            last3: tail(3),
            last2: tail(2),
            last1: tail(1),
            first2: fnv(low.get(..head).unwrap_or_default()),
            shape: shape(word),
        }
    }

    /// What stands before and after a sentence.
    fn edge(name: &str) -> Self {
        let hash = fnv(name);
        Self { whole: hash, last3: hash, last2: hash, last1: hash, first2: hash, shape: 0 }
    }
}

fn shape(word: &str) -> u32 {
    let upper = word.chars().any(char::is_uppercase);
    let lower = word.chars().any(char::is_lowercase);
    let long = word.chars().nth(1).is_some();
    u32::from(word.starts_with(char::is_uppercase))
        | u32::from(long && upper && !lower) << 1
        | u32::from(word.chars().any(char::is_numeric)) << 2
        | u32::from(word.contains('-')) << 3
        | u32::from(!word.chars().any(char::is_alphanumeric)) << 4
}

/// FNV-1a, 32 bits.
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811C_9DC5, |h, byte| (h ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// One number for a feature of this kind over two values.
fn mix(kind: u32, a: u32, b: u32) -> u32 {
    let mut h = (a ^ kind.wrapping_mul(0x9E37_79B1)).wrapping_mul(0x85EB_CA6B);
    h ^= h >> 15;
    h = (h ^ b).wrapping_mul(0xC2B2_AE35);
    h ^ (h >> 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tagged: &str) {
        let words: Vec<(&str, &str)> = tagged.split(' ').filter_map(|w| w.rsplit_once('/')).collect();
        let text = words.iter().map(|w| w.0).collect::<Vec<_>>().join(" ");
        let prose = Prose::new(&text, [Span::new(0, text.len())]);
        let have = tags(&text, &prose);
        let have: Vec<String> =
            prose.tokens.iter().zip(have).map(|(t, tag)| format!("{}/{}", t.span().of(&text), tag.ptb)).collect();
        assert_eq!(have.join(" "), tagged);
    }

    #[test]
    fn verbs_and_nouns_are_told_apart() {
        check("The/DT minister/NN will/MD visit/VB Paris/NNP on/IN Monday/NNP ./.");
        check("His/PRP$ visit/NN was/VBD cancelled/VBN by/IN officials/NNS ./.");
        check("She/PRP has/VBZ denied/VBN receiving/VBG help/NN ./.");
    }

    #[test]
    fn an_empty_text_has_no_tags_and_a_broken_file_no_model() {
        assert!(tags("", &Prose::default()).is_empty());
        assert!(Model::read(b"TAG3\x01").is_none());
    }
}
