//! The lists beside the body: one file a pane says which rows it has; what they share is here.

mod articles;
mod entities;
mod sources;
pub mod timeline;

use super::story::Story;
use crate::analysis::entities::EntityType;
use crate::analysis::provenance::{AnnotatorKind, Item};
use crate::analysis::{EntityId, SourceId};

/// A list beside the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pane {
    /// The names.
    Entities,
    /// Who says so.
    Sources,
    /// What happened when.
    Timeline,
    /// The articles that are open.
    Articles,
}

impl Pane {
    /// All panes, in the order of their digits.
    pub const ALL: [Self; 4] = [Self::Entities, Self::Sources, Self::Timeline, Self::Articles];

    /// Its title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Entities => "Names",
            Self::Sources => "Sources",
            Self::Timeline => "Timeline",
            Self::Articles => "Articles",
        }
    }

    /// Its place in [`Pane::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// The heading of a group; never selected.
    Heading,
    /// A name.
    Entity(EntityId),
    /// A source.
    Source(SourceId),
    /// An event, by its index.
    Event(usize),
    /// An article, by its index.
    Article(usize),
}

/// One row of a pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it stands for.
    pub target: Target,
    /// Its words.
    pub label: String,
    /// Quiet words behind them.
    pub detail: String,
    /// How many there are: mentions, claims, rows of a group.
    pub count: Option<usize>,
    /// Type of the name, where that decides the colour.
    pub kind: Option<EntityType>,
}

/// A list with its cursor and the part of it that is on screen.
#[derive(Debug, Clone, Default)]
pub struct List {
    rows: Vec<Row>,
    cursor: usize,
    top: usize,
    height: usize,
}

impl List {
    /// Takes new rows; the cursor stays on its target where that is still there.
    pub fn set_rows(&mut self, rows: Vec<Row>) {
        let kept = self.target();
        self.rows = rows;
        self.cursor = self.rows.iter().position(|row| row.target != Target::Heading).unwrap_or(0);
        if let Some(target) = kept {
            self.select(target);
        }
        self.scroll();
    }

    /// Takes a row in place of the one that stands for the same.
    pub fn replace(&mut self, row: Row) {
        if let Some(old) = self.rows.iter_mut().find(|old| old.target == row.target) {
            *old = row;
        }
    }

    /// The rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Number of the row under the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Number of the first row on screen.
    pub fn top(&self) -> usize {
        self.top
    }

    /// What the row under the cursor stands for; `None` in an empty list.
    pub fn target(&self) -> Option<Target> {
        self.rows.get(self.cursor).map(|row| row.target).filter(|&target| target != Target::Heading)
    }

    /// Puts the cursor on a target, if it has a row.
    pub fn select(&mut self, target: Target) {
        if let Some(at) = self.rows.iter().position(|row| row.target == target) {
            self.cursor = at;
            self.scroll();
        }
    }

    /// Puts the cursor on a row, if it can stand there.
    pub fn select_row(&mut self, at: usize) -> bool {
        let free = self.rows.get(at).is_some_and(|row| row.target != Target::Heading);
        if free {
            self.cursor = at;
            self.scroll();
        }
        free
    }

    /// Puts the cursor on a row, or on the next one that it can stand on, or on the last one before.
    pub fn select_near(&mut self, at: usize) {
        let behind = at..self.rows.len();
        let before = (0..at.min(self.rows.len())).rev();
        let free = |row: &usize| self.rows.get(*row).is_some_and(|row| row.target != Target::Heading);
        if let Some(row) = behind.chain(before).find(free) {
            self.select_row(row);
        }
    }

    /// Moves the cursor over `by` rows that can be selected; stays in the list.
    pub fn step(&mut self, by: isize) {
        let mut left = by.unsigned_abs();
        let mut at = self.cursor;
        while left > 0 {
            let next = if by > 0 { at + 1 } else { at.wrapping_sub(1) };
            let Some(row) = self.rows.get(next) else { break };
            at = next;
            if row.target != Target::Heading {
                self.cursor = at;
                left -= 1;
            }
        }
        self.scroll();
    }

    /// Tells the list how many rows are on screen. Where there is more room than before, it goes to the rows above the cursor: a list
    /// that opens begins with its first row, if the cursor is on screen then.
    pub fn set_height(&mut self, height: usize) {
        if height > self.height {
            self.top = 0;
        }
        self.height = height;
        self.scroll();
    }

    /// How many rows are on screen.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Keeps the cursor, and the heading right above it, on screen.
    fn scroll(&mut self) {
        let height = self.height.max(1);
        let heading = self.cursor.checked_sub(1).filter(|&at| self.rows.get(at).is_some_and(|row| row.target == Target::Heading));
        let wanted = heading.filter(|_| height > 1).unwrap_or(self.cursor);
        self.top = self.top.min(wanted);
        if self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
        self.top = self.top.min(self.rows.len().saturating_sub(height));
    }
}

/// The rows of a pane for one story.
pub fn rows(pane: Pane, stories: &[Story], at: usize) -> Vec<Row> {
    let Some(story) = stories.get(at) else { return Vec::new() };
    match pane {
        Pane::Entities => entities::rows(story),
        Pane::Sources => sources::rows(story),
        Pane::Timeline => timeline::rows(story),
        Pane::Articles => articles::rows(stories),
    }
}

pub use articles::row as article;

/// What stands behind a row that a person has corrected.
const BY_HAND: &str = "✎";

/// The details of a row, with the sign of a person's hand before them.
fn details(story: &Story, item: Item, detail: String) -> String {
    let by_hand = story.analysis.provenance.of(item).is_some_and(|by| by.kind == AnnotatorKind::User);
    match (by_hand, detail.is_empty()) {
        (true, true) => BY_HAND.to_owned(),
        (true, false) => format!("{BY_HAND} {detail}"),
        _ => detail,
    }
}

fn heading(label: &str, count: usize) -> Row {
    Row { target: Target::Heading, label: label.to_owned(), detail: String::new(), count: Some(count), kind: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_opens_begins_with_its_first_row() {
        let row = |at| Row { target: Target::Event(at), ..heading("row", 1) };
        let mut list = List::default();
        list.set_rows((0..30).map(row).collect());
        list.select(Target::Event(9));
        list.set_height(12);
        assert_eq!((list.top(), list.cursor()), (0, 9));
        list.set_height(5);
        assert_eq!((list.top(), list.cursor()), (5, 9), "the cursor stays on screen");
        list.select(Target::Event(25));
        list.set_height(12);
        assert_eq!(list.top(), 14);
    }
}
