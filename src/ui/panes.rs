//! The lists: a title in a rule, then rows. What a pane's rows say is made in the reader; here they get their marks and colours.

use super::canvas::Canvas;
use super::layout::{Class, Layout};
use super::theme::Role;
use crate::analysis::SourceId;
use crate::analysis::claims::Stance;
use crate::analysis::timeline::{Axis, EventStatus};
use crate::reader::{Focus, Pane, Progress, Reader, Row, Target, wording};
use crate::text::width;
use ratatui::layout::Rect;

/// Draws the panes that are on screen.
pub fn draw(reader: &Reader, layout: &Layout, canvas: &mut Canvas<'_>) {
    for pane in Pane::ALL {
        if let Some(area) = layout.panes[pane.index()] {
            if layout.class == Class::Middle && area.x > layout.body.x {
                // A drawer lies over the text: an edge and a blank keep the two apart.
                let edge = Rect { x: area.x.saturating_sub(2), width: 2, ..area };
                canvas.clear(edge);
                for y in area.top()..area.bottom() {
                    canvas.put((edge.x + 1, y), area.x, "│", Role::Rule);
                }
            }
            canvas.clear(area);
            draw_pane(reader, canvas, pane, area);
        }
    }
}

fn draw_pane(reader: &Reader, canvas: &mut Canvas<'_>, pane: Pane, area: Rect) {
    let focused = reader.focus() == Focus::List(pane);
    let list = reader.list(pane);
    draw_title(reader, canvas, pane, area, focused);
    if list.rows().is_empty() {
        canvas.put((area.x + 3, area.y + 1), area.right(), why_empty(reader, pane), Role::Quiet);
    }
    let rows = list.rows().iter().enumerate().skip(list.top());
    let most = list.rows().iter().filter(|row| row.target != Target::Heading).filter_map(|row| row.count).max().unwrap_or(1);
    for (y, (at, row)) in (area.y + 1..area.bottom()).zip(rows) {
        let at_cursor = at == list.cursor() && row.target != Target::Heading;
        let line = Rect { y, height: 1, width: area.width.saturating_sub(1), ..area };
        draw_row(reader, canvas, row, line, most);
        if at_cursor {
            canvas.put((area.x + 1, y), area.right(), "▸", Role::Marker);
        }
        if at_cursor && focused {
            canvas.highlight(Rect { y, height: 1, ..area }, Role::Cursor);
        }
    }
}

fn draw_title(reader: &Reader, canvas: &mut Canvas<'_>, pane: Pane, area: Rect, focused: bool) {
    canvas.rule(area, focused, if focused { Role::Focus } else { Role::Rule });
    let (y, right) = (area.y, area.right());
    let list = reader.list(pane);
    let items = |rows: &[Row]| rows.iter().filter(|row| row.target != Target::Heading).count();
    let count = items(list.rows());
    let role = if focused { Role::Focus } else { Role::Title };
    let mut x = canvas.put((area.x + 1, y), right, &format!(" {} {} ", pane.index() + 1, pane.title()), role);
    if count > 0 {
        x = canvas.put((x, y), right, &format!("{count} "), Role::Quiet);
    }
    if pane == Pane::Sources && !reader.story().analysis.claims.is_empty() {
        let (shown, all) = (reader.story().claim_order.len(), reader.story().analysis.claims.len());
        let claims = wording::plural(all, "claim");
        let claims = if shown == all { claims } else { format!("{shown} of {claims}") };
        x = canvas.put((x, y), right, &format!("· {claims} "), Role::Quiet);
    }
    if let (Pane::Timeline, Some(axis)) = (pane, &reader.story().axis) {
        x = draw_axis(reader, canvas, axis, (x, y, right));
    }
    let below = list.rows().get(list.top() + usize::from(area.height.saturating_sub(1))..).map_or(0, items);
    let above = list.rows().get(..list.top()).map_or(0, items);
    let more = match (above, below) {
        (0, _) => [format!(" {below} more ↓ "), " ↓ ".to_owned()],
        (_, 0) => [format!(" {above} more ↑ "), " ↑ ".to_owned()],
        _ => [format!(" {above} ↑ {below} ↓ "), " ↑↓ ".to_owned()],
    };
    if let Some(more) = more.iter().find(|more| above + below > 0 && usize::from(x) + width(more) < usize::from(right)) {
        canvas.put_right((x, y), right - 1, more, Role::Quiet);
    }
}

