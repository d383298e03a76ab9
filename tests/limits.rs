//! Inputs made to do harm: each has its limit and its one clear line (docs/limits.md), and nothing takes time that grows
//! faster than the input.

use crate::cpu_time::cpu_time;
use byline::analysis::analyse_by_rules;
use byline::article::{Article, InputFormat, ReadOptions, read};
use byline::exchange::{Annotated, OUTPUT_FORMATS, OpenOptions, open};
use std::fmt::Write;

fn refusal(input: &str) -> String {
    open(input.as_bytes(), "x", &OpenOptions::default()).remove(0).unwrap_err().to_string()
}

#[test]
fn json_has_a_depth() {
    for deep in ["[".repeat(200_000), "{\"a\":".repeat(200_000), format!("{{\"text\": {}", "[".repeat(200_000))] {
        let options =
            OpenOptions { read: ReadOptions { format: InputFormat::Jsonl, ..ReadOptions::default() }, ..OpenOptions::default() };
        let error = open(deep.as_bytes(), "x", &options).remove(0).unwrap_err().to_string();
        assert!(error.contains("JSON") && error.len() < 200, "{error}");
    }
    let nested =
        format!("{{\"format\": \"byline\", \"version\": 1, \"text\": \"x\", \"more\": {}{}}}", "[".repeat(500), "]".repeat(500));
    assert!(refusal(&nested).contains("recursion limit"), "{}", refusal(&nested));
}

