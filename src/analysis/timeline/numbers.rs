//! Numbers in words: `twenty-four`, `two and a half`, `a hundred`, `nineteen ninety-four`.

use super::words::{Cell, Class, Lexicon};

/// The words that build numbers, as the lexicon counts them.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberWords {
    hyphen: u32,
    and: u32,
    a: u32,
    half: u32,
    hundred: u32,
    thousand: u32,
    slash: u32,
}

impl NumberWords {
    /// Enters them into the lexicon.
    pub(super) fn new(lexicon: &mut Lexicon) -> Self {
        let mut id = |word| lexicon.intern(word);
        Self {
            hyphen: id("-"),
            and: id("and"),
            a: id("a"),
            half: id("half"),
            hundred: id("hundred"),
            thousand: id("thousand"),
            slash: id("/"),
        }
    }

    /// Joins the cells of each number in words into one.
    pub(super) fn join(self, cells: Vec<Cell>) -> Vec<Cell> {
        if cells.iter().filter(|c| c.number.is_some()).count() == 0 {
            return cells;
        }
        let mut out: Vec<Cell> = Vec::with_capacity(cells.len());
        let mut at = 0;
        while let Some(cell) = cells.get(at) {
            let (taken, number, nth) = self.read(cells.get(at..).unwrap_or_default());
            let Some(last) = cells.get(at + taken.max(1) - 1) else { break };
            let mut joined = cell.clone();
            if taken > 1 {
                joined.span = cell.span.cover(last.span);
                mean(&mut joined, number, nth);
            }
            out.push(joined);
            at += taken.max(1);
        }
        out
    }

    /// How many cells make a number in words, the number, and whether it is an ordinal.
    fn read(self, cells: &[Cell]) -> (usize, f64, bool) {
        let spelled = |at: usize| cells.get(at).filter(|c| !c.meanings.is_empty()).and_then(|c| c.number.map(|n| (c, n)));
        let is = |at: usize, word: u32| cells.get(at).is_some_and(|c| c.word == word);
        let round = is(1, self.hundred) || is(1, self.thousand);
        let one = (is(0, self.a) && round).then_some(1.0);
        let Some(first) = spelled(0).map(|(_, n)| n).or(one) else { return (0, 0.0, false) };
        let mut number = first;
        let mut taken = 1;
        let (below, ordinal, next) = self.tens(cells, 0, first);
        if next > 1 {
            (number, taken) = (below, next);
        }
        if ordinal {
            return (taken, number, true);
        }
        // "nineteen ninety-four", "twenty sixteen": a year in two halves.
        if taken == 1
            && cells.first().is_some_and(|c| c.word != 0)
            && (13.0..=20.0).contains(&number)
            && let Some((_, low)) = spelled(1).filter(|(c, n)| c.word != 0 && (10.0..100.0).contains(n))
        {
            let (low, _, next) = self.tens(cells, 1, low);
            return (next.max(2), number * 100.0 + low, false);
        }
        for (word, size) in [(self.hundred, 100.0), (self.thousand, 1000.0)] {
            if is(taken, word) {
                number *= size;
                taken += 1;
                let skip = usize::from(is(taken, self.and));
                if let Some((_, rest)) = spelled(taken + skip).filter(|(c, n)| c.word != 0 && *n < size) {
                    let (rest, _, next) = self.tens(cells, taken + skip, rest);
                    number += rest;
                    taken = next.max(taken + skip + 1);
                }
            }
        }
        let digit = |at: usize, n: i32| cells.get(at).is_some_and(|c| c.word == 0 && c.meaning(Class::Num) == Some(n));
        if digit(taken, 1) && is(taken + 1, self.slash) && digit(taken + 2, 2) {
            return (taken + 3, number + 0.5, false);
        }
        if is(taken, self.and) && is(taken + 1, self.a) && is(taken + 2, self.half) {
            return (taken + 3, number + 0.5, false);
        }
        (taken, number, false)
    }

    /// `twenty` + `four` or `first` from cell `at`: the sum, whether it is an ordinal, and the cell after it.
    fn tens(self, cells: &[Cell], at: usize, tens: f64) -> (f64, bool, usize) {
        let alone = (tens, false, at + 1);
        let is_word = cells.get(at).is_some_and(|c| c.word != 0);
        if !is_word || !(20.0..100.0).contains(&tens) || tens % 10.0 != 0.0 {
            return alone;
        }
        let hyphen = cells.get(at + 1).is_some_and(|c| c.word == self.hyphen);
        let Some(next) = cells.get(at + 1 + usize::from(hyphen)).filter(|c| c.word != 0) else { return alone };
        let end = at + 2 + usize::from(hyphen);
        match (next.meaning(Class::Num), next.meaning(Class::Nth)) {
            (Some(n), _) if (1..10).contains(&n) => (tens + f64::from(n), false, end),
            (_, Some(n)) if (1..10).contains(&n) && hyphen => (tens + f64::from(n), true, end),
            _ => alone,
        }
    }
}

/// Gives a joined cell its meanings.
fn mean(cell: &mut Cell, number: f64, nth: bool) {
    cell.word = 0;
    cell.meanings.clear();
    cell.number = (!nth).then_some(number);
    let whole = number as i32;
    if nth {
        cell.meanings.push((Class::Nth, whole));
        if whole <= 31 {
            cell.meanings.push((Class::Day, whole));
        }
        return;
    }
    cell.meanings.push((Class::Num, whole));
    if number.fract() == 0.0 && (1100..2200).contains(&whole) {
        cell.meanings.push((Class::Year, whole));
    }
}
