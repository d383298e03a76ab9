//! Selecting lines of the text, to take them along.

use super::{Action, Effect, Mode, Reader, cite};
use crate::text::Span;

impl Reader {
    /// Begins with the first line of the claim in hand, else with the first one on screen.
    pub(super) fn begin_lines(&mut self) {
        self.focus_body();
        let claimed = self.claim.map(|claim| self.claim_span(claim).start).filter(|&at| self.visible().holds(at));
        let at = self.line_at(claimed.unwrap_or_else(|| self.visible().start)).start;
        self.mode = Mode::Selecting { from: at, to: at };
    }

    /// The line that holds a byte of the text.
    fn line_at(&mut self, offset: usize) -> Span {
        let (page, text) = self.paper();
        let place = page.place_of(text, offset);
        page.line(text, place).map_or(Span::new(offset, offset), |line| line.span)
    }

    /// The bytes that are selected, whole lines.
    pub fn selected_lines(&self) -> Option<(usize, usize)> {
        let Mode::Selecting { from, to } = self.mode else { return None };
        Some((from.min(to), from.max(to)))
    }

    /// Moves the end of the selection, copies, or leaves it.
    pub(super) fn update_lines(&mut self, action: Action) -> Option<Effect> {
        let Mode::Selecting { to, .. } = self.mode else { return None };
        if let Some(by) = self.lines_of(action) {
            self.step_line(to, by);
            return None;
        }
        match action {
            Action::CopyClaim | Action::CopyParagraph | Action::Follow => return self.copy_lines(),
            Action::Top => self.step_line(0, 0),
            Action::Bottom => self.step_line(self.text().len().saturating_sub(1), 0),
            Action::NextParagraph | Action::PrevParagraph => {
                let starts = self.page.sections().iter().filter(|section| section.own.is_none() && !section.span.is_empty());
                let mut starts = starts.map(|section| section.span.start);
                let forward = action == Action::NextParagraph;
                let start = if forward { starts.find(|&at| at > to) } else { starts.take_while(|&at| at < to).last() };
                if let Some(start) = start {
                    self.step_line(start, 0);
                }
            }
            Action::Wheel(_, by) => self.scroll(isize::from(by)),
            _ => self.mode = Mode::Reading,
        }
        None
    }

    /// Puts the moving end on the line with words that lies `by` lines away.
    fn step_line(&mut self, to: usize, by: isize) {
        let (page, text) = self.paper();
        let mut place = page.place_of(text, to);
        let towards = if by < 0 { -1 } else { 1 };
        place = page.moved(text, place, by);
        let blank = |line: super::Line| line.gap || line.span.is_empty();
        for _ in 0..8 {
            if page
                .line(text, place)
                .is_some_and(|line| !blank(line) && page.section(&line).is_some_and(|part| part.own.is_none()))
            {
                break;
            }
            place = page.moved(text, place, towards);
        }
        let own = page.sections().get(place.section).is_none_or(|section| section.own.is_some());
        let Some(line) = page.line(text, place).filter(|line| !own && !blank(*line)) else { return };
        if let Mode::Selecting { to, .. } = &mut self.mode {
            *to = line.span.start;
        }
        self.show(line.span);
    }

    /// The span, with the rest of a word that a hyphen breaks at either end of it.
    fn whole_words(&self, span: Span) -> Span {
        let halves = |at: usize| {
            let (before, behind) = self.text().split_at_checked(at)?;
            let letter = |c: char| c.is_ascii_lowercase();
            (self.hyphens && before.ends_with(letter) && behind.starts_with(letter)).then_some((before, behind))
        };
        let start = halves(span.start).map(|(before, _)| before.trim_end_matches(|c: char| !c.is_whitespace()).len());
        let end = halves(span.end).map(|(_, behind)| span.end + behind.find(char::is_whitespace).unwrap_or(behind.len()));
        Span::new(start.unwrap_or(span.start), end.unwrap_or(span.end))
    }

    fn copy_lines(&mut self) -> Option<Effect> {
        let (first, last) = self.selected_lines()?;
        let selected = Span::new(first, self.line_at(last).end);
        self.mode = Mode::Reading;
        let words = self.whole_words(selected).of(self.text());
        let count = words.split_whitespace().count();
        let quoted = cite::paragraph(self.story(), words);
        self.say(format!("{count} words copied, with their headline and date"));
        Some(Effect::Copy(quoted))
    }
}
