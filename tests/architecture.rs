//! The house rules of docs/architecture.md, read off the `use` lines: stairs go down only, no circles, guests on their floor.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up.
const FLOORS: [&str; 9] = ["text", "encoder", "article", "analysis", "exchange", "reader", "ui", "app", "cli"];

/// Guest crates, as `use` spells them, and the rooms they may enter: all of Cargo.toml's dependencies.
const GUESTS: [(&str, &[&str]); 28] = [
    ("unicode_segmentation", &["text"]),
    ("unicode_width", &["text"]),
    ("rten", &["encoder"]),
    ("chardetng", &["article"]),
    ("dom_query", &["article"]),
    ("dom_smoothie", &["article"]),
    ("encoding_rs", &["article"]),
    ("rustc_hash", &["article"]),
    ("jiff", &["article", "analysis", "exchange"]),
    ("sha2", &["article", "app"]),
    ("serde", &["article", "analysis", "exchange", "app"]),
    ("serde_json", &["article", "exchange", "app"]),
    ("quick_xml", &["exchange"]),
    ("hypher", &["reader"]),
    ("textwrap", &["reader"]),
    ("ratatui", &["ui", "app"]),
    ("toml", &["ui", "app"]),
    ("crossterm", &["app"]),
    ("filedescriptor", &["app"]),
    ("flate2", &["app"]),
    ("glob", &["app"]),
    ("rustix", &["app"]),
    ("ruzstd", &["app"]),
    ("signal_hook", &["app"]),
    ("ureq", &["app"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
];

struct File {
    path: PathBuf,
    /// The folder or file right under `src`: `analysis`.
    room: String,
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
        File { path, room: names.next().unwrap(), code }
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

/// The code without line comments, so that a comment about a room does not count as an import of it.
fn without_comments(source: &str) -> String {
    source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The paths behind `word` (`crate::`, say), lists of them spelled out.
fn paths(code: &str, word: &str) -> Vec<Module> {
    let places = code.match_indices(word).map(|(at, _)| code.split_at(at));
    let whole = places.filter(|(before, _)| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_'));
    whole.flat_map(|(_, rest)| spelled(&rest[word.len()..])).collect()
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
        for path in paths(&file.code, "crate::") {
            let room = &path[0];
            if floor(room).is_some_and(|to| to > floor(&file.room).unwrap()) {
                wrong.push(format!("{}: {} must not know {room}", file.path.display(), file.room));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether the code names the guest.
fn enters(code: &str, guest: &str) -> bool {
    let inner = |before: &str| before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
    code.match_indices(&format!("{guest}::")).any(|(at, _)| !inner(&code[..at]))
}

#[test]
fn guests_stay_on_their_floor() {
    let files = files();
    let mut wrong = Vec::new();
    for (guest, rooms) in GUESTS {
        let entered: Vec<&File> = files.iter().filter(|file| enters(&file.code, guest)).collect();
        for file in entered.iter().filter(|file| !rooms.contains(&file.room.as_str())) {
            wrong.push(format!("{}: {guest} belongs to {}", file.path.display(), rooms.join(" and ")));
        }
        for room in rooms.iter().filter(|room| !entered.iter().any(|file| file.room == **room)) {
            wrong.push(format!("{guest} no longer enters {room}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dependency_is_a_guest() {
    let cargo: toml::Table = toml::from_str(include_str!("../Cargo.toml")).unwrap();
    let of_systems = cargo["target"].as_table().unwrap().values().map(|system| &system["dependencies"]);
    let tables = of_systems.chain([&cargo["dependencies"]]).map(|table| table.as_table().unwrap());
    let dependencies: BTreeSet<String> = tables.flat_map(|table| table.keys().map(|name| name.replace('-', "_"))).collect();
    let guests: BTreeSet<String> = GUESTS.iter().map(|(guest, _)| (*guest).to_owned()).collect();
    assert_eq!(dependencies, guests);
}

/// The last column of the table of docs/architecture.md.
#[test]
fn the_map_tells_each_floors_guests() {
    for (room, line) in FLOORS.iter().map(|room| (room, format!("| `{room}` |"))) {
        let row = include_str!("../docs/architecture.md").lines().find(|row| row.contains(&line)).unwrap();
        let told: BTreeSet<String> =
            row.trim_end_matches(" |").rsplit(" | ").next().unwrap().split(", ").map(|guest| guest.replace('-', "_")).collect();
        let guests = GUESTS.iter().filter(|(_, rooms)| rooms.contains(room)).map(|(guest, _)| (*guest).to_owned()).collect();
        assert_eq!(told, guests, "{room}");
    }
}

/// A module by its path: `src/article/clean/mod.rs` is `article`, `clean`.
type Module = Vec<String>;

fn module_of(path: &Path) -> Module {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let inner = path.strip_prefix(root).unwrap().with_extension("");
    inner.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).filter(|name| name != "mod").collect()
}

/// The paths that a path or a list of them spells: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn spelled(path: &str) -> Vec<Module> {
    if path.starts_with('{') {
        return list_items(path).iter().flat_map(|item| spelled(item)).collect();
    }
    let name: String = path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let rest = path[name.len()..].strip_prefix("::").map(spelled).unwrap_or_default();
    let longer = rest.into_iter().map(|rest| std::iter::once(name.clone()).chain(rest).collect());
    let longer: Vec<Module> = longer.collect();
    if longer.is_empty() { vec![vec![name]] } else { longer }
}

/// The modules that `module` names in its code, its tests aside.
fn named(module: &[String], code: &str, modules: &BTreeSet<Module>) -> BTreeSet<Module> {
    let code = code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let above = &module[..module.len() - 1];
    let mut out = BTreeSet::new();
    for (word, from) in [("crate::", &[][..]), ("super::", above)] {
        for path in paths(code, word) {
            let whole: Module = from.iter().cloned().chain(path).collect();
            out.extend((1..=whole.len()).rev().map(|len| whole[..len].to_vec()).find(|part| modules.contains(part)));
        }
    }
    out
}

/// Files and folders that stand side by side in a room name each other in one direction only. What a folder's `mod.rs` holds belongs to all in it.
#[test]
fn no_circles_within_a_room() {
    let files: Vec<(Module, String)> = files().into_iter().map(|file| (module_of(&file.path), file.code)).collect();
    let modules: BTreeSet<Module> = files.iter().map(|(module, _)| module.clone()).collect();
    let mut edges: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
    for (module, code) in &files {
        for target in named(module, code, &modules) {
            let shared = module.iter().zip(&target).take_while(|(a, b)| a == b).count();
            if let (Some(from), Some(to)) = (module.get(..=shared), target.get(..=shared)) {
                edges.entry(from.to_vec()).or_default().insert(to.to_vec());
            }
        }
    }
    assert!(edges.len() > 50, "{} edges", edges.len());
    let mut circles = Vec::new();
    for start in edges.keys() {
        let (mut seen, mut todo) = (BTreeSet::new(), vec![start]);
        while let Some(module) = todo.pop() {
            todo.extend(edges.get(module).into_iter().flatten().filter(|module| seen.insert(*module)));
        }
        if seen.contains(start) {
            circles.push(start.join("::"));
        }
    }
    assert!(circles.is_empty(), "these and what they use form a circle: {}", circles.join(", "));
}

#[test]
fn imports_are_read_whole() {
    let whole: Vec<String> = spelled("a::{b, c::{d, E}}; more").iter().map(|path| path.join("::")).collect();
    assert_eq!(whole, ["a::b", "a::c::d", "a::c::E"]);
    let modules: BTreeSet<Module> =
        [vec!["a"], vec!["a", "b"], vec!["c"]].iter().map(|m| m.iter().map(|s| (*s).into()).collect()).collect();
    let of = |code: &str| named(&["a".into(), "x".into()], code, &modules).iter().map(|m| m.join("::")).collect::<Vec<_>>();
    assert_eq!(of("use super::{b::T, U};\nuse crate::c;\n#[cfg(test)]\nmod tests { use crate::z; }"), ["a", "a::b", "c"]);
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
    let rooms: Vec<Module> = paths(code, "crate::");
    assert_eq!(rooms.iter().map(|path| path[0].as_str()).collect::<Vec<_>>()[..], ["app", "text", "text", "ui"]);
    assert_eq!(spelled("analysis::claims::find"), [["analysis", "claims", "find"]]);
    assert!(without_comments("a // crate::app").trim() == "a");
}
