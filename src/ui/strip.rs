//! The strip below the body: what is in hand. A claim with its chain, cue, content and what is known about it; or the name or
//! event under the cursor. A field that the analysis does not have is not drawn.

use super::canvas::Canvas;
use super::layout::Layout;
use super::theme::Role;
use crate::analysis::claims::{Claim, ClaimForm, CueClass, Stance};
use crate::analysis::provenance::{AnnotatorKind, Item};
use crate::analysis::timeline::Event;
use crate::analysis::{EntityId, SourceId};
use crate::reader::panes::timeline::event_date;
use crate::reader::{Action, Focus, Pane, Progress, Reader, Selection, Shown, chain, content, wording};
use crate::text::{clip, width};
use ratatui::layout::Rect;
use std::fmt::Write as _;

/// Words with their roles, in a row.
type Parts = Vec<(String, Role)>;

/// Draws the strip.
pub fn draw(reader: &Reader, layout: &Layout, canvas: &mut Canvas<'_>) {
    let area = layout.strip;
    if area.is_empty() {
        return;
    }
    let ruled = area.height > 1;
    if ruled {
        canvas.rule(Rect { height: 1, ..area }, false, Role::Rule);
        if layout.beside {
            canvas.put((layout.bar.x, area.y), layout.bar.right(), "┴", Role::Rule);
        }
    }
    let inner = Rect { y: area.y + u16::from(ruled), height: area.height - u16::from(ruled), ..area };
    let rows = rows(reader, inner.height > 2, usize::from(inner.width.saturating_sub(2)));
    for (y, parts) in (inner.y..inner.bottom()).zip(rows) {
        let (mut x, right) = (inner.x + 1, inner.right().saturating_sub(1));
        for (words, role) in parts {
            let shown = clip(&words, usize::from(right.saturating_sub(x)));
            x = canvas.put((x, y), right, &shown, role);
            // Behind words that were cut nothing can stand.
            if shown.ends_with('…') && !words.ends_with('…') {
                break;
            }
        }
    }
}

/// What the strip tells: the row under the cursor, else the claim in hand, else the event that was followed into the text.
fn rows(reader: &Reader, roomy: bool, room: usize) -> Vec<Parts> {
    let event = match reader.selection() {
        Selection::Event(event) => reader.story().analysis.events.get(event),
        _ => None,
    };
    match (reader.focus(), reader.selection()) {
        (Focus::List(Pane::Articles), _) => article_rows(reader),
        (Focus::List(Pane::Entities), Selection::Entity(entity)) => entity_rows(reader, entity),
        (Focus::List(Pane::Sources), Selection::Source(source)) => source_rows(reader, source, room),
        (Focus::List(Pane::Timeline), Selection::Event(_)) => {
            event.map(|event| event_rows(reader, event, room)).unwrap_or_default()
        }
        _ if reader.shown() == Shown::Raw => {
            ["The input as it came; a bar marks the article.", "What was left out has its reason beside it."]
                .map(|line| vec![(line.to_owned(), Role::Quiet)])
                .into()
        }
        _ => match (reader.claim(), event) {
            (Some((at, claim)), _) => claim_rows(reader, (at, claim), roomy, room),
            (None, Some(event)) => event_rows(reader, event, room),
            (None, None) => vec![vec![(why_none(reader), Role::Quiet)]],
        },
    }
}

fn why_none(reader: &Reader) -> String {
    let story = reader.story();
    let mut notes = story.article.notes.iter().chain(&story.analysis.notes);
    match story.progress {
        Progress::Unread => "reading …",
        Progress::Analysing => "analysing …",
        Progress::Failed(_) => "",
        // Where the text is not English, say, that nothing was found tells nothing.
        Progress::Done if story.analysis.claims.is_empty() => {
            notes.next().map_or("No claim is attributed to anyone: all is the paper’s own voice.", String::as_str)
        }
        Progress::Done if story.claim_order.is_empty() => {
            return format!("Only beliefs and unsure claims; {} shows them.", reader.keymap().first(Action::AllClaims));
        }
        Progress::Done if reader.sets_apart() => return why_set_apart(reader),
        Progress::Done => "No claim on this screen: the paper’s own voice.",
    }
    .into()
}

