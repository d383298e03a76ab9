//! An article with a hand-made analysis for the tests of reader and screens.

use byline::analysis::claims::{Claim, ClaimForm, Source, SourceKind, Stance};
use byline::analysis::entities::{Entity, EntityType, Mention, MentionForm};
use byline::analysis::timeline::{Event, EventStatus, Granularity, Interval, Timex, TimexType};
use byline::analysis::{Analysis, ClaimId, EntityId, SourceId, TimexId};
use byline::article::{Article, Block, BlockKind, Document, Origin, Raw, Reason, Removed, Stamp};
use byline::reader::{Action, Effect, Keymap, Reader, Story};
use byline::text::Span;
use byline::ui::{self, Depth, Theme};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

const HEADLINE: &str = "Harbour board drops levy plan after clerk’s letter";

/// One block a line; the first letter names its kind.
const BLOCKS: &str = "\
p The harbour board of Lindsund has dropped its plan for a levy on container freight, its chair Anna Brandt confirmed on Wednesday.
p “We have heard the port users and we will not go on with it,” Brandt told reporters at the quay. “A levy in a bad year helps nobody.”
p The clerk of the board, Jonas Falk, had warned of the levy in a letter. According to two people who have seen it, Falk wrote that the plan “would drive the last line out of Lindsund”.
p The Coast Gazette reported in March that the board expected 4.2 million crowns a year from the charge.
s What comes next
p Nordline, the largest port user, denied that it had threatened to leave. A spokesman declined to say whether it had written to the board.
l The old tariff stays in force until July.
l A new plan is to be shown in the autumn.
q Nobody builds cranes for a port that taxes them.
c Anna Brandt at the quay. Picture: Coast Gazette
p Brandt may stand for the chair again in the summer of 2032, people close to her say.";

const RAW_TAIL: &str = "\n\nShare this article\nTweet\nMore from the harbour\nFerry fares rise\n";

/// The article, its text on one page with some lines that were left out.
pub fn article() -> Article {
    let mut article = Article { id: "levy.txt".into(), ..Article::default() };
    for line in BLOCKS.lines() {
        let (kind, words) = line.split_once(' ').unwrap();
        let kind = match kind {
            "s" => BlockKind::Subhead,
            "l" => BlockKind::ListItem,
            "q" => BlockKind::Quote,
            "c" => BlockKind::Caption,
            _ => BlockKind::Paragraph,
        };
        if !article.text.is_empty() {
            article.text.push_str("\n\n");
        }
        let start = article.text.len();
        article.text.push_str(words);
        article.blocks.push(Block { kind, span: Span::new(start, article.text.len()) });
    }
    let before = format!("{HEADLINE}\nFirst published: 5 March 2031\n");
    article.origins.push(Origin { clean: Span::new(0, article.text.len()), raw: before.len() });
    article.raw = Raw::new(&format!("{before}{}{RAW_TAIL}", article.text), &article.origins);
    let lines = article.raw().lines().count();
    let gone = |start_line, end_line, reason| Removed { start_line, end_line, reason, text: String::new() };
    article.removed =
        vec![gone(1, 2, Reason::Metadata), gone(lines - 3, lines - 2, Reason::Social), gone(lines - 1, lines, Reason::Related)];
    article.document = Document {
        headline: Some(HEADLINE.into()),
        publisher: Some("Coast Gazette".into()),
        authors: vec!["Ilse Okafor".into()],
        published: "2031-03-05T18:20".parse().ok(),
        url: Some("https://gazette.example/levy".into()),
        ..Document::default()
    };
    article
}

/// The place of the nth time (from 0) that `words` stand in the article.
fn nth(article: &Article, words: &str, n: usize) -> Span {
    let (start, _) = article.text.match_indices(words).nth(n).unwrap_or_else(|| panic!("no {words:?} in the text"));
    Span::new(start, start + words.len())
}

