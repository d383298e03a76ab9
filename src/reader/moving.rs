//! Where the reader is in the text: scrolling, jumping, and keeping the place.

use super::page::{Page, Place};
use super::{Focus, Mode, Reader, Shown, front, text_of};
use crate::article::Article;
use crate::text::Span;

/// Lines kept between what was jumped to and the edge of the screen.
const MARGIN: usize = 2;
/// Most columns that the lists can be wider or narrower than usual.
const SIDE: i16 = 80;
/// Places remembered for the way back.
const JUMPS: usize = 100;

impl Reader {
    pub(super) fn paper(&mut self) -> (&mut Page, &str) {
        (&mut self.page, text_of(&self.stories[self.at], self.shown))
    }

    /// Makes the page of the text that is shown.
    pub(super) fn lay_page(&mut self) {
        let story = &self.stories[self.at];
        let sections = match self.shown {
            Shown::Clean => front::clean(story),
            Shown::Raw => front::raw(story),
        };
        self.page = Page::new(sections, text_of(story, self.shown));
        self.top = Place::default();
        self.set_page();
    }

    /// Sets the page at the width there is; the anchor stays at the top.
    pub(super) fn set_page(&mut self) {
        let columns = self.sizes.columns.min(self.measure).max(1);
        let top = self.top;
        let anchor = self.anchor;
        let hyphens = self.hyphens;
        let (page, text) = self.paper();
        if !page.set_measure(columns, hyphens) {
            self.look();
            return;
        }
        let own = page.sections().get(top.section).is_some_and(|section| section.own.is_some());
        let place = if own || top == Place::default() { Place { line: 0, ..top } } else { page.place_of(text, anchor) };
        self.top = place;
        self.look();
    }

    /// Keeps the top within the page and takes the lines on screen.
    fn look(&mut self) {
        let height = self.sizes.height;
        let top = self.top;
        let (page, text) = self.paper();
        let last = page.end(text);
        let lowest = page.moved(text, last, 1 - height.max(1) as isize);
        let top = top.min(lowest);
        let view = page.view(text, top, height);
        self.top = top;
        self.view = view;
    }

    /// Puts a place at the top of the screen, as a move of the user.
    fn move_to(&mut self, place: Place) {
        self.top = place;
        self.look();
        let top = self.top;
        let (page, text) = self.paper();
        self.anchor = page.offset_of(text, top);
    }

    /// Puts the line of an offset at the top.
    pub(super) fn go_to_offset(&mut self, offset: usize) {
        let (page, text) = self.paper();
        let place = if offset == 0 { Place::default() } else { page.place_of(text, offset) };
        self.move_to(place);
    }

    /// Scrolls by lines.
    pub(super) fn scroll(&mut self, by: isize) {
        let top = self.top;
        let (page, text) = self.paper();
        let place = page.moved(text, top, by);
        self.move_to(place);
    }

    /// To the last screen of the page.
    pub(super) fn scroll_to_end(&mut self) {
        let (page, text) = self.paper();
        let place = page.end(text);
        self.move_to(place);
    }

    /// To the first line of the next section with words, or of this one or the one before.
    pub(super) fn scroll_to_paragraph(&mut self, down: bool) {
        let top = self.top;
        let sections = self.page.sections();
        let begins = |at: &usize| sections.get(*at).is_some_and(|section| section.own.is_some() || !section.span.is_empty());
        let section = if down {
            (top.section + 1..sections.len()).find(begins)
        } else {
            let first = if top.line == 0 { top.section } else { top.section + 1 };
            (0..first).rev().find(begins)
        };
        if let Some(section) = section {
            self.move_to(Place { section, line: 0 });
        } else if !down {
            self.move_to(Place::default());
        }
    }

