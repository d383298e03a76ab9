//! Cells -> as few bytes as possible: only what changed, runs of cells in one go, the styles that differ, and a scroll of the rows, or of
//! a part of their columns where the terminal can do that, when it leaves less to write. Over ssh every byte counts.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use std::io::{self, Write};

/// A gap of up to this many unchanged cells is written again instead of jumped over.
const BRIDGE: u16 = 4;

/// What a frame is painted from.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Its cells.
    pub cells: &'a Buffer,
    /// The part of the screen whose content may have moved by some lines, up when positive.
    pub scrolled: Option<(Rect, i32)>,
    /// Cells that stand for a link.
    pub links: &'a [(Rect, String)],
}

impl<'a> Frame<'a> {
    fn link(&self, x: u16, y: u16) -> Option<&'a str> {
        self.links.iter().find(|(area, _)| area.contains((x, y).into())).map(|(_, url)| url.as_str())
    }
}

/// What is on the terminal's screen, and how to change it.
#[derive(Debug)]
pub struct Painter {
    front: Buffer,
    /// What the screen would hold after a scroll; kept from frame to frame for its memory alone.
    after: Buffer,
    /// Whether the screen holds what `front` says.
    known: bool,
    /// Whether the terminal knows left and right margins (DECLRMM).
    margins: bool,
}

impl Painter {
    /// A painter of a screen of which nothing is known.
    pub fn new() -> Self {
        Self { front: Buffer::empty(Rect::ZERO), after: Buffer::empty(Rect::ZERO), known: false, margins: false }
    }

    /// Scrolls parts of the columns from now on, or not.
    pub fn set_margins(&mut self, margins: bool) {
        self.margins = margins;
    }

    /// Forgets what is on the screen: the next frame paints every cell.
    pub fn forget(&mut self) {
        self.known = false;
    }

    /// Brings the screen to `frame`.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written.
    pub fn paint(&mut self, frame: Frame<'_>, out: &mut impl Write) -> io::Result<()> {
        // Synchronized update: terminals that know it show the frame at once, others ignore it.
        let mut bytes = String::with_capacity(8192);
        bytes.push_str("\x1b[?2026h");
        let empty = bytes.len();
        if !self.known || self.front.area != frame.cells.area {
            bytes.push_str("\x1b[m\x1b[2J");
            self.front = Buffer::empty(frame.cells.area);
            self.known = true;
        }
        let mut plain = String::with_capacity(8192);
        changes(&self.front, frame, &mut plain);
        match self.scroll(frame).filter(|scrolled| scrolled.len() < plain.len()) {
            Some(scrolled) => bytes.push_str(&scrolled),
            None => bytes.push_str(&plain),
        }
        copy(&mut self.front, frame.cells);
        if bytes.len() == empty {
            return Ok(());
        }
        bytes.push_str("\x1b[?2026l");
        out.write_all(bytes.as_bytes())?;
        out.flush()
    }

    /// The frame by way of a scroll; `None` when nothing may have moved.
    fn scroll(&mut self, frame: Frame<'_>) -> Option<String> {
        let (part, by) = frame.scrolled.filter(|(part, by)| by.unsigned_abs() < u32::from(part.height))?;
        let whole = Rect { x: 0, width: frame.cells.area.width, ..part };
        let part = if self.margins { part } else { whole };
        let mut out = String::with_capacity(4096);
        if part != whole {
            let _ = write!(out, "\x1b[?69h\x1b[{};{}s", part.x + 1, part.right());
        }
        let towards = if by > 0 { 'S' } else { 'T' };
        let _ = write!(out, "\x1b[{};{}r\x1b[{}{towards}\x1b[r", part.y + 1, part.bottom(), by.unsigned_abs());
        if part != whole {
            out.push_str("\x1b[?69l");
        }
        copy(&mut self.after, &self.front);
        shift(&mut self.after, &self.front, part, by);
        changes(&self.after, frame, &mut out);
        Some(out)
    }
}

/// Takes the cells over, into the same memory where the size is the same.
fn copy(to: &mut Buffer, from: &Buffer) {
    if to.area == from.area {
        to.content.clone_from_slice(&from.content);
    } else {
        *to = from.clone();
    }
}

