//! One action in, the state changed, at most one effect out.

use super::{Action, Effect, Filter, Focus, Help, Mode, Reader, Selection, cite};
use crate::text::Span;

/// What stands before the link that was copied.
pub(super) const LINK_COPIED: &str = "link copied: ";

impl Reader {
    /// Does what the user asks.
    pub fn update(&mut self, action: Action) -> Option<Effect> {
        self.message = None;
        match action {
            Action::Quit if matches!(self.mode, Mode::Help(_) | Mode::Audit(_) | Mode::Selecting { .. }) => {
                self.mode = Mode::Reading;
                return None;
            }
            Action::Quit => return Some(Effect::Quit),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Redraw => return Some(Effect::Redraw),
            Action::Theme => return Some(Effect::NextTheme),
            Action::Mouse => return Some(Effect::ToggleMouse),
            _ => {}
        }
        match self.mode {
            Mode::Searching => self.update_search(action),
            Mode::Finding { .. } => self.update_finding(action),
            Mode::Help(_) => self.update_help(action),
            Mode::Audit(_) => self.update_audit(action),
            Mode::SettingMark | Mode::GoingToMark => self.update_mark(action),
            Mode::Selecting { .. } => return self.update_lines(action),
            Mode::Mending(subject) => return self.update_mending(action, subject),
            Mode::Dating { .. } => return self.update_dating(action),
            Mode::Reading => return self.update_reading(action),
        }
        None
    }

    /// Takes pasted words where words are typed; elsewhere they mean nothing.
    pub fn paste(&mut self, words: &str) {
        match self.mode {
            // A long text is searched once, not once a letter.
            Mode::Searching => self.change_query(|query| query.push_str(words)),
            _ if self.scope() == super::Scope::Field => words.chars().for_each(|c| {
                self.update(Action::Insert(c));
            }),
            _ => {}
        }
    }

    fn update_search(&mut self, action: Action) {
        match action {
            Action::Insert(c) => self.change_query(|query| query.push(c)),
            Action::Erase if self.search.query.is_empty() => self.cancel_search(),
            Action::Erase => self.change_query(|query| {
                query.pop();
            }),
            Action::EraseWord => self.change_query(|query| {
                let kept = query.trim_end().rfind(' ').map_or(0, |at| at + 1);
                query.truncate(kept);
            }),
            Action::Follow => self.keep_search(),
            Action::Back => self.cancel_search(),
            Action::NextMatch => self.step_hit(true),
            Action::PrevMatch => self.step_hit(false),
            _ => {}
        }
    }

    fn update_help(&mut self, action: Action) {
        let page = self.sizes.height.max(1);
        let Mode::Help(help) = &mut self.mode else { return };
        let row = help.row;
        match action {
            Action::Insert(c) => help.words.push(c),
            Action::Erase => {
                help.words.pop();
            }
            Action::EraseWord => help.words.clear(),
            Action::Follow | Action::Search => help.typing = action == Action::Search,
            Action::Back if !help.words.is_empty() => *help = Help::default(),
            Action::Down | Action::NextMatch => help.row = row + 1,
            Action::Up | Action::PrevMatch => help.row = row.saturating_sub(1),
            Action::PageDown | Action::HalfDown => help.row = row + page,
            Action::PageUp | Action::HalfUp => help.row = row.saturating_sub(page),
            Action::Top => help.row = 0,
            Action::Bottom => help.row = super::ACTIONS.len(),
            Action::Wheel(_, by) => help.row = row.saturating_add_signed(isize::from(by)),
            _ => self.mode = Mode::Reading,
        }
        if let Mode::Help(help) = &mut self.mode {
            help.row = if help.typing { 0 } else { help.row.min(super::ACTIONS.len()) };
        }
    }

    fn update_mark(&mut self, action: Action) {
        let setting = self.mode == Mode::SettingMark;
        self.mode = Mode::Reading;
        let Action::Insert(letter) = action else { return };
        if setting {
            self.show_clean();
            self.marks.insert((self.at, letter), self.anchor);
            self.say(format!("mark {letter} is here"));
        } else if letter == '\'' {
            self.jump_back();
        } else if let Some(&offset) = self.marks.get(&(self.at, letter)) {
            self.remember();
            self.go_to_offset(offset);
            self.first_claim_in_view();
        } else {
            self.say(format!("there is no mark {letter}"));
        }
    }

