//! Correcting the analysis: what is selected says what can be corrected, a letter says how.

use super::{Action, Effect, Focus, Mode, Pane, Reader, Selection, Shown, Story, Target};
use crate::analysis::corrections::{Correction, calendar, claim_at, entity_at, event_at};
use crate::analysis::entities::EntityType;
use crate::analysis::{EntityId, SourceId};
use crate::text::Span;

/// What is to be corrected, by words of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The name mentioned there.
    Name(Span),
    /// The claim with this content.
    Claim(Span),
    /// The event that this word names.
    Event(Span),
}

/// A row of a list while the analysis below it changes, and with it all numbers.
enum Kept {
    /// The name mentioned there.
    Name(Span),
    /// The source of this name.
    Source(String),
    /// The event that this word names.
    Event(Span),
}

/// What a row is being chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choosing {
    /// The name that the one mentioned there is merged into.
    Name(Span),
    /// The source of the claim with this content.
    Source(Span),
    /// The source that the source of the claim with this content is merged into.
    SameSource(Span),
}

impl Reader {
    /// What the reader is asked for just now, for the status line; `None` when it only reads.
    pub fn prompt(&self) -> Option<String> {
        match (&self.mode, self.choosing) {
            (Mode::SettingMark, _) => Some("a letter for this place".into()),
            (Mode::GoingToMark, _) => Some("the letter of a mark, ' for back".into()),
            (Mode::Selecting { .. }, _) => {
                let copy = self.keymap.first(Action::CopyClaim);
                Some(format!("lines: move to select, {copy} copies, Esc leaves"))
            }
            (Mode::Mending(subject), _) => Some(match *subject {
                Subject::Name(at) => format!("p person  o org  l place  x other: “{}”", self.name_at(at)),
                Subject::Claim(content) => {
                    format!("{} by {}", self.claim_at(content), self.source_at(content).unwrap_or("nobody"))
                }
                Subject::Event(trigger) => format!("the event “{}”", self.story().words(trigger)),
            }),
            (Mode::Dating { date, .. }, _) => Some(format!("when? 2017, 2017-10 or 2017-10-25: {date}▏")),
            (_, Some(Choosing::Name(at))) => Some(format!("“{}” is the same as …: Enter on its row", self.name_at(at))),
            (_, Some(Choosing::SameSource(content))) => {
                let source = self.source_at(content).unwrap_or_default();
                Some(format!("“{source}” is the same as …: Enter on a source or a name"))
            }
            (_, Some(Choosing::Source(content))) => {
                Some(format!("{}: who said it? Enter on a source or a name", self.claim_at(content)))
            }
            _ => None,
        }
    }

    fn name_at(&self, at: Span) -> String {
        let story = self.story();
        let entity = entity_at(&story.analysis, at).and_then(|at| story.analysis.entities.get(at));
        entity.map(|entity| entity.name.clone()).unwrap_or_default()
    }

    /// "claim 4": the claim with this content.
    fn claim_at(&self, content: Span) -> String {
        let claim = claim_at(&self.story().analysis, content);
        claim.map_or_else(|| "this claim".to_owned(), |claim| format!("claim {}", self.claim_number(claim)))
    }

    /// Whether a row is being chosen for a correction.
    pub fn is_choosing(&self) -> bool {
        self.choosing.is_some()
    }

    /// Name of the source of the claim with this content.
    fn source_at(&self, content: Span) -> Option<&str> {
        let story = self.story();
        let claim = claim_at(&story.analysis, content).and_then(|at| story.analysis.claims.get(at))?;
        story.source_name(claim.source)
    }

    /// Asks what is to be corrected about what is selected.
    pub(super) fn begin_mending(&mut self) {
        match self.subject() {
            Some(subject) => self.mode = Mode::Mending(subject),
            None => self.say("choose a name, a claim or an event first"),
        }
    }

    /// What the row under the cursor stands for; in the text the current mention, the selected event, else the claim in hand.
    fn subject(&self) -> Option<Subject> {
        let story = self.story();
        if self.shown == Shown::Raw || self.focus == Focus::List(Pane::Articles) {
            return None;
        }
        let selected = match self.focus {
            Focus::List(pane) => self.list(pane).target().map(Selection::from),
            Focus::Body => None,
        };
        let claim = || self.told_claim().and_then(|(_, claim)| claim.content.first()).copied().map(Subject::Claim);
        match (selected, self.selection) {
            (Some(Selection::Entity(entity)), _) | (None, Selection::Entity(entity))
                if self.mention.is_some() || selected.is_some() =>
            {
                let mention = self.mention.filter(|at| story.mentions_of(entity).contains(at));
                let mention = mention.or_else(|| story.mentions_of(entity).first().copied())?;
                Some(Subject::Name(story.mention_span(mention)))
            }
            (Some(Selection::Event(event)), _) | (None, Selection::Event(event)) => {
                story.analysis.events.get(event).map(|event| Subject::Event(event.trigger))
            }
            _ => claim(),
        }
    }

