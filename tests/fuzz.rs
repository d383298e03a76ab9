//! Fuzzing on stable: each target takes bytes grown out of seeds and must neither panic nor break what always holds. Plain `cargo test` runs
//! each for a set number of cases; `BYLINE_FUZZ_SECONDS=600 cargo test --test integration fuzz::` runs each for so many seconds of processor
//! time (`just fuzz`), on the samples beside the checkout too. What once broke something stands in `tests/fixtures/fuzz` and is tried first.

use crate::cpu_time::cpu_time;
use crate::desk::Desk;
use crate::exports::story;
use crate::grown::{Chance, grown};
use byline::analysis::{Analysis, analyse_by_rules};
use byline::article::{self, Article, ReadOptions, read};
use byline::exchange::{Annotated, Beside, OUTPUT_FORMATS, OpenOptions, input_format, json, open, open_with, output_format};
use byline::reader::{ACTIONS, Action, Hit, Pane, Story};
use byline::text::{Gate, Span};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// Cases of a target in plain `cargo test`.
const CASES: usize = 100;
/// Longest input grown, in bytes.
const LONGEST: usize = 8000;

/// A target: what its inputs grow out of, and how.
struct Target {
    name: &'static str,
    seeds: Vec<Vec<u8>>,
    /// Folders of `corpora` beside the checkout whose files are seeds too, where time is given.
    folders: &'static [&'static str],
    cases: usize,
    /// Longest input in bytes.
    longest: usize,
}

impl Target {
    fn new(name: &'static str, seeds: Vec<Vec<u8>>) -> Self {
        Self { name, seeds, folders: &[], cases: CASES, longest: LONGEST }
    }

    fn with(self, folders: &'static [&'static str]) -> Self {
        Self { folders, ..self }
    }

    /// Runs it over its regressions, its seeds, and what grows out of them.
    fn run(mut self, check: impl Fn(&[u8])) {
        let time = std::env::var("BYLINE_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).map(Duration::from_secs);
        let fixtures = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fuzz"));
        let regressions = fixtures.into_iter().filter(|(name, _)| name.starts_with(&format!("{}-", self.name)));
        self.seeds.extend(regressions.map(|(_, bytes)| bytes));
        if time.is_some() {
            let shared =
                std::env::var("BYLINE_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into());
            let samples = self.folders.iter().flat_map(|folder| files(&Path::new(&shared).join("corpora").join(folder)));
            self.seeds.extend(samples.map(|(_, bytes)| bytes).filter(|bytes| bytes.len() <= 2 * self.longest));
        }
        let began = cpu_time();
        self.seeds.iter().for_each(|seed| self.held(seed, &check));
        let (mut chance, mut cases, mut slowest) = (Chance(0x9e37_79b9_7f4a_7c15), 0, (Duration::ZERO, Vec::new()));
        if time.is_some() {
            // Other inputs each time, but where they shall be the same: CI is to tell of a change, not of luck.
            let seed = std::env::var("BYLINE_FUZZ_SEED").ok().and_then(|seed| seed.parse().ok());
            chance.0 ^= seed.unwrap_or_else(|| std::time::UNIX_EPOCH.elapsed().map_or(0, |elapsed| elapsed.as_nanos() as u64));
        }
        // Threads of the encoder do its work: their time is not this one's.
        let clock = Instant::now();
        let goes_on = |time| cpu_time().saturating_sub(began) < time && clock.elapsed() < 4 * time;
        while time.map_or(cases < self.cases, goes_on) {
            let input = grown(&mut chance, &self.seeds, self.longest);
            let before = cpu_time();
            self.held(&input, &check);
            slowest = slowest.max((cpu_time().saturating_sub(before), input));
            cases += 1;
        }
        if time.is_some() {
            let spent = cpu_time().saturating_sub(began).as_secs();
            self.kept(&slowest.1, "slowest");
            println!(
                "fuzzed {}: {cases} inputs from {} seeds in {spent} s, slowest {:?}",
                self.name,
                self.seeds.len(),
                slowest.0
            );
        }
    }

    fn held(&self, bytes: &[u8], check: impl Fn(&[u8])) {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| check(bytes))) {
            let mut hash = DefaultHasher::new();
            bytes.hash(&mut hash);
            self.kept(bytes, &format!("{:016x}", hash.finish()));
            std::panic::resume_unwind(panic);
        }
    }

    fn kept(&self, bytes: &[u8], as_what: &str) {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{as_what}", self.name));
        std::fs::write(&path, bytes).unwrap();
        eprintln!("{}: the {as_what} input is in {}", self.name, path.display());
    }
}