/// What is known about the article.
pub fn analysis(article: &Article) -> Analysis {
    let at = |words: &str| nth(article, words, 0);
    let mut analysis = Analysis::default();
    name_them(article, &mut analysis);
    analysis.sources = sources(&at);
    analysis.timexes = timexes(&at);
    analysis.claims = claims(&at);
    analysis.events = events(&at, &analysis.timexes);
    analysis
}

/// Entities with their mentions.
fn name_them(article: &Article, analysis: &mut Analysis) {
    for (kind, name, title, mentions) in [
        (
            EntityType::Person,
            "Anna Brandt",
            Some("chair"),
            &[("Anna Brandt", 0), ("Brandt", 1), ("Anna Brandt", 1), ("Brandt", 3)][..],
        ),
        (EntityType::Person, "Jonas Falk", Some("clerk of the board"), &[("Jonas Falk", 0), ("Falk", 1)]),
        (EntityType::Organization, "Coast Gazette", None, &[("Coast Gazette", 0), ("Coast Gazette", 1)]),
        (EntityType::Organization, "Nordline", None, &[("Nordline", 0)]),
        (EntityType::Place, "Lindsund", None, &[("Lindsund", 0), ("Lindsund", 1)]),
    ] {
        let entity = EntityId(analysis.entities.len());
        let aliases = if name == "Anna Brandt" { vec!["Brandt".into()] } else { Vec::new() };
        let job_title = title.map(str::to_owned);
        analysis.entities.push(Entity { kind, name: name.into(), aliases, job_title, confidence: None });
        for &(words, n) in mentions {
            analysis.mentions.push(Mention { entity, span: nth(article, words, n), form: MentionForm::Name });
        }
    }
    analysis.mentions.sort_by_key(|mention| mention.span);
}

fn sources(at: &impl Fn(&str) -> Span) -> Vec<Source> {
    let rows = [
        (Some(0), "Anna Brandt", SourceKind::Person, None),
        (None, "two people who have seen it", SourceKind::Unnamed, Some("who have seen it")),
        (Some(1), "Jonas Falk", SourceKind::Person, None),
        (Some(2), "Coast Gazette", SourceKind::Outlet, None),
        (Some(3), "Nordline", SourceKind::Organization, None),
        (None, "people close to her", SourceKind::Unnamed, None),
    ];
    let source = |(entity, name, kind, why): (Option<usize>, &str, SourceKind, Option<&str>)| Source {
        entity: entity.map(EntityId),
        name: name.into(),
        kind,
        why_unnamed: why.map(at),
    };
    rows.map(source).into()
}

fn timexes(at: &impl Fn(&str) -> Span) -> Vec<Timex> {
    let rows = [
        ("on Wednesday", "2031-03-05", "2031-03-05", "2031-03-06", Granularity::Day),
        ("in March", "2031-03", "2031-03-01", "2031-04-01", Granularity::Month),
        ("until July", "2031-07", "2031-07-01", "2031-08-01", Granularity::Month),
        ("the summer of 2032", "2032-SU", "2032-06-01", "2032-09-01", Granularity::Season),
    ];
    let timex = |(words, value, start, end, granularity): (&str, &str, &str, &str, Granularity)| Timex {
        span: at(words),
        kind: TimexType::Date,
        value: value.into(),
        modifier: None,
        anchor: None,
        function: None,
        interval: interval(start, end),
        granularity: Some(granularity),
        why: String::new(),
    };
    rows.map(timex).into()
}