/// Where the rows lie between the first date and the last, the one at the cursor marked; where there is room for it. Returns the column
/// behind it.
fn draw_axis(reader: &Reader, canvas: &mut Canvas<'_>, axis: &Axis, (x, y, right): (u16, u16, u16)) -> u16 {
    const LEVELS: [&str; 9] = ["·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    let (first, last) = axis.ends();
    if usize::from(right.saturating_sub(x)) < width(&first) + width(&last) + axis.counts.len() + 4 {
        return x;
    }
    let here = match reader.list(Pane::Timeline).target() {
        Some(Target::Event(event)) => reader.story().analysis.events.get(event).and_then(|event| axis.cell_of(event)),
        _ => None,
    };
    let most = axis.counts.iter().copied().max().unwrap_or(1).max(1);
    let mut x = canvas.put((x, y), right, &format!("· {first} "), Role::Quiet);
    for (cell, count) in axis.counts.iter().enumerate() {
        let level = LEVELS.get((count * (LEVELS.len() - 1)).div_ceil(most)).copied().unwrap_or("·");
        x = canvas.put((x, y), right, level, if here == Some(cell) { Role::Marker } else { Role::Quiet });
    }
    x = canvas.put((x, y), right, &format!(" {last}"), Role::Quiet);
    if x < right { canvas.put((x, y), right, " ", Role::Quiet) } else { x }
}

fn why_empty(reader: &Reader, pane: Pane) -> &'static str {
    match (&reader.story().progress, pane) {
        (Progress::Unread, _) => "reading …",
        (Progress::Analysing, _) => "analysing …",
        (Progress::Failed(_), _) => "",
        (_, Pane::Entities) => "no names found",
        (_, Pane::Sources) => "nothing is attributed to anyone",
        (_, Pane::Timeline) if reader.story().article.document.published.is_none() => {
            "no dated events; --published DATE may help"
        }
        (_, Pane::Timeline) => "no dated events found",
        (_, Pane::Articles) => "no articles",
    }
}

fn draw_row(reader: &Reader, canvas: &mut Canvas<'_>, row: &Row, area: Rect, most: usize) {
    let (x, y, right) = (area.x + 3, area.y, area.right());
    if reader.filter().holds(row.target) {
        canvas.put((area.x + 2, y), right, "■", Role::Filtered);
    }
    match row.target {
        Target::Heading => draw_heading(canvas, row, area),
        Target::Entity(_) => {
            let count = row.count.unwrap_or(0);
            let left = canvas.put_right((x, y), right, &format!("{count:>4}"), Role::Quiet);
            let bars = (count * 4).div_ceil(most.max(1));
            let bar = canvas.put_right((x, y), left, &"▪".repeat(bars), row.kind.map_or(Role::Quiet, Role::from));
            let room = bar.min(left.saturating_sub(4)).saturating_sub(1);
            let end = canvas.put((x, y), room, &row.label, row.kind.map_or(Role::Text, Role::from));
            put_detail(canvas, end, y, room, &row.detail);
        }
        Target::Source(source) => {
            let count = row.count.unwrap_or(0);
            let left = canvas.put_right((x, y), right, &format!("{count:>3}"), Role::Quiet);
            let left = draw_stances(reader, canvas, source, (x, y, left));
            let end = canvas.put((x, y), left - 1, &row.label, row.kind.map_or(Role::Text, Role::from));
            put_detail(canvas, end, y, left - 1, &row.detail);
        }
        Target::Event(event) => {
            let status = reader.story().analysis.events.get(event).map(|event| event.status);
            let (sign, role) = status.map_or(("·", Role::Quiet), sign);
            canvas.put((x, y), right, sign, role);
            let detail = width(&row.detail).min(usize::from(area.width / 5).max(10));
            let room = if row.detail.is_empty() { right } else { right - detail as u16 - 1 };
            canvas.put((x + 2, y), room, &row.label, Role::Text);
            if !row.detail.is_empty() {
                canvas.put_right((right - detail as u16, y), right, &row.detail, Role::Quiet);
            }
        }
        Target::Article(at) => draw_article(reader, canvas, row, area, at),
    }
}

