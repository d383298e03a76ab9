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
    assert!(!text(&out.stdout).contains("\"byline\""), "{}", text(&out.stdout));
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
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().map(str::to_owned))
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

#[test]
fn an_interrupt_ends_with_whole_lines() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_byline"))
        .args(["--format", "jsonl", "--no-clean", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
    input.write_all(b"{\"id\": \"a\", \"text\": \"The bridge opened in May.\"}\n").unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut output, &mut line).unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    // The program may be gone by then.
    let _ = input.write_all(b"{\"id\": \"b\", \"text\": \"It closed in June.\"}\n{\"id\": \"c\", \"text\": \"It fell.\"}\n");
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut output, &mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let ids: Vec<String> =
        rest.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].to_string()).collect();
    // Where the signal arrives between reading and writing is chance; that every line that comes out is whole is not.
    assert!(["\"b\"", "\"c\""].starts_with(&ids.iter().map(String::as_str).collect::<Vec<_>>()), "{ids:?}");
}

#[test]
fn completions_and_manual_know_the_formats() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let out = byline(&["--completions", shell], b"");
        let script = text(&out.stdout);
        assert!(out.status.success() && script.contains("input-format"), "{shell}: {script}");
        assert!(shell == "fish" || script.contains("byline"), "{shell}");
    }
    let script = text(&byline(&["--completions", "bash"], b"").stdout);
    assert!(script.contains("audit-csv") && script.contains("corenlp"), "{script}");
    let page = text(&byline(&["--man"], b"").stdout);
    assert!(page.contains(".TH byline 1") && page.contains("source audit: who is quoted"), "{page}");
}

#[test]
fn folders_pairs_and_packed_files_are_inputs() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli/folder");
    std::fs::create_dir_all(&folder).unwrap();
    let packed = {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(b"{\"id\": \"g1\", \"text\": \"One.\"}\n{\"id\": \"g2\", \"text\": \"Two.\"}\n").unwrap();
        out.finish().unwrap()
    };
    for (name, bytes) in [
        ("a.jsonl.gz", packed.as_slice()),
        ("b.txt", b"Ada Li left Oslo."),
        ("b.ann", b"T1\tPerson 0 6\tAda Li\n"),
        ("c.png", b"\x89PNG"),
    ] {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    for arguments in [vec![folder.clone()], vec![folder.join("*.gz"), folder.join("b.ann"), folder.join("b.txt")]] {
        let mut args = vec!["--format", "entities-csv"];
        args.extend(arguments.iter().map(|path| path.to_str().unwrap()));
        let out = byline(&args, b"");
        let table = text(&out.stdout);
        assert!(out.status.success(), "{}", text(&out.stderr));
        assert_eq!(table.matches("article,entity,name").count(), 1, "one header: {table}");
        assert_eq!(table.matches("Ada Li,Person").count(), 1, "{table}");
    }
}
