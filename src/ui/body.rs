//! The text with its three channels, none of which moves a word: a bar in the gutter for claims, colour and underline for names,
//! reverse for search hits.

use super::canvas::Canvas;
use super::layout::Layout;
use super::theme::Role;
use crate::analysis::entities::MentionForm;
use crate::article::BlockKind;
use crate::reader::{Line, Progress, Reader, SectionKind, Selection, Shown, indent, wording};
use crate::text::{Span, glyphs};
use ratatui::layout::Rect;

/// Draws the lines on screen, their gutter, and the scroll bar.
pub fn draw(reader: &Reader, layout: &Layout, canvas: &mut Canvas<'_>) {
    if reader.text().is_empty() {
        let words = match &reader.story().progress {
            Progress::Failed(why) => why.as_str(),
            Progress::Unread => "reading …",
            _ => "there is no article in this input; r shows it as it came",
        };
        canvas.put((layout.text.x, layout.text.y + 1), layout.text.right(), words, Role::Quiet);
    }
    for (row, line) in reader.view().iter().enumerate() {
        let y = layout.text.y + row as u16;
        if y < layout.text.bottom() && !line.gap {
            draw_line(reader, layout, canvas, line, y);
        }
    }
    draw_bar(reader, layout.bar, canvas);
}

/// The byte of the text under a cell of the body, or the nearest one before it.
pub fn offset_at(reader: &Reader, layout: &Layout, x: u16, y: u16) -> usize {
    let Some(line) = reader.view().get(usize::from(y.saturating_sub(layout.text.y))) else { return reader.text().len() };
    let Some(section) = reader.section(line).filter(|section| section.own.is_none()) else { return line.span.start };
    let mut left = usize::from(x.saturating_sub(layout.text.x)).saturating_sub(indent(section.kind));
    for glyph in glyphs(reader.words(line)) {
        if left < glyph.width {
            return line.span.start + glyph.at;
        }
        left -= glyph.width;
    }
    line.span.end
}

/// The cells of the line that tells author, date and length, if it is on screen: what the article's link belongs to.
pub fn facts_line(reader: &Reader, layout: &Layout) -> Option<Rect> {
    let is_facts = |line: &&Line| !line.gap && reader.section(line).is_some_and(|section| section.kind == SectionKind::Facts);
    let row = reader.view().iter().position(|line| is_facts(&line))? as u16;
    let words = reader.view().get(usize::from(row)).map(|line| crate::text::width(reader.words(line)))?;
    Some(Rect { y: layout.text.y + row, height: 1, width: layout.text.width.min(words as u16), x: layout.text.x })
}

/// Where the bytes of a line stand on the screen.
struct Cells {
    /// Byte offset, first column, one past the last column.
    glyphs: Vec<(usize, u16, u16)>,
    y: u16,
}

impl Cells {
    /// The columns of a span, as far as it is on the line.
    fn area(&self, span: Span) -> Option<Rect> {
        let mut inside = self.glyphs.iter().filter(|(at, ..)| span.holds(*at));
        let &(_, left, right) = inside.next()?;
        let right = inside.next_back().map_or(right, |&(_, _, right)| right);
        Some(Rect::new(left, self.y, right - left, 1))
    }
}

