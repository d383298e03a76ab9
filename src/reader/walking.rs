//! Walking from claim to claim and from mention to mention.

use super::{Reader, Selection};
use crate::analysis::claims::Stance;
use crate::analysis::{EntityId, SourceId};
use crate::text::Span;

const STANCES: [Stance; 7] =
    [Stance::Asserts, Stance::Confirms, Stance::Denies, Stance::Claims, Stance::Speculates, Stance::Asks, Stance::Declines];

/// What a step to a claim says while there are none yet; it goes when they are there.
pub(super) const STILL_ANALYSED: &str = "the article is still being analysed";

impl Reader {
    /// Whether a claim passes the filter and, when a source is selected, is that source's.
    pub fn passes(&self, claim: usize) -> bool {
        let story = self.story();
        story.analysis.claims.get(claim).is_some_and(|claim| {
            let by_selected = match self.selection {
                Selection::Source(source) => claim.source == Some(source),
                _ => true,
            };
            by_selected && self.filter.passes(story, claim)
        })
    }

    /// Whether some claims are set apart from the rest, which then steps back.
    pub fn sets_apart(&self) -> bool {
        !self.filter.is_empty() || matches!(self.selection, Selection::Source(_))
    }

    /// The claims that can be walked, in the order of the text.
    pub fn walkable(&self) -> impl Iterator<Item = usize> {
        self.story().claim_order.iter().copied().filter(|&claim| self.passes(claim))
    }

    /// How many claims can be walked before the top of the screen, and how many after.
    pub fn claims_around(&self) -> (usize, usize) {
        let (above, below): (Vec<_>, Vec<_>) = self.walkable().partition(|&claim| self.claim_span(claim).start < self.anchor);
        (above.len(), below.len())
    }

    /// First words of a claim's content.
    pub(super) fn claim_span(&self, claim: usize) -> Span {
        let claim = self.story().analysis.claims.get(claim);
        claim.and_then(|claim| claim.content.first().copied()).unwrap_or_default()
    }

    /// The claim that tells of an event, if it is shown.
    pub(super) fn claim_of_event(&self, event: usize) -> Option<usize> {
        let claim = self.story().analysis.events.get(event)?.claim?.0;
        Some(claim).filter(|&claim| self.story().shows(claim))
    }

    fn touches_view(&self, claim: usize) -> bool {
        let visible = self.visible();
        let claim = self.story().analysis.claims.get(claim);
        claim.is_some_and(|claim| claim.content.iter().any(|span| span.overlaps(visible)))
    }

    /// Takes the next claim, or the one before, in hand and shows it.
    ///
    /// The strip below names, events and articles tells of their rows: who walks claims there goes back to the text.
    pub(super) fn step_claim(&mut self, forward: bool) {
        self.show_clean();
        if !matches!(self.focus, super::Focus::Body | super::Focus::List(super::Pane::Sources)) {
            self.focus_body();
        }
        let walk: Vec<usize> = self.walkable().collect();
        // A narrower screen may have pushed it off: it is in hand all the same.
        let in_hand = self.claim.and_then(|claim| walk.iter().position(|&at| at == claim));
        let from = self.anchor;
        let next = match (in_hand, forward) {
            (Some(at), true) => walk.get(at + 1),
            (Some(at), false) => at.checked_sub(1).and_then(|at| walk.get(at)),
            (None, true) => walk.iter().find(|&&claim| self.claim_span(claim).start >= from),
            (None, false) => walk.iter().rev().find(|&&claim| self.claim_span(claim).start < from),
        };
        match next.copied() {
            Some(claim) => self.take_claim(claim),
            None if walk.is_empty() => self.say(self.why_no_claims()),
            None => self.say(if forward { "no claim further down" } else { "no claim further up" }),
        }
    }

