//! Golden screens: every pane and mode, in every class of width, in every theme, in `tests/golden`. Each file is one state of the reader:
//! its screens as text, below each the columns that wear a style by letter, and at the end what each letter is in each theme.
//! `INSTA_UPDATE=always cargo test screens` takes new ones; look at them.

use crate::desk::{Desk, analysis, article, long_words};
use byline::reader::Story;
use byline::ui::theme::BUILT_IN;
use byline::ui::{Depth, Theme};
use std::fmt::Write as _;

/// One size for each class of width, and one between.
const SIZES: [(u16, u16); 5] = [(120, 40), (100, 30), (80, 24), (50, 20), (19, 4)];

/// What cells wear in each theme; its letter is its place.
type Styles = Vec<Vec<String>>;

#[track_caller]
fn check(name: &str, mut desk: Desk, keys: &str) {
    let mut out = String::new();
    let mut styles: Styles = vec![vec![String::new(); BUILT_IN.len()]];
    desk.press(keys);
    for (columns, rows) in SIZES {
        desk.resize(columns, rows);
        let _ = writeln!(out, "== {columns}x{rows}\n{}\n--", desk.screen());
        out.push_str(&letters(&mut desk, &mut styles));
    }
    let _ = writeln!(out, "== styles: {}", BUILT_IN.map(|(name, _)| name).join(" | "));
    for (at, looks) in styles.iter().enumerate().skip(1) {
        let _ = writeln!(out, "{} {}", letter(at), looks.join(" | "));
    }
    insta::with_settings!({ snapshot_path => "golden", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, out);
    });
}

/// Below a screen: `12: a8-57 b79`, the row and the columns of each letter.
fn letters(desk: &mut Desk, styles: &mut Styles) -> String {
    let themes = BUILT_IN.map(|(name, _)| {
        desk.theme = Theme::built_in(name, Depth::True).unwrap();
        desk.looks()
    });
    let mut out = String::new();
    for y in 0..usize::from(desk.area.height) {
        let mut runs: Vec<(usize, usize, usize)> = Vec::new();
        for x in 0..usize::from(desk.area.width) {
            let looks: Vec<String> = themes.iter().map(|rows| rows[y][x].clone()).collect();
            let style = styles.iter().position(|known| *known == looks).unwrap_or_else(|| {
                styles.push(looks);
                styles.len() - 1
            });
            match runs.last_mut() {
                Some((_, last, run)) if *run == style => *last = x,
                _ => runs.push((x, x, style)),
            }
        }
        let runs = runs.iter().filter(|(.., style)| *style > 0);
        let words = runs.fold(String::new(), |words, &(first, last, style)| match last - first {
            0 => format!("{words} {}{first}", letter(style)),
            _ => format!("{words} {}{first}-{last}", letter(style)),
        });
        if !words.is_empty() {
            let _ = writeln!(out, "{y:>2}:{words}");
        }
    }
    out
}

fn letter(style: usize) -> char {
    (b'a'..=b'z').chain(b'A'..=b'Z').map(char::from).chain('α'..).nth(style - 1).unwrap()
}

fn desk() -> Desk {
    Desk::new(120, 40)
}

/// One story as it is before anything is known about it.
fn only(story: Story) -> Desk {
    Desk::with(vec![story], 120, 40)
}

fn several() -> Desk {
    let other = article();
    let names = ["levy.txt", "quay.html", "port.json"];
    let mut stories: Vec<Story> = names.map(|name| Story::read(name.into(), article())).into();
    stories[1].set_analysis(analysis(&other));
    stories.push(Story::unread("later.txt".into()));
    Desk::with(stories, 120, 40)
}

#[test]
fn reading() {
    check("read-claim", desk(), "]");
    check("read-contradiction", Desk::disputed(), "] ] ] ] ]");
    check("read-chain", desk(), "] ] ]");
    check("read-name", desk(), "1 g Enter n");
    check("read-source", desk(), "2 g Enter");
    check("read-event", desk(), "3 j Enter");
    check("read-filtered", desk(), "2 g Space Esc s ]");
    check("read-zoomed", desk(), "z");
    let (words, analysis) = long_words();
    let mut long = only(Story::read("long.txt".into(), words));
    long.reader.receive_analysis(0, analysis);
    check("read-hyphens", long, "H - - - - - - - - - - ]");
    check("read-raw", desk(), "r");
}

#[test]
fn lists() {
    check("list-names", desk(), "1 j");
    check("list-sources", desk(), "2 g");
    check("list-timeline", desk(), "3 j");
    check("list-zoomed", desk(), "2 z");
    check("list-articles", several(), "4 j");
}

#[test]
fn finding_and_selecting() {
    check("search", desk(), "/ l e v y");
    check("search-kept", desk(), "/ l e v y Enter n");
    check("find-row", desk(), "1 / b r");
    check("lines", desk(), "] v j j");
    check("mark", desk(), "m");
    check("help", desk(), "?");
    check("audit", desk(), "A j");
    check("help-search", desk(), "? / f i l t");
}

#[test]
fn correcting() {
    check("correct-name", desk(), "1 j c");
    check("correct-claim", desk(), "] c");
    check("correct-merge", desk(), "1 j c m");
    check("correct-source", desk(), "] c s");
    check("correct-date", desk(), "3 j c t 2 0 3 1");
    check("corrected", desk(), "1 G c p Esc");
}

#[test]
fn without_what_is_usual() {
    let mut ascii = desk();
    ascii.ascii = true;
    check("ascii", ascii, "]");
    let mut ascii = desk();
    ascii.ascii = true;
    check("help-ascii", ascii, "?");
    check("analysing", only(Story::read("levy.txt".into(), article())), "");
    check("failed", only(Story::failed("a.txt".into(), "the file is no article".into())), "");
    check("unread", only(Story::unread("a.txt".into())), "1");
}
