//! Floor 5: the state of reading. Knows no terminal: what the user wants comes in as an [`Action`], what the outside world has to
//! do goes out as an [`Effect`], and the screens draw from `&Reader`.
//!
//! ```text
//! Story    an article, its analysis, and indexes over both
//! Page     a text set at a width: line <-> byte offset, set lazily
//! Reader   which story, which lines, which pane; the one selection that lights text and rows; filter, search, marks
//! ```

mod action;
mod audit;
mod cite;
mod finding;
mod following;
mod front;
mod keys;
mod lines;
mod lists;
mod mending;
mod mode;
mod moving;
mod page;
pub mod panes;
mod selection;
mod story;
mod update;
mod walking;
pub mod wording;
mod wrap;

pub use action::{ACTIONS, Action, ActionRow, Hit, Scope};
pub use audit::{Audit, AuditRow};
pub use cite::{chain, content};
pub use finding::Search;
pub use keys::{Chord, ChordError, Key, Keymap};
pub use mending::{Choosing, Subject};
pub use mode::{Effect, Focus, Help, Mode, Shown, Sizes};
pub use page::{Line, Page, Place, Section, SectionKind, indent};
pub use panes::{List, Pane, Row, Target};
pub use selection::{Filter, Selection};
pub use story::{Progress, SpanIndex, Story};
pub use wrap::{Measure, wrap};

use crate::analysis::Analysis;
use crate::analysis::claims::Claim;
use crate::text::Span;
use std::collections::HashMap;

/// What a preview in a list goes back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Before {
    selection: Selection,
    claim: Option<usize>,
    anchor: usize,
}

/// Widest line by default, in cells: the middle of what reads well (66 to 72).
const MEASURE: usize = 68;

/// The state of reading.
#[derive(Debug)]
pub struct Reader {
    stories: Vec<Story>,
    at: usize,
    page: Page,
    shown: Shown,
    sizes: Sizes,
    measure: usize,
    hyphens: bool,
    zoomed: bool,
    top: Place,
    /// The first byte on screen after the user's last move: what a resize keeps in place.
    anchor: usize,
    view: Vec<Line>,
    focus: Focus,
    mode: Mode,
    lists: [List; 4],
    selection: Selection,
    filter: Filter,
    claim: Option<usize>,
    mention: Option<usize>,
    before: Option<Before>,
    search: Search,
    jumps: Vec<usize>,
    /// By story and letter.
    marks: HashMap<(usize, char), usize>,
    /// What a row is being chosen for.
    choosing: Option<Choosing>,
    /// Whether beliefs and unsure claims are shown too.
    all_claims: bool,
    /// Columns that the lists are wider than usual.
    side: i16,
    /// Where the other stories were left.
    places: HashMap<usize, usize>,
    /// The claims in hand there, by the first byte of their content, and in this story until it is analysed.
    claims_left: HashMap<usize, usize>,
    message: Option<String>,
    keymap: Keymap,
}

impl Reader {
    /// A reader with these stories on the desk, at the first one. There is at least one; an empty list is read as one empty story.
    pub fn new(mut stories: Vec<Story>, keymap: Keymap) -> Self {
        if stories.is_empty() {
            stories.push(Story::unread(String::new()));
        }
        let mut reader = Self {
            stories,
            at: 0,
            page: Page::default(),
            shown: Shown::Clean,
            sizes: Sizes::default(),
            measure: MEASURE,
            hyphens: false,
            zoomed: false,
            top: Place::default(),
            anchor: 0,
            view: Vec::new(),
            focus: Focus::Body,
            mode: Mode::Reading,
            lists: Default::default(),
            selection: Selection::None,
            filter: Filter::default(),
            claim: None,
            mention: None,
            before: None,
            search: Search::default(),
            jumps: Vec::new(),
            marks: HashMap::new(),
            choosing: None,
            all_claims: false,
            side: 0,
            places: HashMap::new(),
            claims_left: HashMap::new(),
            message: None,
            keymap,
        };
        reader.stories[0].opened = true;
        reader.lay_page();
        reader.fill_lists();
        reader
    }