    fn update_reading(&mut self, action: Action) -> Option<Effect> {
        if let Some(by) = self.lines_of(action) {
            match self.focus {
                Focus::Body => {
                    self.scroll(by);
                    self.claim_in_view();
                }
                Focus::List(pane) => self.step_row(pane, by),
            }
            return None;
        }
        if self.is_choosing() && !leads_to_row(action) {
            self.say("Enter on the row that is meant, Esc leaves");
            return None;
        }
        match action {
            Action::Top | Action::Bottom => self.go_to_end(action == Action::Bottom),
            Action::NextParagraph | Action::PrevParagraph => {
                self.scroll_to_paragraph(action == Action::NextParagraph);
                self.claim_in_view();
            }
            Action::NextClaim => self.step_claim(true),
            Action::PrevClaim => self.step_claim(false),
            Action::NextMatch => self.step_match(true),
            Action::PrevMatch => self.step_match(false),
            Action::Search if self.focus == Focus::Body => self.begin_search(),
            Action::Search => self.begin_finding(),
            Action::SelectLines => self.begin_lines(),
            Action::Mend => self.begin_mending(),
            Action::Undo => return self.undo(true),
            Action::Redo => return self.undo(false),
            Action::Follow => return self.follow(),
            Action::Back => self.back(),
            Action::JumpBack => {
                self.jump_back();
                self.claim_in_view();
            }
            Action::SetMark => self.mode = Mode::SettingMark,
            Action::GoMark => self.mode = Mode::GoingToMark,
            Action::Click(hit) => self.click(hit),
            Action::DoubleClick(hit) => return self.double_click(hit),
            Action::Wheel(hit, by) => self.wheel(hit, by),
            Action::Help => self.mode = Mode::Help(Help::default()),
            Action::ToggleFilter => self.toggle_filter(),
            Action::CycleStance => self.cycle_stance(),
            Action::Contradiction => self.step_contradiction(),
            Action::AllClaims => self.toggle_all_claims(),
            Action::ClearFilters => self.clear_filters(),
            Action::CopyClaim => return self.copy_claim(),
            Action::CopyParagraph => return self.copy_paragraph(),
            Action::OpenLink => return self.copy_link(),
            _ => return self.update_screen(action),
        }
        None
    }

    /// What changes which panes, which text and which article are shown.
    fn update_screen(&mut self, action: Action) -> Option<Effect> {
        use super::Pane;
        match action {
            Action::Body | Action::FocusLeft => self.focus_body(),
            Action::Entities => self.focus_list(Pane::Entities),
            Action::Sources => self.focus_list(Pane::Sources),
            Action::Timeline => self.focus_list(Pane::Timeline),
            Action::Articles => self.focus_list(Pane::Articles),
            Action::FocusRight if self.focus == Focus::Body => self.focus_list(Pane::Entities),
            Action::FocusNext => self.focus_step(true),
            Action::FocusPrev => self.focus_step(false),
            Action::Raw => {
                self.before = None;
                self.toggle_raw();
                self.claim_in_view();
            }
            Action::Zoom => {
                self.zoomed = !self.zoomed;
                if self.focus == Focus::Body {
                    self.focus_body();
                }
            }
            Action::Wider => self.change_measure(4),
            Action::Narrower => self.change_measure(-4),
            Action::DefaultWidth => self.change_measure(0),
            Action::Hyphens => self.toggle_hyphens(),
            Action::WiderPanes => self.change_side(2),
            Action::NarrowerPanes => self.change_side(-2),
            Action::Drag(by) => self.change_side(by),
            Action::Audit => self.open_audit(),
            Action::OtherArticle => return self.other_article(),
            Action::NextArticle | Action::PrevArticle => return self.next_article(action == Action::NextArticle),
            _ => {}
        }
        None
    }

    /// Lines or rows that a scrolling action moves by, with the sign of its direction.
    pub(super) fn lines_of(&self, action: Action) -> Option<isize> {
        let height = match self.focus {
            Focus::Body => self.sizes.height,
            Focus::List(pane) => self.list(pane).height(),
        };
        let page = height.saturating_sub(2).max(1) as isize;
        Some(match action {
            Action::Down => 1,
            Action::Up => -1,
            Action::PageDown => page,
            Action::PageUp => -page,
            Action::HalfDown => (page / 2).max(1),
            Action::HalfUp => -(page / 2).max(1),
            _ => return None,
        })
    }

    fn go_to_end(&mut self, bottom: bool) {
        if let Focus::List(pane) = self.focus {
            let all = self.list(pane).rows().len() as isize;
            self.step_row(pane, if bottom { all } else { -all });
            return;
        }
        self.remember();
        if bottom {
            self.scroll_to_end();
        } else {
            self.go_to_offset(0);
        }
        self.first_claim_in_view();
    }