    /// Brings a span onto the screen; does nothing when its beginning is there already.
    pub(super) fn show(&mut self, span: Span) {
        let seen = self.view.iter().position(|line| {
            let own = self.page.section(line).is_none_or(|section| section.own.is_some());
            !line.gap && !own && line.span.start <= span.start && span.start < line.span.end.max(line.span.start + 1)
        });
        let height = self.sizes.height;
        if seen.is_some_and(|row| row + MARGIN < height || self.view.len() < height) {
            return;
        }
        let (page, text) = self.paper();
        let place = page.place_of(text, span.start);
        let top = page.moved(text, place, -((height / 3) as isize));
        self.move_to(top);
    }

    /// Remembers where we are, for the way back.
    pub(super) fn remember(&mut self) {
        if self.jumps.last() != Some(&self.anchor) {
            if self.jumps.len() == JUMPS {
                self.jumps.remove(0);
            }
            self.jumps.push(self.anchor);
        }
    }

    /// Goes back to where the last jump was made.
    pub(super) fn jump_back(&mut self) {
        while let Some(offset) = self.jumps.pop() {
            if offset != self.anchor {
                self.go_to_offset(offset);
                return;
            }
        }
        self.say("no jump to go back from");
    }

    /// Changes the width of lines by so many cells; 0 for the usual width.
    pub(super) fn change_measure(&mut self, by: isize) {
        self.measure = if by == 0 { super::MEASURE } else { self.measure.saturating_add_signed(by).clamp(30, 120) };
        self.set_page();
        self.say(format!("lines of up to {} columns", self.measure));
    }

    /// Breaks words at line ends from now on, or leaves them whole.
    pub(super) fn toggle_hyphens(&mut self) {
        self.set_hyphens(!self.hyphens);
        self.say(if self.hyphens { "words break at line ends; what is copied has no such hyphens" } else { "words stay whole" });
    }

    /// Whether words break at line ends.
    pub fn hyphens(&self) -> bool {
        self.hyphens
    }

    /// Breaks words at line ends, or leaves them whole; the same words stay at the top.
    pub fn set_hyphens(&mut self, hyphens: bool) {
        self.hyphens = hyphens;
        self.set_page();
    }

    /// Makes the lists wider, or narrower, by so many columns.
    pub(super) fn change_side(&mut self, by: i16) {
        self.side = self.side.saturating_add(by).clamp(-SIDE, SIDE);
    }

    /// Shows the other text of the story at the same words.
    pub(super) fn toggle_raw(&mut self) {
        let article = &self.story().article;
        let offset = match self.shown {
            Shown::Clean => article.raw_offset(self.anchor).or_else(|| article.origins.first().map(|origin| origin.raw)),
            Shown::Raw => clean_offset(article, self.anchor),
        };
        let began = self.anchor == 0;
        self.shown = if self.shown == Shown::Clean { Shown::Raw } else { Shown::Clean };
        self.jumps.clear();
        self.focus = Focus::Body;
        self.mode = Mode::Reading;
        self.lay_page();
        self.go_to_offset(if began { 0 } else { offset.unwrap_or(0) });
        self.find_again();
    }

    /// Brings every remembered place of the story over from its words as they were shown before.
    pub(super) fn carry_places(&mut self, before: &Article) {
        if self.shown == Shown::Raw || before.text.is_empty() {
            return;
        }
        let now = std::sync::Arc::clone(&self.story().article);
        let carried = |offset: &mut usize| {
            let raw = before.raw_offset(*offset);
            *offset = raw.and_then(|raw| clean_offset(&now, raw)).unwrap_or(*offset).min(now.text.len());
        };
        carried(&mut self.anchor);
        let at = self.at;
        let marks = self.marks.iter_mut().filter(|((story, _), _)| *story == at).map(|(_, place)| place);
        self.jumps.iter_mut().chain(marks).for_each(carried);
        if let Some(before) = &mut self.before {
            carried(&mut before.anchor);
        }
    }

    /// Makes sure the cleaned article is shown: what is about to be walked stands there.
    pub(super) fn show_clean(&mut self) {
        if self.shown == Shown::Raw {
            self.toggle_raw();
        }
    }