fn events(at: &impl Fn(&str) -> Span, timexes: &[Timex]) -> Vec<Event> {
    let rows = [
        ("the board expected 4.2 million crowns", "expected", Some(1), EventStatus::Reported, Some(4)),
        ("The harbour board of Lindsund has dropped its plan", "dropped", Some(0), EventStatus::Reported, Some(0)),
        ("Falk wrote that the plan", "wrote", None, EventStatus::Reported, Some(3)),
        ("it had threatened to leave", "threatened", None, EventStatus::Denied, Some(5)),
        ("The old tariff stays in force until July", "stays", Some(2), EventStatus::Ongoing, None),
        ("Brandt may stand for the chair again", "stand", Some(3), EventStatus::Hypothetical, Some(6)),
    ];
    let event = |(words, trigger, time, status, claim): (&str, &str, Option<usize>, EventStatus, Option<usize>)| {
        let timex = time.map(|time| &timexes[time]);
        Event {
            span: at(words),
            trigger: at(trigger),
            time: time.map(TimexId),
            interval: timex.map(|timex| timex.interval).unwrap_or_default(),
            granularity: timex.and_then(|timex| timex.granularity),
            approximate: false,
            status,
            before: Vec::new(),
            after: Vec::new(),
            participants: Vec::new(),
            claim: claim.map(ClaimId),
        }
    };
    rows.map(event).into()
}

fn interval(start: &str, end: &str) -> Interval {
    let moment = |text: &str| text.parse::<Stamp>().ok().map(|stamp| stamp.civil);
    Interval { start: moment(start), end: moment(end) }
}

fn claims(at: &impl Fn(&str) -> Span) -> Vec<Claim> {
    let claim = |source: usize, cue: &[&str], content: &[&str], form, stance| Claim {
        source: Some(SourceId(source)),
        cue: cue.iter().map(|words| at(words)).collect(),
        form,
        stance,
        ..Claim::new(content.iter().map(|words| at(words)).collect())
    };
    let (direct, indirect, mixed) = (ClaimForm::Direct, ClaimForm::Indirect, ClaimForm::Mixed);
    let dropped = "The harbour board of Lindsund has dropped its plan for a levy on container freight";
    let wrote = "Falk wrote that the plan “would drive the last line out of Lindsund”";
    vec![
        Claim { time: Some(TimexId(0)), ..claim(0, &["confirmed"], &[dropped], indirect, Stance::Confirms) },
        Claim {
            addressee: Some(at("reporters")),
            confidence: Some(0.97),
            ..claim(
                0,
                &["told"],
                &["“We have heard the port users and we will not go on with it,”", "“A levy in a bad year helps nobody.”"],
                direct,
                Stance::Asserts,
            )
        },
        claim(1, &["According to"], &[wrote], mixed, Stance::Asserts),
        Claim {
            parent: Some(ClaimId(2)),
            via: vec![SourceId(1)],
            ..claim(2, &["wrote"], &["the plan “would drive the last line out of Lindsund”"], mixed, Stance::Asserts)
        },
        Claim {
            time: Some(TimexId(1)),
            ..claim(
                3,
                &["reported"],
                &["the board expected 4.2 million crowns a year from the charge"],
                indirect,
                Stance::Asserts,
            )
        },
        claim(4, &["denied"], &["it had threatened to leave"], indirect, Stance::Denies),
        claim(5, &["say"], &["Brandt may stand for the chair again in the summer of 2032"], indirect, Stance::Speculates),
    ]
}

/// Words so long that some break at line ends, with one claim and one name told by a common noun.
pub const LONG_WORDS: &str = "The harbour administration reconsidered its constitutional representation yesterday, the spokeswoman \
announced. Representatives of neighbouring municipalities acknowledged considerable disappointment.";

/// The article of these words, and what is known about it.
pub fn long_words() -> (Article, Analysis) {
    let span = Span::new(0, LONG_WORDS.len());
    let blocks = vec![Block { kind: BlockKind::Paragraph, span }];
    let origins = vec![Origin { clean: span, raw: 0 }];
    let article = Article { text: LONG_WORDS.into(), blocks, origins, ..Article::default() };
    let at = |words: &str| nth(&article, words, 0);
    let mut analysis = Analysis::default();
    let name = "spokeswoman".to_owned();
    analysis.entities.push(Entity {
        kind: EntityType::Person,
        name: name.clone(),
        aliases: Vec::new(),
        job_title: None,
        confidence: None,
    });
    analysis.mentions.push(Mention { entity: EntityId(0), span: at("spokeswoman"), form: MentionForm::Name });
    analysis.sources.push(Source { entity: Some(EntityId(0)), name, kind: SourceKind::Person, why_unnamed: None });
    analysis.claims.push(Claim {
        source: Some(SourceId(0)),
        source_spans: vec![at("the spokeswoman")],
        cue: vec![at("announced")],
        ..Claim::new(vec![at("The harbour administration reconsidered its constitutional representation yesterday")])
    });
    (article, analysis)
}