    /// Takes in what the worker has read, or failed to read, for one story: its articles take its place. The words at the top stay
    /// there, also where the story was shown before it was read whole.
    pub fn receive(&mut self, at: usize, mut stories: Vec<Story>) {
        let Some(slot) = self.stories.get_mut(at) else { return };
        for story in &mut stories {
            story.set_shows_all(self.all_claims);
        }
        let mut stories = stories.into_iter();
        let Some(first) = stories.next() else { return };
        let before = std::mem::replace(slot, first);
        slot.opened = before.opened;
        if at == self.at {
            self.carry_places(&before.article);
            let (began, anchor) = (self.top == Place::default(), self.anchor);
            self.lay_page();
            self.go_to_offset(if began { 0 } else { anchor });
            self.find_again();
        }
        let more = stories.len();
        let after = at + 1;
        self.stories.splice(after..after, stories);
        let pointed = self.list(Pane::Articles).target();
        if more > 0 {
            self.at += if self.at > at { more } else { 0 };
            let shifted = |(story, place): (usize, usize)| (if story > at { story + more } else { story }, place);
            self.places = self.places.drain().map(shifted).collect();
            self.claims_left = self.claims_left.drain().map(shifted).collect();
            let shifted = |((story, letter), place): ((usize, char), usize)| {
                ((if story > at { story + more } else { story }, letter), place)
            };
            self.marks = self.marks.drain().map(shifted).collect();
        }
        self.fill_lists();
        if let (Focus::List(Pane::Articles), Some(Target::Article(story))) = (self.focus, pointed) {
            let story = if story > at { story + more } else { story };
            self.list_mut(Pane::Articles).select(Target::Article(story));
        }
    }

    /// Takes in the analysis of a story. Nothing on screen moves or is set anew.
    pub fn receive_analysis(&mut self, at: usize, analysis: Analysis) {
        let Some(story) = self.stories.get_mut(at) else { return };
        story.set_analysis(analysis);
        if at == self.at {
            self.fill_lists();
            self.message.take_if(|said| said == walking::STILL_ANALYSED);
            self.take_up_claim();
        } else {
            // One row, not one for each article that is open.
            let row = panes::article(at, &self.stories[at]);
            self.list_mut(Pane::Articles).replace(row);
        }
        self.audit_again();
    }

    /// Hears how far the analysis of a story has come, in percent.
    pub fn receive_progress(&mut self, at: usize, percent: u8) {
        if let Some(story) = self.stories.get_mut(at) {
            story.percent = percent;
        }
    }

    /// Tells the reader what the layout has room for; the same words stay at the top.
    pub fn measure(&mut self, sizes: Sizes) {
        let same = sizes == self.sizes;
        self.sizes = sizes;
        for (list, &height) in self.lists.iter_mut().zip(&sizes.panes) {
            list.set_height(height);
        }
        if !same {
            self.set_page();
        }
    }

    /// The stories on the desk.
    pub fn stories(&self) -> &[Story] {
        &self.stories
    }

    /// Index of the story that is read.
    pub fn story_index(&self) -> usize {
        self.at
    }

    /// The story that is read.
    pub fn story(&self) -> &Story {
        // `at` is kept within the list, which is never empty.
        &self.stories[self.at]
    }

    /// Which text is shown.
    pub fn shown(&self) -> Shown {
        self.shown
    }

    /// The text that is shown: the article's, or the raw input.
    pub fn text(&self) -> &str {
        text_of(self.story(), self.shown)
    }

    /// The lines on screen.
    pub fn view(&self) -> &[Line] {
        &self.view
    }

    /// The section of a line.
    pub fn section(&self, line: &Line) -> Option<&Section> {
        self.page.section(line)
    }

    /// The words of a line.
    pub fn words(&self, line: &Line) -> &str {
        match self.page.section(line).and_then(|section| section.own.as_deref()) {
            Some(own) => line.span.of(own),
            None => line.span.of(self.text()),
        }
    }

    /// Widest line wanted, in cells.
    pub fn wanted_columns(&self) -> usize {
        self.measure
    }

    /// Whether only what has the keys is to be shown: the article, or one list beside it.
    pub fn zoomed(&self) -> bool {
        self.zoomed
    }

    /// Columns that the lists are wider than usual; negative when they are narrower.
    pub fn side(&self) -> i16 {
        self.side
    }

    /// What has the keys.
    pub fn focus(&self) -> Focus {
        self.focus
    }

    /// What the keys mean.
    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    /// The list of a pane.
    pub fn list(&self, pane: Pane) -> &List {
        &self.lists[pane.index()]
    }

