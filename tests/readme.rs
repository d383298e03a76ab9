//! README.md is made of live tables: what it says of keys is what the program does.

use std::fs;
use std::path::Path;

const README: &str = include_str!("../README.md");

#[test]
fn the_key_table_is_the_live_one() {
    let table = byline::reader::Keymap::default().markdown();
    assert!(README.contains(&table), "README.md lacks this table of keys:\n\n{table}");
}

#[test]
fn the_two_commands_are_there() {
    for command in ["cargo run --release", "cargo test"] {
        assert!(README.contains(command), "{command}");
    }
    let ci = include_str!("../.ci/run");
    assert!(ci.contains("cargo test"), ".ci/run calls the README's test command");
}

#[test]
fn links_between_the_pages_lead_somewhere() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(home.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = docs.filter(|path| path.extension().is_some_and(|ext| ext == "md")).chain([home.join("README.md")]);
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        for target in targets.filter(|target| !target.is_empty() && !target.contains(':')) {
            assert!(page.with_file_name(target).exists(), "{} links to {target}", page.display());
        }
    }
}

#[test]
fn every_dependency_is_accounted_for() {
    let manifest: toml::Table = include_str!("../Cargo.toml").parse().unwrap();
    let said = include_str!("../docs/supply-chain.md");
    let named: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next()).collect();
    let linux = manifest["target"]["cfg(target_os = \"linux\")"]["dependencies"].as_table();
    let all = [manifest["dependencies"].as_table(), manifest["dev-dependencies"].as_table(), linux];
    for name in all.into_iter().flatten().flat_map(toml::Table::keys) {
        let words = |line: &&str| line.split([' ', ',', '(', ')', '`']).any(|word| word == name);
        assert!(named.iter().any(words), "docs/supply-chain.md says nothing of {name}");
    }
}