fn draw_line(reader: &Reader, layout: &Layout, canvas: &mut Canvas<'_>, line: &Line, y: u16) {
    let Some(section) = reader.section(line) else { return };
    let base = role(section.kind);
    let style = canvas.theme.style(base);
    let mut x = layout.text.x + indent(section.kind) as u16;
    if section.kind == SectionKind::Block(BlockKind::ListItem) && line.first {
        canvas.put((layout.text.x, y), layout.text.right(), "•", Role::Quiet);
    }
    if section.kind == SectionKind::Block(BlockKind::Quote) {
        canvas.put((layout.text.x + 1, y), layout.text.right(), "│", Role::Quiet);
    }
    let mut cells = Cells { glyphs: Vec::with_capacity(line.span.len()), y };
    for glyph in glyphs(reader.words(line)) {
        let right = x + glyph.width as u16;
        if right > layout.text.right() {
            break;
        }
        canvas.set(x, y, glyph.shown, style);
        for behind in x + 1..right {
            canvas.set(behind, y, " ", style);
        }
        cells.glyphs.push((line.span.start + glyph.at, x, right));
        x = right;
    }
    if let Some(&(at, ..)) = cells.glyphs.last().filter(|_| line.hyphen && x < layout.text.right()) {
        // It wears what the letter before it wears, so that a name lights up whole.
        canvas.set(x, y, "-", style);
        cells.glyphs.push((at, x, x + 1));
    }
    if section.own.is_some() {
        return;
    }
    match reader.shown() {
        Shown::Clean => {
            draw_gutter(reader, layout, canvas, line, y);
            mark_claims(reader, canvas, line, &cells);
            mark_names(reader, canvas, line, &cells);
        }
        Shown::Raw => draw_raw_gutter(reader, layout, canvas, line, y),
    }
    if reader.selected_lines().is_some_and(|(first, last)| (first..=last).contains(&line.span.start)) {
        // One look for the whole line: names in their colours would tear it to pieces.
        canvas.repaint(Rect { x: layout.text.x, width: layout.text.width, y, height: 1 }, Role::Cursor);
    }
    for (at, hit) in reader.search().touching(line.span) {
        if let Some(area) = cells.area(hit) {
            canvas.highlight(area, if at == reader.search().at { Role::HitCurrent } else { Role::Hit });
        }
    }
}

fn role(kind: SectionKind) -> Role {
    match kind {
        SectionKind::Block(BlockKind::Headline) => Role::Headline,
        SectionKind::Block(BlockKind::Subhead) => Role::Subhead,
        SectionKind::Block(BlockKind::Quote) => Role::Quote,
        SectionKind::Block(BlockKind::Byline | BlockKind::Dateline | BlockKind::Caption) | SectionKind::Facts => Role::Quiet,
        SectionKind::Block(_) | SectionKind::Kept => Role::Text,
        SectionKind::Dropped(_) => Role::Dropped,
    }
}

/// What stands back, the words of the claim in hand with its cue, and the clause of the selected event.
fn mark_claims(reader: &Reader, canvas: &mut Canvas<'_>, line: &Line, cells: &Cells) {
    let story = reader.story();
    if reader.sets_apart() {
        let apart: Vec<Span> =
            story.contents.touching(line.span).filter(|&(_, claim)| reader.passes(claim)).map(|(span, _)| span).collect();
        let mut from = line.span.start;
        for span in apart.into_iter().chain([Span::new(line.span.end, line.span.end)]) {
            if let Some(area) = cells.area(Span::new(from, span.start)) {
                canvas.tint(area, Role::Apart);
            }
            from = from.max(span.end);
        }
    }
    if let Some((_, claim)) = reader.claim() {
        for (spans, role) in [(&claim.content, Role::ClaimWords), (&claim.cue, Role::Cue)] {
            for area in spans.iter().filter_map(|&span| cells.area(span)) {
                canvas.tint(area, role);
            }
        }
    }
    if let Selection::Event(event) = reader.selection()
        && let Some(area) = story.analysis.events.get(event).and_then(|event| cells.area(event.span))
    {
        canvas.tint(area, Role::EventWords);
    }
}

/// Names in the colour of their type; the mentions of the selected one underlined, the current one reversed.
fn mark_names(reader: &Reader, canvas: &mut Canvas<'_>, line: &Line, cells: &Cells) {
    let story = reader.story();
    let selected = if let Selection::Entity(entity) = reader.selection() { Some(entity) } else { None };
    let apart = reader.sets_apart();
    for (span, at) in story.mentions.touching(line.span) {
        let Some(mention) = story.analysis.mentions.get(at) else { continue };
        let Some(entity) = story.analysis.entities.get(mention.entity.0) else { continue };
        let Some(area) = cells.area(span) else { continue };
        let lit = selected == Some(mention.entity);
        if lit || (mention.form == MentionForm::Name && !apart) {
            canvas.tint(area, Role::from(entity.kind));
        }
        if lit {
            canvas.tint(area, if reader.mention() == Some(at) { Role::Current } else { Role::Lit });
        }
    }
}

