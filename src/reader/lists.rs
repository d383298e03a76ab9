//! Moving in the lists: a cursor previews, Enter commits, Esc goes back.

use super::finding::find;
use super::{Action, Before, Effect, Focus, Mode, Pane, Reader, Selection, Target};

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
        self.choosing = None;
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
                self.claim = self.claim_of_event(event);
            }
            _ => {}
        }
        if let (Selection::Source(source), None) = (selection, self.claim) {
            self.claim = self.story().claims_of(source).first().copied();
        }
    }

    /// Begins to look for words in the rows of the list that has the keys.
    pub(super) fn begin_finding(&mut self) {
        if let Focus::List(pane) = self.focus {
            self.mode = Mode::Finding { words: String::new(), from: self.list(pane).cursor() };
        }
    }

    /// Takes what is typed: the cursor goes to the next row that has it.
    pub(super) fn update_finding(&mut self, action: Action) {
        let (Mode::Finding { words, from }, Focus::List(pane)) = (&mut self.mode, self.focus) else { return };
        let from = *from;
        match action {
            Action::Insert(c) => words.push(c),
            Action::Erase if words.is_empty() => self.mode = Mode::Reading,
            Action::Erase => {
                words.pop();
            }
            Action::EraseWord => words.clear(),
            Action::Follow => self.mode = Mode::Reading,
            Action::Back => {
                self.mode = Mode::Reading;
                self.list_mut(pane).select_row(from);
                self.preview();
            }
            Action::NextMatch | Action::PrevMatch => {
                let cursor = self.list(pane).cursor();
                let next = {
                    let (found, count) = (self.found_rows(), self.list(pane).rows().len());
                    let far = |at: usize| (at + count - cursor - 1) % count.max(1);
                    if action == Action::NextMatch {
                        found.into_iter().min_by_key(|&at| far(at))
                    } else {
                        found.into_iter().filter(|&at| at != cursor).max_by_key(|&at| far(at))
                    }
                };
                next.map(|at| self.list_mut(pane).select_row(at));
                self.preview();
                return;
            }
            _ => {}
        }
        if matches!(self.mode, Mode::Finding { .. }) {
            let found = self.found_rows();
            let next = found.iter().copied().find(|&at| at >= from).or_else(|| found.first().copied());
            self.list_mut(pane).select_row(next.unwrap_or(from));
            self.preview();
        }
    }

    /// The rows that have the words looked for, by their numbers.
    pub fn found_rows(&self) -> Vec<usize> {
        let (Mode::Finding { words, .. }, Focus::List(pane)) = (&self.mode, self.focus) else { return Vec::new() };
        let has = |row: &super::Row| {
            row.target != Target::Heading && [&row.label, &row.detail].iter().any(|text| !find(text, words).is_empty())
        };
        self.list(pane).rows().iter().enumerate().filter(|(_, row)| has(row)).map(|(at, _)| at).collect()
    }

    /// Turns to the next open article, around the end, that mentions the selected name or quotes the selected source.
    pub(super) fn other_article(&mut self) -> Option<Effect> {
        let names = self.selected_names();
        let Some(name) = names.first().cloned() else {
            self.say("choose a name or a source first");
            return None;
        };
        let count = self.stories.len();
        let knows = |at: &usize| self.stories.get(*at).and_then(|story| story.entity_named(&names)).is_some();
        let Some(next) = (1..count).map(|by| (self.at + by) % count).find(knows) else {
            self.say(format!("no other article that is open and analysed has {name}"));
            return None;
        };
        let effect = self.open(next);
        if let Some(entity) = self.story().entity_named(&names) {
            self.selection = Selection::Entity(entity);
            self.list_mut(Pane::Entities).select(Target::Entity(entity));
            self.step_mention(entity, true);
        }
        effect
    }

    /// The names that the selected name or source goes by; none when neither is selected.
    fn selected_names(&self) -> Vec<String> {
        let story = self.story();
        let entity = match self.selection {
            Selection::Entity(entity) => Some(entity),
            Selection::Source(source) => story.analysis.sources.get(source.0).and_then(|source| source.entity),
            _ => self.told_claim().and_then(|(_, claim)| claim.source).and_then(|at| story.analysis.sources.get(at.0)?.entity),
        };
        let entity = entity.and_then(|entity| story.analysis.entities.get(entity.0));
        entity.map(|entity| std::iter::once(&entity.name).chain(&entity.aliases).cloned().collect()).unwrap_or_default()
    }

    /// Goes back to what was before the list had the keys.
    pub(super) fn leave_list(&mut self) {
        self.choosing = None;
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
        if let Some(choosing) = self.choosing {
            return self.chosen(choosing, target);
        }
        self.before = None;
        self.focus = Focus::Body;
        self.zoomed = false;
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
                if let Some(span) = self.story().analysis.events.get(event).map(|event| event.span) {
                    self.show(span);
                    self.claim = self.claim_of_event(event);
                }
            }
            Target::Article(at) => return self.open(at),
            Target::Heading => {}
        }
        None
    }

    /// Turns to another story; asks for it if it is not read and analysed yet.
    pub(super) fn open(&mut self, at: usize) -> Option<Effect> {
        self.turn_to(at);
        let waits = matches!(self.story().progress, super::Progress::Unread | super::Progress::Analysing);
        waits.then_some(Effect::Want(at))
    }
}