    /// Takes the letter that says what is wrong.
    pub(super) fn update_mending(&mut self, action: Action, subject: Subject) -> Option<Effect> {
        self.mode = Mode::Reading;
        let Action::Insert(letter) = action else { return None };
        let kind = match letter {
            'p' => Some(EntityType::Person),
            'o' => Some(EntityType::Organization),
            'l' => Some(EntityType::Place),
            'x' => Some(EntityType::Other),
            _ => None,
        };
        match (subject, letter, kind) {
            (Subject::Name(at), _, Some(kind)) => self.correct(Correction::Retype { at, kind }),
            (Subject::Name(at), 's', _) => self.correct(Correction::Split { at }),
            (Subject::Name(at), 'd', _) => self.correct(Correction::DropEntity { at }),
            (Subject::Claim(content), 'd', _) => self.correct(Correction::DropClaim { content }),
            (Subject::Name(at), 'm', _) => self.choose(Choosing::Name(at), Pane::Entities),
            (Subject::Claim(content), 's', _) => self.choose(Choosing::Source(content), Pane::Sources),
            (Subject::Claim(content), 'm', _) => self.choose(Choosing::SameSource(content), Pane::Sources),
            (Subject::Event(trigger), 'd', _) => self.correct(Correction::DropEvent { trigger }),
            (Subject::Event(trigger), 't', _) => {
                self.mode = Mode::Dating { trigger, date: String::new() };
                None
            }
            _ => {
                self.say(format!("“{letter}” corrects nothing here"));
                None
            }
        }
    }

    fn choose(&mut self, choosing: Choosing, pane: Pane) -> Option<Effect> {
        self.focus_list(pane);
        self.choosing = Some(choosing);
        None
    }

    /// The row under the cursor is the one that was asked for.
    pub(super) fn chosen(&mut self, choosing: Choosing, target: Target) -> Option<Effect> {
        let story = self.story();
        let first = |entity| story.mentions_of(entity).first().map(|&mention| story.mention_span(mention));
        let name = match target {
            Target::Source(source) => story.source_name(Some(source)),
            Target::Entity(entity) => story.analysis.entities.get(entity.0).map(|entity| entity.name.as_str()),
            _ => None,
        };
        let correction = match (choosing, target) {
            (Choosing::Name(at), Target::Entity(entity)) => first(entity).map(|into| Correction::Merge { at, into }),
            (Choosing::Name(_), _) => None,
            (Choosing::Source(content), _) => name.map(|name| Correction::Attribute { content, source: name.to_owned() }),
            (Choosing::SameSource(content), _) => self
                .source_at(content)
                .zip(name)
                .map(|(source, name)| Correction::MergeSources { source: source.to_owned(), into: name.to_owned() }),
        };
        self.choosing = None;
        self.leave_list();
        if let Choosing::Name(at) = choosing
            && let Some(entity) = entity_at(&self.story().analysis, at)
        {
            self.selection = Selection::Entity(EntityId(entity));
        }
        if correction.is_none() {
            self.say("that row cannot be meant");
        }
        correction.and_then(|correction| self.correct(correction))
    }

    /// Takes what is typed as a date.
    pub(super) fn update_dating(&mut self, action: Action) -> Option<Effect> {
        let Mode::Dating { trigger, date } = &mut self.mode else { return None };
        match action {
            Action::Insert(c) if date.len() < 10 => date.push(c),
            Action::Erase => {
                date.pop();
            }
            Action::EraseWord => date.clear(),
            Action::Follow if calendar(date).is_none() => {
                let words = format!("“{date}” is no date such as 2017, 2017-10 or 2017-10-25");
                self.say(words);
            }
            Action::Follow => {
                let (trigger, date) = (*trigger, std::mem::take(date));
                self.mode = Mode::Reading;
                return self.correct(Correction::Date { trigger, date });
            }
            Action::Back => self.mode = Mode::Reading,
            _ => {}
        }
        None
    }

    /// Makes a correction and says what it did.
    fn correct(&mut self, correction: Correction) -> Option<Effect> {
        let words = said(&correction);
        let at = self.at;
        if !self.change(|story| story.correct(correction)) {
            self.say("that changes nothing");
            return None;
        }
        self.say(words);
        Some(Effect::Corrected(at))
    }