/// The files of a folder, by name; empty if there is no such folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some((entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).ok()?)))
        .collect();
    files.sort();
    files
}

fn written(format: &str) -> Vec<u8> {
    output_format(format).unwrap().article(&story()).into_bytes()
}

fn sample() -> Vec<u8> {
    let sample = include_bytes!("../assets/sample.txt");
    sample[..sample.iter().rposition(|b| *b == b'\n').unwrap().min(LONGEST)].to_vec()
}

/// What holds of every article, whatever it was made of.
fn sound(article: &Article) {
    for block in &article.blocks {
        assert!(article.text.get(block.span.start..block.span.end).is_some(), "{block:?}");
    }
    for pair in article.blocks.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{pair:?}");
    }
    for origin in &article.origins {
        let raw = article.raw().get(origin.raw..origin.raw + origin.clean.len());
        assert!(raw.is_some() && article.text.get(origin.clean.start..origin.clean.end).is_some(), "{origin:?}");
    }
}

/// What holds of every analysis: its spans lie in the text, its references lead somewhere, its claims form no circle.
fn at_home(article: &Article, of: &Analysis) {
    let inside = |span: &Span| assert!(article.text.get(span.start..span.end).is_some(), "{span:?}");
    for mention in &of.mentions {
        inside(&mention.span);
        assert!(mention.entity.0 < of.entities.len());
    }
    for (at, claim) in of.claims.iter().enumerate() {
        claim.source_spans.iter().chain(&claim.cue).chain(&claim.content).chain(&claim.addressee).for_each(inside);
        assert!(claim.source.is_none_or(|id| id.0 < of.sources.len()));
        assert!(claim.time.is_none_or(|id| id.0 < of.timexes.len()));
        let (mut up, mut steps) = (claim.parent, 0);
        while let Some(id) = up {
            steps += 1;
            assert!(id.0 != at && steps <= of.claims.len(), "claim {at} is within itself");
            up = of.claims[id.0].parent;
        }
    }
    of.timexes.iter().for_each(|timex| inside(&timex.span));
    for event in &of.events {
        inside(&event.span);
        inside(&event.trigger);
        assert!(event.before.iter().chain(&event.after).all(|id| *id < of.events.len()));
    }
}

/// What was opened goes out in every format, and none of them speaks to a terminal.
fn goes_out(article: Article, analysis: Analysis) {
    sound(&article);
    at_home(&article, &analysis);
    let annotated = Annotated { article, analysis, origin: None };
    for format in OUTPUT_FORMATS {
        let mut gate = Gate::default();
        assert!(!format.article(&annotated).chars().any(|c| gate.stops(c)), "{}", format.name);
    }
    let value = json::value(&annotated);
    assert_eq!(json::value(&json::read(value.clone()).unwrap()), value);
}

/// Opens bytes as what they look like, and as the format they grew out of; whatever opens goes out again.
fn opened(bytes: &[u8], format: &str) {
    for format in [None, input_format(format)] {
        let results = open(bytes, "x", &OpenOptions { format, ..OpenOptions::default() });
        assert!(!results.is_empty());
        for opened in results.into_iter().flatten() {
            goes_out(opened.article, opened.analysis.unwrap_or_default());
        }
    }
}

#[test]
fn decode_and_text() {
    let latin = b"caf\xe9 \x93said\x94".to_vec();
    let utf16: Vec<u8> = "Zoë said: “No.”".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let seeds = vec![sample(), latin, utf16, b"\xef\xbb\xbfx".to_vec(), b"\x1b]0;x\x07\x9b2J".to_vec()];
    Target::new("text", seeds).with(&["seed", "hostile"]).run(|bytes| {
        for no_clean in [false, true] {
            let options = ReadOptions { no_clean, format: article::InputFormat::Text, ..ReadOptions::default() };
            read(bytes, "x", &options).iter().flatten().for_each(sound);
        }
    });
}

#[test]
fn html() {
    let page = b"<!doctype html><html><head><meta charset=utf-8><title>Levy dropped</title><meta property='og:title' content='x'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"x\",\"datePublished\":\"2031-03-05\",\"author\":[{\"name\":\"A\"}]}</script></head><body><nav><a href=/>Home</a></nav><article><h1>Levy dropped</h1><p>The board met on <b>Monday</b>, she said.</p><ul><li>One<li>Two</ul><table><tr><td>1</table></article><aside>More</aside></body></html>";
    let target = Target::new("html", vec![page.to_vec(), written("html")]).with(&["samples/html-jsonld", "hostile"]);
    Target { longest: 30_000, ..target }.run(|bytes| {
        let options = ReadOptions { format: article::InputFormat::Html, ..ReadOptions::default() };
        read(bytes, "x", &options).iter().flatten().for_each(sound);
    });
}

