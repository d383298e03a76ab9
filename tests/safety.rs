//! Content never speaks to the terminal: from every format, in every pane, export and message, no character gets through that
//! [`byline::text::Gate`] stops.

use crate::desk::Desk;
use byline::analysis::Analysis;
use byline::article::{Article, InputFormat, ReadOptions, read};
use byline::exchange::{Annotated, OUTPUT_FORMATS, OpenOptions, json, open};
use byline::reader::Story;
use byline::text::Gate;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// What would speak to a terminal, turn its lines around, or hide in them.
const HOSTILE: [&str; 22] = [
    "\u{1b}]0;owned\u{7}",
    "\u{1b}[2J",
    "\u{1b}]8;;https://x.example/\u{1b}\\",
    "\u{1b}]52;c;cm0gLXJm\u{7}",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{9b}31m",
    "\u{9d}0;owned\u{9c}",
    "\u{90}$q\u{9c}",
    "\u{1b}",
    "\0",
    "\u{8}\u{8}\u{8}",
    "\r",
    "\u{7f}",
    "\u{85}",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{200b}\u{2060}\u{feff}",
    "\u{e0041}\u{e0042}\u{e007f}",
    "a\u{fe01}\u{fe02}\u{fe03}\u{e0100}\u{e01ef}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{fff9}x\u{fffa}y\u{fffb}",
];

fn hostile() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Ada Moreau",
        " said ",
        "“No,” ",
        "the levy ",
        "港口 ",
        "👩‍👩‍👧 ",
        "on Monday. ",
        "\n\n",
        "\t",
        "naïve ",
    ]);
    let piece = prop_oneof![prop::sample::select(HOSTILE.to_vec()), words];
    prop::collection::vec(piece, 1..24).prop_map(|pieces| pieces.concat())
}

/// The first character of `text` that must not be there.
fn leak(text: &str) -> Option<char> {
    let mut gate = Gate::default();
    text.chars().find(|&c| gate.stops(c))
}

#[track_caller]
fn holds_none(what: &str, text: &str) {
    let leak = leak(text);
    assert!(leak.is_none(), "{what}: {leak:?} in {text:?}");
}

/// Every cell of the reader on this story, on the way through its panes.
fn screens(name: &str, article: &Article, analysis: &Analysis) {
    let mut desk = Desk::with(vec![Story::read(name.into(), article.clone())], 78, 20);
    desk.reader.receive_analysis(0, analysis.clone());
    desk.measure();
    for keys in ["g", "]", "1 g Enter n", "2 g Enter", "3 g", "4", "r", "r /", "o", "?"] {
        desk.press(keys);
        for cell in desk.cells().content() {
            holds_none(keys, cell.symbol());
            assert!(!cell.symbol().contains(['\n', '\t']), "{keys}: {:?}", cell.symbol());
        }
    }
}

