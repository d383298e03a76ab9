//! The house rules of docs/architecture.md, read off the `use` lines: stairs go down only, no circles, guests on their floor.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up.
const FLOORS: [&str; 9] = ["text", "encoder", "article", "analysis", "exchange", "reader", "ui", "app", "cli"];

/// Guest crates and the rooms they may enter.
const GUESTS: [(&str, &[&str]); 17] = [
    ("rten", &["encoder"]),
    ("rten_tensor", &["encoder"]),
    ("crossterm", &["app"]),
    ("ratatui", &["ui", "app"]),
    ("textwrap", &["reader"]),
    ("hypher", &["reader"]),
    ("serde_json", &["article", "exchange", "app", "cli"]),
    ("dom_smoothie", &["article"]),
    ("signal_hook", &["app"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("quick_xml", &["exchange"]),
    ("flate2", &["app"]),
    ("ruzstd", &["app"]),
    ("ureq", &["app"]),
    ("rustix", &["app"]),
];

struct File {
    path: PathBuf,
    /// Room, and the folder or file within it: ("analysis", "claims").
    room: String,
    part: String,
    code: String,
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    assert!(paths.len() > 10, "no sources under {}", root.display());
    let load = |path: PathBuf| {
        let inner = path.strip_prefix(&root).unwrap().with_extension("");
        let mut names = inner.components().map(|c| c.as_os_str().to_string_lossy().into_owned());
        let code = without_comments(&fs::read_to_string(&path).unwrap());
        File { path, room: names.next().unwrap(), part: names.next().unwrap_or_default(), code }
    };
    paths.into_iter().map(load).filter(|f| !matches!(f.room.as_str(), "lib" | "main")).collect()
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The code without line comments, so that prose about a room is no import of it.
fn without_comments(source: &str) -> String {
    source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// First names after `crate::`, in paths and in `use crate::{a, b::c}` lists, each with the name after it.
fn crate_paths(code: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if rest.starts_with('{') {
            out.extend(list_items(rest).iter().map(|item| first_two(item)));
        } else {
            out.push(first_two(rest));
        }
    }
    out
}

/// The items of the brace list that `rest` begins with, nested lists left as they are.
fn list_items(rest: &str) -> Vec<String> {
    let (mut depth, mut item, mut items) = (0, String::new(), Vec::new());
    for c in rest.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => items.push(std::mem::take(&mut item)),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if !(depth == 1 && matches!(c, '{' | ',')) {
            item.push(c);
        }
    }
    items.push(item);
    items.into_iter().map(|i| i.trim().to_owned()).filter(|i| !i.is_empty()).collect()
}

fn first_two(path: &str) -> (String, String) {
    let name = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let first = name(path);
    let second = path[first.len()..].strip_prefix("::").map(name).unwrap_or_default();
    (first, second)
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|f| *f == room)
}

#[test]
fn every_folder_has_a_floor() {
    for file in files() {
        assert!(floor(&file.room).is_some(), "{} stands on no floor", file.path.display());
    }
}

#[test]
fn stairs_go_down_only() {
    let mut wrong = Vec::new();
    for file in files() {
        for (room, _) in crate_paths(&file.code) {
            if floor(&room).is_some_and(|to| to > floor(&file.room).unwrap()) {
                wrong.push(format!("{}: {} must not know {room}", file.path.display(), file.room));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn guests_stay_on_their_floor() {
    let mut wrong = Vec::new();
    for file in files() {
        for (guest, rooms) in GUESTS {
            let path = format!("{guest}::");
            let enters = file
                .code
                .match_indices(&path)
                .any(|(at, _)| !file.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
            if enters && !rooms.contains(&file.room.as_str()) {
                wrong.push(format!("{}: {guest} belongs to {}", file.path.display(), rooms.join(" and ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Within a room, the folders and files that name each other as `crate::room::part` form no circle.
#[test]
fn no_circles_within_a_room() {
    let mut edges: BTreeMap<(String, String), BTreeSet<(String, String)>> = BTreeMap::new();
    let files = files();
    let parts: BTreeSet<(String, String)> = files.iter().map(|f| (f.room.clone(), f.part.clone())).collect();
    for file in &files {
        let from = (file.room.clone(), file.part.clone());
        let targets = crate_paths(&file.code).into_iter().filter(|to| to.0 == file.room && *to != from && parts.contains(to));
        edges.entry(from.clone()).or_default().extend(targets);
    }
    for start in edges.keys().filter(|(_, part)| part != "mod" && !part.is_empty()) {
        let (mut seen, mut todo) = (BTreeSet::new(), edges[start].iter().cloned().collect::<Vec<_>>());
        while let Some(next) = todo.pop() {
            assert_ne!(&next, start, "{} and what it uses form a circle", start.1);
            if seen.insert(next.clone()) {
                todo.extend(edges.get(&next).into_iter().flatten().cloned());
            }
        }
    }
}

#[test]
fn nobody_climbs_two_stairs_at_once() {
    for file in files() {
        assert!(!file.code.contains("super::super"), "{}: name the room instead of super::super", file.path.display());
    }
}

#[test]
fn waivers_give_their_reason() {
    for file in files() {
        assert!(!file.code.contains("#[allow("), "{}: #[expect(.., reason)] instead of #[allow]", file.path.display());
    }
}

/// The guards themselves: what they must see.
#[test]
fn imports_are_read_right() {
    let code = "use crate::{\n    app::x,\n    text::{Span, Token},\n};\nfn f(a: &crate::ui::Theme) {}";
    let rooms: Vec<String> = crate_paths(code).into_iter().map(|(room, _)| room).collect();
    assert_eq!(rooms, ["app", "text", "ui"]);
    assert_eq!(first_two("analysis::claims::find"), ("analysis".into(), "claims".into()));
    assert!(without_comments("a // crate::app").trim() == "a");
}