/// "✓ Headline of an article that was opened before …   Wed 25 Oct 2017 · Outlet   12", the outlet where there is room for it.
fn draw_article(reader: &Reader, canvas: &mut Canvas<'_>, row: &Row, area: Rect, at: usize) {
    const ROOMY: u16 = 70;
    let (x, y, right) = (area.x + 4, area.y, area.right());
    let Some(story) = reader.stories().get(at) else { return };
    let failed = matches!(story.progress, Progress::Failed(_));
    let here = at == reader.story_index();
    if failed {
        canvas.put((area.x + 2, y), right, "✗", Role::Denies);
    } else if story.opened && !here {
        canvas.put((area.x + 2, y), right, "✓", Role::Quiet);
    }
    let count = row.count.map(|claims| format!("{claims:>4}")).unwrap_or_default();
    let mut left = canvas.put_right((x, y), right, &count, Role::Quiet);
    let whole = failed || area.width >= ROOMY;
    let detail = if whole { Some(&*row.detail) } else { row.detail.split(" · ").next() }.unwrap_or_default();
    if !detail.is_empty() {
        let room = left.saturating_sub(x) * if failed { 3 } else { 2 } / 5;
        left = canvas.put_right((left.saturating_sub(room), y), left, detail, Role::Quiet).saturating_sub(1);
    }
    canvas.put((x, y), left, &row.label, if here { Role::Title } else { Role::Text });
}

fn draw_heading(canvas: &mut Canvas<'_>, row: &Row, area: Rect) {
    let end = canvas.put((area.x + 1, area.y), area.right(), &row.label, Role::Quiet);
    if let Some(count) = row.count {
        canvas.put((end + 1, area.y), area.right(), &count.to_string(), Role::Quiet);
    }
}

fn put_detail(canvas: &mut Canvas<'_>, x: u16, y: u16, right: u16, detail: &str) {
    if !detail.is_empty() && x + 6 < right {
        canvas.put((x + 2, y), right, detail, Role::Quiet);
    }
}

/// Signs for the stances among a source's claims; returns the column before them.
fn draw_stances(reader: &Reader, canvas: &mut Canvas<'_>, source: SourceId, (x, y, right): (u16, u16, u16)) -> u16 {
    let story = reader.story();
    let mut left = right;
    for (stances, symbol, role) in [
        (&[Stance::Denies, Stance::Declines][..], "✗", Role::Denies),
        (&[Stance::Speculates, Stance::Asks][..], "?", Role::Unsure),
        (&[Stance::Confirms][..], "✓", Role::Confirms),
    ] {
        let has = |&claim: &usize| story.analysis.claims.get(claim).is_some_and(|claim| stances.contains(&claim.stance));
        if story.claims_of(source).iter().any(has) {
            left = canvas.put_right((x, y), left, symbol, role);
        }
    }
    left
}

/// The sign of an event's status.
fn sign(status: EventStatus) -> (&'static str, Role) {
    match status {
        EventStatus::Happened => ("●", Role::Confirms),
        EventStatus::Reported => ("“", Role::Quiet),
        EventStatus::Denied => ("✗", Role::Denies),
        EventStatus::Planned => ("○", Role::Unsure),
        EventStatus::Hypothetical => ("?", Role::Unsure),
        EventStatus::Ongoing => ("●", Role::Unsure),
    }
}
