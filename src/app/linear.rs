//! The linear mode, for screen readers and teletypes: a line in, some lines out; no borders, no colours, no alternate screen.

use super::{Document, sidecar};
use crate::analysis::{Analysis, analyse};
use crate::article::{Article, Block, BlockKind};
use crate::reader::panes::rows;
use crate::reader::{Measure, Pane, Story, Target, chain, content, wording, wrap};
use crate::text::{Span, harmless};
use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

const HELP: &str = "\
Enter  the next paragraph          b  the one before
]      the next claim              [  the one before
1      names                       2  sources
3      timeline                    4  articles
e      beliefs and unsure claims too, or only what is surely said
/word  the next paragraph with it  g  the beginning
>      the next article            <  the one before
?      this help                   q  quit";

/// The way to an article: read, or still to be read.
enum Shelf {
    Open(Box<Desk>),
    Closed(Document),
    /// Why it could not be read.
    Failed(String),
}

/// An article that is being read.
struct Desk {
    story: Story,
    file: Option<PathBuf>,
    /// The analysis under way.
    work: Option<JoinHandle<Analysis>>,
    /// What is read, one after the other.
    passages: Vec<Block>,
    /// The next passage.
    at: usize,
    /// The claim in hand, by its number in the order of the text.
    claim: Option<usize>,
}

impl Desk {
    fn new(document: Document) -> Vec<Result<Self, String>> {
        let Document { name, file, story } = document;
        let desk = |story: Story, work| {
            let passages = story.article.passages();
            Self { story, file, work, passages, at: 0, claim: None }
        };
        match story {
            super::Story::Read(article) => {
                let article: Arc<Article> = Arc::from(article);
                let given = Arc::clone(&article);
                vec![Ok(desk(Story::read(name, article), Some(thread::spawn(move || analyse(&given)))))]
            }
            super::Story::Analysed(article, analysis) => {
                let mut story = Story::read(name, *article);
                story.set_analysis(*analysis);
                let mut desk = desk(story, None);
                desk.correct();
                vec![Ok(desk)]
            }
            super::Story::Later(_, read) => {
                let opened = |document: Result<Document, String>| document.map_or_else(|why| vec![Err(why)], Self::new);
                read().into_iter().flat_map(opened).collect()
            }
        }
    }

    /// The story with its analysis and the reader's corrections.
    fn analysed(&mut self) -> &Story {
        if let Some(work) = self.work.take() {
            // The panic hook has already printed its message; the words are still there to be read.
            self.story.set_analysis(work.join().unwrap_or_default());
            self.correct();
        }
        &self.story
    }

    /// Makes the corrections that were kept.
    fn correct(&mut self) {
        self.story.set_corrections(sidecar::load(self.file.as_deref(), &self.story.article).0);
    }

    fn spoken(&self, block: &Block) -> String {
        let words = self.story.words(block.span);
        match block.kind {
            BlockKind::Headline => format!("Headline: {words}"),
            BlockKind::Subhead => format!("Heading: {words}"),
            BlockKind::Quote => format!("Quotation: {words}"),
            BlockKind::ListItem => format!("Item: {words}"),
            BlockKind::Caption => format!("Picture: {words}"),
            BlockKind::Dateline | BlockKind::Byline | BlockKind::Paragraph => words,
        }
    }

    /// The next paragraph, or the one before.
    fn step(&mut self, forward: bool) -> String {
        let next = if forward { Some(self.at) } else { self.at.checked_sub(2) };
        match next.and_then(|at| Some((at, self.passages.get(at)?))) {
            Some((at, block)) => {
                let words = self.spoken(block);
                self.at = at + 1;
                words
            }
            None if forward => "End of the article.".into(),
            None => "Beginning of the article.".into(),
        }
    }

    fn search(&mut self, words: &str) -> String {
        let wanted = words.to_lowercase();
        let has = |block: &Block| self.story.words(block.span).to_lowercase().contains(&wanted);
        match (self.at..self.passages.len()).chain(0..self.at).find(|&at| self.passages.get(at).is_some_and(has)) {
            Some(at) => {
                self.at = at;
                self.step(true)
            }
            None => format!("“{words}” is not in the text."),
        }
    }

    /// The next claim, or the one before: who, how, what.
    fn step_claim(&mut self, forward: bool) -> String {
        let now = self.claim;
        let story = self.analysed();
        let count = story.claim_order.len();
        let next = match (now, forward) {
            (None, true) => Some(0),
            (Some(at), true) => Some(at + 1),
            (at, false) => at.and_then(|at| at.checked_sub(1)),
        };
        let found = next.and_then(|at| Some((at, story.analysis.claims.get(*story.claim_order.get(at)?)?)));
        let Some((at, claim)) = found else {
            return match (count, forward) {
                (0, _) if !story.analysis.claims.is_empty() => "Only beliefs and unsure claims; e tells them.".into(),
                (0, _) => "No claim is attributed to anyone.".into(),
                (_, true) => "No claim further down.".into(),
                (_, false) => "No claim further up.".into(),
            };
        };
        let who = chain(story, claim).join(", through whom ");
        let who = if who.is_empty() { "Source not told".to_owned() } else { who };
        let (form, stance) = (wording::form(claim.form), wording::stance(claim.stance));
        let words = format!("Claim {} of {count}. {who}: {} ({form}, {stance})", at + 1, content(story, claim));
        let others = claim
            .contradicts
            .iter()
            .filter(|other| story.shows(other.0))
            .map(|other| story.claim_number(other.0).to_string())
            .collect::<Vec<_>>()
            .join(", ");
        let words = if others.is_empty() { words } else { format!("{words} Contradicts claim {others}.") };
        self.claim = Some(at);
        words
    }

    /// Tells beliefs and unsure claims too, or only what is surely said.
    fn toggle_all_claims(&mut self) -> String {
        self.analysed();
        let all = !self.story.shows_all();
        self.story.set_shows_all(all);
        self.claim = None;
        let claims = wording::plural(self.story.claim_order.len(), "claim");
        if all { format!("{claims}, beliefs and unsure ones among them.") } else { format!("{claims} surely said.") }
    }

    fn list(&mut self, pane: Pane) -> String {
        self.analysed();
        let rows = rows(pane, std::slice::from_ref(&self.story), 0);
        let lines = rows.iter().map(|row| {
            let counted = |count| match row.target {
                Target::Entity(_) => wording::plural(count, "mention"),
                Target::Source(_) => wording::plural(count, "claim"),
                _ => count.to_string(),
            };
            let count = row.count.map(|count| format!(", {}", counted(count))).unwrap_or_default();
            let detail = if row.detail.is_empty() { String::new() } else { format!(", {}", row.detail) };
            if row.target == Target::Heading {
                format!("{}{count}:", row.label)
            } else {
                format!("  {}{detail}{count}", row.label)
            }
        });
        let lines: Vec<String> = std::iter::once(format!("{}.", pane.title())).chain(lines).collect();
        lines.join("\n")
    }
}

/// Where the words go, and how many columns there are.
pub struct Voice<'a> {
    /// The terminal.
    pub out: &'a mut dyn Write,
    /// Its width: lines break between words, since a screen reader reads the screen's lines.
    pub columns: fn() -> usize,
}

