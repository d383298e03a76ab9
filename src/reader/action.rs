//! What the reader can be asked to do. One table names every action, its keys and its help: the key map, the help screen, the
//! hints and the README's table are made from it.

use super::panes::Pane;

/// One intent. What comes from keys is in [`ACTIONS`]; typing and the mouse carry what was typed or hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table below says what each one does, in the words the user reads")]
pub enum Action {
    Down,
    Up,
    PageDown,
    PageUp,
    HalfDown,
    HalfUp,
    Top,
    Bottom,
    NextParagraph,
    PrevParagraph,
    NextClaim,
    PrevClaim,
    NextMatch,
    PrevMatch,
    Search,
    Follow,
    Back,
    FocusNext,
    FocusPrev,
    FocusLeft,
    FocusRight,
    Body,
    Entities,
    Sources,
    Timeline,
    Articles,
    Audit,
    ToggleFilter,
    ClearFilters,
    CycleStance,
    Contradiction,
    AllClaims,
    JumpBack,
    SetMark,
    GoMark,
    CopyClaim,
    CopyParagraph,
    SelectLines,
    Mend,
    Undo,
    Redo,
    OpenLink,
    Raw,
    Zoom,
    Wider,
    Narrower,
    DefaultWidth,
    Hyphens,
    WiderPanes,
    NarrowerPanes,
    OtherArticle,
    NextArticle,
    PrevArticle,
    Theme,
    Mouse,
    Help,
    Redraw,
    Suspend,
    Quit,
    /// A character typed into a field, or after `m` and `'`.
    Insert(char),
    /// Takes the last character of the field back.
    Erase,
    /// Takes the last word of the field back.
    EraseWord,
    /// A click on something.
    Click(Hit),
    /// A double click on something.
    DoubleClick(Hit),
    /// The border of the lists was dragged to the left by so many columns.
    Drag(i16),
    /// The wheel over something, in lines; down is positive.
    Wheel(Hit, i8),
}

/// What lies under the pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hit {
    /// The body, at a byte of the page's text.
    Body(usize),
    /// A row of a pane, if there is one at that height.
    Row(Pane, Option<usize>),
}

/// Where a binding holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everywhere but in fields.
    Any,
    /// In a list.
    List,
    /// While the help screen is open.
    Help,
    /// While a field takes what is typed.
    Field,
}

/// A row of the table of actions.
#[derive(Debug)]
pub struct ActionRow {
    /// What to do.
    pub action: Action,
    /// Its name in the settings file.
    pub name: &'static str,
    /// Its keys, unless the user binds others.
    pub keys: &'static [&'static str],
    /// Where the keys hold.
    pub scope: Scope,
    /// Heading in the help screen.
    pub group: &'static str,
    /// What it does, in the user's words.
    pub help: &'static str,
}

const fn row(
    action: Action,
    name: &'static str,
    keys: &'static [&'static str],
    group: &'static str,
    help: &'static str,
) -> ActionRow {
    ActionRow { action, name, keys, scope: Scope::Any, group, help }
}