    /// Takes the last correction back, or makes it again.
    pub(super) fn undo(&mut self, back: bool) -> Option<Effect> {
        let at = self.at;
        let last = |reader: &Self| reader.story().corrections().last().map(said);
        let taken_back = last(self);
        if !self.change(|story| story.undo(back)) {
            self.say(if back { "no correction to take back" } else { "no correction to make again" });
            return None;
        }
        let words = if back { taken_back } else { last(self) }.unwrap_or_default();
        self.say(format!("{}: {words}", if back { "taken back" } else { "made again" }));
        Some(Effect::Corrected(at))
    }

    /// Takes in the corrections that were kept for a story.
    pub fn receive_corrections(&mut self, at: usize, made: Vec<Correction>) {
        if at == self.at {
            self.change(|story| {
                story.set_corrections(made);
                true
            });
        } else if let Some(story) = self.stories.get_mut(at) {
            story.set_corrections(made);
            self.fill_lists();
        }
    }

    /// The row under the cursor of a list, by what a correction leaves as it is.
    fn row(&self, pane: Pane) -> Option<Kept> {
        let story = self.story();
        match self.list(pane).target()? {
            Target::Entity(entity) => story.mentions_of(entity).first().map(|&at| Kept::Name(story.mention_span(at))),
            Target::Source(source) => story.source_name(Some(source)).map(|name| Kept::Source(name.to_owned())),
            Target::Event(event) => story.analysis.events.get(event).map(|event| Kept::Event(event.trigger)),
            _ => None,
        }
    }

    /// What stands for that row now.
    fn target_of(&self, row: &Kept) -> Option<Target> {
        let found = &self.story().analysis;
        match row {
            Kept::Name(at) => entity_at(found, *at).map(|at| Target::Entity(EntityId(at))),
            Kept::Source(name) => {
                found.sources.iter().position(|source| source.name == *name).map(|at| Target::Source(SourceId(at)))
            }
            Kept::Event(trigger) => event_at(found, *trigger).map(Target::Event),
        }
    }

    /// Changes the analysis of the story that is read; what was selected and in hand stays so where it is still there.
    fn change(&mut self, change: impl FnOnce(&mut Story) -> bool) -> bool {
        let story = self.story();
        let mention = self.mention.map(|mention| story.mention_span(mention));
        let selected = match self.selection {
            Selection::Entity(entity) => {
                mention.or_else(|| story.mentions_of(entity).first().map(|&at| story.mention_span(at))).map(Subject::Name)
            }
            Selection::Event(event) => story.analysis.events.get(event).map(|event| Subject::Event(event.trigger)),
            Selection::Source(_) | Selection::None => None,
        };
        let claim = self.claim.map(|claim| self.claim_span(claim));
        let cursors =
            [Pane::Entities, Pane::Sources, Pane::Timeline].map(|pane| (pane, self.list(pane).cursor(), self.row(pane)));
        let at = self.at;
        if !self.stories.get_mut(at).is_some_and(change) {
            return false;
        }
        self.before = None;
        self.filter = super::Filter::default();
        let found = &self.story().analysis;
        let mention = mention.and_then(|span| found.mentions.iter().position(|mention| mention.span == span));
        let selection = match selected {
            Some(Subject::Name(at)) => entity_at(found, at).map(|at| Selection::Entity(EntityId(at))),
            Some(Subject::Event(trigger)) => event_at(found, trigger).map(Selection::Event),
            _ => None,
        };
        let claim = claim.and_then(|content| claim_at(found, content));
        self.selection = selection.unwrap_or_default();
        self.mention = mention.filter(|_| matches!(self.selection, Selection::Entity(_)));
        self.claim = claim;
        self.fill_lists();
        for (pane, cursor, row) in cursors {
            match row.and_then(|row| self.target_of(&row)) {
                Some(target) => self.list_mut(pane).select(target),
                None => self.list_mut(pane).select_near(cursor),
            }
        }
        match self.selection {
            Selection::Entity(entity) => self.list_mut(Pane::Entities).select(Target::Entity(entity)),
            Selection::Event(event) => self.list_mut(Pane::Timeline).select(Target::Event(event)),
            _ => {}
        }
        if self.focus == Focus::Body {
            self.claim_in_view();
        } else {
            self.preview();
        }
        true
    }
}

fn said(correction: &Correction) -> &'static str {
    match correction {
        Correction::Retype { .. } => "its type is changed",
        Correction::Merge { .. } => "the two names are one",
        Correction::Split { .. } => "these mentions are a name of their own",
        Correction::DropEntity { .. } => "the name is dropped",
        Correction::DropClaim { .. } => "the claim is dropped",
        Correction::Attribute { .. } => "the claim has another source",
        Correction::MergeSources { .. } => "the two sources are one",
        Correction::DropEvent { .. } => "the event is dropped",
        Correction::Date { .. } => "the event is dated",
    }
}
