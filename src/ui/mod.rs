//! Floor 6: `&Reader` -> cells. Nothing here changes the reader; what it has to know about the screen it is told by
//! [`Layout::sizes`].

mod audit;
mod body;
mod canvas;
mod help;
mod layout;
mod overlay;
mod panes;
mod status;
mod strip;
pub mod theme;

pub use layout::{Class, Layout};
pub use theme::{Depth, Role, Theme};

use crate::reader::{Hit, Reader};
use canvas::Canvas;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Tells the reader what there is room for in `area`.
pub fn measure(reader: &mut Reader, area: Rect) {
    let sizes = Layout::new(area, reader).sizes();
    reader.measure(sizes);
}

/// Draws the reader on all of `cells`, which it clears first.
pub fn draw(reader: &Reader, theme: &Theme, ascii: bool, cells: &mut Buffer) {
    cells.reset();
    draw_parts(reader, &mut Canvas { cells: &mut *cells, theme, ascii });
    theme.lay_paper(cells);
}

fn draw_parts(reader: &Reader, canvas: &mut Canvas<'_>) {
    let area = canvas.cells.area;
    let layout = Layout::new(area, reader);
    if status::draw_notice(area, layout.class, canvas) {
        return;
    }
    status::draw_title(reader, &layout, canvas);
    body::draw(reader, &layout, canvas);
    strip::draw(reader, &layout, canvas);
    panes::draw(reader, &layout, canvas);
    status::draw_status(reader, &layout, canvas);
    status::draw_hints(reader, &layout, canvas);
    help::draw(reader, area, canvas);
    audit::draw(reader, area, canvas);
}

/// The cells that stand for the article's link, and the link; none for one that no browser would open.
pub fn links(reader: &Reader, area: Rect) -> Vec<(Rect, String)> {
    let Some(url) = reader.story().link().filter(|_| !Layout::covered(reader)) else { return Vec::new() };
    let layout = Layout::new(area, reader);
    let covered = !layout.beside && layout.panes.iter().any(Option::is_some);
    let facts = body::facts_line(reader, &layout).filter(|_| !covered);
    let told = reader.message().is_some_and(|message| message.contains(url)).then_some(layout.status);
    facts.into_iter().chain(told).map(|area| (area, url.to_owned())).collect()
}

/// The column between body and lists, where it can be dragged.
pub fn border(reader: &Reader, area: Rect) -> Option<u16> {
    Layout::new(area, reader).border()
}

/// The part of the screen that the body moves in.
pub fn body_rows(reader: &Reader, area: Rect) -> Rect {
    Layout::new(area, reader).body
}

/// What lies under a cell, if it can be hit.
pub fn hit(reader: &Reader, area: Rect, x: u16, y: u16) -> Option<Hit> {
    let layout = Layout::new(area, reader);
    if let Some((pane, area)) = layout.pane_at(x, y) {
        let row = (y > area.y).then(|| reader.list(pane).top() + usize::from(y - area.y - 1));
        return Some(Hit::Row(pane, row.filter(|&row| row < reader.list(pane).rows().len())));
    }
    layout.body.contains((x, y).into()).then(|| Hit::Body(body::offset_at(reader, &layout, x, y)))
}