/// A reader on a screen of the given size.
pub struct Desk {
    pub reader: Reader,
    pub area: Rect,
    pub theme: Theme,
    pub ascii: bool,
}

impl Desk {
    /// The article with its analysis.
    pub fn new(columns: u16, rows: u16) -> Self {
        let article = article();
        let analysis = analysis(&article);
        let mut desk = Self::with(vec![Story::read("levy.txt".into(), article)], columns, rows);
        desk.reader.receive_analysis(0, analysis);
        desk.measure();
        desk
    }

    /// The article where two claims contradict each other.
    pub fn disputed() -> Self {
        let mut desk = Self::new(120, 40);
        let mut analysis = desk.reader.story().analysis.clone();
        analysis.claims[2].contradicts = vec![ClaimId(5)];
        analysis.claims[5].contradicts = vec![ClaimId(2)];
        desk.reader.receive_analysis(0, analysis);
        desk.measure();
        desk
    }

    /// Some stories, as they are.
    pub fn with(stories: Vec<Story>, columns: u16, rows: u16) -> Self {
        let theme = Theme::built_in("dark", Depth::True).unwrap();
        let mut desk =
            Self { reader: Reader::new(stories, Keymap::default()), area: Rect::new(0, 0, columns, rows), theme, ascii: false };
        desk.measure();
        desk
    }

    pub fn measure(&mut self) {
        ui::measure(&mut self.reader, self.area);
    }

    pub fn act(&mut self, action: Action) -> Option<Effect> {
        let effect = self.reader.update(action);
        self.measure();
        effect
    }

    /// Presses keys, written as in the key table with blanks between them.
    pub fn press(&mut self, keys: &str) -> Option<Effect> {
        let mut effect = None;
        for key in keys.split_whitespace() {
            let chord = key.parse().unwrap();
            effect = self.reader.action(chord).and_then(|action| self.act(action));
        }
        effect
    }

    /// Changes the size of the screen.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.area = Rect::new(0, 0, columns, rows);
        self.measure();
    }

    pub fn cells(&self) -> Buffer {
        let mut cells = Buffer::empty(self.area);
        ui::draw(&self.reader, &self.theme, self.ascii, &mut cells);
        cells
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        let cells = self.cells();
        let row = |y: u16| (0..self.area.width).map(|x| cells[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (0..self.area.height).map(row).collect::<Vec<_>>().join("\n")
    }

    /// What each cell wears, row by row.
    pub fn looks(&self) -> Vec<Vec<String>> {
        let cells = self.cells();
        let look = |cell: &Cell| {
            let mut look = Vec::new();
            // A blank has no foreground, and no weight.
            let blank = cell.symbol() == " ";
            let seen = Modifier::UNDERLINED | Modifier::REVERSED;
            let modifier = if blank { cell.modifier & seen } else { cell.modifier };
            if !modifier.is_empty() {
                look.push(format!("{modifier:?}").to_lowercase().replace(" | ", " "));
            }
            if cell.fg != Color::Reset && !blank {
                look.push(cell.fg.to_string());
            }
            if cell.bg != Color::Reset {
                look.push(format!("on {}", cell.bg));
            }
            look.join(" ")
        };
        (0..self.area.height).map(|y| (0..self.area.width).map(|x| look(&cells[(x, y)])).collect()).collect()
    }
}
