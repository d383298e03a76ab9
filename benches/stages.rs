//! Each stage and the whole, in bytes or tokens a second: `cargo bench --bench stages`. On the sample, on the sample thirty times over as one
//! article, and on news articles beside the checkout if they are there.

#![expect(clippy::unwrap_used, reason = "a bench stops by panicking")]

use byline::analysis::{Analysis, Reading, analyse, analyse_by_rules, claims, entities, speakers, timeline};
use byline::article::{Article, InputFormat, ReadOptions, read};
use byline::exchange::{Annotated, output_format};
use byline::text::{Prose, Span, tags};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use std::fmt::Write;
use std::path::Path;
use std::sync::OnceLock;

const SAMPLE: &str = include_str!("../assets/sample.txt");

fn main() {
    divan::main();
}

/// What is measured on.
const TEXTS: [&str; 3] = ["sample", "long", "shared"];

/// The articles of one of [`TEXTS`], read once.
fn articles(name: &str) -> &'static [Article] {
    static READ: [OnceLock<Vec<Article>>; 3] = [const { OnceLock::new() }; 3];
    let at = TEXTS.iter().position(|text| *text == name).unwrap();
    READ[at].get_or_init(|| {
        let article = |text: &str| {
            let options = ReadOptions { format: InputFormat::Text, no_clean: true, published: "2026-11-10".parse().ok() };
            read(text.as_bytes(), "x", &options).remove(0).unwrap()
        };
        let body = read(SAMPLE.as_bytes(), "x", &ReadOptions::default()).remove(0).unwrap().text;
        match name {
            "sample" => vec![article(&body)],
            "long" => {
                let mut long = String::new();
                for part in 0..30 {
                    // Other people and dates in each part: a long text has more of everything.
                    let other = body.replace("Marchetti", &format!("Marchetti{}", "xyzwvu".repeat(1 + part % 3)));
                    let _ = write!(long, "{}\n\n", other.replace("October 28", &format!("October {}", part % 28 + 1)));
                }
                vec![article(&long)]
            }
            _ => {
                let shared =
                    std::env::var("BYLINE_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into());
                let lines = std::fs::read(Path::new(&shared).join("corpora/timeline/timebank.jsonl")).unwrap_or_default();
                let options = ReadOptions { format: InputFormat::Jsonl, no_clean: true, ..ReadOptions::default() };
                read(&lines, "x", &options).into_iter().flatten().take(40).collect()
            }
        }
    })
}

fn bytes(articles: &[Article]) -> BytesCount {
    BytesCount::new(articles.iter().map(|article| article.text.len()).sum::<usize>())
}