/// Reads the documents line by line until the user quits or the input ends; returns what could not be read, one sentence each.
///
/// # Errors
/// When the output cannot be written or the input cannot be read.
pub fn read(documents: Vec<Document>, input: &mut dyn BufRead, voice: &mut Voice<'_>) -> io::Result<Vec<String>> {
    let mut shelves: Vec<Shelf> = documents.into_iter().map(Shelf::Closed).collect();
    let (mut at, mut failed) = (0, Vec::new());
    let mut line = open(&mut shelves, at, &mut failed);
    loop {
        voice.say(&line)?;
        write!(voice.out, "> ")?;
        voice.out.flush()?;
        let mut command = String::new();
        if input.read_line(&mut command)? == 0 {
            return Ok(failed);
        }
        line = match command.trim() {
            "q" => return Ok(failed),
            step @ (">" | "<") => match if step == ">" { Some(at + 1) } else { at.checked_sub(1) } {
                Some(next) if next < shelves.len() => {
                    at = next;
                    open(&mut shelves, at, &mut failed)
                }
                _ => "There is no article further on.".into(),
            },
            "4" => titles(&shelves),
            command => match shelves.get_mut(at) {
                Some(Shelf::Open(desk)) => obey(desk, command),
                Some(Shelf::Failed(why)) => why.clone(),
                _ => "There is no article.".into(),
            },
        };
    }
}

