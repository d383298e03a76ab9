//! The one door to the cells: words are put down by grapheme, cut at the edge, and cannot speak to the terminal.

use super::theme::{Role, Theme};
use crate::text::{clip, glyphs, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Cells to draw on, with the theme that styles them.
pub struct Canvas<'a> {
    /// The cells.
    pub cells: &'a mut Buffer,
    /// The theme.
    pub theme: &'a Theme,
    /// Draw with ASCII only.
    pub ascii: bool,
}

impl Canvas<'_> {
    /// Puts words down from (x, y) on, at most up to `right`; returns the column behind them. What does not fit ends with `…`.
    pub fn put(&mut self, (x, y): (u16, u16), right: u16, words: &str, role: Role) -> u16 {
        let style = self.theme.style(role);
        let mut at = x;
        for glyph in glyphs(&clip(words, usize::from(right.saturating_sub(x)))) {
            self.set(at, y, glyph.shown, style);
            for behind in 1..glyph.width as u16 {
                self.set(at + behind, y, " ", style);
            }
            at += glyph.width as u16;
        }
        at
    }

    /// Puts words down so that they end before `right`; returns the column where they begin.
    pub fn put_right(&mut self, (left, y): (u16, u16), right: u16, words: &str, role: Role) -> u16 {
        let room = usize::from(right.saturating_sub(left));
        let x = right - width(words).min(room) as u16;
        self.put((x, y), right, words, role);
        x
    }

    /// A key as it is told: arrows by their names where only ASCII is wanted, since `v` is another key.
    pub fn key(&self, key: &str) -> String {
        const ARROWS: [(&str, &str); 4] = [("↑", "Up"), ("↓", "Down"), ("←", "Left"), ("→", "Right")];
        let arrows = ARROWS.iter().filter(|_| self.ascii);
        arrows.fold(key.to_owned(), |key, (sign, name)| key.replace(sign, name))
    }

    /// Sets one cell; outside the screen nothing happens.
    pub fn set(&mut self, x: u16, y: u16, symbol: &str, style: Style) {
        if let Some(cell) = self.cells.cell_mut((x, y)) {
            cell.reset();
            let plain = if self.ascii { ascii(symbol) } else { None };
            cell.set_symbol(plain.unwrap_or(symbol));
            cell.set_style(style);
        }
    }

    /// A style over cells that are drawn already.
    pub fn tint(&mut self, area: Rect, role: Role) {
        let style = self.theme.style(role);
        self.cells.set_style(area.intersection(self.cells.area), style);
    }

    /// A style instead of those that cells are drawn in.
    pub fn repaint(&mut self, area: Rect, role: Role) {
        let area = area.intersection(self.cells.area);
        self.cells.set_style(area, Style::reset());
        self.tint(area, role);
    }

    /// A style that sets cells off: one that reverses takes the place of theirs, since reversed colours would tear a row to pieces.
    pub fn highlight(&mut self, area: Rect, role: Role) {
        if self.theme.style(role).add_modifier.contains(Modifier::REVERSED) {
            self.repaint(area, role);
        } else {
            self.tint(area, role);
        }
    }

    /// A horizontal rule.
    pub fn rule(&mut self, area: Rect, heavy: bool, role: Role) {
        let style = self.theme.style(role);
        for x in area.left()..area.right() {
            self.set(x, area.y, if heavy { "━" } else { "─" }, style);
        }
    }

    /// Blanks an area.
    pub fn clear(&mut self, area: Rect) {
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                if let Some(cell) = self.cells.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }
}

/// What stands for a sign or a typographic mark where only ASCII is wanted; letters stay.
fn ascii(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "│" | "┃" | "▎" | "▏" => "|",
        "▆" | "▇" | "▌" | "█" | "▪" => "#",
        "▁" | "▂" => ".",
        "…" => "~",
        "“" | "”" | "„" => "\"",
        "‘" | "’" | "‚" => "'",
        "–" | "—" | "‑" | "·" | "─" | "━" => "-",
        "▃" | "▄" | "▅" => ":",
        "▶" | "▸" | "›" => ">",
        "●" | "•" | "■" | "✎" => "*",
        "○" | "◌" => "o",
        "✗" => "x",
        "↓" => "v",
        "✓" | "┬" | "┼" | "┴" | "├" | "┤" | "┍" | "┑" | "└" | "┘" => "+",
        "↑" => "^",
        _ => return None,
    })
}
