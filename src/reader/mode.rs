//! What the reader's state is made of: what has the keys, what they mean, and what the outside world has to do.

use super::audit::Audit;
use super::mending::Subject;
use super::panes::Pane;
use crate::text::Span;

/// What the outside world has to do for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Leave.
    Quit,
    /// Hand the terminal back until the shell wakes us.
    Suspend,
    /// Draw every cell anew.
    Redraw,
    /// Take the next theme.
    NextTheme,
    /// Switch the mouse on or off.
    ToggleMouse,
    /// Put words on the clipboard.
    Copy(String),
    /// Put the article's link on the clipboard, and open it where there is a desktop.
    Open(String),
    /// The story of this index is wanted next: read and analyse it first.
    Want(usize),
    /// The corrections of the story of this index have changed: keep them.
    Corrected(usize),
}

/// Which of the two texts of a story is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// The cleaned article.
    #[default]
    Clean,
    /// The input as it came.
    Raw,
}

/// What has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The text.
    #[default]
    Body,
    /// A list.
    List(Pane),
}

/// What the keys mean just now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Mode {
    /// Reading.
    #[default]
    Reading,
    /// A search is being typed.
    Searching,
    /// Words of a row are being typed, in the list that has the keys.
    Finding {
        /// The words so far.
        words: String,
        /// Where the cursor stood.
        from: usize,
    },
    /// The help screen is open.
    Help(Help),
    /// The source audit is open.
    Audit(Box<Audit>),
    /// The next letter names a mark to set.
    SettingMark,
    /// The next letter names a mark to go to.
    GoingToMark,
    /// Lines are being selected: from the one that begins at the one byte to the one that begins at the other.
    Selecting {
        /// The line where it began.
        from: usize,
        /// The line that moves.
        to: usize,
    },
    /// The next letter says what to correct about this.
    Mending(Subject),
    /// The date of an event is being typed.
    Dating {
        /// The word that names the event.
        trigger: Span,
        /// What is typed so far.
        date: String,
    },
}

/// The help screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Help {
    /// Rows scrolled.
    pub row: usize,
    /// Only rows with these words are shown.
    pub words: String,
    /// Whether they are being typed.
    pub typing: bool,
}

/// Sizes on screen, in cells, as the layout has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sizes {
    /// Room for lines of text.
    pub columns: usize,
    /// Lines of text on screen.
    pub height: usize,
    /// Rows on screen of each pane, in the order of [`Pane::ALL`].
    pub panes: [usize; 4],
}