/// Why there is nothing where the claims of one source, or those that pass a filter, are set apart from the rest.
fn why_set_apart(reader: &Reader) -> String {
    let key = |action| reader.keymap().first(action);
    let (clear, back) = (key(Action::ClearFilters), key(Action::Back));
    let next = match reader.claims_around() {
        (0, 0) => return format!("No claim passes the filter; {clear} clears it."),
        // The nearest one that passes may stand above what is on screen.
        (above, 0) => format!("{} goes back to {above} above", key(Action::PrevClaim)),
        (_, below) => format!("{} goes on to {below} below", key(Action::NextClaim)),
    };
    let source = reader.selected_source().and_then(|source| reader.story().source_name(Some(source)));
    match source {
        Some(name) => format!("{name} says nothing on this screen; {next}, {back} shows all."),
        None => format!("No claim on this screen passes the filter; {next}, {clear} clears it."),
    }
}

fn claim_rows(reader: &Reader, (at, claim): (usize, &Claim), roomy: bool, room: usize) -> Vec<Parts> {
    let story = reader.story();
    let number = format!("▸ {}  ", reader.claim_number(at));
    let cue: Vec<String> = claim.cue.iter().map(|&span| story.words(span)).collect();
    let cue = cue.join(" … ");
    let taken = width(&number) + width(&cue) + if roomy { 3 } else { room / 3 };
    let mut head: Parts = vec![(number, Role::ClaimInHand)];
    head.extend(tellers(&chain(story, claim), room.saturating_sub(taken)));
    if claim.source.is_none() {
        head.extend([("source not told".to_owned(), Role::Quiet), (" › ".to_owned(), Role::Quiet)]);
    }
    if !cue.is_empty() {
        head.push((cue, Role::Cue));
        head.push((" › ".to_owned(), Role::Quiet));
    }
    let words = (content(story, claim), Role::Text);
    if roomy {
        head.pop();
        vec![head, vec![("    ".to_owned(), Role::Text), words], fields(reader, at, claim)]
    } else {
        head.push(words);
        vec![head, fields(reader, at, claim)]
    }
}

/// "Daily Beast › two sources › Nix › ", where possible in so many columns; the one that the words come from stands out.
fn tellers(chain: &[&str], room: usize) -> Parts {
    let names = fit(chain, room);
    let last = names.len().saturating_sub(1);
    let mut parts = Parts::new();
    for (nth, name) in names.into_iter().enumerate() {
        parts.push((name, if nth == last { Role::Title } else { Role::Text }));
        parts.push((" › ".to_owned(), Role::Quiet));
    }
    parts
}

/// The names of a chain in at most `room` columns with three between them, where that can be: the longest are cut first, the one
/// that the words come from only where it alone is longer.
fn fit(names: &[&str], room: usize) -> Vec<String> {
    const LEAST: usize = 12;
    // What is longer than the room is cut at once: a name may be a paragraph.
    let mut widths: Vec<usize> = names.iter().map(|name| width(name).min(room.max(LEAST))).collect();
    while widths.iter().map(|width| width + 3).sum::<usize>() > room + 3 {
        let others = widths.split_last_mut().map(|(_, others)| others).unwrap_or_default();
        let Some(longest) = others.iter_mut().max().filter(|width| **width > LEAST) else { break };
        *longest -= 1;
    }
    names.iter().zip(widths).map(|(name, width)| clip(name, width).into_owned()).collect()
}

