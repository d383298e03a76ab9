//! Features of a line's place among the prose and the furniture of its page.

use super::{ALL, bin};
use crate::article::Reason;

/// What a line may have left behind since the prose began.
const PASSED: [(Reason, &str); 7] = [
    (Reason::Subscription, "past-subscription"),
    (Reason::Related, "past-related"),
    (Reason::Social, "past-social"),
    (Reason::Disclaimer, "past-disclaimer"),
    (Reason::Navigation, "past-navigation"),
    (Reason::Comments, "past-comments"),
    (Reason::Metadata, "past-metadata"),
];

/// Where a line stands among the prose of its page.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent signs, each a feature of its own")]
pub(super) struct Place {
    /// Prose lines among the five before and after it.
    pub(super) before: usize,
    pub(super) after: usize,
    /// Lines since the last and until the next prose line.
    pub(super) since: usize,
    pub(super) until: usize,
    /// Prose lines among the fifteen before and after it.
    pub(super) far_before: usize,
    pub(super) far_after: usize,
    /// Lines of furniture since the last and until the next prose line.
    pub(super) furniture_since: usize,
    pub(super) furniture_until: usize,
    /// Lines of furniture between the beginning of the densest run and this line, and the reasons among them, one bit each.
    pub(super) passed: usize,
    pub(super) passed_reasons: u16,
    /// Lines after the one that repeats the page's title; negative before it.
    pub(super) title: Option<isize>,
    /// Lines in the block of lines without a blank line between them, and how many of those are prose.
    pub(super) block: usize,
    pub(super) block_prose: usize,
    /// Against the run of lines with the most prose in which short lines cost little and furniture much.
    pub(super) wide: Option<Side>,
    pub(super) wide_edge: usize,
    /// Against the densest run of prose on the page: before, inside, after.
    pub(super) run: Option<Side>,
    /// Lines to the nearest end of the run.
    pub(super) edge: usize,
    pub(super) first: bool,
    pub(super) last: bool,
    /// Share of the page's prose, in characters, before this line.
    pub(super) share: f32,
    pub(super) repeated: bool,
    pub(super) seen: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Inside,
    After,
}

impl Place {
    pub(super) fn name(&self, names: &mut Vec<&'static str>) {
        const BEFORE: [&str; 6] = ["before=0", "before=1", "before=2", "before=3", "before=4", "before=5"];
        const AFTER: [&str; 6] = ["after=0", "after=1", "after=2", "after=3", "after=4", "after=5"];
        names.extend(BEFORE.get(self.before));
        names.extend(AFTER.get(self.after));
        let far =
            [(1.5, "since=1"), (2.5, "since=2"), (4.5, "since<5"), (9.5, "since<10"), (25.0, "since<25"), (ALL, "since>25")];
        names.push(bin(self.since as f32, &far));
        let far =
            [(1.5, "until=1"), (2.5, "until=2"), (4.5, "until<5"), (9.5, "until<10"), (25.0, "until<25"), (ALL, "until>25")];
        names.push(bin(self.until as f32, &far));
        match self.run {
            Some(Side::Before) => {
                names.push("run=before");
                let far = [(1.5, "run-1"), (2.5, "run-2"), (4.5, "run-4"), (9.5, "run-9"), (25.0, "run-25"), (ALL, "run-far")];
                names.push(bin(self.edge as f32, &far));
            }
            Some(Side::Inside) => {
                names.push("run=inside");
                names.extend(self.first.then_some("run=first"));
                names.extend(self.last.then_some("run=last"));
            }
            Some(Side::After) => {
                names.push("run=after");
                let far = [(1.5, "run+1"), (2.5, "run+2"), (4.5, "run+4"), (9.5, "run+9"), (25.0, "run+25"), (ALL, "run+far")];
                names.push(bin(self.edge as f32, &far));
            }
            None => names.push("run=none"),
        }
        let share =
            [(0.001, "share=0"), (0.1, "share<.1"), (0.5, "share<.5"), (0.9, "share<.9"), (0.999, "share<1"), (ALL, "share=1")];
        names.push(bin(self.share, &share));
        self.name_surroundings(names);
    }

    /// The same for what is around it: the title, furniture, the block.
    fn name_surroundings(&self, names: &mut Vec<&'static str>) {
        let few = |value: usize, names: [&'static str; 5]| {
            names
                .get(match value {
                    0 => 0,
                    1 => 1,
                    2 | 3 => 2,
                    4..=8 => 3,
                    _ => 4,
                })
                .copied()
        };
        names.extend(few(self.furniture_since, ["fsince=0", "fsince=1", "fsince<4", "fsince<9", "fsince>8"]));
        names.extend(few(self.furniture_until, ["funtil=0", "funtil=1", "funtil<4", "funtil<9", "funtil>8"]));
        names.extend(few(self.passed, ["passed=0", "passed=1", "passed<4", "passed<9", "passed>8"]));
        if self.run != Some(Side::Before) {
            let reasons = PASSED.iter().filter(|(reason, _)| self.passed_reasons & (1 << *reason as u16) != 0);
            names.extend(reasons.map(|(_, name)| *name));
        }
        if let Some(title) = self.title {
            let far = [
                (-20.0, "title-far"),
                (-0.5, "title-near"),
                (0.5, "title"),
                (4.5, "title+4"),
                (12.5, "title+12"),
                (40.0, "title+40"),
                (ALL, "title+far"),
            ];
            names.push(bin(title as f32, &far));
        }
        names.extend(few(self.block.saturating_sub(1), ["block=1", "block=2", "block<5", "block<10", "block>9"]));
        names.extend(few(self.far_before, ["far-before=0", "far-before=1", "far-before<4", "far-before<9", "far-before>8"]));
        names.extend(few(self.far_after, ["far-after=0", "far-after=1", "far-after<4", "far-after<9", "far-after>8"]));
        names.extend((self.block_prose > 0).then_some("block-prose"));
        let near = self.wide_edge <= 2;
        names.push(match self.wide {
            Some(Side::Before) => {
                if near {
                    "wide-near"
                } else {
                    "wide=before"
                }
            }
            Some(Side::Inside) => "wide=inside",
            Some(Side::After) => {
                if near {
                    "wide+near"
                } else {
                    "wide=after"
                }
            }
            None => "wide=none",
        });
        names.extend(self.repeated.then_some("repeated"));
        names.extend(self.seen.then_some("seen"));
    }
}
