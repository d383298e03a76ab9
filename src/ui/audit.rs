//! The screen of the source audit: totals, and below them a row a source.

use super::canvas::Canvas;
use super::overlay;
use super::theme::Role;
use crate::analysis::claims::SourceKind;
use crate::exchange::audit::{Quoted, Totals};
use crate::reader::wording::{percent, plural};
use crate::reader::{Audit, AuditRow, Mode, Reader};
use ratatui::layout::Rect;

/// The numbers of a row: heading, width in cells, and the width of the screen from which on there is room for it.
const COLUMNS: [(&str, u16, u16); 7] = [
    ("claims", 8, 30),
    ("words", 7, 0),
    ("share", 7, 50),
    ("direct", 8, 96),
    ("mixed", 7, 96),
    ("paraphrased", 13, 96),
    ("first", 10, 64),
];

/// Draws the audit over everything but the status line and the hints.
pub fn draw(reader: &Reader, area: Rect, canvas: &mut Canvas<'_>) {
    let Mode::Audit(audit) = reader.mode() else { return };
    let area = overlay::open(reader, area, (112, " Source audit "), canvas);
    let foot = area.bottom().saturating_sub(1);
    let mut y = area.y + 1;
    for line in totals(audit) {
        canvas.put((area.x + 2, y), area.right().saturating_sub(2), &line, Role::Text);
        y += 1;
    }
    y += 1;
    if y < foot {
        numbers(area, y, &COLUMNS.map(|(title, ..)| title.to_owned()), Role::Quiet, canvas);
        canvas.put((area.x + 2, y), area.right(), "source", Role::Quiet);
    }
    let room = usize::from(foot.saturating_sub(y + 1));
    let from = audit.row.min(audit.rows.len().saturating_sub(room));
    for (y, row) in (y + 1..foot).zip(audit.rows.iter().skip(from)) {
        draw_row(area, y, row, canvas);
    }
    let more = if from + room < audit.rows.len() { " more below · any other key closes " } else { " any other key closes " };
    overlay::foot(area, more, Role::Quiet, canvas);
}

fn draw_row(area: Rect, y: u16, row: &AuditRow, canvas: &mut Canvas<'_>) {
    let dash = || "–".to_owned();
    let (label, cells) = match row {
        AuditRow::Blank => return,
        AuditRow::Heading(words) => {
            canvas.put((area.x + 2, y), area.right(), words, Role::Subhead);
            return;
        }
        AuditRow::Source { quoted, of } => {
            let [direct, mixed, paraphrased] = quoted.forms.map(|n| n.to_string());
            let first = quoted.paragraph.map_or_else(dash, |n| if n == 0 { "headline".to_owned() } else { format!("¶ {n}") });
            let (claims, words) = (quoted.claims.to_string(), quoted.words.to_string());
            (label(quoted), [claims, words, percent(quoted.words, *of), direct, mixed, paraphrased, first])
        }
        AuditRow::Several { name, sum } => {
            let label = format!("{name} · {} articles", sum.articles);
            (label, [sum.claims.to_string(), sum.words.to_string(), dash(), dash(), dash(), dash(), dash()])
        }
    };
    let left = numbers(area, y, &cells, Role::Text, canvas);
    canvas.put((area.x + 2, y), left.saturating_sub(1), &label, Role::Text);
}

/// Puts the numbers of a row down, as many as there is room for; returns the column where they begin.
fn numbers(area: Rect, y: u16, cells: &[String; 7], role: Role, canvas: &mut Canvas<'_>) -> u16 {
    let mut right = area.right().saturating_sub(2);
    for ((_, width, least), cell) in COLUMNS.iter().zip(cells).rev() {
        if area.width >= *least {
            let left = right.saturating_sub(*width).max(area.x);
            canvas.put_right((left, y), right, cell, role);
            right = left;
        }
    }
    right
}

/// Who it is, by the words of the article alone: `Ada Li, chair of the board`, `two officials · not named: “who feared for their jobs”`.
fn label(quoted: &Quoted) -> String {
    let mut label = quoted.name.clone();
    if !quoted.role.is_empty() {
        label.push_str(", ");
        label.push_str(&quoted.role);
    }
    if quoted.kind.is_none() {
        label.push_str(&quoted.why_unnamed);
    } else if quoted.kind == Some(SourceKind::Document) {
        label.push_str(" · document");
    } else if !quoted.named {
        label.push_str(" · not named");
        if !quoted.why_unnamed.is_empty() {
            label.extend([": “", &quoted.why_unnamed, "”"]);
        }
    }
    label
}

fn totals(audit: &Audit) -> Vec<String> {
    let Totals { articles, sources, named, claims, words, of_three, body_words, own_words } = audit.totals;
    let waiting = if audit.waiting > 0 { format!(" · {} still being read", audit.waiting) } else { String::new() };
    let read = plural(articles, "article") + &waiting;
    vec![
        format!("{read} · {} · {} of speech", plural(sources, "source"), plural(claims, "claim")),
        format!("named: {named} of {sources} sources, {}", percent(named, sources)),
        format!(
            "the three most quoted say {} of the {words} words attributed (nested ones count twice)",
            percent(of_three, words)
        ),
        format!("the paper’s own voice: {} of {body_words} words", percent(own_words, body_words)),
    ]
}