/// Does to `after` what the terminal does when it scrolls a part of the screen by `by` lines.
fn shift(after: &mut Buffer, front: &Buffer, part: Rect, by: i32) {
    for y in part.top()..part.bottom() {
        let from = u16::try_from(i32::from(y) + by).ok().filter(|from| (part.top()..part.bottom()).contains(from));
        for x in part.left()..part.right() {
            let cell = from.and_then(|from| front.cell((x, from)).cloned()).unwrap_or_default();
            if let Some(slot) = after.cell_mut((x, y)) {
                *slot = cell;
            }
        }
    }
}

/// Where the terminal's cursor is and what it writes with.
struct Pen<'a> {
    at: Option<(u16, u16)>,
    style: Look,
    link: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl From<&Cell> for Look {
    fn from(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }
}

impl Look {
    /// Whether a blank in this look is an empty cell.
    fn is_plain(self) -> bool {
        let drawn = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
        self.bg == Color::Reset && !self.modifier.intersects(drawn)
    }

    /// Whether a cell can be written with a pen of this look: a blank has no foreground.
    fn suits(self, cell: &Cell) -> bool {
        let look = Self::from(cell);
        look == self || (cell.symbol() == " " && look.is_plain() && self.is_plain())
    }
}

/// Whether two cells look alike; a blank has no foreground.
fn alike(a: &Cell, b: &Cell) -> bool {
    let (x, y) = (Look::from(a), Look::from(b));
    a.symbol() == b.symbol() && (x == y || (a.symbol() == " " && x.is_plain() && y.is_plain()))
}

fn changes(front: &Buffer, frame: Frame<'_>, out: &mut String) {
    let mut pen = Pen { at: None, style: Look::default(), link: None };
    let area = frame.cells.area;
    for y in area.top()..area.bottom() {
        row_changes(front, frame, y, &mut pen, out);
    }
    pen.point_to(None, out);
    pen.take(Look::default(), out);
}

/// Whether a row is as it was, cell by cell.
fn same_row(front: &Buffer, new: &Buffer, y: u16) -> bool {
    let width = usize::from(new.area.width);
    let start = usize::from(y - new.area.top()) * width;
    front.area == new.area && front.content.get(start..start + width) == new.content.get(start..start + width)
}

fn row_changes<'a>(front: &Buffer, frame: Frame<'a>, y: u16, pen: &mut Pen<'a>, out: &mut String) {
    let (left, right) = (frame.cells.area.left(), frame.cells.area.right());
    if same_row(front, frame.cells, y) {
        return;
    }
    let cells = |x: u16| Some((front.cell((x, y))?, frame.cells.cell((x, y))?));
    let blank = |cell: &Cell| cell.symbol() == " " && Look::from(cell).is_plain();
    // Behind `full` the row is empty in the frame; one erase does for it if something is there now.
    let full = (left..right).rev().find(|&x| cells(x).is_some_and(|(_, new)| !blank(new))).map_or(left, |x| x + 1);
    let stale = (full..right).filter(|&x| cells(x).is_some_and(|(old, _)| !blank(old))).count();
    let mut x = left;
    while x < full {
        let Some((old, new)) = cells(x) else { break };
        if old == new && new.symbol().len() == 1 {
            x += 1;
            continue;
        }
        let wide = crate::text::width(new.symbol()).max(1) as u16;
        if alike(old, new) {
            x += wide;
            continue;
        }
        pen.go(x, y, frame.cells, out);
        pen.point_to(frame.link(x, y), out);
        pen.write(new, wide, out);
        x += wide;
    }
    if stale > 0 {
        pen.go(full, y, frame.cells, out);
        pen.point_to(None, out);
        pen.take(Look::default(), out);
        out.push_str("\x1b[K");
    }
}

impl<'a> Pen<'a> {
    /// Makes what is written next a link, or no link (OSC 8).
    fn point_to(&mut self, link: Option<&'a str>, out: &mut String) {
        if self.link != link {
            self.link = link;
            let _ = write!(out, "\x1b]8;;{}\x1b\\", link.unwrap_or_default());
        }
    }

