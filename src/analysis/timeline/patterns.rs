//! Tables of patterns over cells (`assets/timeline/patterns.txt`), and the machine that runs them.
//!
//! ```text
//! (in|since) early? MONTH ,? YEAR (!UNITS) => calendar mod=START ## 2017-10-26: It began in [early May 2016|2016-05].
//! ^ before   ^ elements                      ^ rule and slots       ^ the row's own test
//! ```
//!
//! `a|b` alternatives, `?` optional, `~x` no white space before it, CAPITALS a class of `words.rs`, `(x)` and `(!x)` must or
//! must not stand beside the expression. The longest match wins, then the earlier row.

use super::form::Form;
use super::recipe::{Recipe, bind, expression, inherit, read_recipe};
use super::words::{Cell, Class, Lexicon};
use std::collections::HashMap;

/// One alternative of an element.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Test {
    Word(u32),
    /// A word that must be written with a capital.
    Name(u32),
    Class(Class),
}

/// One place of a pattern.
#[derive(Debug, Clone, Default)]
struct Element {
    tests: Vec<Test>,
    /// The classes among the tests, in their order.
    classes: Vec<Class>,
    glued: bool,
    optional: bool,
    role: Role,
}

/// Whether an element is part of the expression.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Role {
    #[default]
    Inside,
    /// Must stand beside it.
    Beside,
    /// Must not stand beside it.
    NotBeside,
}

/// One row without its optional elements.
#[derive(Debug)]
struct Pattern {
    row: usize,
    before: Vec<Element>,
    elements: Vec<Element>,
    after: Vec<Element>,
    recipe: usize,
}

/// One table.
#[derive(Debug, Default)]
pub(super) struct Table {
    patterns: Vec<Pattern>,
    recipes: Vec<Recipe>,
    by_word: HashMap<u32, Vec<usize>>,
    by_class: HashMap<Class, Vec<usize>>,
}

impl Table {
    /// Reads the rows of one table.
    pub(super) fn read<'a>(rows: impl Iterator<Item = &'a str>, lexicon: &mut Lexicon) -> Self {
        let mut table = Self::default();
        for row in rows {
            let row = row.split_once("##").map_or(row, |(row, _)| row);
            let Some((pattern, recipe)) = row.split_once("=>") else { continue };
            table.add(pattern, read_recipe(recipe), lexicon);
        }
        table
    }

    /// Adds a row that names one holiday.
    pub(super) fn add_holiday(&mut self, name: &str, index: usize, lexicon: &mut Lexicon) {
        let form = Form { holiday: Some(index), ..Form::default() };
        self.add(name, Recipe { form, ..Recipe::default() }, lexicon);
    }

    fn add(&mut self, pattern: &str, recipe: Recipe, lexicon: &mut Lexicon) {
        let elements: Vec<Element> = pattern.split_whitespace().map(|item| read_element(item, lexicon)).collect();
        let row = self.recipes.len();
        self.recipes.push(recipe);
        let first = elements.iter().position(|e| e.role == Role::Inside).unwrap_or(0);
        let last = elements.iter().rposition(|e| e.role == Role::Inside).unwrap_or(0);
        let optional: Vec<usize> = (0..elements.len()).filter(|&i| elements.get(i).is_some_and(|e| e.optional)).collect();
        for mask in 0..(1_usize << optional.len().min(6)) {
            let kept = |i: &usize| optional.iter().position(|o| o == i).is_none_or(|bit| mask >> bit & 1 == 0);
            let part = |range: std::ops::Range<usize>| -> Vec<Element> {
                range.filter(kept).filter_map(|i| elements.get(i).cloned()).collect()
            };
            self.insert(Pattern {
                row,
                before: part(0..first),
                elements: part(first..last + 1),
                after: part(last + 1..elements.len()),
                recipe: row,
            });
        }
    }

    fn insert(&mut self, pattern: Pattern) {
        let index = self.patterns.len();
        for test in pattern.elements.first().into_iter().flat_map(|e| &e.tests) {
            match test {
                Test::Word(word) | Test::Name(word) => self.by_word.entry(*word).or_default().push(index),
                Test::Class(class) => self.by_class.entry(*class).or_default().push(index),
            }
        }
        self.patterns.push(pattern);
    }

    /// Replaces each match by one cell that holds its form. Tells whether there was one.
    pub(super) fn run(&self, cells: &[Cell]) -> (Vec<Cell>, bool) {
        let mut out: Vec<Cell> = Vec::with_capacity(cells.len());
        let mut found = false;
        let mut at = 0;
        while let Some(cell) = cells.get(at) {
            let Some(pattern) = self.longest(cells, at, &out) else {
                out.push(cell.clone());
                at += 1;
                continue;
            };
            let end = at + pattern.elements.len();
            let matched = cells.get(at..end).unwrap_or_default();
            let recipe = self.recipes.get(pattern.recipe).cloned().unwrap_or_default();
            if recipe.none {
                out.extend(matched.iter().map(|c| Cell { meanings: Vec::new(), word: 0, ..c.clone() }));
            } else {
                found = true;
                let classes = pattern.elements.iter().map(|e| e.classes.as_slice());
                let mut form = bind(&recipe, classes.zip(matched), matched.len() == 1);
                if recipe.inherit {
                    let left = out.len().saturating_sub(pattern.before.len());
                    let right = end..(end + pattern.after.len()).min(cells.len());
                    inherit(&mut form, out.get_mut(left..).unwrap_or_default(), cells.get(right).unwrap_or_default());
                }
                out.push(expression(matched, form));
            }
            at = end;
        }
        (out, found)
    }

    fn longest(&self, cells: &[Cell], at: usize, done: &[Cell]) -> Option<&Pattern> {
        let cell = cells.get(at)?;
        let by_word = self.by_word.get(&cell.word).into_iter().flatten();
        let by_class = cell.meanings.iter().filter_map(|(class, _)| self.by_class.get(class)).flatten();
        by_word
            .chain(by_class)
            .filter_map(|&index| self.patterns.get(index))
            .filter(|pattern| pattern.matches(cells, at, done))
            .min_by_key(|pattern| (std::cmp::Reverse(pattern.elements.len()), pattern.row))
    }
}