    /// Takes a claim in hand that contradicts the one that is: the next in the text, around the end.
    pub(super) fn step_contradiction(&mut self) {
        let Some((at, claim)) = self.claim() else {
            self.say("no claim in hand");
            return;
        };
        let own = self.claim_number(at);
        let next =
            claim.contradicts.iter().map(|other| other.0).filter(|&other| self.story().shows(other)).min_by_key(|&other| {
                let number = self.claim_number(other);
                (number <= own, number)
            });
        let Some(next) = next else {
            self.say("no other claim of this article surely contradicts this one");
            return;
        };
        self.show_clean();
        self.remember();
        self.take_claim(next);
    }

    fn why_no_claims(&self) -> String {
        let story = self.story();
        match story.progress {
            super::Progress::Analysing | super::Progress::Unread => STILL_ANALYSED.into(),
            _ if story.analysis.claims.is_empty() => "no claims in this article".into(),
            _ if story.claim_order.is_empty() => {
                format!("only beliefs and unsure claims; {} shows them", self.keymap.first(super::Action::AllClaims))
            }
            _ => "no claim passes the filter".into(),
        }
    }

    /// Shows beliefs and unsure claims too, or only what is surely said.
    pub(super) fn toggle_all_claims(&mut self) {
        self.set_all_claims(!self.all_claims);
        let (shown, all) = (self.story().claim_order.len(), self.story().analysis.claims.len());
        let shown = super::wording::plural(shown, "claim");
        self.say(if self.all_claims {
            format!("{shown}, beliefs, wishes and unsure ones among them")
        } else {
            format!("{shown} surely said, of {all} in all")
        });
    }

    /// Whether beliefs and unsure claims are shown too.
    pub fn all_claims(&self) -> bool {
        self.all_claims
    }

    /// Shows beliefs and unsure claims too, in every article, or only what is surely said.
    pub fn set_all_claims(&mut self, all: bool) {
        self.all_claims = all;
        for story in &mut self.stories {
            story.set_shows_all(all);
        }
        self.claim = self.claim.filter(|&claim| self.story().shows(claim));
        self.fill_lists();
        self.claim_in_view();
    }

    /// Takes a claim in hand, shows it, and selects its rows.
    pub(super) fn take_claim(&mut self, claim: usize) {
        let span = self.claim_span(claim);
        self.claim = Some(claim);
        self.mention = None;
        self.show(span);
        self.select_rows();
    }

    /// After a jump in the text: takes the first claim on screen in hand.
    pub(super) fn first_claim_in_view(&mut self) {
        self.claim = None;
        self.claim_in_view();
    }

    /// After a move in the text: keeps the claim in hand while it is on screen, else takes the first one that is.
    pub(super) fn claim_in_view(&mut self) {
        if self.shown == super::Shown::Raw {
            return;
        }
        if !self.claim.is_some_and(|claim| self.touches_view(claim) && self.passes(claim)) {
            let visible = self.visible();
            let story = self.story();
            let touching = story.contents.touching(visible).map(|(_, claim)| claim);
            self.claim = touching.filter(|&claim| self.passes(claim)).min_by_key(|&claim| {
                let start = self.claim_span(claim).start;
                (start < visible.start, start)
            });
        }
        if self.before.is_none() {
            self.select_rows();
        }
    }

    /// Puts the cursors of the lists on what the text is about here.
    fn select_rows(&mut self) {
        let story = self.story();
        let claim = self.claim.and_then(|claim| story.analysis.claims.get(claim));
        let source = claim.and_then(|claim| claim.source);
        let within = claim.and_then(|claim| claim.content.first().copied());
        let touching = |span| story.events.touching(span).map(|(_, event)| event).next();
        let event = within.and_then(touching).or_else(|| touching(self.visible()));
        if let (Some(source), true) = (source, !self.in_list(super::Pane::Sources)) {
            self.list_mut(super::Pane::Sources).select(super::Target::Source(source));
        }
        if let (Some(event), true) = (event, !self.in_list(super::Pane::Timeline)) {
            self.list_mut(super::Pane::Timeline).select(super::Target::Event(event));
        }
    }

    fn in_list(&self, pane: super::Pane) -> bool {
        self.focus == super::Focus::List(pane)
    }