    /// Turns to another story, at the place where it was left.
    pub(super) fn turn_to(&mut self, at: usize) -> bool {
        if at >= self.stories.len() || at == self.at {
            return false;
        }
        self.show_clean();
        self.places.insert(self.at, self.anchor);
        if let Some(claim) = self.claim_left(self.at) {
            self.claims_left.insert(self.at, claim);
        }
        self.at = at;
        self.stories[at].opened = true;
        self.anchor = self.places.get(&at).copied().unwrap_or(0);
        self.forget();
        self.lay_page();
        self.go_to_offset(self.anchor);
        self.fill_lists();
        for pane in [super::Pane::Entities, super::Pane::Sources, super::Pane::Timeline] {
            self.list_mut(pane).select_near(0);
        }
        self.take_up_claim();
        true
    }

    /// The claim in hand of a story for the next time: the first byte of its content.
    pub fn claim_left(&self, at: usize) -> Option<usize> {
        let left = self.claims_left.get(&at).copied();
        let in_hand = self.claim.filter(|_| at == self.at).map(|claim| self.claim_span(claim).start);
        in_hand.or(left)
    }

    /// Takes the claim in hand again that was when the story was left, if it is on screen; else the first one there.
    pub(super) fn take_up_claim(&mut self) {
        let story = self.story();
        let analysed = !story.analysis.claims.is_empty();
        let left = self.claims_left.get(&self.at).copied().filter(|_| analysed);
        let claims = || story.claim_order.iter().copied();
        self.claim = self.claim.or_else(|| claims().find(|&claim| Some(self.claim_span(claim).start) == left));
        if analysed {
            self.claims_left.remove(&self.at);
        }
        self.claim_in_view();
    }

    /// The widest line wanted, if it is not the usual one, and how much wider than usual the lists are.
    pub fn widths(&self) -> (Option<usize>, i16) {
        ((self.measure != super::MEASURE).then_some(self.measure), self.side)
    }

    /// Takes widths that were chosen before.
    pub fn set_widths(&mut self, (measure, side): (Option<usize>, i16)) {
        self.measure = measure.map_or(super::MEASURE, |columns| columns.clamp(30, 120));
        self.side = side.clamp(-SIDE, SIDE);
        self.set_page();
    }

    /// The place of a story for the next time: the first byte on screen.
    pub fn place(&self, at: usize) -> Option<usize> {
        if at == self.at { (self.shown == Shown::Clean).then_some(self.anchor) } else { self.places.get(&at).copied() }
    }

    /// The marks of a story: letters and bytes of its text.
    pub fn marks(&self, at: usize) -> impl Iterator<Item = (char, usize)> {
        self.marks.iter().filter(move |((story, _), _)| *story == at).map(|(&(_, letter), &place)| (letter, place))
    }

    /// Sets a mark in a story.
    pub fn set_mark(&mut self, at: usize, letter: char, offset: usize) {
        self.marks.insert((at, letter), offset);
    }

    /// Opens a story where it was left, with the claim in hand whose content begins at byte `claim`.
    pub fn set_place(&mut self, at: usize, offset: usize, claim: Option<usize>) {
        self.claims_left.extend(claim.map(|claim| (at, claim)));
        if let Some(story) = self.stories.get_mut(at) {
            story.opened = true;
        }
        if at == self.at {
            self.go_to_offset(offset);
        } else {
            self.places.insert(at, offset);
        }
    }
}

/// Where the byte at `raw` of the input stands in the article; where it was left out, the end of what stands before it.
fn clean_offset(article: &Article, raw: usize) -> Option<usize> {
    let at = article.origins.partition_point(|origin| origin.raw <= raw).checked_sub(1)?;
    let origin = article.origins.get(at)?;
    Some((origin.clean.start + (raw - origin.raw)).min(origin.clean.end))
}
