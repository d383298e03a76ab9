//! The title line above; the status line and the hints below.

use super::canvas::Canvas;
use super::layout::{Class, Layout};
use super::theme::Role;
use crate::reader::{Action, Focus, Mode, Pane, Progress, Reader, Shown, Subject, wording};
use ratatui::layout::Rect;

/// " byline │ headline │ file │ 1 of 4"
pub fn draw_title(reader: &Reader, layout: &Layout, canvas: &mut Canvas<'_>) {
    let area = layout.title;
    if area.is_empty() {
        return;
    }
    let story = reader.story();
    let mut right = area.right().saturating_sub(1);
    let count = reader.stories().len();
    if count > 1 {
        right = canvas.put_right((area.x, area.y), right, &format!("{} of {count}", reader.story_index() + 1), Role::Title) - 2;
    }
    let filtered = filter(reader);
    if !filtered.is_empty() {
        let left = right.saturating_sub(area.width * 2 / 3);
        right = canvas.put_right((left, area.y), right, &filtered, Role::Filtered).saturating_sub(2);
    } else if story.title() != story.name {
        let left = right.saturating_sub(area.width / 3);
        right = canvas.put_right((left, area.y), right, &story.name, Role::Quiet).saturating_sub(2);
    }
    let x = canvas.put((area.x + 1, area.y), right, "byline", Role::Focus);
    let x = canvas.put((x, area.y), right, " │ ", Role::Rule);
    canvas.put((x, area.y), right, story.title(), Role::Title);
    if area.height > 1 {
        canvas.rule(Rect { y: area.y + 1, height: 1, ..area }, false, Role::Rule);
        if layout.beside {
            canvas.put((layout.bar.x, area.y + 1), layout.bar.right(), "┬", Role::Rule);
        }
    }
}

/// " READ  claim 3/9  ● Marchetti 4/9  46%       filter"
pub fn draw_status(reader: &Reader, layout: &Layout, canvas: &mut Canvas<'_>) {
    let area = layout.status;
    let (y, right) = (area.y, area.right().saturating_sub(1));
    let mut x = canvas.put((area.x, y), right, mode(reader), Role::Mode) + 1;
    match reader.mode() {
        Mode::Searching => {
            let search = reader.search();
            x = canvas.put((x, y), right, &format!("/{}▏", search.query), Role::Title);
            let found = match (search.query.is_empty(), search.hits.len()) {
                (true, _) => String::new(),
                (false, 0) => "nothing found".to_owned(),
                (false, count) => format!("{} of {count}", search.at + 1),
            };
            canvas.put((x + 1, y), right, &found, Role::Message);
            return;
        }
        Mode::Finding { words, .. } => {
            x = canvas.put((x, y), right, &format!("/{words}▏"), Role::Title);
            let found = reader.found_rows();
            let at = found.iter().position(|&row| Some(row) == cursor(reader));
            let count = match (words.is_empty(), at) {
                (true, _) => String::new(),
                (false, Some(at)) => format!("row {} of {}", at + 1, found.len()),
                (false, None) => "no such row".to_owned(),
            };
            canvas.put((x + 1, y), right, &count, Role::Message);
            return;
        }
        _ => {}
    }
    if let Some(prompt) = reader.prompt() {
        // Without the row of hints the keys stand here.
        let keys = field_hints(reader).iter().filter(|(key, _)| key.len() == 1).map(|(key, words)| format!("{key} {words}"));
        let keys = Some(keys.collect::<Vec<_>>().join("  ")).filter(|keys| layout.hints.is_empty() && !keys.is_empty());
        let x = canvas.put((x, y), right, &keys.unwrap_or(prompt), Role::Message) + 2;
        if let Some(message) = reader.message().filter(|_| x < right) {
            canvas.put((x, y), right, message, Role::Denies);
        }
        return;
    }
    for (words, role) in counts(reader) {
        x = canvas.put((x, y), right, &words, role) + 2;
    }
    // Without a strip who speaks stands here.
    if let Some(source) = speaker(reader).filter(|_| layout.strip.is_empty() && reader.message().is_none() && x < right) {
        x = canvas.put((x, y), right, source, Role::Title) + 2;
    }
    let (words, role) = match reader.message() {
        Some(message) => (message.to_owned(), Role::Message),
        // Without a title line the filter stands here.
        None if layout.title.is_empty() => (filter(reader), Role::Filtered),
        None => return,
    };
    if !words.is_empty() && x < right {
        canvas.put_right((x, y), right, &words, role);
    }
}

