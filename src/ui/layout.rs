//! Where the parts of the screen stand. Four classes of width: wide (lists beside the body), middle (one list over the right of
//! it), narrow (a list takes its place), bare (the body and one line).

use crate::reader::{Focus, Mode, Pane, Reader, Shown, Sizes};
use ratatui::layout::Rect;

/// A class of width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Too small to read in.
    Tiny,
    /// Below 50 columns: the body and one line.
    Bare,
    /// 50 to 79: a list takes the place of the body.
    Narrow,
    /// 80 to 109: a list opens over the right of the body.
    Middle,
    /// 110 and more: the lists stand beside the body.
    Wide,
}

/// The parts of the screen; a part that is not there has no height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Class of width.
    pub class: Class,
    /// The title line.
    pub title: Rect,
    /// The body with its margins and scroll bar.
    pub body: Rect,
    /// The lines of text within the body.
    pub text: Rect,
    /// The gutter before them.
    pub gutter: Rect,
    /// The scroll bar.
    pub bar: Rect,
    /// Whether the lists stand beside the body; the scroll bar then is the rule between them.
    pub beside: bool,
    /// The panes on screen, each with its title line, in the order of [`Pane::ALL`].
    pub panes: [Option<Rect>; 4],
    /// The strip with what is in hand, its rule included.
    pub strip: Rect,
    /// The status line.
    pub status: Rect,
    /// The line of hints.
    pub hints: Rect,
}

impl Layout {
    /// Lays the screen out for what the reader shows.
    pub fn new(area: Rect, reader: &Reader) -> Self {
        let class = match area.width {
            _ if area.width < 20 || area.height < 5 => Class::Tiny,
            0..50 => Class::Bare,
            50..80 => Class::Narrow,
            80..110 => Class::Middle,
            _ => Class::Wide,
        };
        let tall = area.height >= 20;
        let (title, strip, hints) = match class {
            Class::Tiny | Class::Bare => (0, 0, 0),
            _ if reader.zoomed() && reader.focus() == Focus::Body => (1, 0, 0),
            _ if area.height >= 32 => (2, 4, 1),
            _ if tall => (1, 3, 1),
            _ => (u16::from(area.height >= 10), u16::from(area.height >= 8), 0),
        };
        let middle = area.height.saturating_sub(title + strip + hints + 1);
        let row = |y: u16, height: u16| Rect::new(area.x, area.y + y.min(area.height), area.width, height.min(area.height));
        let main = row(title, middle);
        let mut layout = Self {
            class,
            title: row(0, title),
            body: main,
            text: main,
            gutter: main,
            bar: main,
            beside: false,
            panes: [None; 4],
            strip: row(title + middle, strip),
            status: row(title + middle + strip, 1),
            hints: row(title + middle + strip + 1, hints),
        };
        layout.place_panes(main, reader);
        layout.place_text(reader);
        layout
    }

    fn place_panes(&mut self, main: Rect, reader: &Reader) {
        let focused = if let Focus::List(pane) = reader.focus() { Some(pane) } else { None };
        match (self.class, focused) {
            (Class::Wide | Class::Middle, Some(pane)) if reader.zoomed() => self.panes[pane.index()] = Some(main),
            (Class::Wide, _) if !reader.zoomed() => {
                let side = (main.width * 36 / 100).clamp(38, 60).saturating_add_signed(reader.side()).clamp(24, main.width - 44);
                self.body.width = main.width - side;
                self.beside = true;
                // The title of the first list stands in the rule below the title line, if there is one.
                let up = self.title.height.saturating_sub(1);
                let side = Rect { x: self.body.right(), y: main.y - up, width: side, height: main.height + up };
                if let Some(pane) = focused.filter(|&pane| pane == Pane::Articles) {
                    self.panes[pane.index()] = Some(side);
                } else {
                    self.stack(side, reader);
                }
            }
            (Class::Middle, Some(pane)) => {
                let width = (main.width / 2).clamp(40, 48).saturating_add_signed(reader.side()).clamp(24, main.width - 20);
                self.panes[pane.index()] = Some(Rect { x: main.right() - width, width, ..main });
            }
            (Class::Narrow | Class::Bare, Some(pane)) => self.panes[pane.index()] = Some(main),
            _ => {}
        }
    }

    /// Shares a column among the three lists: what a short one does not need goes to the others.
    fn stack(&mut self, side: Rect, reader: &Reader) {
        let stacked = [Pane::Entities, Pane::Sources, Pane::Timeline];
        let mut wants: Vec<(Pane, u16)> =
            stacked.iter().map(|&pane| (pane, (reader.list(pane).rows().len().min(500) as u16).max(2) + 1)).collect();
        wants.sort_by_key(|&(_, want)| want);
        let mut left = side.height;
        let mut heights = [0u16; 4];
        for (at, (pane, want)) in wants.iter().enumerate() {
            let share = left / (wants.len() - at) as u16;
            let height = (*want).min(share);
            heights[pane.index()] = height;
            left -= height;
        }
        heights[Pane::Timeline.index()] += left;
        let mut y = side.y;
        for pane in stacked {
            let height = heights[pane.index()];
            self.panes[pane.index()] = (height > 0).then_some(Rect { y, height, ..side });
            y += height;
        }
    }

    fn place_text(&mut self, reader: &Reader) {
        let gutter = match (self.class, reader.shown()) {
            (Class::Bare | Class::Tiny, _) => 2,
            (Class::Narrow, Shown::Raw) => 4,
            (_, Shown::Raw) => 16,
            _ => 6,
        };
        let room = self.body.width.saturating_sub(gutter + 2);
        let columns = room.min(reader.wanted_columns() as u16);
        let margin = if self.class == Class::Bare { 0 } else { (room - columns) / 2 };
        self.gutter = Rect { x: self.body.x + margin, width: gutter.min(self.body.width), ..self.body };
        self.text = Rect { x: self.gutter.right(), width: columns, ..self.body };
        self.bar = Rect { x: self.body.right().saturating_sub(1), width: 1.min(self.body.width), ..self.body };
    }

    /// What the reader has to know.
    pub fn sizes(&self) -> Sizes {
        let rows = |pane: &Option<Rect>| pane.map_or(0, |area| usize::from(area.height.saturating_sub(1)));
        let [a, b, c, d] = &self.panes;
        Sizes {
            columns: usize::from(self.text.width),
            height: usize::from(self.text.height),
            panes: [rows(a), rows(b), rows(c), rows(d)],
        }
    }

    /// The column between body and lists, which can be dragged.
    pub fn border(&self) -> Option<u16> {
        let left = self.panes.iter().flatten().map(|area| area.x).min();
        match self.class {
            Class::Wide if self.beside => Some(self.bar.x),
            Class::Middle => left.and_then(|x| x.checked_sub(1)),
            _ => None,
        }
    }

    /// The pane under a cell.
    pub fn pane_at(&self, x: u16, y: u16) -> Option<(Pane, Rect)> {
        let inside = |area: &Rect| area.contains((x, y).into());
        Pane::ALL.into_iter().find_map(|pane| self.panes[pane.index()].filter(inside).map(|area| (pane, area)))
    }

    /// Whether the help or the audit lies over everything.
    pub fn covered(reader: &Reader) -> bool {
        matches!(reader.mode(), Mode::Help(_) | Mode::Audit(_))
    }
}
