//! Time expressions and events, in the notation of the field: `[words|TIMEX3 value MODIFIER]`.

use byline::analysis::{Reading, timeline};
use byline::article::{Article, Block, BlockKind, Stamp};
use byline::text::Span;
use std::fmt::Write;

/// An article of these paragraphs.
fn article(published: &str, text: &str) -> Article {
    let mut article = Article { text: text.to_owned(), ..Article::default() };
    article.document.published = published.parse::<Stamp>().ok();
    let mut start = 0;
    for paragraph in text.split("\n\n") {
        article.blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, start + paragraph.len()) });
        start += paragraph.len() + 2;
    }
    article
}

/// The text without its brackets.
fn plain(marked: &str) -> String {
    let mut out = String::new();
    for (i, part) in marked.split('[').enumerate() {
        match part.split_once(']').filter(|_| i > 0) {
            Some((inside, rest)) => {
                out.push_str(inside.split_once('|').map_or(inside, |(words, _)| words));
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    out
}

/// The text with each expression found in it marked.
fn mark(published: &str, text: &str) -> String {
    let article = article(published, text);
    let reading = Reading::new(&article);
    let mut out = String::new();
    let mut at = 0;
    for timex in timeline::timexes(&reading) {
        let modifier = timex.modifier.map_or(String::new(), |m| format!(" {m}"));
        out += text.get(at..timex.span.start).unwrap_or("<overlap>");
        write!(out, "[{}|{}{modifier}]", timex.span.of(text), timex.value).unwrap();
        at = timex.span.end;
    }
    out + text.get(at..).unwrap_or_default()
}

#[track_caller]
fn check(published: &str, marked: &str) {
    assert_eq!(mark(published, &plain(marked)), marked);
}

#[test]
fn every_row_of_the_patterns_does_what_its_example_says() {
    let rows = include_str!("../assets/timeline/patterns.txt").lines().filter_map(|line| line.split_once("## "));
    let wrong: Vec<String> = rows
        .map(|(_, example)| (mark("2017-10-26", &plain(example)), example))
        .filter(|(have, want)| have != want)
        .map(|(have, want)| format!("want {want}\nhave {have}\n"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_kinds_of_a_wire_story() {
    check(
        "2017-10-26T10:46+05:30",
        "It came prior to [November last year|2016-11 BEFORE], a tweet on [Wednesday night|2017-10-25TNI] said.",
    );
    check("2017-10-26", "She was hired in [the summer of 2016|2016-SU]. In [July 2016|2016-07] he called. The Daily Beast knew.");
    check("2017-10-26", "He spoke just hours after the release of the tape.");
}

#[test]
fn without_a_publication_date_relative_times_stay_open() {
    check(
        "",
        "He left [last year|XXXX] and is back since [Wednesday|XXXX-WXX-3 ON_OR_AFTER]; in [May 2016|2016-05] he was here.",
    );
    let article = article("", "He left yesterday.");
    let found = timeline::timexes(&Reading::new(&article));
    assert!(found.iter().all(|t| t.interval.start.is_none() && t.why.contains("publication date is not known")));
}