/// Who says the claim in hand.
fn speaker(reader: &Reader) -> Option<&str> {
    let claim = reader.claim().filter(|_| reader.focus() == Focus::Body && reader.shown() == Shown::Clean)?.1;
    Some(reader.story().source_name(claim.source).unwrap_or("source not told"))
}

/// The row under the cursor of the list that has the keys.
fn cursor(reader: &Reader) -> Option<usize> {
    if let Focus::List(pane) = reader.focus() { Some(reader.list(pane).cursor()) } else { None }
}

fn filter(reader: &Reader) -> String {
    let words = reader.filter().words(reader.story());
    let clear = reader.keymap().first(Action::ClearFilters);
    if words.is_empty() { String::new() } else { format!("filter: {words} ({clear} clears)") }
}

fn mode(reader: &Reader) -> &'static str {
    match (reader.mode(), reader.focus(), reader.shown()) {
        (Mode::Searching | Mode::Finding { .. }, ..) => " FIND ",
        (Mode::Selecting { .. }, ..) => " LINES ",
        (Mode::Mending(_) | Mode::Dating { .. }, ..) => " CORRECT ",
        (Mode::Help(_), ..) => " HELP ",
        (Mode::Audit(_), ..) => " AUDIT ",
        (Mode::SettingMark | Mode::GoingToMark, ..) => " MARK ",
        (_, Focus::List(_), _) => " LIST ",
        (_, _, Shown::Raw) => " RAW ",
        _ => " READ ",
    }
}

fn counts(reader: &Reader) -> Vec<(String, Role)> {
    let story = reader.story();
    let mut counts = Vec::new();
    let length = reader.text().len().max(1);
    let seen = reader.visible().end * 100 / length;
    counts.push((format!("{seen:>3}%"), Role::Status));
    match story.progress {
        Progress::Unread => counts.push(("reading on …".to_owned(), Role::Message)),
        Progress::Analysing if story.percent > 0 => {
            counts.push((format!("analysing … {} %", story.percent), Role::Message));
        }
        Progress::Analysing => counts.push(("analysing …".to_owned(), Role::Message)),
        _ => {}
    }
    if reader.shown() == Shown::Raw {
        let gone: usize = story.article.removed.iter().map(|gone| gone.end_line + 1 - gone.start_line.min(gone.end_line)).sum();
        counts.push((format!("│ in the article  ✗ {} left out", wording::plural(gone, "line")), Role::Status));
        return counts;
    }
    let (number, walkable, all) = reader.claim_count();
    if all > 0 {
        let of = if walkable < all { format!(" (of {all})") } else { String::new() };
        let number = number.map_or_else(|| "–".to_owned(), |number| number.to_string());
        counts.push((format!("▸ claim {number}/{walkable}{of}"), Role::Status));
    }
    if let Some((entity, number, of)) = reader.mention_count()
        && let Some(entity) = story.analysis.entities.get(entity.0)
    {
        let number = number.map_or_else(|| "–".to_owned(), |number| number.to_string());
        counts.push((format!("● {} {number}/{of}", entity.name), Role::from(entity.kind)));
    }
    if let Some(source) = reader.selected_source() {
        counts.push((format!("● {}", story.source_name(Some(source)).unwrap_or_default()), Role::Title));
    }
    let search = reader.search();
    if !search.hits.is_empty() {
        counts.push((format!("/{} {}/{}", search.query, search.at + 1, search.hits.len()), Role::Message));
    }
    counts
}

/// The keys that help here, as they are bound.
pub fn draw_hints(reader: &Reader, layout: &Layout, canvas: &mut Canvas<'_>) {
    let area = layout.hints;
    if area.is_empty() {
        return;
    }
    let mut x = area.x + 1;
    let field = field_hints(reader);
    let bound = hints(reader).into_iter().map(|(actions, words)| (keys_of(reader, actions), words));
    let fixed = field.iter().map(|&(keys, words)| (keys.to_owned(), words));
    let hints: Vec<(String, &str)> = if field.is_empty() { bound.collect() } else { fixed.collect() };
    for (keys, words) in hints.into_iter().filter(|(keys, _)| !keys.is_empty()) {
        let keys = canvas.key(&keys);
        let needed = crate::text::width(&keys) + words.len() + 3;
        if usize::from(x) + needed > usize::from(area.right()) {
            break;
        }
        x = canvas.put((x, area.y), area.right(), &keys, Role::Key) + 1;
        x = canvas.put((x, area.y), area.right(), words, Role::Quiet) + 2;
    }
}