/// "direct quote · confirms · to reporters · Wed 25 Oct 2017, night (“Wednesday night”) · unnamed: “…” · 0.97"
fn fields(reader: &Reader, at: usize, claim: &Claim) -> Parts {
    let story = reader.story();
    let mut fields: Vec<(String, Role)> = Vec::new();
    let by_hand = |item| story.analysis.provenance.of(item).is_some_and(|by| by.kind == AnnotatorKind::User);
    if by_hand(Item::Claim(at)) {
        fields.push(("✎ by hand".to_owned(), Role::Marker));
    }
    let form_role = if claim.form == ClaimForm::Direct { Role::Text } else { Role::Status };
    fields.push((wording::form(claim.form).to_owned(), form_role));
    fields.push((wording::stance(claim.stance).to_owned(), stance_role(claim.stance)));
    if claim.cue_class == CueClass::Attitude {
        fields.push(("belief or wish".to_owned(), Role::Unsure));
    }
    for other in claim.contradicts.iter().filter(|other| story.shows(other.0)) {
        let name = story.claim(*other).and_then(|other| story.source_name(other.source)).unwrap_or("source not told");
        let key = reader.keymap().first(Action::Contradiction);
        fields.push((format!("contradicts claim {} ({key}) by {name}", reader.claim_number(other.0)), Role::Denies));
    }
    if let Some(addressee) = claim.addressee {
        fields.push((format!("to {}", story.words(addressee)), Role::Status));
    }
    if let Some(timex) = claim.time.and_then(|time| story.analysis.timexes.get(time.0)) {
        let date = crate::reader::panes::timeline::date(timex.interval, timex.granularity, &timex.value);
        let words = story.words(timex.span);
        let told = match date {
            Some(date) if date == words => format!("said {date}"),
            Some(date) => format!("said {date} (“{words}”)"),
            None => format!("said “{words}”"),
        };
        fields.push((told, Role::Status));
    }
    let source = claim.source.and_then(|source| story.analysis.sources.get(source.0));
    if let Some(why) = source.and_then(|source| source.why_unnamed) {
        fields.push((format!("unnamed: “{}”", story.words(why)), Role::Unsure));
    }
    if let Some(parent) = claim.parent {
        fields.push((format!("within claim {}", reader.claim_number(parent.0)), Role::Status));
    }
    if let Some(confidence) = claim.confidence {
        let (unsure, role) = if claim.is_unsure() { ("unsure ", Role::Unsure) } else { ("", Role::Quiet) };
        fields.push((format!("{unsure}{confidence:.2}"), role));
    }
    let mut parts: Parts = vec![("    ".to_owned(), Role::Text)];
    for (at, field) in fields.into_iter().enumerate() {
        if at > 0 {
            parts.push((" · ".to_owned(), Role::Quiet));
        }
        parts.push(field);
    }
    parts
}

fn stance_role(stance: Stance) -> Role {
    match stance {
        Stance::Asserts => Role::Status,
        Stance::Confirms => Role::Confirms,
        Stance::Denies | Stance::Declines => Role::Denies,
        Stance::Claims | Stance::Speculates | Stance::Asks => Role::Unsure,
    }
}

fn entity_rows(reader: &Reader, id: EntityId) -> Vec<Parts> {
    let story = reader.story();
    let Some(entity) = story.analysis.entities.get(id.0) else { return Vec::new() };
    let mut head: Parts = vec![(entity.name.clone(), Role::from(entity.kind))];
    if let Some(title) = &entity.job_title {
        head.push((format!(", {title}"), Role::Text));
    }
    let others: Vec<&str> = entity.aliases.iter().map(String::as_str).filter(|alias| *alias != entity.name).collect();
    if !others.is_empty() {
        head.push((format!("   also {}", others.join(", ")), Role::Quiet));
    }
    let mentions = story.mentions_of(id).len();
    let claims = story.analysis.sources.iter().enumerate().filter(|(_, source)| source.entity == Some(id));
    let claims: usize = claims.map(|(at, _)| story.claims_of(SourceId(at)).len()).sum();
    let mut counts =
        vec![(format!("{} · {}", wording::plural(mentions, "mention"), wording::plural(claims, "claim")), Role::Status)];
    counts.extend(entity.confidence.map(|confidence| (format!(" · {confidence:.2}"), Role::Quiet)));
    vec![head, counts]
}

