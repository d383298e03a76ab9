//! Fuzzing on stable: each target takes bytes grown out of seeds and must neither panic nor break what always holds. Plain `cargo test` runs
//! each for a set number of cases; `BYLINE_FUZZ_SECONDS=600 cargo test --test integration fuzz::` runs each for that long (`just fuzz`).
//! What once broke something stands in `tests/fixtures/fuzz` and is tried first.

use crate::desk::Desk;
use crate::exports::story;
use byline::analysis::{Analysis, analyse_by_rules};
use byline::article::{Article, InputFormat, ReadOptions, read};
use byline::exchange::{Annotated, Beside, OUTPUT_FORMATS, OpenOptions, json, open, open_with, output_format};
use byline::reader::Story;
use byline::text::{Gate, Span};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// Cases of a target in plain `cargo test`.
const CASES: usize = 150;
/// Longest input grown, in bytes.
const LONGEST: usize = 6000;

/// xorshift64*: the same cases on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n.max(1)
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// What is worth putting in the middle of anything.
const TOKENS: [&str; 40] = [
    "\"",
    "“",
    "”",
    "'",
    "‘",
    "’",
    "\n",
    "\n\n",
    "\t",
    "\0",
    "\u{1b}[2J",
    "\u{9d}",
    "\u{202e}",
    "\u{301}",
    "😀",
    "👩‍👩‍👧",
    "ß",
    "İ",
    "ﬁ",
    " said ",
    " according to ",
    "Monday",
    "the 1990s",
    "2016-02-30",
    "99999999999999999999",
    "-1",
    "1e999",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "</",
    "&#27;",
    "&",
    ":",
    ",",
    "null",
    "\\ud800",
];