/// Runs `work` on each article with what is known before it, and counts bytes and tokens.
fn each<T>(bencher: Bencher<'_, '_>, name: &str, before: impl Fn(&'static Article) -> T, work: impl Fn(&T)) {
    let articles = articles(name);
    let known: Vec<T> = articles.iter().map(before).collect();
    let tokens: usize = articles.iter().map(|article| Reading::new(article).prose.tokens.len()).sum();
    bencher.counter(bytes(articles)).counter(ItemsCount::new(tokens)).bench_local(|| known.iter().for_each(&work));
}

#[divan::bench(args = TEXTS)]
fn decode(bencher: Bencher<'_, '_>, name: &str) {
    let options = ReadOptions { format: InputFormat::Text, no_clean: true, ..ReadOptions::default() };
    each(bencher, name, |article| article, |article| drop(black_box(read(article.text.as_bytes(), "x", &options))));
}

#[divan::bench(args = TEXTS)]
fn clean(bencher: Bencher<'_, '_>, name: &str) {
    let options = ReadOptions { format: InputFormat::Text, ..ReadOptions::default() };
    each(bencher, name, |article| article, |article| drop(black_box(read(article.text.as_bytes(), "x", &options))));
}

#[divan::bench(args = TEXTS)]
fn sentences(bencher: Bencher<'_, '_>, name: &str) {
    let spans = |article: &Article| article.blocks.iter().map(|block| block.span).collect::<Vec<Span>>();
    each(
        bencher,
        name,
        |article| (article, spans(article)),
        |(article, spans)| {
            drop(black_box(Prose::new(&article.text, spans.iter().copied())));
        },
    );
}

#[divan::bench(args = TEXTS)]
fn parts_of_speech(bencher: Bencher<'_, '_>, name: &str) {
    each(bencher, name, Reading::new, |reading| drop(black_box(tags(&reading.article.text, &reading.prose))));
}

#[divan::bench(args = TEXTS)]
fn times(bencher: Bencher<'_, '_>, name: &str) {
    each(bencher, name, Reading::new, |reading| drop(black_box(timeline::timexes(reading))));
}

#[divan::bench(args = TEXTS)]
fn claims_by_rules(bencher: Bencher<'_, '_>, name: &str) {
    each(bencher, name, Reading::new, |reading| drop(black_box(claims::read(reading))));
}

/// A reading with its times and what is told.
fn told(article: &'static Article) -> (Reading<'static>, claims::Told, Analysis) {
    let mut reading = Reading::new(article);
    let analysis = Analysis { timexes: timeline::timexes(&reading), ..Analysis::default() };
    let told = claims::read(&reading);
    reading.told = told.attributions();
    (reading, told, analysis)
}

#[divan::bench(args = TEXTS)]
fn names_by_rules_and_who_is_who(bencher: Bencher<'_, '_>, name: &str) {
    each(bencher, name, told, |(reading, _, analysis)| entities::find(reading, &mut black_box(analysis.clone())));
}

fn known(article: &'static Article) -> (Reading<'static>, claims::Told, Analysis) {
    let (reading, told, mut analysis) = told(article);
    entities::find(&reading, &mut analysis);
    (reading, told, analysis)
}

#[divan::bench(args = TEXTS)]
fn sources(bencher: Bencher<'_, '_>, name: &str) {
    each(bencher, name, known, |(reading, told, analysis)| {
        let mut analysis = analysis.clone();
        claims::find(reading, told, &mut analysis);
        speakers::resolve(reading, &mut analysis);
        black_box(analysis);
    });
}

#[divan::bench(args = TEXTS)]
fn events(bencher: Bencher<'_, '_>, name: &str) {
    let before = |article| {
        let (reading, told, mut analysis) = known(article);
        claims::find(&reading, &told, &mut analysis);
        speakers::resolve(&reading, &mut analysis);
        (reading, analysis)
    };
    each(bencher, name, before, |(reading, analysis)| timeline::events(reading, &mut black_box(analysis.clone())));
}

#[divan::bench(args = TEXTS)]
fn everything_but_the_encoder(bencher: Bencher<'_, '_>, name: &str) {
    let options = ReadOptions { format: InputFormat::Text, ..ReadOptions::default() };
    each(
        bencher,
        name,
        |article| article,
        |article| {
            for article in read(article.text.as_bytes(), "x", &options).into_iter().flatten() {
                black_box(analyse_by_rules(&article));
            }
        },
    );
}

#[cfg(feature = "encoder")]
#[divan::bench(args = ["sample", "shared"], sample_count = 3, sample_size = 1)]
fn encoder(bencher: Bencher<'_, '_>, name: &str) {
    let paragraphs = |article: &Article| article.blocks.iter().map(|block| block.span).collect::<Vec<Span>>();
    let encoder = byline::encoder::shared().unwrap();
    each(
        bencher,
        name,
        |article| (article, paragraphs(article)),
        |(article, paragraphs)| {
            drop(black_box(encoder.read(&article.text, paragraphs, &|| false)));
        },
    );
}

#[divan::bench(args = ["sample", "shared"], sample_count = 3, sample_size = 1)]
fn whole(bencher: Bencher<'_, '_>, name: &str) {
    each(bencher, name, |article| article, |article| drop(black_box(analyse(article))));
}

#[divan::bench(args = TEXTS)]
fn json(bencher: Bencher<'_, '_>, name: &str) {
    let annotated = |article: &'static Article| Annotated {
        article: article.clone(),
        analysis: analyse_by_rules(article),
        ..Annotated::default()
    };
    each(bencher, name, annotated, |annotated| drop(black_box(output_format("jsonl").unwrap().article(annotated))));
}