const fn list(action: Action, name: &'static str, keys: &'static [&'static str], help: &'static str) -> ActionRow {
    ActionRow { action, name, keys, scope: Scope::List, group: "Lists", help }
}

const MOVE: &str = "Move";
const CLAIMS: &str = "Claims and names";
const FIND: &str = "Find and follow";
const SHOW: &str = "Show";
const BYLINE: &str = "byline";

/// Every action that a key can have, in the order of the help screen.
pub const ACTIONS: &[ActionRow] = &[
    row(Action::Down, "down", &["j", "Down"], MOVE, "one line or row down"),
    row(Action::Up, "up", &["k", "Up"], MOVE, "one line or row up"),
    row(Action::PageDown, "page-down", &["Space", "f", "PgDn", "C-f"], MOVE, "a page down"),
    row(Action::PageUp, "page-up", &["b", "PgUp", "C-b"], MOVE, "a page up"),
    row(Action::HalfDown, "half-down", &["d", "C-d"], MOVE, "half a page down"),
    row(Action::HalfUp, "half-up", &["u", "C-u"], MOVE, "half a page up"),
    row(Action::Top, "top", &["g", "Home"], MOVE, "to the beginning"),
    row(Action::Bottom, "bottom", &["G", "End"], MOVE, "to the end"),
    row(Action::NextParagraph, "next-paragraph", &["}"], MOVE, "to the next paragraph"),
    row(Action::PrevParagraph, "prev-paragraph", &["{"], MOVE, "to the paragraph before"),
    row(Action::NextClaim, "next-claim", &["]"], CLAIMS, "next claim, within the filter"),
    row(Action::PrevClaim, "prev-claim", &["["], CLAIMS, "claim before, within the filter"),
    row(Action::NextMatch, "next-match", &["n"], CLAIMS, "next search match, else next mention of the name chosen"),
    row(Action::PrevMatch, "prev-match", &["N"], CLAIMS, "match or mention before"),
    row(Action::CycleStance, "cycle-stance", &["s"], CLAIMS, "only claims of one stance: confirms, denies, ..."),
    row(Action::Contradiction, "contradiction", &["x"], CLAIMS, "to the claim that contradicts the one in hand"),
    row(Action::AllClaims, "all-claims", &["e"], CLAIMS, "beliefs, wishes and unsure claims too, or only what is surely said"),
    row(Action::ClearFilters, "clear-filters", &["F"], CLAIMS, "clear all filters"),
    row(Action::CopyClaim, "copy-claim", &["y"], CLAIMS, "copy the claim with its source, outlet and date"),
    row(Action::CopyParagraph, "copy-paragraph", &["Y"], CLAIMS, "copy the paragraph"),
    row(Action::SelectLines, "select-lines", &["v"], CLAIMS, "select lines to copy"),
    row(Action::Mend, "correct", &["c"], CLAIMS, "correct the name, claim or event that is selected"),
    row(Action::Undo, "undo", &["U"], CLAIMS, "take the last correction back"),
    row(Action::Redo, "redo", &["R"], CLAIMS, "make it again"),
    row(Action::Follow, "follow", &["Enter"], FIND, "follow: from a row to the text, from the text to its row"),
    row(Action::Back, "back", &["Esc"], FIND, "back one step: search, preview, filter, selection; never quits"),
    row(Action::Search, "search", &["/"], FIND, "search as you type: the text, the rows of a list, this help"),
    row(Action::JumpBack, "jump-back", &["C-o", "Backspace"], FIND, "back to where you jumped from"),
    row(Action::SetMark, "mark", &["m"], FIND, "mark the place with a letter"),
    row(Action::GoMark, "go-mark", &["'"], FIND, "go to a mark"),
    row(Action::Body, "body", &["0"], SHOW, "the article"),
    row(Action::Entities, "entities", &["1"], SHOW, "the names in it"),
    row(Action::Sources, "sources", &["2"], SHOW, "who says so"),
    row(Action::Timeline, "timeline", &["3"], SHOW, "what happened when"),
    row(Action::Articles, "articles", &["4"], SHOW, "the list of articles"),
    row(Action::Audit, "audit", &["A"], SHOW, "source audit: who is quoted, how much, and whether by name"),
    row(Action::FocusNext, "next-pane", &["Tab"], SHOW, "next pane"),
    row(Action::FocusPrev, "prev-pane", &["S-Tab"], SHOW, "pane before"),
    row(Action::FocusLeft, "left", &["h", "Left"], SHOW, "to the article"),
    row(Action::FocusRight, "right", &["l", "Right"], SHOW, "to the panes"),
    row(Action::NextArticle, "next-article", &[">"], SHOW, "next article"),
    row(Action::PrevArticle, "prev-article", &["<"], SHOW, "article before"),
    row(Action::Raw, "raw", &["r"], SHOW, "the input as it came, with what was left out and why"),
    row(Action::Zoom, "zoom", &["z"], SHOW, "only the article; in a list: only this list"),
    row(Action::Wider, "wider", &["+"], SHOW, "wider lines"),
    row(Action::Narrower, "narrower", &["-"], SHOW, "narrower lines"),
    row(Action::DefaultWidth, "default-width", &["="], SHOW, "lines of the usual width"),
    row(Action::Hyphens, "hyphens", &["H"], SHOW, "break words at line ends, or leave them whole"),
    row(Action::WiderPanes, "wider-panes", &[")"], SHOW, "wider lists"),
    row(Action::NarrowerPanes, "narrower-panes", &["("], SHOW, "narrower lists"),
    row(Action::OtherArticle, "other-article", &["a"], SHOW, "the next open article with the name or source selected"),
    list(Action::ToggleFilter, "toggle-filter", &["Space"], "add the row to the filter, or take it out"),
    row(Action::Theme, "theme", &["T"], BYLINE, "next theme"),
    row(Action::Mouse, "mouse", &["M"], BYLINE, "mouse on or off (off: the terminal's own selection)"),
    row(
        Action::OpenLink,
        "open-link",
        &["o"],
        BYLINE,
        "open the article's link, and copy it; without a desktop a terminal that knows links opens it by a click",
    ),
    row(Action::Help, "help", &["?", "F1"], BYLINE, "this help"),
    row(Action::Redraw, "redraw", &["C-l"], BYLINE, "draw the screen anew"),
    row(Action::Suspend, "suspend", &["C-z"], BYLINE, "suspend"),
    row(Action::Quit, "quit", &["q", "C-c"], BYLINE, "quit"),
];