/// The row under the cursor in full: a list has room for the beginning of a headline.
fn article_rows(reader: &Reader) -> Vec<Parts> {
    let list = reader.list(Pane::Articles);
    let Some(row) = list.rows().get(list.cursor()) else { return Vec::new() };
    let claims = row.count.map(|claims| wording::plural(claims, "claim"));
    let detail = Some(row.detail.clone()).filter(|detail| !detail.is_empty());
    let counts = detail.into_iter().chain(claims).collect::<Vec<_>>().join(" · ");
    vec![vec![(row.label.clone(), Role::Title)], vec![(counts, Role::Status)]]
}

/// The source, how much of the article it says, and below it the claim in hand.
fn source_rows(reader: &Reader, id: SourceId, room: usize) -> Vec<Parts> {
    let story = reader.story();
    let Some(source) = story.analysis.sources.get(id.0) else { return Vec::new() };
    let title = source.entity.and_then(|entity| story.analysis.entities.get(entity.0)?.job_title.clone());
    let (words, voices) = (story.voices.by_source.get(id.0).copied().unwrap_or_default(), &story.voices);
    let claims = wording::plural(story.claims_of(id).len(), "claim");
    let share =
        format!("  {claims} · {} · {} of the article", wording::plural(words, "word"), wording::percent(words, voices.body));
    let own = format!(" · the paper’s own voice {}", wording::percent(voices.own, voices.body));
    let title = title.map(|title| format!(", {title}")).unwrap_or_default();
    let all = [&source.name, &title, &share, &own].map(|words| width(words)).iter().sum::<usize>();
    let share = if all <= room { share + &own } else { share };
    let mut rows = vec![vec![(source.name.clone(), Role::Title), (title, Role::Text), (share, Role::Status)]];
    rows.extend(reader.claim().map(|(at, claim)| claim_rows(reader, (at, claim), false, room)).unwrap_or_default());
    rows
}

fn event_rows(reader: &Reader, event: &Event, room: usize) -> Vec<Parts> {
    let story = reader.story();
    let mut fields = event_date(story, event).unwrap_or_else(|| "no date".to_owned());
    if let Some(timex) = event.time.and_then(|time| story.analysis.timexes.get(time.0)) {
        let words = story.words(timex.span);
        let why = if timex.why.is_empty() { String::new() } else { format!(": {}", timex.why) };
        if fields != words {
            let _ = write!(fields, " (“{words}”{why})");
        }
    }
    let _ = write!(fields, " · {}", wording::status(event.status));
    let mut head: Parts = Vec::new();
    if let Some(claim) = event.claim.and_then(|claim| story.claim(claim)) {
        head.extend(tellers(&chain(story, claim), room - room / 3));
    }
    head.push((story.words(event.span), Role::Text));
    vec![head, vec![(fields, Role::Status)]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_chain_the_one_who_speaks_stays_whole() {
        let names = ["the harbour board", "two people who have seen the minutes of the meeting", "Ada Li"];
        assert_eq!(fit(&names, 100), names, "room for all");
        assert_eq!(fit(&names, 50), ["the harbour board", "two people who have…", "Ada Li"]);
        assert_eq!(fit(&names, 10), ["the harbour…", "two people…", "Ada Li"], "no less than tells who");
        let long = ["Ada ".repeat(1_000_000), "Li ".repeat(1_000_000)];
        assert_eq!(
            fit(&long.each_ref().map(String::as_str), 30),
            ["Ada Ada Ada…", "Li Li Li Li Li Li Li Li Li Li…"],
            "however long"
        );
        assert!(fit(&[], 10).is_empty());
    }
}