    /// The next hit of the search, else the next mention of the selected name.
    fn step_match(&mut self, forward: bool) {
        if !self.search.hits.is_empty() {
            self.step_hit(forward);
        } else if let Selection::Entity(entity) = self.selection {
            self.step_mention(entity, forward);
        } else {
            let (search, entities) = (self.keymap.first(Action::Search), self.keymap.first(Action::Entities));
            self.say(format!("nothing to walk: {search} searches, {entities} chooses a name"));
        }
    }

    fn follow(&mut self) -> Option<Effect> {
        match self.focus {
            Focus::List(pane) => self.commit(pane),
            Focus::Body => {
                self.follow_to_row();
                None
            }
        }
    }

    /// Takes one layer off: the preview, the search, the filter, the selection.
    fn back(&mut self) {
        if self.zoomed && self.focus != Focus::Body {
            self.zoomed = false;
        } else if self.focus != Focus::Body {
            self.leave_list();
        } else if !self.search.query.is_empty() {
            self.search = super::Search::default();
        } else if !self.filter.is_empty() {
            self.clear_filters();
        } else if self.selection != Selection::None {
            self.selection = Selection::None;
            self.mention = None;
            self.claim_in_view();
        } else if self.shown == super::Shown::Raw {
            self.toggle_raw();
            self.claim_in_view();
        } else if self.zoomed {
            self.zoomed = false;
        } else {
            let quit = self.keymap.first(Action::Quit);
            self.say(format!("nothing to go back from; {quit} quits"));
        }
    }

    fn clear_filters(&mut self) {
        self.filter = Filter::default();
        self.claim_in_view();
    }

    fn toggle_filter(&mut self) {
        let Focus::List(pane) = self.focus else { return };
        let Some(target) = self.list(pane).target() else { return };
        let story = &self.stories[self.at];
        if self.filter.toggle(story, target) {
            self.claim_in_view();
            self.preview();
        } else {
            self.say("claims are filtered by source, by name, by stance and by dated events");
        }
    }

    fn next_article(&mut self, forward: bool) -> Option<Effect> {
        let next = if forward { self.at + 1 } else { self.at.wrapping_sub(1) };
        if next >= self.stories.len() {
            self.say(if forward { "this is the last article" } else { "this is the first article" });
            return None;
        }
        self.open(next)
    }

    fn copy_claim(&mut self) -> Option<Effect> {
        let Some((_, claim)) = self.told_claim() else {
            self.say("no claim in hand to copy");
            return None;
        };
        let words = cite::claim(self.story(), claim);
        self.say("claim copied, with its source and date");
        Some(Effect::Copy(words))
    }

    /// Copies the paragraph of the claim in hand, else the first one on screen.
    fn copy_paragraph(&mut self) -> Option<Effect> {
        self.show_clean();
        let claimed = self.claim.map(|claim| self.claim_span(claim)).filter(|span| span.overlaps(self.visible()));
        let at = claimed.unwrap_or_else(|| self.visible()).start;
        let story = self.story();
        let block = story.article.blocks.iter().find(|block| block.span.end > at && block.kind.is_body())?;
        let words = cite::paragraph(story, Span::of(block.span, &story.article.text));
        self.say("paragraph copied, with its headline and date");
        Some(Effect::Copy(words))
    }

    fn copy_link(&mut self) -> Option<Effect> {
        let Some(url) = self.story().article.document.url.clone() else {
            self.say("the article gives no link");
            return None;
        };
        self.say(format!("{LINK_COPIED}{url}"));
        Some(if self.story().link().is_some() { Effect::Open(url) } else { Effect::Copy(url) })
    }
}

/// Whether an action leads to a row of a list: what is typed while one is to be chosen does nothing else.
fn leads_to_row(action: Action) -> bool {
    use Action::{
        Back, Bottom, Click, DoubleClick, Entities, FocusLeft, FocusNext, FocusPrev, FocusRight, Follow, Help, Search, Sources,
        Top, Wheel, Zoom,
    };
    matches!(
        action,
        Back | Bottom
            | Click(_)
            | DoubleClick(_)
            | Entities
            | FocusLeft
            | FocusNext
            | FocusPrev
            | FocusRight
            | Follow
            | Help
            | Search
            | Sources
            | Top
            | Wheel(..)
            | Zoom
    )
}