/// The first key of each action.
fn keys_of(reader: &Reader, actions: &[Action]) -> String {
    let keys = actions.iter().map(|&action| reader.keymap().first(action)).filter(|key| !key.is_empty());
    keys.collect::<Vec<_>>().join(" ")
}

/// The keys while something is typed, which are no settings; none otherwise.
fn field_hints(reader: &Reader) -> &'static [(&'static str, &'static str)] {
    match reader.mode() {
        Mode::Mending(Subject::Name(_)) => &[("m", "same as …"), ("s", "split off"), ("d", "no name"), ("Esc", "cancel")],
        Mode::Mending(Subject::Claim(_)) => {
            &[("s", "other source"), ("m", "source same as …"), ("d", "no claim"), ("Esc", "cancel")]
        }
        Mode::Mending(Subject::Event(_)) => &[("t", "took place on …"), ("d", "no event"), ("Esc", "cancel")],
        Mode::Reading if reader.is_choosing() => &[("Enter", "this one"), ("Esc", "cancel")],
        Mode::Searching | Mode::Finding { .. } => &[("Enter", "keep"), ("Esc", "cancel"), ("↓ ↑", "next, previous")],
        Mode::Dating { .. } => &[("Enter", "keep"), ("Esc", "cancel")],
        Mode::Help(help) if help.typing => &[("Enter", "keep"), ("Esc", "cancel")],
        Mode::SettingMark | Mode::GoingToMark => &[("Esc", "cancel")],
        _ => &[],
    }
}

fn hints(reader: &Reader) -> Vec<(&'static [Action], &'static str)> {
    use Action::{
        Back, Body, ClearFilters, CopyClaim, Down, Entities, FocusNext, Follow, Help, Mend, NextClaim, NextMatch, PrevClaim,
        PrevMatch, Quit, Raw, Search, Sources, Timeline, ToggleFilter, Up,
    };
    match reader.mode() {
        Mode::Selecting { .. } => return vec![(&[Down, Up], "move"), (&[CopyClaim], "copy"), (&[Back], "leave")],
        Mode::Audit(_) => return vec![(&[Down, Up], "move"), (&[Back], "back")],
        Mode::Help(_) => return vec![(&[Down, Up], "move"), (&[Search], "search"), (&[Back], "back")],
        _ => {}
    }
    match (reader.focus(), reader.shown()) {
        (Focus::List(Pane::Articles), _) => {
            vec![(&[Down, Up], "move"), (&[Follow], "open"), (&[Back], "back"), (&[Help], "help")]
        }
        (Focus::List(pane), _) => vec![
            (&[Down, Up], "move"),
            (&[Follow], "go to text"),
            (&[Back], "back"),
            (&[ToggleFilter], "filter"),
            (&[ClearFilters], "clear"),
            if pane == Pane::Entities { (&[NextMatch, PrevMatch], "mention") } else { (&[NextClaim, PrevClaim], "claim") },
            (&[FocusNext], "next pane"),
            (&[Help], "help"),
        ],
        (_, Shown::Raw) => {
            vec![(&[Down, Up], "scroll"), (&[Raw], "article"), (&[Search], "search"), (&[Help], "help"), (&[Quit], "quit")]
        }
        _ => vec![
            (&[Help], "help"),
            (&[NextClaim, PrevClaim], "claim"),
            (&[Entities, Sources, Timeline], "panes"),
            (&[Follow], "follow"),
            (&[NextMatch, PrevMatch], "mention"),
            (&[Search], "search"),
            (&[CopyClaim], "copy"),
            (&[Mend], "correct"),
            (&[Raw], "raw"),
            (&[Body], "article"),
            (&[Quit], "quit"),
        ],
    }
}

/// The notice on a screen too small to read on.
pub fn draw_notice(area: Rect, class: Class, canvas: &mut Canvas<'_>) -> bool {
    if class == Class::Tiny {
        let notice = ["too small for byline", "too small"].into_iter().find(|words| words.len() <= usize::from(area.width));
        canvas.put((area.x, area.y), area.right(), notice.unwrap_or("small"), Role::Text);
    }
    class == Class::Tiny
}
