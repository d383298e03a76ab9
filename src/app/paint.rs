//! Cells -> bytes, as few as will do: only what changed, runs of cells in one go, the styles that differ, and a scroll of the
//! whole screen where that leaves less to write. Over ssh every byte counts.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Cells that are rather written again than jumped over.
const BRIDGE: u16 = 4;

/// What is on the terminal's screen, and how to change it.
#[derive(Debug)]
pub struct Painter {
    front: Buffer,
    /// Whether the screen holds what `front` says.
    known: bool,
}

impl Painter {
    /// A painter of a screen of which nothing is known.
    pub fn new() -> Self {
        Self { front: Buffer::empty(Rect::ZERO), known: false }
    }

    /// Forgets what is on the screen: the next frame paints every cell.
    pub fn forget(&mut self) {
        self.known = false;
    }

    /// Brings the screen to `frame`. `scrolled` names rows whose content may have moved by some lines, up when positive.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written.
    pub fn paint(&mut self, frame: &Buffer, scrolled: Option<(Rect, i32)>, out: &mut impl Write) -> io::Result<()> {
        let mut bytes = String::with_capacity(8192);
        if !self.known || self.front.area != frame.area {
            bytes.push_str("\x1b[m\x1b[2J");
            self.front = Buffer::empty(frame.area);
            self.known = true;
        }
        let start = bytes.len();
        changes(&self.front, frame, &mut bytes);
        if let Some((rows, by)) = scrolled.filter(|(rows, by)| by.unsigned_abs() < u32::from(rows.height)) {
            let moved = moved(&self.front, rows, by);
            let mut other = format!(
                "\x1b[{};{}r\x1b[{}{}\x1b[r",
                rows.y + 1,
                rows.bottom(),
                by.unsigned_abs(),
                if by > 0 { 'S' } else { 'T' }
            );
            changes(&moved, frame, &mut other);
            if other.len() < bytes.len() - start {
                bytes.truncate(start);
                bytes.push_str(&other);
            }
        }
        self.front.clone_from(frame);
        if bytes.is_empty() {
            return Ok(());
        }
        // Synchronized update: terminals that know it show the frame at once, others ignore it.
        out.write_all(b"\x1b[?2026h")?;
        out.write_all(bytes.as_bytes())?;
        out.write_all(b"\x1b[?2026l")?;
        out.flush()
    }
}

/// The screen after the terminal has scrolled `rows` by `by` lines.
fn moved(front: &Buffer, rows: Rect, by: i32) -> Buffer {
    let mut moved = front.clone();
    for y in rows.top()..rows.bottom() {
        let from = i32::from(y) + by;
        for x in front.area.left()..front.area.right() {
            let cell = u16::try_from(from).ok().filter(|from| (rows.top()..rows.bottom()).contains(from));
            let cell = cell.and_then(|from| front.cell((x, from)).cloned()).unwrap_or_default();
            if let Some(slot) = moved.cell_mut((x, y)) {
                *slot = cell;
            }
        }
    }
    moved
}

/// Where the terminal's cursor is and what it writes with.
struct Pen {
    at: Option<(u16, u16)>,
    style: Look,
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
        self.bg == Color::Reset && !self.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED)
    }
}

/// Whether two cells look alike; a blank has no foreground.
fn alike(a: &Cell, b: &Cell) -> bool {
    let (x, y) = (Look::from(a), Look::from(b));
    a.symbol() == b.symbol() && (x == y || (a.symbol() == " " && x.is_plain() && y.is_plain()))
}

fn changes(front: &Buffer, frame: &Buffer, out: &mut String) {
    let mut pen = Pen { at: None, style: Look::default() };
    let area = frame.area;
    for y in area.top()..area.bottom() {
        row_changes(front, frame, y, &mut pen, out);
    }
    pen.take(Look::default(), out);
}

fn row_changes(front: &Buffer, frame: &Buffer, y: u16, pen: &mut Pen, out: &mut String) {
    let (left, right) = (frame.area.left(), frame.area.right());
    let cells = |x: u16| Some((front.cell((x, y))?, frame.cell((x, y))?));
    let blank = |cell: &Cell| cell.symbol() == " " && Look::from(cell).is_plain();
    // Behind `full` the row is empty in the frame; one erase does for it if something is there now.
    let full = (left..right).rev().find(|&x| cells(x).is_some_and(|(_, new)| !blank(new))).map_or(left, |x| x + 1);
    let stale = (full..right).filter(|&x| cells(x).is_some_and(|(old, _)| !blank(old))).count();
    let mut x = left;
    while x < full {
        let Some((old, new)) = cells(x) else { break };
        let wide = crate::text::width(new.symbol()).max(1) as u16;
        if alike(old, new) {
            x += wide;
            continue;
        }
        pen.go(x, y, frame, out);
        pen.write(new, wide, out);
        x += wide;
    }
    if stale > 0 {
        pen.go(full, y, frame, out);
        pen.take(Look::default(), out);
        out.push_str("\x1b[K");
    }
}

impl Pen {
    /// Moves the cursor to a cell, over cells that are right already when that is shorter.
    fn go(&mut self, x: u16, y: u16, frame: &Buffer, out: &mut String) {
        match self.at {
            Some(at) if at == (x, y) => return,
            Some((from, row)) if row == y && from < x && x - from <= BRIDGE => {
                let bridge: Vec<&Cell> = (from..x).filter_map(|x| frame.cell((x, y))).collect();
                if bridge.iter().all(|cell| cell.symbol().len() == 1 && Look::from(*cell) == self.style) {
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
        self.take(Look::from(cell), out);
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
        let gone = !look.modifier.contains(old.modifier);
        let old = if gone { Look::default() } else { old };
        let mut codes: Vec<String> = Vec::new();
        if gone {
            codes.push("0".into());
        }
        for (modifier, code) in MODIFIERS {
            if look.modifier.contains(modifier) && !old.modifier.contains(modifier) {
                codes.push(code.into());
            }
        }
        if look.fg != old.fg {
            codes.push(colour(look.fg, 30));
        }
        if look.bg != old.bg {
            codes.push(colour(look.bg, 40));
        }
        let _ = write!(out, "\x1b[{}m", codes.join(";"));
    }
}

const MODIFIERS: [(Modifier, &str); 6] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::REVERSED, "7"),
    (Modifier::CROSSED_OUT, "9"),
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
    type Frame<'a> = (&'a [&'a str], Option<(Rect, i32)>);

    /// Paints frames one after the other and looks at the screen that an emulated terminal then shows.
    fn check(frames: &[Frame<'_>]) -> Vec<usize> {
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
                painter.paint(&frame, *scrolled, &mut bytes).unwrap();
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
