//! First stage: the time expressions of a sentence, as underspecified forms.

use super::form::Form;
use super::holidays::{Holiday, holidays};
use super::numbers::NumberWords;
use super::patterns::Table;
use super::words::Lexicon;
use crate::text::{Span, Tag, Token, entries};
use std::sync::LazyLock;

const PATTERNS: &str = include_str!("../../../assets/timeline/patterns.txt");

/// The tables, read once.
static RECOGNISER: LazyLock<Recogniser> = LazyLock::new(Recogniser::embedded);

/// How often the second table may be applied to its own results: `[early [[8 a.m.] on [Monday]]]`.
const ROUNDS: usize = 3;

/// Everything that finds time expressions.
#[derive(Debug)]
pub(super) struct Recogniser {
    lexicon: Lexicon,
    numbers: NumberWords,
    words: Table,
    whole: Table,
    /// The feast days, which [`Form::holiday`] counts.
    pub(super) holidays: Vec<Holiday>,
}

impl Recogniser {
    /// The one in the binary.
    pub(super) fn get() -> &'static Self {
        &RECOGNISER
    }

    fn embedded() -> Self {
        let mut lexicon = Lexicon::embedded();
        let numbers = NumberWords::new(&mut lexicon);
        let rows = |name: &'static str| {
            let section = PATTERNS.split("\n[").find_map(move |part| part.strip_prefix(name)).unwrap_or_default();
            entries(section)
        };
        let mut words = Table::read(rows("words]"), &mut lexicon);
        let whole = Table::read(rows("whole]"), &mut lexicon);
        let holidays = holidays();
        for (index, holiday) in holidays.iter().enumerate() {
            for name in &holiday.names {
                words.add_holiday(name, index, &mut lexicon);
            }
        }
        Self { lexicon, numbers, words, whole, holidays }
    }

    /// The expressions of one sentence of `text`, in order.
    pub(super) fn find(&self, text: &str, tokens: &[Token], tags: &[Tag]) -> Vec<(Span, Form)> {
        let cells = self.numbers.join(self.lexicon.cells(text, tokens, tags));
        let (mut cells, mut again) = self.words.run(&cells);
        for _ in 0..ROUNDS {
            if !again {
                break;
            }
            (cells, again) = self.whole.run(&cells);
        }
        cells.into_iter().filter_map(|cell| cell.form.map(|form| (cell.span, *form))).collect()
    }
}