impl Pattern {
    /// Whether it matches from cell `at`; `done` is what stands to the left, earlier matches folded.
    fn matches(&self, cells: &[Cell], at: usize, done: &[Cell]) -> bool {
        let end = at + self.elements.len();
        self.elements.iter().enumerate().all(|(i, e)| e.fits(cells.get(at + i)) && (i > 0 || !e.glued || glued(cells.get(at))))
            && self.after.iter().enumerate().all(|(i, e)| e.fits(cells.get(end + i)))
            && self.before.iter().rev().enumerate().all(|(i, e)| e.fits(done.len().checked_sub(i + 1).and_then(|k| done.get(k))))
    }
}

fn glued(cell: Option<&Cell>) -> bool {
    cell.is_some_and(|c| c.glued)
}

impl Element {
    fn fits(&self, cell: Option<&Cell>) -> bool {
        let hit = self.tests.iter().any(|test| match (test, cell) {
            (Test::Class(Class::Edge), None) => true,
            (Test::Word(word), Some(cell)) => cell.word == *word && *word != 0,
            (Test::Name(word), Some(cell)) => cell.word == *word && cell.capital,
            (Test::Class(class), Some(cell)) => cell.meaning(*class).is_some(),
            _ => false,
        });
        let hit = hit && (!self.glued || glued(cell));
        hit != (self.role == Role::NotBeside)
    }
}

fn read_element(item: &str, lexicon: &mut Lexicon) -> Element {
    let mut element = Element::default();
    let mut item = item;
    if let Some(inner) = item.strip_prefix('(').and_then(|i| i.strip_suffix(')')).filter(|i| !i.is_empty()) {
        element.role = Role::Beside;
        item = inner;
    }
    if let Some(inner) = item.strip_prefix('!').filter(|i| !i.is_empty()) {
        element.role = Role::NotBeside;
        item = inner;
    }
    if let Some(inner) = item.strip_suffix('?').filter(|i| !i.is_empty()) {
        element.optional = true;
        item = inner;
    }
    if let Some(inner) = item.strip_prefix('~').filter(|i| !i.is_empty()) {
        element.glued = true;
        item = inner;
    }
    for part in item.split('|') {
        let test = match Class::named(part) {
            Some(class) => Test::Class(class),
            None if part.starts_with(char::is_uppercase) => Test::Name(lexicon.intern(&part.to_lowercase())),
            None => Test::Word(lexicon.intern(&part.to_lowercase())),
        };
        element.classes.extend(Class::named(part));
        element.tests.push(test);
    }
    element
}
