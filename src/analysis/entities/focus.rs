//! Who the text has been speaking of: the members mentioned last, the latest first.

use super::cast::{Cast, MemberId};
use super::scene::Scene;
use super::{EntityType, MentionForm};
use std::collections::{HashMap, VecDeque};

/// How many members are kept in mind.
const MANY: usize = 16;

/// The last mention of a member.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Whose.
    pub(super) member: MemberId,
    /// Its first token.
    pub(super) at: usize,
    /// Its sentence.
    pub(super) sentence: usize,
    /// Past its last token.
    pub(super) end: usize,
    /// Whether it stood where subjects stand.
    pub(super) subject: bool,
    /// How it was made.
    pub(super) form: MentionForm,
}

/// The members mentioned last.
#[derive(Debug, Default)]
pub(super) struct Focus {
    recent: VecDeque<Seen>,
    counts: Vec<usize>,
    /// Who spoke last, where the text has not gone on to somebody else.
    speaker: Option<MemberId>,
    /// For each token that stands for a member without naming it, that member.
    meant: HashMap<usize, MemberId>,
}

impl Focus {
    /// A focus for the members of `cast`, nobody mentioned yet.
    pub(super) fn new(cast: &Cast) -> Self {
        Self { recent: VecDeque::new(), counts: vec![0; cast.members.len()], speaker: None, meant: HashMap::new() }
    }

    /// Notes a mention.
    pub(super) fn see(&mut self, seen: Seen) {
        if seen.form != MentionForm::Name {
            self.meant.insert(seen.at, seen.member);
        }
        self.recent.retain(|old| old.member != seen.member);
        self.recent.push_front(seen);
        self.recent.truncate(MANY);
        if let Some(count) = self.counts.get_mut(seen.member) {
            *count += 1;
        }
    }

    /// Notes that the member says something or is asked to, or that the text has gone on to somebody who does not.
    pub(super) fn hear(&mut self, member: Option<MemberId>) {
        self.speaker = member;
    }

    /// Who spoke last, where the text has not gone on to somebody else.
    pub(super) fn speaker(&self) -> Option<MemberId> {
        self.speaker
    }

    /// The members of the given types mentioned in the `within` sentences up to this one, the latest first.
    pub(super) fn of<'a>(
        &'a self,
        cast: &'a Cast,
        kinds: &'a [EntityType],
        sentence: usize,
        within: usize,
    ) -> impl Iterator<Item = Seen> + 'a {
        let kind = |seen: &Seen| cast.members.get(seen.member).is_some_and(|member| kinds.contains(&member.kind));
        let near = self.recent.iter().copied().filter(move |seen| seen.sentence + within >= sentence);
        near.filter(kind)
    }

    /// Whom a noun or pronoun at the token stands for.
    pub(super) fn meant(&self, at: usize) -> Option<MemberId> {
        self.meant.get(&at).copied()
    }

    /// How often a member has been mentioned so far.
    pub(super) fn count(&self, member: MemberId) -> usize {
        self.counts.get(member).copied().unwrap_or_default()
    }
}

/// Whether a mention stands where subjects stand: before a verb of the commonest kinds, or at the head of its sentence.
pub(super) fn is_subject(scene: &Scene<'_>, start: usize, end: usize) -> bool {
    const VERBS: [&str; 26] = [
        "is", "was", "has", "had", "will", "would", "can", "could", "may", "might", "did", "does", "said", "says", "told",
        "also", "later", "then", "who", "went", "made", "became", "took", "began", "left", "got",
    ];
    let next = scene.text(end);
    let past = next.len() > 3 && next.ends_with("ed") && next.starts_with(char::is_lowercase);
    let first = scene.tokens_of(scene.sentence(start)).start;
    VERBS.contains(&next) || past || start == first
}
