//! The source audit of the articles on the desk: who is quoted, how much, and whether by name.

use super::story::{Progress, Story};
use super::{Action, Mode, Reader};
use crate::exchange::audit::{Quoted, Sum, Tally, Totals, quoted, tally};

/// The source audit, as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audit {
    /// Rows scrolled.
    pub row: usize,
    /// Sums over all articles.
    pub totals: Totals,
    /// Articles whose analysis is still to come.
    pub waiting: usize,
    /// The rows.
    pub rows: Vec<AuditRow>,
}

/// A row of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditRow {
    /// The rows below are of the article with this headline, or of several.
    Heading(String),
    /// A source of one article.
    Source {
        /// What it says.
        quoted: Quoted,
        /// The words of all sources of the article.
        of: usize,
    },
    /// A source that several articles name.
    Several {
        /// Its name.
        name: String,
        /// What it says in all of them.
        sum: Sum,
    },
    /// An empty line.
    Blank,
}

impl Audit {
    /// The audit of the stories that are analysed; those who say most stand first.
    fn of(stories: &[Story], row: usize) -> Self {
        let (mut rows, mut sums) = (Vec::new(), Tally::default());
        let several = stories.len() > 1;
        for story in stories.iter().filter(|story| story.progress == Progress::Done) {
            let mut sources = quoted(&story.article, &story.analysis);
            sums.add(tally(&story.article, &story.analysis, &sources));
            sources.sort_by_key(|quoted| std::cmp::Reverse(quoted.words));
            if several {
                rows.push(AuditRow::Heading(story.title().to_owned()));
            }
            let of = sources.iter().map(|quoted| quoted.words).sum();
            rows.extend(sources.into_iter().map(|quoted| AuditRow::Source { quoted, of }));
            if several {
                rows.push(AuditRow::Blank);
            }
        }
        let recurring = sums.recurring();
        if !recurring.is_empty() {
            rows.push(AuditRow::Heading("In several articles".into()));
            rows.extend(recurring.into_iter().map(|(name, sum)| AuditRow::Several { name: name.to_owned(), sum }));
        }
        let unread = |story: &&Story| matches!(story.progress, Progress::Unread | Progress::Analysing);
        Self { row, totals: sums.totals(), waiting: stories.iter().filter(unread).count(), rows }
    }
}

impl Reader {
    /// Opens the audit.
    pub(super) fn open_audit(&mut self) {
        self.mode = Mode::Audit(Box::new(Audit::of(&self.stories, 0)));
    }

    /// Counts again, where the audit is open and an article has changed.
    pub(super) fn audit_again(&mut self) {
        if let Mode::Audit(audit) = &self.mode {
            self.mode = Mode::Audit(Box::new(Audit::of(&self.stories, audit.row)));
        }
    }

    pub(super) fn update_audit(&mut self, action: Action) {
        let page = self.sizes.height.max(1);
        let Mode::Audit(audit) = &mut self.mode else { return };
        let row = match action {
            Action::Down => audit.row + 1,
            Action::Up => audit.row.saturating_sub(1),
            Action::PageDown | Action::HalfDown => audit.row + page,
            Action::PageUp | Action::HalfUp => audit.row.saturating_sub(page),
            Action::Top => 0,
            Action::Bottom => audit.rows.len(),
            Action::Wheel(_, by) => audit.row.saturating_add_signed(isize::from(by)),
            _ => {
                self.mode = Mode::Reading;
                return;
            }
        };
        audit.row = row.min(audit.rows.len().saturating_sub(1));
    }
}