fn obey(desk: &mut Desk, command: &str) -> String {
    match command {
        "" | "j" => desk.step(true),
        "b" | "k" => desk.step(false),
        "g" => {
            desk.at = 0;
            desk.step(true)
        }
        "]" => desk.step_claim(true),
        "[" => desk.step_claim(false),
        "e" => desk.toggle_all_claims(),
        "1" => desk.list(Pane::Entities),
        "2" => desk.list(Pane::Sources),
        "3" => desk.list(Pane::Timeline),
        other => match other.strip_prefix('/') {
            Some(words) if !words.is_empty() => desk.search(words),
            _ => HELP.to_owned(),
        },
    }
}

/// Opens the article at a place, and says its title; an input of several articles becomes as many.
fn open(shelves: &mut Vec<Shelf>, at: usize, failed: &mut Vec<String>) -> String {
    if let Some(Shelf::Closed(_)) = shelves.get(at)
        && let Shelf::Closed(document) = shelves.remove(at)
    {
        let mut opened = Vec::new();
        for result in Desk::new(document) {
            match result {
                Ok(desk) => opened.push(Shelf::Open(Box::new(desk))),
                Err(why) => {
                    opened.push(Shelf::Failed(why.clone()));
                    failed.push(why);
                }
            }
        }
        shelves.splice(at..at, opened);
    }
    match shelves.get(at) {
        Some(Shelf::Open(desk)) => {
            format!(
                "{}. {}, article {} of {}. Enter reads on, ? helps.",
                desk.story.title(),
                wording::plural(desk.passages.len(), "paragraph"),
                at + 1,
                shelves.len()
            )
        }
        Some(Shelf::Failed(why)) => why.clone(),
        _ => "There is no article.".into(),
    }
}

fn titles(shelves: &[Shelf]) -> String {
    let title = |shelf: &Shelf| match shelf {
        Shelf::Open(desk) => desk.story.title().to_owned(),
        Shelf::Closed(document) => format!("{}, not read yet", document.name),
        Shelf::Failed(why) => why.clone(),
    };
    let lines: Vec<String> = shelves.iter().enumerate().map(|(at, shelf)| format!("  {}. {}", at + 1, title(shelf))).collect();
    format!("Articles.\n{}", lines.join("\n"))
}

