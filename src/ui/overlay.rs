//! What lies over the screen, all but the status line and the hints: the help, the audit.

use super::canvas::Canvas;
use super::layout::Layout;
use super::theme::Role;
use crate::reader::Reader;
use ratatui::layout::Rect;

/// Clears the middle of the screen, `width` wide where that leaves room at the sides, else all of it, and draws its frame; between the first row and the last is room for lines.
pub fn open(reader: &Reader, area: Rect, (width, title): (u16, &str), canvas: &mut Canvas<'_>) -> Rect {
    // A sliver of what lies below would only be in the way.
    let width = if area.width < width + 20 { area.width } else { width };
    let height = Layout::new(area, reader).status.y.saturating_sub(area.y);
    let beside = width < area.width;
    let area = Rect { x: area.x + (area.width - width) / 2, width, height, ..area };
    canvas.clear(area);
    if beside {
        sides(Rect { x: area.x - 1, width: area.width + 2, ..area }, canvas);
    }
    canvas.rule(Rect { height: 1, ..area }, true, Role::Focus);
    canvas.put((area.x + 2, area.y), area.right(), title, Role::Focus);
    canvas.rule(last(area), false, Role::Rule);
    area
}

/// Draws the two sides of a frame.
fn sides(frame: Rect, canvas: &mut Canvas<'_>) {
    let (left, right) = (frame.x, frame.right() - 1);
    for y in frame.top()..frame.bottom() {
        let [from, to] = match y {
            _ if y == frame.top() => ["┍", "┑"],
            _ if y + 1 == frame.bottom() => ["└", "┘"],
            _ => ["│", "│"],
        };
        let role = if y == frame.top() { Role::Focus } else { Role::Rule };
        canvas.put((left, y), left + 1, from, role);
        canvas.put((right, y), right + 1, to, role);
    }
}

/// Puts words on the lower edge.
pub fn foot(area: Rect, words: &str, role: Role, canvas: &mut Canvas<'_>) {
    canvas.put((area.x + 2, last(area).y), area.right(), words, role);
}

fn last(area: Rect) -> Rect {
    Rect { y: area.bottom().saturating_sub(1), height: 1, ..area }
}
