//! The cast of an article while it is being made: members and their mentions, before they become entities.

use super::confidence;
use super::lexicon::{Gender, Ground};
use super::{Entity, EntityType, Mention, MentionForm};
use crate::analysis::{Analysis, EntityId, Reading};
use crate::text::Span;
use std::collections::HashMap;

/// Index of a member in [`Cast::members`].
pub(super) type MemberId = usize;

/// One person, organisation, place or other thing.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// What it is.
    pub(super) kind: EntityType,
    /// What its names and titles tell.
    pub(super) gender: Option<Gender>,
    /// The words of its names, lower case, the first few of them.
    pub(super) words: Vec<String>,
    /// What kind of place it is.
    pub(super) ground: Option<Ground>,
    /// What the article has called it.
    pub(super) roles: Vec<Role>,
    /// Title or role as the article gives it.
    pub(super) job_title: Option<Span>,
    /// The encoder's probabilities of its names: their sum, and of how many.
    pub(super) heard: (f32, f32),
}

/// A noun for a member, and whose it is: the founder of a firm, somebody's son-in-law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Role {
    /// The noun, lower case, one for all that mean the same.
    pub(super) noun: String,
    /// Members named with it.
    pub(super) with: Vec<MemberId>,
}

/// How many roles and words of names are kept for one member.
const MANY: usize = 16;

impl Member {
    /// Notes the words of a name.
    pub(super) fn named(&mut self, words: &[String]) {
        for word in words {
            if self.words.len() < MANY && !self.words.contains(word) {
                self.words.push(word.clone());
            }
        }
    }

    /// Notes the encoder's probability of a name; 0 where it has none.
    pub(super) fn hear(&mut self, probability: f32) {
        if probability > 0.0 {
            self.heard = (self.heard.0 + probability, self.heard.1 + 1.0);
        }
    }

    /// The calibrated probability that its names and type are right; `None` where the encoder has no name for it.
    fn confidence(&self) -> Option<f32> {
        let (sum, count) = self.heard;
        if count > 0.0 { confidence::RELIABILITY.calibrated(sum / count) } else { None }
    }

    /// Notes a role.
    pub(super) fn learn(&mut self, role: Role) {
        if self.roles.len() < MANY && !self.roles.contains(&role) {
            self.roles.push(role);
        }
    }
}

/// One mention of a member.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    /// Whose.
    pub(super) member: MemberId,
    /// Where.
    pub(super) span: Span,
    /// How.
    pub(super) form: MentionForm,
}

/// Everyone and everything the article names.
#[derive(Debug, Default)]
pub(super) struct Cast {
    /// The members.
    pub(super) members: Vec<Member>,
    /// Their mentions.
    pub(super) hits: Vec<Hit>,
    /// For each member, those who are called something of it: its founder, its chairman.
    pub(super) owned: HashMap<MemberId, Vec<MemberId>>,
}

impl Cast {
    /// A new member without mentions.
    pub(super) fn enter(&mut self, kind: EntityType, gender: Option<Gender>) -> MemberId {
        self.members.push(Member {
            kind,
            gender,
            words: Vec::new(),
            ground: None,
            roles: Vec::new(),
            job_title: None,
            heard: (0.0, 0.0),
        });
        self.members.len() - 1
    }

    /// Notes a mention.
    pub(super) fn hit(&mut self, member: MemberId, span: Span, form: MentionForm) {
        self.hits.push(Hit { member, span, form });
    }

    /// Brings the mentions into the order of the text.
    pub(super) fn sort(&mut self) {
        self.hits.sort_by_key(|hit| (hit.span.start, hit.span.end));
    }

    /// Writes entities, by first mention, and mentions.
    pub(super) fn publish(mut self, reading: &Reading<'_>, analysis: &mut Analysis) {
        self.sort();
        let names = self.names(reading);
        let mut ids: Vec<Option<EntityId>> = vec![None; self.members.len()];
        for hit in &self.hits {
            let Some((slot, member)) = ids.get_mut(hit.member).zip(self.members.get(hit.member)) else { continue };
            let entity = *slot.get_or_insert_with(|| {
                let (name, aliases) = names.get(&hit.member).cloned().unwrap_or_default();
                let job_title = member.job_title.map(|span| reading.text(span).to_owned());
                analysis.entities.push(Entity { kind: member.kind, name, aliases, job_title, confidence: member.confidence() });
                EntityId(analysis.entities.len() - 1)
            });
            analysis.mentions.push(Mention { entity, span: hit.span, form: hit.form });
        }
    }

    /// For each member the fullest name, and the others, most frequent first.
    fn names(&self, reading: &Reading<'_>) -> HashMap<MemberId, (String, Vec<String>)> {
        let mut counts: HashMap<MemberId, HashMap<&str, (usize, usize)>> = HashMap::new();
        for (at, hit) in self.hits.iter().enumerate() {
            if hit.form == MentionForm::Name {
                let forms = counts.entry(hit.member).or_default();
                forms.entry(reading.text(hit.span)).or_insert((0, at)).0 += 1;
            }
        }
        let fullest = |forms: HashMap<&str, (usize, usize)>, kind: Option<EntityType>| {
            let mut forms: Vec<(&str, usize, usize)> = forms.into_iter().map(|(text, (n, at))| (text, n, at)).collect();
            forms.sort_by_key(|&(_, count, at)| (std::cmp::Reverse(count), at));
            // "HOME DEPOT INC." of a table is written otherwise in the text.
            let shouted = |text: &str| text.contains(' ') && !text.chars().any(char::is_lowercase);
            let spoken = forms.iter().any(|&(text, ..)| !shouted(text));
            let words = |text: &str| if spoken && shouted(text) { 0 } else { text.split_whitespace().count() };
            // For people the fullest name; for others the fullest that is as frequent as any short one, or else also the fullest.
            let most = forms.iter().map(|&(text, ..)| words(text)).max().unwrap_or_default();
            let top =
                forms.iter().position(|&(text, ..)| kind == Some(EntityType::Place) || words(text) == most).unwrap_or_default();
            let mut name = forms.remove(top).0;
            // "Donald Trumps campaign": the apostrophe is lost, the name is not.
            let singular = name.strip_suffix('s').filter(|_| kind == Some(EntityType::Person));
            let last = singular.and_then(|name| name.split_whitespace().next_back());
            if let (Some(singular), Some(last)) = (singular, last)
                && forms.iter().any(|&(text, ..)| text == last)
            {
                name = singular;
            }
            let name = name.to_owned();
            (name, forms.into_iter().map(|(text, ..)| text.to_owned()).collect())
        };
        counts.into_iter().map(|(id, forms)| (id, fullest(forms, self.members.get(id).map(|member| member.kind)))).collect()
    }
}