    /// What is selected.
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// The filter on claims.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The search.
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// What the last action has to say.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Shows a sentence until the next action.
    pub fn say(&mut self, message: impl Into<String>) {
        self.message = Some(message.into());
    }

    /// The live key table.
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// The claim in hand, with its number.
    pub fn claim(&self) -> Option<(usize, &Claim)> {
        let at = self.claim?;
        Some((at, self.story().analysis.claims.get(at)?))
    }

    /// The claim in hand where the strip tells it: not in the raw input, and not below a list whose rows are no claims.
    pub(super) fn told_claim(&self) -> Option<(usize, &Claim)> {
        let told = match self.focus {
            Focus::Body => self.shown == Shown::Clean,
            Focus::List(pane) => matches!(pane, Pane::Sources | Pane::Timeline),
        };
        self.claim().filter(|_| told)
    }

    /// The current mention of the selected name: its index.
    pub fn mention(&self) -> Option<usize> {
        self.mention
    }

    /// The bytes of the text on screen.
    pub fn visible(&self) -> Span {
        let mut spans = self.view.iter().filter(|line| self.page.section(line).is_some_and(|section| section.own.is_none()));
        let first = spans.next().map_or(Span::new(self.anchor, self.anchor), |line| line.span);
        spans.next_back().map_or(first, |line| first.cover(line.span))
    }

    /// The scope in which the next chord is looked up.
    pub fn scope(&self) -> Scope {
        match (&self.mode, self.focus) {
            (Mode::Help(help), _) if !help.typing => Scope::Help,
            (Mode::Audit(_), _) => Scope::Help,
            (Mode::Reading, Focus::List(_)) => Scope::List,
            (Mode::Reading | Mode::Selecting { .. }, _) => Scope::Any,
            _ => Scope::Field,
        }
    }

    /// What a chord means now.
    pub fn action(&self, chord: Chord) -> Option<Action> {
        let scope = self.scope();
        if scope != Scope::Field {
            return self.keymap.action(scope, chord);
        }
        match chord {
            Chord { key: Key::Named("Backspace"), alt: true, .. } => Some(Action::EraseWord),
            Chord { alt: true, .. } => None,
            Chord { key: Key::Char(c), ctrl: false, .. } => Some(Action::Insert(c)),
            Chord { key: Key::Named("Enter"), .. } => Some(Action::Follow),
            Chord { key: Key::Named("Esc"), .. } | Chord { key: Key::Char('c' | 'g'), ctrl: true, .. } => Some(Action::Back),
            Chord { key: Key::Named("Backspace"), .. } | Chord { key: Key::Char('h'), ctrl: true, .. } => Some(Action::Erase),
            Chord { key: Key::Char('w' | 'u'), ctrl: true, .. } => Some(Action::EraseWord),
            Chord { key: Key::Named("Down"), .. } => Some(Action::NextMatch),
            Chord { key: Key::Named("Up"), .. } => Some(Action::PrevMatch),
            Chord { key: Key::Char('z'), ctrl: true, .. } => Some(Action::Suspend),
            Chord { key: Key::Char('l'), ctrl: true, .. } => Some(Action::Redraw),
            _ => None,
        }
    }

    /// The keys that a chord stands for. A terminal tells Alt and a key by Esc and that key in one write, and so do Esc and a key that
    /// are typed quickly or come over a slow line: where Alt and the key mean nothing, it is two keys.
    pub fn keys(&self, chord: Chord) -> impl Iterator<Item = Chord> + use<> {
        let two = chord.alt && self.action(chord).is_none();
        let escape = two.then_some(Chord::plain(Key::Named("Esc")));
        escape.into_iter().chain(std::iter::once(Chord { alt: chord.alt && !two, ..chord }))
    }

    fn list_mut(&mut self, pane: Pane) -> &mut List {
        &mut self.lists[pane.index()]
    }

    fn fill_lists(&mut self) {
        for pane in Pane::ALL {
            let rows = panes::rows(pane, &self.stories, self.at);
            self.list_mut(pane).set_rows(rows);
        }
        // Who looks through the articles is not interrupted by one that has been read meanwhile.
        if self.focus != Focus::List(Pane::Articles) {
            self.lists[Pane::Articles.index()].select(Target::Article(self.at));
        }
    }
}

/// The text of a story that is shown.
fn text_of(story: &Story, shown: Shown) -> &str {
    match shown {
        Shown::Clean => &story.article.text,
        Shown::Raw => story.article.raw(),
    }
}
