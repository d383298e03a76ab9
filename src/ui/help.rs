//! The help screen: the live table of actions and their keys.

use super::canvas::Canvas;
use super::theme::Role;
use crate::reader::{ACTIONS, Mode, Reader};
use ratatui::layout::Rect;

const KEYS: u16 = 22;

/// Draws the help screen over everything but the status line.
pub fn draw(reader: &Reader, area: Rect, canvas: &mut Canvas<'_>) {
    let Mode::Help(scrolled) = reader.mode() else { return };
    let width = area.width.min(92);
    let area = Rect { x: area.x + (area.width - width) / 2, width, height: area.height.saturating_sub(1), ..area };
    canvas.clear(area);
    let lines = lines(reader);
    let first = Rect { height: 1, ..area };
    canvas.rule(first, true, Role::Focus);
    canvas.put((area.x + 2, area.y), area.right(), " Keys ", Role::Focus);
    let room = usize::from(area.height.saturating_sub(2));
    let from = (*scrolled).min(lines.len().saturating_sub(room));
    for (y, line) in (area.y + 1..area.bottom().saturating_sub(1)).zip(lines.iter().skip(from)) {
        match line {
            Shown::Heading(words) => {
                canvas.put((area.x + 2, y), area.right(), words, Role::Subhead);
            }
            Shown::Action(keys, words) => {
                canvas.put((area.x + 4, y), area.x + KEYS, keys, Role::Key);
                canvas.put((area.x + KEYS + 1, y), area.right(), words, Role::Text);
            }
            Shown::Blank => {}
        }
    }
    let last = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
    canvas.rule(last, false, Role::Rule);
    let more = if from + room < lines.len() { " more below · any other key closes " } else { " any other key closes " };
    canvas.put((area.x + 2, last.y), area.right(), more, Role::Quiet);
}

enum Shown {
    Heading(&'static str),
    Action(String, &'static str),
    Blank,
}

fn lines(reader: &Reader) -> Vec<Shown> {
    let mut lines = Vec::new();
    let mut group = "";
    for (at, row) in ACTIONS.iter().enumerate() {
        if row.group != group {
            if !group.is_empty() {
                lines.push(Shown::Blank);
            }
            lines.push(Shown::Heading(row.group));
            group = row.group;
        }
        let keys: Vec<String> = reader.keymap().chords(at).iter().map(ToString::to_string).collect();
        lines.push(Shown::Action(keys.join(" "), row.help));
    }
    lines
}