    /// Moves the cursor to a cell, over cells that are right already when that is shorter.
    fn go(&mut self, x: u16, y: u16, frame: &Buffer, out: &mut String) {
        match self.at {
            Some(at) if at == (x, y) => return,
            Some((from, row)) if row == y && from < x && x - from <= BRIDGE => {
                let bridge: Vec<&Cell> = (from..x).filter_map(|x| frame.cell((x, y))).collect();
                if bridge.iter().all(|cell| cell.symbol().len() == 1 && self.style.suits(cell)) {
                    for cell in bridge {
                        out.push_str(cell.symbol());
                    }
                    self.at = Some((x, y));
                    return;
                }
                let _ = write!(out, "\x1b[{}C", x - from);
            }
            Some((from, row)) if row == y && from < x => {
                let _ = write!(out, "\x1b[{}C", x - from);
            }
            _ => {
                let _ = write!(out, "\x1b[{};{}H", y + 1, x + 1);
            }
        }
        self.at = Some((x, y));
    }

    fn write(&mut self, cell: &Cell, wide: u16, out: &mut String) {
        if !self.style.suits(cell) {
            self.take(Look::from(cell), out);
        }
        out.push_str(cell.symbol());
        // Terminals disagree about the width of some clusters, and about the cursor in the last column: ask for the place anew.
        let certain = wide == 1 && cell.symbol().chars().count() == 1;
        self.at = self.at.filter(|_| certain).map(|(x, y)| (x + 1, y));
    }

    /// Changes the style, with as few words as will do.
    fn take(&mut self, look: Look, out: &mut String) {
        let old = self.style;
        if old == look {
            return;
        }
        self.style = look;
        if look == Look::default() {
            out.push_str("\x1b[m");
            return;
        }
        let stepwise = codes(old, look);
        let anew = codes(Look::default(), look);
        let words = if anew.len() + 2 < stepwise.len() { format!("0;{anew}") } else { stepwise };
        let _ = write!(out, "\x1b[{words}m");
    }
}

/// The SGR codes that make one look another, without a reset.
fn codes(old: Look, look: Look) -> String {
    let mut codes: Vec<String> = Vec::new();
    let mut have = old.modifier;
    for (modifier, _, off) in MODIFIERS {
        if have.contains(modifier) && !look.modifier.contains(modifier) {
            codes.push(off.into());
            // 22 takes bold and dim away together.
            have -= if off == "22" { Modifier::BOLD | Modifier::DIM } else { modifier };
        }
    }
    for (modifier, on, _) in MODIFIERS {
        if look.modifier.contains(modifier) && !have.contains(modifier) {
            codes.push(on.into());
        }
    }
    if look.fg != old.fg {
        codes.push(colour(look.fg, 30));
    }
    if look.bg != old.bg {
        codes.push(colour(look.bg, 40));
    }
    codes.join(";")
}

/// Modifiers with the codes that switch them on and off.
const MODIFIERS: [(Modifier, &str, &str); 6] = [
    (Modifier::BOLD, "1", "22"),
    (Modifier::DIM, "2", "22"),
    (Modifier::ITALIC, "3", "23"),
    (Modifier::UNDERLINED, "4", "24"),
    (Modifier::REVERSED, "7", "27"),
    (Modifier::CROSSED_OUT, "9", "29"),
];

