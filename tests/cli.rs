//! The command line as scripts rely on it: exit codes, one clear line for each bad input, nothing lost.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn byline(args: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_byline"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its input may close the pipe before all is written.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

fn scratch(name: &str, content: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Runs byline on one bad input: it must fail with `code` and say one line that holds `what`.
#[track_caller]
fn refuses(args: &[&str], stdin: &[u8], code: i32, what: &str) {
    let out = byline(args, stdin);
    let said = text(&out.stderr);
    assert_eq!(out.status.code(), Some(code), "{said}");
    assert!(said.contains(what), "{said}");
    assert!(out.stdout.is_empty());
    if code == 1 {
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
        assert!(said.starts_with("byline: "), "{said}");
    }
}

#[test]
fn bad_input_is_one_clear_line() {
    let empty = scratch("empty.txt", b"");
    let binary = scratch("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0");
    let folder = empty.with_file_name("nothing");
    std::fs::create_dir_all(&folder).unwrap();
    refuses(&["--format", "json", "no/such/file.txt"], b"", 1, "no such file");
    refuses(&["--format", "json", folder.to_str().unwrap()], b"", 1, "folder");
    refuses(&["--format", "json", empty.to_str().unwrap()], b"", 1, "empty");
    refuses(&["--format", "json", binary.to_str().unwrap()], b"", 1, "binary");
    refuses(&["--format", "json", "-"], b"{\"text\": \"cut", 1, "JSON");
}

#[test]
fn wrong_use_is_exit_2() {
    refuses(&["--format", "nonsense"], b"", 2, "jsonl");
    refuses(&["--published", "Thursday"], b"", 2, "no date");
    refuses(&["--no-such-flag"], b"", 2, "--no-such-flag");
}

#[test]
fn a_bad_line_costs_no_other() {
    let lines = b"{\"id\": \"a\", \"text\": \"The mayor said the bridge would open in May.\"}\n{broken\n{\"id\": \"b\", \"text\": \"It opened in June.\"}\n";
    let out = byline(&["--format", "jsonl", "--no-clean", "--jobs", "3", "-"], lines);
    assert_eq!(out.status.code(), Some(1));
    let ids: Vec<String> = text(&out.stdout)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["a", "b"]);
    assert!(text(&out.stderr).contains("line 2"), "{}", text(&out.stderr));
}

#[test]
fn no_clean_keeps_the_very_text() {
    let body = "  Two  spaces,\ta tab and\n\n\na gap: naïve “😀”.\n";
    let line = serde_json::json!({"id": "x", "text": body}).to_string();
    let out = byline(&["--format", "jsonl", "--no-clean", "-"], line.as_bytes());
    let value: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(value["text"], body);
}

#[test]
fn output_is_written_whole_or_not_at_all() {
    let target = scratch("kept.json", b"before");
    let out = byline(
        &["--format", "json", "--output", target.to_str().unwrap(), "-"],
        b"The council met on Monday and the mayor spoke.\n",
    );
    assert!(out.status.success(), "{}", text(&out.stderr));
    let value: serde_json::Value = serde_json::from_slice(&std::fs::read(&target).unwrap()).unwrap();
    assert_eq!(value["format"], "byline");
    let out = byline(&["--format", "json", "--output", "no/such/folder/x.json", "-"], b"The council met on Monday.\n");
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("no/such/folder/x.json"));
}
