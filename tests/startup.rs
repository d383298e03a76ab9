//! What every start pays: instructions, which neither the machine nor its load change, and pages of the model, which only an analysis reads.

#![cfg(target_os = "linux")]

#[cfg(feature = "encoder")]
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// Instructions that `byline` runs with these arguments, as callgrind counts them; `None` without valgrind.
fn instructions(arguments: &[&str]) -> Option<u64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", env!("CARGO_BIN_EXE_byline")]).args(arguments);
    let out = command.stdin(Stdio::null()).output().ok()?;
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success(), "{said}");
    let count = said.lines().find_map(|line| line.split_once("Collected : ")).unwrap().1;
    Some(count.trim().parse().unwrap())
}

/// `cargo test --release --test integration startup -- --nocapture` prints the figures of docs/performance.md.
#[test]
fn instructions_of_a_start_keep_their_budget() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample.txt");
    // Each a tenth above what was counted, without and with optimisation.
    for (arguments, unoptimised, optimised) in
        [(&["--version"][..], 1_660_000, 815_000), (&["--format", "text", sample], 102_500_000, 10_700_000)]
    {
        let Some(count) = instructions(arguments) else { return println!("valgrind is not installed: nothing counted") };
        let budget = if cfg!(debug_assertions) { unoptimised } else { optimised };
        println!("byline {}: {count} instructions, budget {budget}", arguments.join(" "));
        assert!(count <= budget, "byline {}: {count} instructions, more than {budget}", arguments.join(" "));
    }
}

/// Kilobytes of files that a run on one article has in memory when the article has come out and the run waits for the next.
#[cfg(feature = "encoder")]
fn file_pages(format: &str) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_byline"))
        .args(["--format", format, "--no-clean", "--jobs", "1", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"{\"id\": \"1\", \"text\": \"The board met on Monday.\"}\n").unwrap();
    input.flush().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    drop(input);
    child.wait().unwrap();
    let pages = status.lines().find_map(|line| line.strip_prefix("RssFile:")).unwrap();
    pages.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
#[cfg(feature = "encoder")]
fn the_model_is_read_when_it_is_used() {
    let model = include_bytes!("../assets/encoder/network.rten").len() as u64 / 1024;
    let (text, analysed) = (file_pages("text"), file_pages("jsonl"));
    println!("file pages: {text} kB as text, {analysed} kB analysed, the model has {model} kB");
    assert!(
        analysed > model && text < analysed - model * 3 / 4,
        "{text} kB as text, {analysed} kB analysed, the model has {model} kB"
    );
}