/// The number of the claim that begins on the line, and the bar beside the lines of a claim.
fn draw_gutter(reader: &Reader, layout: &Layout, canvas: &mut Canvas<'_>, line: &Line, y: u16) {
    let story = reader.story();
    let in_hand = reader.claim().map(|(at, _)| at);
    let mut touching: Vec<(Span, usize)> =
        story.contents.touching(line.span).filter(|&(_, claim)| reader.passes(claim)).collect();
    if touching.is_empty() {
        return;
    }
    touching.sort_by_key(|&(_, claim)| Some(claim) != in_hand);
    let right = layout.gutter.right();
    let held = touching.first().is_some_and(|&(_, claim)| Some(claim) == in_hand);
    let (bar, role) = if held { ("▌", Role::ClaimInHand) } else { ("▎", Role::Claim) };
    canvas.put((right.saturating_sub(2), y), right, bar, role);
    let begins = |&&(span, claim): &&(Span, usize)| {
        let first = story.analysis.claims.get(claim).and_then(|claim| claim.content.first());
        first == Some(&span) && line.span.holds(span.start)
    };
    if let Some(&(_, claim)) = touching.iter().find(begins)
        && layout.gutter.width >= 6
    {
        let number = reader.claim_number(claim).to_string();
        let role = if Some(claim) == in_hand { Role::ClaimInHand } else { Role::ClaimNumber };
        canvas.put_right((layout.gutter.x, y), right - 2, &number, role);
    }
}

/// Whether the article has the line, else why not.
fn draw_raw_gutter(reader: &Reader, layout: &Layout, canvas: &mut Canvas<'_>, line: &Line, y: u16) {
    let right = layout.gutter.right();
    let sections =
        |at: Option<usize>| at.and_then(|section| reader.section(&Line { section, ..*line })).map(|section| section.kind);
    match sections(Some(line.section)) {
        Some(SectionKind::Dropped(reason)) => {
            canvas.put((right.saturating_sub(2), y), right, "✗", Role::Reason);
            let goes_on = sections(line.section.checked_sub(1)) == Some(SectionKind::Dropped(reason));
            let on_screen_before = reader.view().first() != Some(line);
            if line.first && !(goes_on && on_screen_before) && layout.gutter.width > 6 {
                canvas.put_right((layout.gutter.x, y), right - 3, wording::reason(reason), Role::Reason);
            }
        }
        Some(_) if !line.span.is_empty() => {
            canvas.put((right.saturating_sub(2), y), right, "│", Role::Kept);
        }
        _ => {}
    }
}

/// Where we are in the text, and where the mentions, hits or claims lie.
fn draw_bar(reader: &Reader, area: Rect, canvas: &mut Canvas<'_>) {
    let length = reader.text().len();
    if length == 0 || area.is_empty() {
        return;
    }
    let row = |offset: usize| (offset.min(length - 1) * usize::from(area.height) / length) as u16;
    let visible = reader.visible();
    let whole = visible.start == 0 && visible.end >= length;
    let (first, last) = (row(visible.start), row(visible.end.saturating_sub(1)));
    for y in 0..area.height {
        let thumb = (first..=last).contains(&y) && !whole;
        let (symbol, role) = if thumb { ("┃", Role::Thumb) } else { ("│", Role::Rule) };
        canvas.put((area.x, area.y + y), area.right(), symbol, role);
    }
    let story = reader.story();
    let mut tick = |offset: usize| {
        canvas.put((area.x, area.y + row(offset)), area.right(), "•", Role::Tick);
    };
    if reader.shown() == Shown::Clean && reader.search().hits.is_empty() {
        match reader.selection() {
            Selection::Entity(entity) => {
                story.mentions_of(entity).iter().for_each(|&mention| tick(story.mention_span(mention).start));
            }
            _ if reader.sets_apart() => {
                let first = |claim: usize| story.analysis.claims.get(claim).and_then(|claim| claim.content.first());
                reader.walkable().filter_map(first).for_each(|span| tick(span.start));
            }
            _ => {}
        }
    } else {
        reader.search().hits.iter().for_each(|hit| tick(hit.start));
    }
}