impl Voice<'_> {
    /// Writes lines that cannot steer the terminal.
    fn say(&mut self, words: &str) -> io::Result<()> {
        let columns = (self.columns)();
        for line in harmless(words).split('\n') {
            let indent = line.len() - line.trim_start().len();
            let measure = Measure { columns: columns.saturating_sub(indent), hyphens: false };
            for set in wrap(line, Span::new(0, line.len()), measure) {
                writeln!(self.out, "{:indent$}{}", "", set.span.of(line))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        let mut article = Article { text: text.into(), ..Article::default() };
        let mut start = 0;
        for (at, part) in text.split("\n\n").enumerate() {
            let kind = if at == 0 { BlockKind::Headline } else { BlockKind::Paragraph };
            article.blocks.push(Block { kind, span: Span::new(start, start + part.len()) });
            start += part.len() + 2;
        }
        article.document.headline = text.split("\n\n").next().map(str::to_owned);
        Document { name: "a.txt".into(), file: None, story: crate::app::Story::Analysed(Box::new(article), Box::default()) }
    }

    #[track_caller]
    fn check(commands: &str, lines: &[&str]) {
        let documents = vec![document("Levy dropped\n\nThe board met.\n\nThe levy is gone.\x07"), document("Ferry fares rise")];
        let mut out = Vec::new();
        read(documents, &mut commands.as_bytes(), &mut Voice { out: &mut out, columns: || 76 }).unwrap();
        let said = String::from_utf8(out).unwrap();
        let said: Vec<&str> = said.split("> ").map(str::trim_end).filter(|line| !line.is_empty()).collect();
        assert_eq!(said, lines);
    }

    #[test]
    fn lines_in_lines_out() {
        let opened = "Levy dropped. 3 paragraphs, article 1 of 2. Enter reads on, ? helps.";
        check(
            "\n\n\n\nq\n",
            &[opened, "Headline: Levy dropped", "The board met.", "The levy is gone.\u{fffd}", "End of the article."],
        );
        check("/levy is\nb\n]\n", &[opened, "The levy is gone.\u{fffd}", "The board met.", "No claim is attributed to anyone."]);
        let other = "Ferry fares rise. 1 paragraph, article 2 of 2. Enter reads on, ? helps.";
        check(">\n>\nq\n", &[opened, other, "There is no article further on."]);
        check("4\n", &[opened, "Articles.\n  1. Levy dropped\n  2. a.txt, not read yet"]);
    }

    #[test]
    fn what_cannot_be_read_keeps_its_place() {
        let later = |name: &str, read: fn() -> Vec<Result<Document, String>>| Document {
            name: name.into(),
            file: None,
            story: crate::app::Story::Later(None, Box::new(read)),
        };
        let documents = vec![
            document("Levy dropped"),
            later("b.pdf", || vec![Err("b.pdf: not a text".into())]),
            document("Ferry fares rise"),
        ];
        let mut out = Vec::new();
        let mut voice = Voice { out: &mut out, columns: || 76 };
        let failed = read(documents, &mut ">\n\n>\n4\n".as_bytes(), &mut voice).unwrap();
        assert_eq!(failed, ["b.pdf: not a text"]);
        let said = String::from_utf8(out).unwrap();
        let said: Vec<&str> = said.split("> ").map(str::trim_end).filter(|line| !line.is_empty()).skip(1).collect();
        assert_eq!(said[..2], ["b.pdf: not a text"; 2]);
        assert!(
            said[2].starts_with("Ferry fares rise.") && said[3].ends_with("2. b.pdf: not a text\n  3. Ferry fares rise"),
            "{said:?}"
        );
    }

    #[test]
    fn lines_break_between_words_and_keep_their_indent() {
        let mut out = Vec::new();
        let mut voice = Voice { out: &mut out, columns: || 16 };
        voice.say("Sources.\n  Anna Brandt of the board, 2 claims").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "Sources.\n  Anna Brandt of\n  the board, 2\n  claims\n");
    }

    #[test]
    fn a_dateline_is_read_with_the_paragraph_it_opens() {
        let mut document = document("Levy dropped\n\nLINDSUND -\n\nThe board met.\n\nThe levy is gone.");
        let crate::app::Story::Analysed(article, _) = &mut document.story else { panic!() };
        article.blocks[1].kind = BlockKind::Dateline;
        let mut out = Vec::new();
        read(vec![document], &mut "\n\n\nb\n".as_bytes(), &mut Voice { out: &mut out, columns: || 76 }).unwrap();
        let said = String::from_utf8(out).unwrap();
        let said: Vec<&str> = said.split("> ").map(str::trim_end).skip(1).collect();
        assert_eq!(
            said,
            ["Headline: Levy dropped", "LINDSUND - The board met.", "The levy is gone.", "LINDSUND - The board met.", ""]
        );
    }
}