#[test]
fn entities_of_a_document_type_are_not_expanded() {
    let mut bomb = String::from("<?xml version=\"1.0\"?><!DOCTYPE nitf [<!ENTITY a0 \"ha\">");
    for n in 1..40 {
        let _ = write!(bomb, "<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1);
    }
    bomb.push_str("<!ENTITY file SYSTEM \"file:///etc/passwd\">]><nitf><body><body.content><p>Laugh: &a39; and &file;.</p></body.content></body></nitf>");
    let opened = open(bomb.as_bytes(), "x", &OpenOptions::default()).remove(0).unwrap();
    assert!(opened.article.text.len() < 100 && !opened.article.text.contains("root"), "{}", opened.article.text);
}

#[test]
fn deep_or_broad_markup_is_read_without_its_tags() {
    let deep = "<div>".repeat(100_000) + "The board of the port met on Monday.";
    let broad = format!("<html><body><p{}>The board of the port met on Monday.</p></body></html>", " a=1".repeat(100_000));
    let references = format!("<html><body><p>{}The board of the port met on Monday.</p></body></html>", "&amp;".repeat(600_000));
    for page in [deep, broad, references] {
        let options = ReadOptions { format: InputFormat::Html, ..ReadOptions::default() };
        let article = read(page.as_bytes(), "x", &options).remove(0).unwrap();
        assert!(article.text.contains("The board of the port met on Monday."));
        assert!(!article.notes.is_empty(), "a note says that the markup was not read");
    }
}

/// Texts on which a careless step takes quadratic time, of about `bytes` bytes each.
fn adversaries(bytes: usize) -> Vec<(&'static str, String)> {
    let of = |unit: &str| unit.repeat(bytes / unit.len() + 1);
    let numbered = |write: fn(usize) -> String| {
        let mut out = String::new();
        let mut n = 0;
        while out.len() < bytes {
            out.push_str(&write(n));
            n += 1;
        }
        out
    };
    vec![
        ("quotes", of("“No.” ")),
        ("open quotes", of("“ ")),
        ("straight quotes", of("\"x ")),
        ("nested quotes", of("“a ‘b ")),
        ("capitals", of("ADA MOREAU ")),
        ("one name", of("Ada Moreau, ")),
        ("one sentence", of("the board and the port and ")),
        ("one word", of("a")),
        ("names", numbered(|n| format!("Ada X{}son met Bo Y{}sen. ", to_letters(n), to_letters(n)))),
        ("surnames", numbered(|n| format!("Mr X{}son spoke. ", to_letters(n)))),
        ("dates", numbered(|n| format!("On {} March {} it rained. ", n % 28 + 1, 1900 + n % 120))),
        ("weekdays", of("on Monday and on Tuesday ")),
        ("cues", of("said ")),
        ("claims", of("The board said the port said the clerk said it would go. ")),
        ("sources", numbered(|n| format!("X{}son said it would go. ", to_letters(n)))),
        ("news", numbered(news)),
        ("pronouns", of("He said she said they said it. ")),
        ("titles", of("Minister President Chief ")),
        ("acronyms", numbered(|n| format!("The X{} Board (XB{n}) met. ", to_letters(n)))),
        ("commas", of("a, ")),
        ("numbers", of("1,234.5 ")),
        ("periods", of("a. ")),
        ("brackets", of("(a [b ")),
        ("dashes", of("a — b ")),
        ("short lines", of("x\n")),
        ("blank lines", of("\n")),
        ("blanks", of(" ")),
        ("paragraphs", of("It rained.\n\n")),
        ("control strings", of("\u{9d}")),
        ("escapes", of("\u{1b}]x ")),
        ("marks", of("\u{301}")),
        ("joiners", of("👩\u{200d}")),
        ("urls", of("http://x.example/ ")),
        ("list items", of("- a\n")),
        ("related links", of("READ MORE: the port\n")),
    ]
}

/// A paragraph as papers write them, with names, a claim and a date of its own.
fn news(n: usize) -> String {
    let (name, year) = (to_letters(n / 9), 1990 + n % 40);
    format!(
        "Ada X{name}son, who chairs the port board, said on 3 March {year} that the levy would be dropped, since Tern Lines had refused to pay \
         it. “We have heard the users of pier {n},” she told reporters. The clerk denied that {year} had been a bad year.\n\n"
    )
}

fn to_letters(mut n: usize) -> String {
    let mut out = String::new();
    loop {
        out.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
        if n == 0 {
            return out;
        }
    }
}

fn options(no_clean: bool) -> ReadOptions {
    ReadOptions { no_clean, format: InputFormat::Text, published: "2031-03-05".parse().ok() }
}

/// Each step on one text: cleaning, reading to the letter, analysis, and every export.
fn steps(text: &str, mut step: impl FnMut(&str, &mut dyn FnMut())) {
    let mut article = Article::default();
    step("clean", &mut || drop(read(text.as_bytes(), "x", &options(false))));
    step("read", &mut || {
        if let Some(Ok(read)) = read(text.as_bytes(), "x", &options(true)).pop() {
            article = read;
        }
    });
    let mut annotated = Annotated::default();
    step("analyse", &mut || annotated.analysis = analyse_by_rules(&article));
    annotated.article = std::mem::take(&mut article);
    for format in OUTPUT_FORMATS {
        step(format.name, &mut || drop(format.article(&annotated)));
    }
}

#[test]
fn adversaries_end() {
    for (_, text) in adversaries(3000) {
        steps(&text, |_, work| work());
    }
}

/// Prints how the time of each step grows with the input: `cargo test --release --test integration slopes -- --ignored --nocapture`.
/// An exponent of 1 is linear, of 2 quadratic. `BYLINE_SLOPES` is the largest size in bytes, `BYLINE_ONLY` a text by name, `BYLINE_STEPS` the
/// steps to measure: the exports of 50 MB take more memory than most machines have.
#[test]
#[ignore = "takes minutes and prints a table"]
fn slopes() {
    let most = std::env::var("BYLINE_SLOPES").ok().and_then(|n| n.parse().ok()).unwrap_or(64_000);
    let only = std::env::var("BYLINE_ONLY").unwrap_or_default();
    let wanted = std::env::var("BYLINE_STEPS").unwrap_or_default();
    let runs = |what: &str| wanted.is_empty() || what == "read" || wanted.split(',').any(|step| step == what);
    let (small, large) = (adversaries(most / 4), adversaries(most));
    for ((name, small), (_, large)) in small.iter().zip(&large).filter(|((name, _), _)| name.contains(&only)) {
        let mut times: Vec<(String, u64)> = Vec::new();
        let mut measure = |what: &str, work: &mut dyn FnMut()| {
            let before = cpu_time().as_nanos() as u64;
            if runs(what) {
                work();
            }
            times.push((what.to_owned(), cpu_time().as_nanos() as u64 - before));
        };
        steps(small, &mut measure);
        steps(large, &mut measure);
        let (first, second) = times.split_at(times.len() / 2);
        for ((what, little), (_, much)) in first.iter().zip(second) {
            let exponent = (*much as f64 / (*little).max(1) as f64).log(4.0);
            // What takes a few milliseconds tells nothing.
            if *much > 50_000_000 {
                let rate = large.len() as f64 * 1e3 / *much as f64;
                println!("{name:16} {what:15} {:8.0} ms   {rate:8.2} MB/s   exponent {exponent:.2}", *much as f64 / 1e6);
            }
        }
    }
}