    /// Goes to the next mention of the selected name, or the one before, around the ends.
    pub(super) fn step_mention(&mut self, entity: EntityId, forward: bool) {
        self.show_clean();
        let story = self.story();
        let mentions = story.mentions_of(entity);
        let Some(count) = mentions.len().checked_sub(1).map(|last| last + 1) else {
            self.say("this name is not mentioned in the text");
            return;
        };
        let visible = self.visible();
        let current = self.mention.filter(|&at| story.mention_span(at).overlaps(visible));
        let next = match current.and_then(|current| mentions.iter().position(|&at| at == current)) {
            Some(at) if forward => (at + 1) % count,
            Some(at) => (at + count - 1) % count,
            None if forward => mentions.partition_point(|&at| story.mention_span(at).start < self.anchor) % count,
            None => (mentions.partition_point(|&at| story.mention_span(at).start < self.anchor) + count - 1) % count,
        };
        if let Some(&mention) = mentions.get(next) {
            self.take_mention(mention);
        }
    }

    /// Makes a mention the current one and shows it.
    pub(super) fn take_mention(&mut self, mention: usize) {
        let span = self.story().mention_span(mention);
        self.mention = Some(mention);
        self.show(span);
        self.claim_around(span);
    }

    /// After a step to a place in the text: takes the innermost claim around it in hand, else what [`Reader::claim_in_view`] does.
    pub(super) fn claim_around(&mut self, place: Span) {
        let around = self.story().contents.touching(place).filter(|(span, claim)| span.contains(place) && self.passes(*claim));
        if let Some((_, claim)) = around.min_by_key(|(span, _)| span.len()).filter(|_| self.shown == super::Shown::Clean) {
            self.claim = Some(claim);
        }
        self.claim_in_view();
    }

    /// "4 of 9": where the current mention stands among those of the selected name.
    pub fn mention_count(&self) -> Option<(EntityId, Option<usize>, usize)> {
        let Selection::Entity(entity) = self.selection else { return None };
        let mentions = self.story().mentions_of(entity);
        let current = self.mention.and_then(|mention| mentions.iter().position(|&at| at == mention));
        Some((entity, current.map(|at| at + 1), mentions.len()))
    }

    /// Where the claim in hand stands: its number among those that can be walked, how many these are, and how many there are.
    pub fn claim_count(&self) -> (Option<usize>, usize, usize) {
        let all = self.story().claim_order.len();
        if !self.sets_apart() {
            return (self.claim.map(|claim| self.claim_number(claim)), all, all);
        }
        let mut number = None;
        let mut count = 0;
        for claim in self.walkable() {
            count += 1;
            if self.claim == Some(claim) {
                number = Some(count);
            }
        }
        (number, count, all)
    }

    /// Number of a claim in the order of the text, counted from 1.
    pub fn claim_number(&self, claim: usize) -> usize {
        self.story().claim_number(claim)
    }

    /// Shows only claims of the next stance that occurs among those that pass otherwise; after the last one, all.
    pub(super) fn cycle_stance(&mut self) {
        let now = self.filter.stance.take();
        let next = now.map_or(0, |now| STANCES.iter().position(|&stance| stance == now).map_or(0, |at| at + 1));
        let claims = &self.story().analysis.claims;
        let left: Vec<Stance> = self.walkable().filter_map(|at| claims.get(at)).map(|claim| claim.stance).collect();
        self.filter.stance = STANCES.get(next..).unwrap_or_default().iter().find(|stance| left.contains(stance)).copied();
        self.claim_in_view();
    }

    /// Forgets what belongs to one story: selection, filter, search, what is in hand.
    pub(super) fn forget(&mut self) {
        self.selection = Selection::None;
        self.filter = super::Filter::default();
        self.search = super::Search::default();
        (self.claim, self.mention, self.before) = (None, None, None);
        self.jumps.clear();
        self.choosing = None;
        self.focus = super::Focus::Body;
    }

    /// The claims of the selected source, if one is selected.
    pub fn selected_source(&self) -> Option<SourceId> {
        if let Selection::Source(source) = self.selection { Some(source) } else { None }
    }
}
