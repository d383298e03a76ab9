//! What a page costs from its bytes to the article, beside bare `dom_smoothie`: `cargo bench --bench cleaning`. Every sample is one
//! page, so that the median column is the median page: of one page written for it, and of real pages beside the checkout if they
//! are there (`BYLINE_SHARED`, or `../shared`).

#![expect(clippy::unwrap_used, reason = "a bench stops by panicking")]

use byline::article::{InputFormat, ReadOptions, read};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use dom_smoothie::{Config, Readability, TextMode};
use std::fmt::Write;
use std::io::Read;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is measured on.
const PAGES: [&str; 2] = ["written", "shared"];

fn main() {
    divan::main();
}

#[divan::bench(args = PAGES, sample_count = 240, sample_size = 1)]
fn byline(bencher: Bencher, name: &str) {
    let options = ReadOptions { format: InputFormat::Html, ..ReadOptions::default() };
    each(bencher, name, |page| drop(black_box(read(page.as_bytes(), "page", &options))));
}

#[divan::bench(args = PAGES, sample_count = 240, sample_size = 1)]
fn dom_smoothie(bencher: Bencher, name: &str) {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    each(bencher, name, |page| {
        let article = Readability::new(page, None, Some(config.clone())).map(|mut readability| readability.parse());
        drop(black_box(article));
    });
}

/// Gives one page after the other to `read_page`.
fn each(bencher: Bencher, name: &str, read_page: impl Fn(&str) + Sync) {
    let (pages, next) = (pages(name), AtomicUsize::new(0));
    let turn = || pages.get(next.fetch_add(1, Ordering::Relaxed) % pages.len().max(1)).map_or("<p>", String::as_str);
    bencher.with_inputs(turn).input_counter(|page| BytesCount::of_str(*page)).bench_values(read_page);
}

/// The pages of one of [`PAGES`], read once.
fn pages(name: &str) -> &'static [String] {
    static SHARED: OnceLock<Vec<String>> = OnceLock::new();
    static WRITTEN: OnceLock<Vec<String>> = OnceLock::new();
    if name == "written" { WRITTEN.get_or_init(|| vec![written()]) } else { SHARED.get_or_init(shared) }
}

/// A page as outlets serve them: 40 paragraphs among menus, teasers, captions and scripts, 150 kB.
fn written() -> String {
    let mut page =
        String::from("<!DOCTYPE html><html lang=en><head><title>Board closes terminal | The Quay</title></head><body><nav><ul>");
    for at in 0..120 {
        let _ = write!(page, "<li class='nav-item level-{}'><a href='/section/{at}'>Section {at}</a></li>", at % 3);
    }
    let _ = write!(
        page,
        "</ul></nav><script>{}</script><article><h1>Board closes terminal</h1>",
        "var pixel = [1, 2, 3];".repeat(3000)
    );
    for at in 0..40 {
        let _ = write!(
            page,
            "<p class='story-text'>The harbour board voted {at} times, and <a href='/t/{at}'>each time</a> the old terminal stood another \
             winter, the chair told reporters on the quay.</p><figure><img src=x><figcaption>The hall in winter {at}. Photo: The Quay</figcaption></figure>"
        );
    }
    page.push_str("</article><aside><ul>");
    for at in 0..200 {
        let _ = write!(
            page,
            "<li><div class='teaser card'><a href='/a/{at}'><h3>Another story from the harbour, number {at}</h3></a></div></li>"
        );
    }
    page + "</ul></aside><footer><p>All rights reserved.</p></footer></body></html>"
}

fn shared() -> Vec<String> {
    let shared = std::env::var("BYLINE_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into());
    let folder = std::fs::read_dir(Path::new(&shared).join("corpora/clean/pages"));
    let mut paths: Vec<_> = folder.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let unpack = |path: &Path| {
        let mut page = Vec::new();
        flate2::read::MultiGzDecoder::new(std::fs::File::open(path).unwrap()).read_to_end(&mut page).unwrap();
        String::from_utf8_lossy(&page).into_owned()
    };
    paths.iter().map(|path| unpack(path)).collect()
}
