//! The help screen: the live table of actions and their keys.

use super::canvas::Canvas;
use super::overlay;
use super::theme::Role;
use crate::reader::{ACTIONS, Action, Mode, Reader};
use ratatui::layout::Rect;

/// Column where the words begin, and for which widths of the screen: on a narrow one there are fewer keys before them.
const KEYS: [(u16, u16); 2] = [(0, 14), (64, 22)];

/// Draws the help screen over everything but the status line and the hints.
pub fn draw(reader: &Reader, area: Rect, canvas: &mut Canvas<'_>) {
    let Mode::Help(help) = reader.mode() else { return };
    let area = overlay::open(reader, area, (92, " Keys "), canvas);
    let lines = lines(reader, &help.words);
    let column = KEYS.iter().rev().find(|(least, _)| area.width >= *least).map_or(0, |(_, column)| *column);
    let room = usize::from(area.height.saturating_sub(2));
    let from = help.row.min(lines.len().saturating_sub(room));
    for (y, line) in (area.y + 1..area.bottom().saturating_sub(1)).zip(lines.iter().skip(from)) {
        match line {
            Shown::Heading(words) => {
                canvas.put((area.x + 2, y), area.right(), words, Role::Subhead);
            }
            Shown::Action(keys, words, name) => {
                let keys = fitting(&canvas.key(keys), column.saturating_sub(4));
                canvas.put((area.x + 4, y), area.x + column, &keys, Role::Key);
                let end = canvas.put((area.x + column + 1, y), area.right(), words, Role::Text);
                if usize::from(end) + name.len() + 2 < usize::from(area.right()) {
                    canvas.put_right((end, y), area.right() - 1, name, Role::Quiet);
                }
            }
            Shown::Blank => {}
        }
    }
    let search = reader.keymap().first(Action::Search);
    let more = match (help.typing, lines.is_empty()) {
        (true, _) => format!(" /{}▏ ", help.words),
        (false, true) => format!(" nothing has “{}” · {search} searches · any other key closes ", help.words),
        _ if from + room < lines.len() => format!(" more below · {search} searches · any other key closes "),
        _ => format!(" {search} searches · any other key closes "),
    };
    let role = if help.typing { Role::Title } else { Role::Quiet };
    overlay::foot(area, &more, role, canvas);
}

/// The first of the keys, as many as there is room for.
fn fitting(keys: &str, room: u16) -> String {
    let mut out = String::new();
    for key in keys.split(' ') {
        if !out.is_empty() && crate::text::width(&out) + 1 + crate::text::width(key) > usize::from(room) {
            break;
        }
        out.extend([if out.is_empty() { "" } else { " " }, key]);
    }
    out
}

enum Shown {
    Heading(&'static str),
    /// Keys, what it does, its name in the settings file.
    Action(String, &'static str, &'static str),
    Blank,
}

/// The rows that have the words, under their headings.
fn lines(reader: &Reader, words: &str) -> Vec<Shown> {
    let words = words.to_lowercase();
    let mut lines = Vec::new();
    let mut group = "";
    for (at, row) in ACTIONS.iter().enumerate() {
        let keys: Vec<String> = reader.keymap().chords(at).iter().map(ToString::to_string).collect();
        let keys = keys.join(" ");
        if !format!("{keys} {} {}", row.name, row.help).to_lowercase().contains(&words) {
            continue;
        }
        if row.group != group {
            if !group.is_empty() {
                lines.push(Shown::Blank);
            }
            lines.push(Shown::Heading(row.group));
            group = row.group;
        }
        lines.push(Shown::Action(keys, row.help, row.name));
    }
    lines
}
