//! README.md is made of live tables: what it says of keys is what the program does.

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
