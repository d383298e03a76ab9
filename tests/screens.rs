//! Golden screens with their styles, in `tests/golden`. `INSTA_UPDATE=always cargo test screens` takes new ones; look at them.

use crate::desk::{Desk, article};
use byline::reader::Story;
use byline::ui::{Depth, Theme};

#[track_caller]
fn check(name: &str, desk: &Desk) {
    insta::with_settings!({ snapshot_path => "golden", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, desk.picture());
    });
}

/// A reader of this size after these keys.
fn after(columns: u16, rows: u16, keys: &str) -> Desk {
    let mut desk = Desk::new(columns, rows);
    desk.press(keys);
    desk
}

#[test]
fn wide() {
    check("wide", &after(120, 40, "]"));
    check("wide-entity", &after(120, 40, "1 g Enter n"));
    check("wide-source", &after(120, 40, "2 g"));
    check("wide-event", &after(120, 40, "3 j"));
}

#[test]
fn middle() {
    check("middle", &after(80, 24, "] ] ]"));
    check("middle-drawer", &after(80, 24, "2 j"));
    check("middle-search", &after(100, 30, "/ l e v y"));
    check("middle-raw", &after(80, 24, "r"));
    check("middle-help", &after(80, 24, "?"));
}

#[test]
fn narrow_bare_and_tiny() {
    check("narrow", &after(60, 20, "]"));
    check("narrow-list", &after(60, 20, "3"));
    check("bare", &after(40, 12, "]"));
    check("tiny", &after(19, 4, "]"));
}

#[test]
fn themes() {
    for name in ["light", "contrast", "ansi", "ansi-light", "mono"] {
        let mut desk = after(80, 24, "1 g Enter n");
        desk.theme = Theme::built_in(name, Depth::True).unwrap();
        check(&format!("theme-{name}"), &desk);
    }
    let mut desk = after(80, 24, "]");
    desk.theme = Theme::built_in("mono", Depth::True).unwrap();
    desk.ascii = true;
    check("ascii", &desk);
}

#[test]
fn correcting_selecting_and_finding() {
    check("wide-correct", &after(120, 40, "1 j c"));
    check("wide-merge", &after(120, 40, "1 j c m"));
    check("wide-corrected", &after(120, 40, "1 G c p Esc"));
    check("middle-date", &after(80, 24, "3 j c t 2 0 3 1"));
    check("middle-lines", &after(100, 30, "] v j j"));
    check("middle-find", &after(80, 24, "1 / b r"));
    check("narrow-help", &after(50, 20, "? / f i l t"));
}

#[test]
fn the_source_audit() {
    check("wide-audit", &after(120, 40, "A"));
    check("middle-audit", &after(80, 24, "A"));
    check("narrow-audit", &after(44, 16, "A j"));
}

#[test]
fn before_the_analysis_is_there() {
    check("analysing", &Desk::with(vec![Story::read("levy.txt".into(), article())], 120, 40));
    check("failed", &Desk::with(vec![Story::failed("a.txt".into(), "the file is no article".into())], 80, 24));
}