/// byline JSON in which every string is hostile.
fn native(text: &str, words: &str) -> Value {
    let all = text.chars().count();
    let span = json!({"start": 0, "end": all, "text": text});
    json!({
        "format": "byline", "version": 1, "id": words, "text": text,
        "document": {"headline": words, "author": [{"type": "Person", "name": words}], "publisher": {"name": words}, "url": words},
        "input": {"kind": "text", "name": words, "charset": "utf-8", "sha256": words},
        "blocks": [{"id": "b", "kind": "paragraph", "start": 0, "end": all}],
        "entities": [{"id": "e", "type": "Person", "name": words, "aliases": [words], "jobTitle": words}],
        "mentions": [{"id": "m", "entity": "e", "start": 0, "end": all, "text": text, "form": "name"}],
        "sources": [{"id": "s", "entity": "e", "name": words, "kind": "person"}],
        "claims": [{"id": "c", "source": "s", "cue": [span], "content": [span], "form": "direct", "cueClass": "reporting", "stance": "asserts"}],
        "timexes": [{"id": "t", "start": 0, "end": all, "text": text, "type": "DATE", "value": words, "why": words}],
        "events": [{"id": "v", "start": 0, "end": all, "text": text, "trigger": span, "time": "t", "status": "happened"}],
        "notes": [words],
        "x-desk": words,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_and_no_export_speaks(text in hostile(), words in hostile()) {
        let value = native(&format!("x{text}"), &words);
        let Annotated { article, analysis, origin } = json::read(value).unwrap();
        screens(&words, &article, &analysis);
        let annotated = Annotated { article, analysis, origin };
        for format in OUTPUT_FORMATS {
            holds_none(format.name, &format.article(&annotated));
        }
        // Nothing is lost where the format can spell it.
        let back: Value = serde_json::from_str(&OUTPUT_FORMATS[1].article(&annotated)).unwrap();
        prop_assert_eq!(back["text"].as_str().unwrap(), format!("x{text}"));
        prop_assert_eq!(back["x-desk"].as_str().unwrap(), words);
    }

    #[test]
    fn no_cleaned_article_speaks(text in hostile()) {
        let page = format!("<html><head><title>{text}</title></head><body><p>The board met. {text}</p><p>It will meet again.</p></body></html>");
        let line = json!({"id": text, "title": text, "author": text, "text": format!("The board met. {text}")}).to_string();
        for (bytes, format) in [(text.as_str(), InputFormat::Text), (&page, InputFormat::Html), (&line, InputFormat::Jsonl)] {
            for article in read(bytes.as_bytes(), &text, &ReadOptions { format, ..ReadOptions::default() }).into_iter().flatten() {
                let document = &article.document;
                for words in [Some(&article.text), Some(&article.id), document.headline.as_ref(), document.authors.first()] {
                    holds_none("article", words.map_or("", String::as_str));
                }
            }
        }
    }

    #[test]
    fn no_import_speaks(text in hostile()) {
        let ninjs = json!({"uri": text, "type": "text", "versioncreated": text, "headline": text, "body_text": text, "person": [{"name": text}]});
        let feed = json!({"version": "https://jsonfeed.org/version/1.1", "title": text, "items": [{"id": text, "title": text, "content_text": text}]});
        let spacy = json!({"text": text, "spans": [{"start": 0, "end": 1, "label": text}], "meta": text});
        let plain: String = text.chars().filter(|c| !matches!(c, '<' | '&')).collect();
        let rss = format!("<?xml version=\"1.0\"?><rss><channel><title>{plain}</title><item><title>{plain}</title><link>{plain}</link><description>{plain}</description></item></channel></rss>");
        let nitf = format!("<nitf><head><title>{plain}</title></head><body><body.head><hedline><hl1>{plain}</hl1></hedline></body.head><body.content><p>{plain}<person>{plain}</person></p></body.content></body></nitf>");
        for bytes in [ninjs.to_string(), feed.to_string(), spacy.to_string(), rss, nitf] {
            for opened in open(bytes.as_bytes(), &text, &OpenOptions::default()).into_iter().flatten() {
                let analysis = opened.analysis.unwrap_or_default();
                screens(&text, &opened.article, &analysis);
                let annotated = Annotated { article: opened.article, analysis, origin: opened.origin };
                for format in OUTPUT_FORMATS {
                    holds_none(format.name, &format.article(&annotated));
                }
            }
        }
    }
}

/// The hostile pages beside the checkout, if they are there: read as they come, and to the letter.
#[test]
fn hostile_pages_are_harmless() {
    let folder = std::env::var("BYLINE_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into());
    let files = std::fs::read_dir(Path::new(&folder).join("corpora/hostile")).into_iter().flatten().flatten();
    for file in files {
        let bytes = std::fs::read(file.path()).unwrap();
        for no_clean in [false, true] {
            let options = ReadOptions { no_clean, ..ReadOptions::default() };
            let article = read(&bytes, "page", &options).remove(0).unwrap();
            screens("page", &article, &Analysis::default());
            let annotated = Annotated { article, ..Annotated::default() };
            for format in OUTPUT_FORMATS {
                holds_none(format.name, &format.article(&annotated));
            }
        }
    }
}

#[test]
fn no_message_speaks() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("safety");
    std::fs::create_dir_all(&folder).unwrap();
    let named = folder.join("a\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}.json");
    std::fs::write(
        &named,
        "{\"format\": \"byline\", \"version\": 1, \"text\": \"x\", \"offsetUnit\": \"\u{9b}2J\u{202e}\\u001b]0;x\\u0007\"}",
    )
    .unwrap();
    let named = named.to_str().unwrap();
    for arguments in [
        vec!["--format", "json", named],
        vec!["--format", "jsonl", "no\u{1b}[2J such file"],
        vec!["--format", "\u{1b}[2J"],
        vec!["--\u{9b}2J"],
        vec!["--format", "json", "--output", "no/such\u{1b}[2J/folder", named],
        vec!["--theme", "\u{1b}[2J", "--format", "text", named],
    ] {
        let out = Command::new(env!("CARGO_BIN_EXE_byline")).args(&arguments).output().unwrap();
        assert!(!out.status.success(), "{arguments:?}");
        holds_none("standard error", &String::from_utf8(out.stderr).unwrap());
        holds_none("standard output", &String::from_utf8(out.stdout).unwrap());
    }
}