fn grown(chance: &mut Chance, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = chance.pick(seeds).clone();
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len() + 1);
        let to = (at + chance.below(40)).min(bytes.len());
        match chance.below(8) {
            0 if !bytes.is_empty() => {
                let at = chance.below(bytes.len());
                bytes[at] ^= 1 << chance.below(8);
            }
            1 => drop(bytes.drain(at..to)),
            2 => {
                let piece = bytes[at..to].repeat(1 + chance.below(12));
                bytes.splice(at..at, piece);
            }
            3 | 4 => drop(bytes.splice(at..at, chance.pick(&TOKENS).bytes())),
            5 => {
                let other = chance.pick(seeds);
                let from = chance.below(other.len() + 1);
                let end = (from + chance.below(200)).min(other.len());
                bytes.splice(at..to, other[from..end].iter().copied());
            }
            6 => bytes.truncate(at),
            _ => {
                // A number made another: offsets, lengths, dates.
                if let Some(digit) = bytes.iter().skip(at).position(u8::is_ascii_digit) {
                    bytes[at + digit] = b'0' + chance.below(10) as u8;
                }
            }
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

/// Runs a target over its regressions, its seeds, and what grows out of them.
fn fuzz(target: &str, seeds: &[Vec<u8>], check: fn(&[u8])) {
    let held = |bytes: &[u8]| {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| check(bytes))) {
            let mut hash = DefaultHasher::new();
            bytes.hash(&mut hash);
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{target}-{:016x}", hash.finish()));
            std::fs::write(&path, bytes).unwrap();
            eprintln!("{target}: the input is in {}: {}", path.display(), String::from_utf8_lossy(bytes));
            std::panic::resume_unwind(panic);
        }
    };
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fuzz");
    for file in std::fs::read_dir(fixtures).into_iter().flatten().flatten() {
        if file.file_name().to_string_lossy().starts_with(&format!("{target}-")) {
            held(&std::fs::read(file.path()).unwrap());
        }
    }
    for seed in seeds {
        held(seed);
    }
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let time = std::env::var("BYLINE_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).map(Duration::from_secs);
    let (began, mut cases) = (Instant::now(), 0);
    while time.map_or(cases < CASES, |time| began.elapsed() < time) {
        held(&grown(&mut chance, seeds));
        cases += 1;
    }
    if time.is_some() {
        println!("fuzzed {target}: {cases} inputs in {:?}", began.elapsed());
    }
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
        let raw = article.raw.get(origin.raw..origin.raw + origin.clean.len());
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

fn opened(bytes: &[u8], beside: Option<Beside<'_>>) {
    let options = OpenOptions::default();
    let results = match beside {
        Some(beside) => open_with(bytes, "x", beside, &options),
        None => open(bytes, "x", &options),
    };
    assert!(!results.is_empty());
    for opened in results.into_iter().flatten() {
        goes_out(opened.article, opened.analysis.unwrap_or_default());
    }
}

#[test]
fn decode_and_text() {
    let latin = b"caf\xe9 \x93said\x94".to_vec();
    let utf16: Vec<u8> = "Zoë said: “No.”".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fuzz("text", &[sample(), latin, utf16, b"\xef\xbb\xbfx".to_vec(), b"\x1b]0;x\x07\x9b2J".to_vec()], |bytes| {
        for no_clean in [false, true] {
            let options = ReadOptions { no_clean, format: InputFormat::Text, ..ReadOptions::default() };
            read(bytes, "x", &options).iter().flatten().for_each(sound);
        }
    });
}

#[test]
fn html() {
    let page = b"<!doctype html><html><head><meta charset=utf-8><title>Levy dropped</title><meta property='og:title' content='x'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"x\",\"datePublished\":\"2031-03-05\",\"author\":[{\"name\":\"A\"}]}</script></head><body><nav><a href=/>Home</a></nav><article><h1>Levy dropped</h1><p>The board met on <b>Monday</b>, she said.</p><ul><li>One<li>Two</ul><table><tr><td>1</table></article><aside>More</aside></body></html>";
    fuzz("html", &[page.to_vec(), written("html")], |bytes| {
        let options = ReadOptions { format: InputFormat::Html, ..ReadOptions::default() };
        read(bytes, "x", &options).iter().flatten().for_each(sound);
    });
}

#[test]
fn native_json() {
    fuzz(
        "native",
        &[written("jsonl"), b"{\"id\": 1, \"text\": \"One.\"}\n{\"text\": \"Two\", \"date\": \"2031\"}".to_vec()],
        |bytes| {
            opened(bytes, None);
        },
    );
}

#[test]
fn json_of_others() {
    let seeds = [
        written("web-annotation"),
        written("spacy"),
        written("citron"),
        br#"{"uri":"u","type":"text","versioncreated":"2031-03-05T10:00:00Z","headline":"H","body_text":"Ada Li left Oslo.","person":[{"name":"Ada Li"}],"dateline":"OSLO"}"#.to_vec(),
        br#"{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[{"id":"1","title":"T","content_html":"<p>Ada &amp; Li</p>","date_published":"2031-03-05T10:00:00Z"}]}"#.to_vec(),
        br#"{"docId":"d","sentences":[{"index":0,"entitymentions":[{"docTokenBegin":0,"docTokenEnd":2,"characterOffsetBegin":0,"characterOffsetEnd":6,"text":"Ada Li","ner":"PERSON"}],"tokens":[{"index":1,"word":"Ada","originalText":"Ada","characterOffsetBegin":0,"characterOffsetEnd":3,"before":"","after":" "},{"index":2,"word":"Li","originalText":"Li","characterOffsetBegin":4,"characterOffsetEnd":6,"before":" ","after":""}]}],"corefs":{"1":[{"id":1,"text":"Ada Li","type":"PROPER","startIndex":1,"endIndex":3,"sentNum":1,"isRepresentativeMention":true}]},"quotes":[{"id":0,"text":"\"x\"","beginIndex":0,"endIndex":3,"mention":"Ada","speaker":"Ada Li"}]}"#.to_vec(),
        br#"{"text":"Ada Li left Oslo.","labels":[[0,6,"PERSON"]]}"#.to_vec(),
        br#"[{"id":0,"paragraphs":[{"sentences":[{"tokens":[{"orth":"Ada","ner":"U-PER","id":0}]}]}]}]"#.to_vec(),
    ];
    fuzz("json", &seeds, |bytes| opened(bytes, None));
}

#[test]
fn xml_of_others() {
    let seeds = [
        written("timeml"),
        b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>F</title><item><title>T</title><link>https://x.example/</link><description>&lt;p&gt;Ada &amp;amp; Li&lt;/p&gt;</description><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>".to_vec(),
        b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>F</title><entry><id>1</id><title>T</title><content type=\"xhtml\"><div><p>Ada</p></div></content></entry></feed>".to_vec(),
        b"<nitf><head><title>T</title><docdata><date.issue norm=\"20310305T100000Z\"/></docdata></head><body><body.head><hedline><hl1>T</hl1></hedline><byline>A</byline></body.head><body.content><block><p>Ada <person>Li</person> left <location>Oslo</location>.</p></block></body.content></body></nitf>".to_vec(),
        b"<newsItem><itemMeta><versionCreated>2031-03-05T10:00:00Z</versionCreated></itemMeta><contentMeta><headline>T</headline></contentMeta><contentSet><inlineXML><html><body><p>Ada left.</p></body></html></inlineXML></contentSet></newsItem>".to_vec(),
    ];
    fuzz("xml", &seeds, |bytes| opened(bytes, None));
}

#[test]
fn annotations_beside_a_text() {
    let text = written("brat-text");
    assert!(!text.is_empty());
    let seeds = [
        written("brat"),
        written("web-annotation"),
        b"T1\tPER 0 3;5 8\tAda Li\nE1\tSay:T1 Arg:T2\nR1\tCue Arg1:T1 Arg2:T2\nA1\tNeg T1\n#1\tNote T1\tx\n*\tEquiv T1 T2\n"
            .to_vec(),
    ];
    fuzz("beside", &seeds, |bytes| {
        let text = output_format("brat-text").unwrap().article(&story());
        opened(text.as_bytes(), Some(Beside { name: "x.ann", bytes }));
    });
}

#[test]
fn analysis_without_the_encoder() {
    fuzz("analysis", &[sample(), crate::exports::TEXT.as_bytes().to_vec(), sample()[600..2600].to_vec()], |bytes| {
        let options = ReadOptions { no_clean: true, format: InputFormat::Text, published: "2031-03-05".parse().ok() };
        for article in read(bytes, "x", &options).into_iter().flatten() {
            let analysis = analyse_by_rules(&article);
            goes_out(article, analysis);
        }
    });
}

/// The bytes are a size, and keys pressed.
#[test]
fn keys_in_the_reader() {
    let keys = b"]]1jjnN\n2 \n3/a\nzr?m'+-=0><TGgb fudkj{}sFyYohl4\x1b\x1b".to_vec();
    fuzz("keys", &[keys.clone(), keys.repeat(3), b"/levy\n\x1bnn".to_vec()], |bytes| {
        let size = |at: usize| u16::from(bytes.get(at).copied().unwrap_or(40) % 130) + 1;
        let mut desk = Desk::new(size(0), size(1));
        desk.reader.receive(0, vec![Story::read("x".into(), crate::desk::article())]);
        let analysis = crate::desk::analysis(&crate::desk::article());
        desk.reader.receive_analysis(0, analysis);
        desk.measure();
        for (nth, byte) in bytes.iter().take(120).enumerate() {
            let key = match byte {
                b'\n' => "Enter".to_owned(),
                0x1b => "Esc".into(),
                b' ' => "Space".into(),
                b'\t' => "Tab".into(),
                0x80.. => ["Up", "Down", "PgUp", "PgDn", "Home", "End", "Left", "Right", "S-Tab", "Backspace"]
                    [usize::from(*byte) % 10]
                    .into(),
                0x21..=0x7e => char::from(*byte).to_string(),
                _ => continue,
            };
            if let Ok(chord) = key.parse()
                && let Some(action) = desk.reader.action(chord)
            {
                desk.act(action);
            }
            if nth % 16 == 15 {
                desk.resize(size(nth), size(nth + 1));
            }
        }
        let _ = desk.cells();
    });
}
