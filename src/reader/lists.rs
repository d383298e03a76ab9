//! Moving in the lists: a cursor previews, Enter commits, Esc goes back.

use super::{Before, Effect, Focus, Pane, Reader, Selection, Target};

impl Reader {
    /// Whether a pane has a place on screen at all: the list of articles only when there are several.
    pub fn has_pane(&self, pane: Pane) -> bool {
        pane != Pane::Articles || self.stories.len() > 1
    }

    /// Gives a pane the keys; what its cursor stands on is previewed.
    pub(super) fn focus_list(&mut self, pane: Pane) {
        if !self.has_pane(pane) {
            self.say("this is the only article");
            return;
        }
        if pane != Pane::Articles {
            self.show_clean();
        }
        if self.before.is_none() {
            self.before = Some(Before { selection: self.selection, claim: self.claim, anchor: self.anchor });
        }
        self.focus = Focus::List(pane);
        self.preview();
    }

    /// Gives the body the keys; what was previewed stays selected.
    pub(super) fn focus_body(&mut self) {
        self.before = None;
        self.focus = Focus::Body;
        self.claim_in_view();
    }

    /// Gives the keys to the next pane, or the one before, the body among them.
    pub(super) fn focus_step(&mut self, forward: bool) {
        let ring: Vec<Focus> = std::iter::once(Focus::Body)
            .chain(Pane::ALL.into_iter().filter(|&pane| self.has_pane(pane)).map(Focus::List))
            .collect();
        let at = ring.iter().position(|&focus| focus == self.focus).unwrap_or(0);
        let next = if forward { at + 1 } else { at + ring.len() - 1 } % ring.len();
        match ring.get(next) {
            Some(Focus::List(pane)) => self.focus_list(*pane),
            _ => self.focus_body(),
        }
    }

    /// Moves the cursor of a list and previews.
    pub(super) fn step_row(&mut self, pane: Pane, by: isize) {
        self.list_mut(pane).step(by);
        self.preview();
    }

    /// Lights up in the text what the cursor stands on. The body stays where it is.
    pub(super) fn preview(&mut self) {
        let Focus::List(pane) = self.focus else { return };
        let selection = self.list(pane).target().map_or(Selection::None, Selection::from);
        if selection != self.selection {
            self.mention = None;
            self.selection = selection;
        }
        match selection {
            Selection::Source(_) => self.claim_in_view(),
            Selection::Event(event) => {
                self.claim = self.story().analysis.events.get(event).and_then(|event| event.claim).map(|claim| claim.0);
            }
            _ => {}
        }
        if let (Selection::Source(source), None) = (selection, self.claim) {
            self.claim = self.story().claims_of(source).first().copied();
        }
    }

    /// Goes back to what was before the list had the keys.
    pub(super) fn leave_list(&mut self) {
        if let Some(before) = self.before.take() {
            self.selection = before.selection;
            self.claim = before.claim;
            if self.anchor != before.anchor {
                self.go_to_offset(before.anchor);
            }
        }
        self.focus_body();
    }

    /// Goes from the row under the cursor to the text.
    pub(super) fn commit(&mut self, pane: Pane) -> Option<Effect> {
        let target = self.list(pane).target()?;
        self.before = None;
        self.focus = Focus::Body;
        self.remember();
        self.selection = Selection::from(target);
        match target {
            Target::Entity(entity) => {
                self.mention = None;
                self.step_mention(entity, true);
            }
            Target::Source(source) => {
                let claims = self.story().claims_of(source);
                let next = claims.iter().copied().find(|&claim| self.claim_span(claim).start >= self.anchor);
                match next.or_else(|| claims.first().copied()) {
                    Some(claim) => self.take_claim(claim),
                    None => self.say("this source is named, but nothing is attributed to it"),
                }
            }
            Target::Event(event) => {
                if let Some(event) = self.story().analysis.events.get(event) {
                    let (span, claim) = (event.span, event.claim);
                    self.show(span);
                    self.claim = claim.map(|claim| claim.0);
                }
            }
            Target::Article(at) => return self.open(at),
            Target::Heading => {}
        }
        None
    }

    /// Turns to another story; asks for it if it is not read yet.
    pub(super) fn open(&mut self, at: usize) -> Option<Effect> {
        self.turn_to(at);
        (self.story().progress == super::Progress::Unread).then_some(Effect::Want(at))
    }
}