/// SGR code of a colour; `base` is 30 for words, 40 for what lies behind them.
fn colour(colour: Color, base: u8) -> String {
    let plain = |n: u8| (base + n).to_string();
    let bright = |n: u8| (base + 60 + n).to_string();
    match colour {
        Color::Reset => plain(9),
        Color::Black => plain(0),
        Color::Red => plain(1),
        Color::Green => plain(2),
        Color::Yellow => plain(3),
        Color::Blue => plain(4),
        Color::Magenta => plain(5),
        Color::Cyan => plain(6),
        Color::Gray => plain(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", base + 8),
        Color::Indexed(n) => format!("{};5;{n}", base + 8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    /// Lines of a frame, and the rows that may have scrolled by some lines.
    type Lines<'a> = (&'a [&'a str], Option<(Rect, i32)>);

    /// Paints frames one after the other and looks at the screen that an emulated terminal then shows.
    fn check(frames: &[Lines<'_>]) -> Vec<usize> {
        let (rows, columns) = (frames[0].0.len() as u16, 30);
        let mut screen = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
        let mut painter = Painter::new();
        frames
            .iter()
            .map(|(lines, scrolled)| {
                let mut frame = Buffer::empty(Rect::new(0, 0, columns, rows));
                for (y, line) in lines.iter().enumerate() {
                    frame.set_string(0, y as u16, line, Style::new());
                    frame.set_style(Rect::new(3, y as u16, 4, 1), Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD));
                }
                let mut bytes = Vec::new();
                painter.paint(Frame { cells: &frame, scrolled: *scrolled, links: &[] }, &mut bytes).unwrap();
                screen.process(&bytes);
                let shown: Vec<String> = screen.screen().rows(0, columns).collect();
                let wanted: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
                assert_eq!(shown, wanted);
                for y in 0..rows {
                    for x in 0..columns {
                        let bold = (3..7).contains(&x);
                        let cell = screen.screen().cell(y, x).unwrap();
                        let empty = cell.contents().trim().is_empty();
                        assert!(empty || cell.is_wide_continuation() || cell.bold() == bold, "{x},{y} of {lines:?}");
                    }
                }
                bytes.len()
            })
            .collect()
    }

    #[test]
    fn the_screen_shows_the_frame() {
        check(&[
            (&["The harbour board met.", "", "A levy was agreed.", "The end"], None),
            (&["The harbour board sat.", "", "A levy", "The end"], None),
            (&["港口 met cafe\u{301} there", "wide 港", "", "The end of it"], None),
            (&["abcdefgh met x there", "wide xx", "", "The end of it"], None),
            (&["", "", "", ""], None),
        ]);
    }

    /// The bytes for a second frame, whose left half has moved up by a line.
    fn half_scrolled(margins: bool, links: &[(Rect, String)]) -> String {
        let rows = ["The harbour board", "met on Monday and", "agreed on a levy", "for every ton of", "freight from March"];
        let frame = |first: usize| {
            let mut cells = Buffer::empty(Rect::new(0, 0, 40, 4));
            for y in 0..4 {
                cells.set_string(0, y as u16, rows[first + y], Style::new());
                cells.set_string(25, y as u16, format!("row {y} stays"), Style::new());
            }
            cells
        };
        let mut painter = Painter::new();
        painter.set_margins(margins);
        let mut bytes = Vec::new();
        painter.paint(Frame { cells: &frame(0), scrolled: None, links: &[] }, &mut bytes).unwrap();
        bytes.clear();
        let scrolled = Some((Rect::new(0, 0, 20, 4), 1));
        painter.paint(Frame { cells: &frame(1), scrolled, links }, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_part_of_the_columns_scrolls_where_the_terminal_can_do_that() {
        let bytes = half_scrolled(true, &[]);
        let scroll = "\x1b[?69h\x1b[1;20s\x1b[1;4r\x1b[1S\x1b[r\x1b[?69l";
        assert_eq!(bytes, format!("\x1b[?2026h{scroll}\x1b[4;1Hfreight from March\x1b[?2026l"));
        assert!(!half_scrolled(false, &[]).contains("\x1b[?69h"));
    }

    #[test]
    fn a_link_is_told_around_its_words() {
        let links = [(Rect::new(0, 3, 20, 1), "https://a.example/b".to_owned())];
        let bytes = half_scrolled(true, &links);
        assert!(bytes.contains("\x1b]8;;https://a.example/b\x1b\\freight from March\x1b]8;;\x1b\\"), "{bytes:?}");
    }

    #[test]
    fn styles_change_by_as_few_codes_as_will_do() {
        let bold = Look { fg: Color::Rgb(230, 200, 79), modifier: Modifier::BOLD, ..Look::default() };
        assert_eq!(codes(bold, Look { modifier: Modifier::empty(), ..bold }), "22");
        assert_eq!(codes(bold, Look { modifier: Modifier::DIM, ..bold }), "22;2");
        assert_eq!(codes(bold, Look { modifier: Modifier::BOLD | Modifier::UNDERLINED, ..bold }), "4");
        assert_eq!(codes(bold, Look { fg: Color::Cyan, ..bold }), "36");
    }

    #[test]
    fn a_scroll_costs_less_than_a_repaint() {
        let lines =
            ["The harbour board met", "on Monday and agreed on", "a levy for every ton of", "freight that is landed", "status 1"];
        let next = [lines[1], lines[2], lines[3], "there from next March on", "status 2"];
        let rows = Rect::new(0, 0, 30, 4);
        let plain = check(&[(&lines, None), (&next, None)]);
        let scrolled = check(&[(&lines, None), (&next, Some((rows, 1))), (&lines, Some((rows, -1)))]);
        assert!(scrolled[1] < plain[1], "{scrolled:?} {plain:?}");
        let untrue = check(&[(&lines, None), (&next, Some((rows, -2)))]);
        assert_eq!(untrue[1], plain[1], "a wrong guess costs nothing");
    }
}