/// A test for each format that is read from JSON or XML: its name, where samples lie, and seeds.
macro_rules! imports {
    ($($test:ident, $format:literal, [$($folder:literal),*], [$($seed:expr),* $(,)?];)*) => {$(
        #[test]
        fn $test() {
            let seeds: Vec<Vec<u8>> = vec![$($seed.into()),*];
            assert!(input_format($format).is_some());
            Target::new($format, seeds).with(&[$($folder),*]).run(|bytes| opened(bytes, $format));
        }
    )*};
}

imports! {
    native_json, "json", [], [written("jsonl"), b"{\"id\": 1, \"text\": \"One.\"}\n{\"text\": \"Two\", \"date\": \"2031\"}"];
    ninjs, "ninjs", ["samples/ninjs"], [br#"{"uri":"u","type":"text","versioncreated":"2031-03-05T10:00:00Z","headline":"H","body_text":"Ada Li left Oslo.","person":[{"name":"Ada Li"}],"dateline":"OSLO"}"#];
    json_feed, "json-feed", ["samples/feeds"], [br#"{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[{"id":"1","title":"T","content_html":"<p>Ada &amp; Li</p>","date_published":"2031-03-05T10:00:00Z"}]}"#];
    web_annotation, "web-annotation", ["samples/w3c-webannotation", "samples/recogito-w3c"], [written("web-annotation")];
    corenlp, "corenlp", ["samples/corenlp"], [br#"{"docId":"d","sentences":[{"index":0,"entitymentions":[{"docTokenBegin":0,"docTokenEnd":2,"characterOffsetBegin":0,"characterOffsetEnd":6,"text":"Ada Li","ner":"PERSON"}],"tokens":[{"index":1,"word":"Ada","originalText":"Ada","characterOffsetBegin":0,"characterOffsetEnd":3,"before":"","after":" "},{"index":2,"word":"Li","originalText":"Li","characterOffsetBegin":4,"characterOffsetEnd":6,"before":" ","after":""}]}],"corefs":{"1":[{"id":1,"text":"Ada Li","type":"PROPER","startIndex":1,"endIndex":3,"sentNum":1,"isRepresentativeMention":true}]},"quotes":[{"id":0,"text":"\"x\"","beginIndex":0,"endIndex":3,"mention":"Ada","speaker":"Ada Li"}]}"#];
    citron, "citron", ["samples/citron"], [written("citron")];
    spacy, "spacy", ["samples/spacy", "samples/doccano", "samples/prodigy"], [
        written("spacy"),
        br#"{"text":"Ada Li left Oslo.","labels":[[0,6,"PERSON"]]}"#,
        br#"[{"id":0,"paragraphs":[{"sentences":[{"tokens":[{"orth":"Ada","ner":"U-PER","id":0}]}]}]}]"#,
    ];
    foreign, "foreign", ["samples/label-studio", "samples/gate-bdoc", "samples/uima-cas", "samples/gdelt-gkg", "samples/aws-comprehend"], [br#"[{"id":1,"data":{"text":"Ada"},"annotations":[{"result":[]}]}]"#];
    timeml, "timeml", ["samples/timeml"], [written("timeml")];
    feed, "feed", ["samples/feeds"], [
        b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>F</title><item><title>T</title><link>https://x.example/</link><description>&lt;p&gt;Ada &amp;amp; Li&lt;/p&gt;</description><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>",
        b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>F</title><entry><id>1</id><title>T</title><content type=\"xhtml\"><div><p>Ada</p></div></content></entry></feed>",
    ];
    nitf, "nitf", ["samples/nitf"], [b"<nitf><head><title>T</title><docdata><date.issue norm=\"20310305T100000Z\"/></docdata></head><body><body.head><hedline><hl1>T</hl1></hedline><byline>A</byline></body.head><body.content><block><p>Ada <person>Li</person> left <location>Oslo</location>.</p></block></body.content></body></nitf>"];
    newsml, "newsml", ["samples/newsml-g2"], [b"<newsItem><itemMeta><versionCreated>2031-03-05T10:00:00Z</versionCreated></itemMeta><contentMeta><headline>T</headline></contentMeta><contentSet><inlineXML><html><body><p>Ada left.</p></body></html></inlineXML></contentSet></newsItem>"];
}

/// The bytes are an `.ann` beside the text that it counts in, or, after a line of hyphens, both.
#[test]
fn brat_and_other_annotations_beside_a_text() {
    let seeds = vec![
        written("brat"),
        written("web-annotation"),
        b"T1\tPER 0 3;5 8\tAda Li\nE1\tSay:T1 Arg:T2\nR1\tCue Arg1:T1 Arg2:T2\nA1\tNeg T1\n#1\tNote T1\tx\n*\tEquiv T1 T2\n"
            .to_vec(),
    ];
    Target::new("beside", seeds).with(&["samples/brat"]).run(|bytes| {
        let text = written("brat-text");
        for opened in open_with(&text, "x", Beside { name: "x.ann", bytes }, &OpenOptions::default()).into_iter().flatten() {
            goes_out(opened.article, opened.analysis.unwrap_or_default());
        }
    });
}

/// An article analysed, on a day that is known.
fn analysed(bytes: &[u8], analyse: fn(&Article) -> Analysis) {
    let options = ReadOptions { no_clean: true, format: article::InputFormat::Text, published: "2031-03-05".parse().ok() };
    for article in read(bytes, "x", &options).into_iter().flatten() {
        let analysis = analyse(&article);
        goes_out(article, analysis);
    }
}

#[test]
fn analysis_by_rules() {
    let seeds = vec![sample(), crate::exports::TEXT.into(), sample()[600..2600].to_vec()];
    Target { cases: 30, ..Target::new("rules", seeds).with(&["seed"]) }.run(|bytes| analysed(bytes, analyse_by_rules));
}

#[test]
#[cfg(feature = "encoder")]
fn analysis_with_the_encoder() {
    let seeds = vec![crate::exports::TEXT.into(), sample()[600..1000].to_vec()];
    Target { cases: 10, longest: 600, ..Target::new("analysis", seeds) }.run(|bytes| analysed(bytes, byline::analysis::analyse));
}

/// What one byte asks of the reader: a key, a row of the table of actions, or something the mouse does.
fn act(desk: &mut Desk, byte: u8, next: u8) {
    let text = &desk.reader.story().article.text;
    let body = (0..=usize::from(next) * 8).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let row = Hit::Row(
        [Pane::Entities, Pane::Sources, Pane::Timeline, Pane::Articles][usize::from(next) % 4],
        Some(usize::from(next) / 8),
    );
    let key = match byte {
        b'\n' => "Enter".to_owned(),
        0x1b => "Esc".into(),
        b' ' => "Space".into(),
        b'\t' => "Tab".into(),
        0x21..=0x7e => char::from(byte).to_string(),
        1 => return drop(desk.act(Action::Click(Hit::Body(body)))),
        2 => return drop(desk.act(Action::DoubleClick(Hit::Body(body)))),
        3 => return drop(desk.act(Action::Click(row))),
        4 => return drop(desk.act(Action::DoubleClick(row))),
        5 => return drop(desk.act(Action::Drag(i16::from(next) - 128))),
        6 => return drop(desk.act(Action::Wheel(row, next as i8))),
        7 => return drop(desk.act(Action::Wheel(Hit::Body(body), next as i8))),
        8 => return drop(desk.act(Action::Insert(char::from(next)))),
        0x80.. => return drop(desk.act(ACTIONS[usize::from(byte - 0x80) % ACTIONS.len()].action)),
        _ => return,
    };
    if let Ok(chord) = key.parse()
        && let Some(action) = desk.reader.action(chord)
    {
        desk.act(action);
    }
}

/// The bytes are a size, and what is asked of the reader; an analysis arrives in the middle, and the screen changes its size.
#[test]
fn actions_in_the_reader() {
    let keys = b"]]1jjnN\n2 \n3/a\nzr?m'+-=0><TGgb fudkj{}sFyYohl4\x1b\x1bcl\x1bUR1cd\x03\x31\x01\x40v".to_vec();
    Target::new("actions", vec![keys.clone(), keys.repeat(3), b"/levy\n\x1bnn".to_vec()]).run(|bytes| {
        let at = |at: usize| bytes.get(at).copied().unwrap_or(40);
        let size = |nth: usize| u16::from(at(nth) % 130) + 1;
        let mut desk = Desk::new(size(0), size(1));
        desk.reader.receive(0, vec![Story::read("x".into(), crate::desk::article())]);
        desk.measure();
        for nth in 0..bytes.len().min(160) {
            if nth == usize::from(at(2) % 40) {
                let analysis = crate::desk::analysis(&crate::desk::article());
                desk.reader.receive_analysis(0, analysis);
                desk.measure();
            }
            act(&mut desk, at(nth), at(nth + 1));
            if nth % 16 == 15 {
                desk.resize(size(nth), size(nth + 1));
                let _ = desk.cells();
            }
        }
        let mut gate = Gate::default();
        assert!(!desk.cells().content().iter().any(|cell| cell.symbol().chars().any(|c| gate.stops(c))));
    });
}
