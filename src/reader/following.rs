//! The way between text and rows, by key and by pointer.

use super::{Effect, Focus, Hit, Pane, Reader, Selection, Target};
use crate::text::Span;

impl Reader {
    /// From the text to its row: the name whose mention is the current one, else the source of the claim in hand, else the first
    /// event on screen.
    pub(super) fn follow_to_row(&mut self) {
        self.show_clean();
        if let (Selection::Entity(entity), Some(_)) = (self.selection, self.mention) {
            self.list_mut(Pane::Entities).select(Target::Entity(entity));
            self.focus_list(Pane::Entities);
        } else if let Some(source) = self.claim().and_then(|(_, claim)| claim.source) {
            self.list_mut(Pane::Sources).select(Target::Source(source));
            self.focus_list(Pane::Sources);
        } else if let Some((_, event)) = { self.story().events.touching(self.visible()).next() } {
            self.list_mut(Pane::Timeline).select(Target::Event(event));
            self.focus_list(Pane::Timeline);
        } else {
            self.say("nothing here has a row beside it");
        }
    }

    /// Takes in hand what lies under the pointer.
    pub(super) fn click(&mut self, hit: Hit) {
        match hit {
            Hit::Body(offset) => {
                if self.focus != Focus::Body {
                    self.focus_body();
                }
                self.pick(offset);
            }
            Hit::Row(pane, row) => {
                if self.focus != Focus::List(pane) {
                    self.focus_list(pane);
                }
                if row.is_some_and(|row| self.list_mut(pane).select_row(row)) {
                    self.preview();
                }
            }
        }
    }

    /// Selects the name at a byte of the text, else takes the innermost claim there in hand.
    fn pick(&mut self, offset: usize) {
        if self.shown == super::Shown::Raw {
            return;
        }
        let here = Span::new(offset, offset + 1);
        let story = self.story();
        let shortest =
            |found: &mut dyn Iterator<Item = (Span, usize)>| found.min_by_key(|(span, _)| span.len()).map(|(_, at)| at);
        let mention = shortest(&mut story.mentions.touching(here));
        let claim = shortest(&mut story.contents.touching(here));
        if let Some(entity) = mention.and_then(|mention| story.analysis.mentions.get(mention)).map(|mention| mention.entity) {
            self.selection = Selection::Entity(entity);
            self.mention = mention;
            self.list_mut(Pane::Entities).select(Target::Entity(entity));
        }
        if let Some(claim) = claim {
            let mention = self.mention;
            self.take_claim(claim);
            self.mention = mention;
        }
    }

    /// The wheel: scrolls what is under the pointer.
    pub(super) fn wheel(&mut self, hit: Hit, by: i8) {
        match hit {
            Hit::Body(_) => {
                self.scroll(isize::from(by));
                self.claim_in_view();
            }
            Hit::Row(pane, _) if self.focus == Focus::List(pane) => self.step_row(pane, isize::from(by.signum())),
            Hit::Row(pane, _) => self.list_mut(pane).step(isize::from(by.signum())),
        }
    }

    /// Follows what was clicked twice.
    pub(super) fn double_click(&mut self, hit: Hit) -> Option<Effect> {
        self.click(hit);
        match self.focus {
            Focus::List(pane) => self.commit(pane),
            Focus::Body => {
                self.follow_to_row();
                None
            }
        }
    }
}
