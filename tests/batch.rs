//! Batches: nothing is lost when one is stopped, killed, fed broken articles or has no room to write.

use flate2::read::MultiGzDecoder;
use serde_json::Value;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

fn byline() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_byline"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("batch").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A line of a corpus: the nth article.
fn line(n: usize) -> String {
    format!("{{\"id\": \"n{n}\", \"text\": \"The board of port {n} met on Monday. Its chair said the levy would go.\"}}\n")
}

fn corpus(path: &Path, articles: usize) {
    std::fs::write(path, (0..articles).map(line).collect::<String>()).unwrap();
}

fn run(arguments: &[&str]) -> Output {
    byline().args(arguments).output().unwrap()
}

fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_bad_article_is_a_record_among_the_others() {
    let folder = folder("records");
    let file = folder.join("in.jsonl");
    std::fs::write(&file, [&line(0), "{\"id\": \"n1\", \"txt\": 1}\n", "{broken\n", &line(3)].concat()).unwrap();
    let out = run(&["--format", "jsonl", "--jobs", "2", file.to_str().unwrap(), "no-such-file"]);
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(said(&out).lines().count(), 3, "{}", said(&out));
    let records: Vec<Value> = out.stdout.split(|b| *b == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    let shown: Vec<String> = records
        .iter()
        .map(|r| [&r["format"], &r["id"], &r["line"], &r["input"]].map(|v| v.to_string().trim_matches('"').to_owned()).join(" "))
        .collect();
    let input = file.to_str().unwrap();
    assert!(shown[0].starts_with("byline n0 null "), "{shown:?}");
    assert_eq!(shown[1..3], [format!("byline-error n1 2 {input}"), format!("byline-error null 3 {input}")]);
    assert!(shown[3].starts_with("byline n3 "), "{shown:?}");
    assert_eq!(shown[4], "byline-error null null no-such-file");
    assert!(records[1]["error"].as_str().unwrap().contains("no “text”"), "{}", records[1]);
    // Fed to byline again, a record says what it is.
    let again = folder.join("again.jsonl");
    std::fs::write(&again, format!("{}\n", records[1])).unwrap();
    assert!(said(&run(&["--format", "text", again.to_str().unwrap()])).contains("record of an error"));
}

#[test]
fn a_bad_first_line_costs_no_other() {
    let folder = folder("first");
    for (name, first) in [("quote.jsonl", "{'text': 'bad'}"), ("comment.jsonl", "# exported in March")] {
        let file = folder.join(name);
        std::fs::write(&file, [format!("{first}\n"), line(1), line(2)].concat()).unwrap();
        let out = run(&["--format", "jsonl", file.to_str().unwrap()]);
        assert_eq!(out.status.code(), Some(1), "{name}");
        assert_eq!(said(&out).lines().count(), 1, "{}", said(&out));
        let written = String::from_utf8(out.stdout).unwrap();
        assert!(written.contains("\"id\":\"n1\"") && written.contains("\"id\":\"n2\""), "{written}");
    }
}

#[test]
fn corrections_that_cannot_be_read_are_told_and_cost_nothing() {
    let folder = folder("sidecar");
    let file = folder.join("levy.txt");
    std::fs::write(&file, "Levy dropped\n\nThe board of the port met on Monday. Its chair said the levy would go.\n").unwrap();
    std::fs::write(folder.join("levy.txt.byline.json"), "{broken").unwrap();
    let out = run(&["--format", "claims-csv", file.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(0));
    assert_eq!(said(&out).lines().count(), 1, "{}", said(&out));
    assert!(said(&out).contains("levy.txt: ") && String::from_utf8_lossy(&out.stdout).contains("the levy would go"));
}

#[test]
fn settings_that_are_not_there_are_told_in_every_mode() {
    let folder = folder("settings");
    let file = folder.join("a.txt");
    std::fs::write(&file, "The board of the port met on Monday.\n").unwrap();
    for wrong in [["--theme", "nope"], ["--config", "no-such-file.toml"]] {
        let out = run(&["--format", "text", wrong[0], wrong[1], file.to_str().unwrap()]);
        assert_eq!((out.status.code(), out.stdout.len()), (Some(1), 0), "{wrong:?}");
        assert!(said(&out).contains(wrong[1]) && said(&out).lines().count() == 1, "{}", said(&out));
    }
}

#[test]
fn a_pattern_that_gives_folders_gives_the_articles_in_them() {
    let folder = folder("pattern");
    std::fs::create_dir_all(folder.join("news/march")).unwrap();
    std::fs::write(folder.join("news/march/a.txt"), "Levy dropped\n\nThe board of the port met on Monday.\n").unwrap();
    let out = run(&["--format", "text", folder.join("news/*").to_str().unwrap()]);
    assert_eq!((out.status.code(), said(&out).as_str()), (Some(0), ""));
    assert!(String::from_utf8_lossy(&out.stdout).contains("met on Monday"));
}

#[test]
fn a_stream_without_articles_is_no_error() {
    let folder = folder("empty");
    let (lines, text) = (folder.join("none.jsonl"), folder.join("none.txt"));
    for blank in ["", "\n\n \n"] {
        std::fs::write(&lines, blank).unwrap();
        std::fs::write(&text, blank).unwrap();
        let piped = |arguments: &[&str]| {
            let mut child = byline().args(arguments).stdin(Stdio::piped()).spawn().unwrap();
            child.stdin.take().unwrap().write_all(blank.as_bytes()).unwrap();
            child.wait_with_output().unwrap()
        };
        for out in [
            piped(&["--format", "jsonl"]),
            piped(&["--format", "jsonl", "--input-format", "jsonl", "--jobs", "2", "-"]),
            run(&["--format", "jsonl", lines.to_str().unwrap()]),
            run(&["--format", "jsonl", "--input-format", "jsonl", text.to_str().unwrap()]),
        ] {
            assert_eq!((out.status.code(), out.stdout.len(), said(&out)), (Some(0), 0, String::new()));
        }
        // A file that should hold an article and holds none is a mistake.
        let out = run(&["--format", "jsonl", text.to_str().unwrap()]);
        assert_eq!(out.status.code(), Some(1));
        assert!(said(&out).contains("empty"), "{}", said(&out));
    }
}

#[test]
fn white_space_before_the_first_line_is_counted_and_kept() {
    let blank = "\n".repeat(100_000);
    let piped = |arguments: &[&str], input: String| {
        let mut child = byline().args(arguments).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let out = piped(&["--format", "jsonl", "-"], format!("{blank}{}{{}}\n", line(0)));
    assert!(said(&out).contains("line 100002"), "{}", said(&out));
    let text = format!("{blank}  The board met.\n");
    let out = piped(&["--format", "json", "--no-clean", "-"], text.clone());
    assert_eq!(serde_json::from_slice::<Value>(&out.stdout).unwrap()["text"], text);
}

#[test]
fn the_name_of_the_output_says_how_it_is_packed() {
    let folder = folder("packed");
    let (file, gz, zst) = (folder.join("in.jsonl"), folder.join("out.jsonl.gz"), folder.join("out.jsonl.zst"));
    corpus(&file, 5);
    let plain = run(&["--format", "text", file.to_str().unwrap()]).stdout;
    for packed in [&gz, &zst] {
        let out = run(&["--format", "text", "--output", packed.to_str().unwrap(), file.to_str().unwrap()]);
        assert!(out.status.success(), "{}", said(&out));
    }
    let mut text = Vec::new();
    MultiGzDecoder::new(std::fs::read(gz).unwrap().as_slice()).read_to_end(&mut text).unwrap();
    assert_eq!(text, plain);
    assert_eq!(std::fs::read(zst).unwrap()[..4], [0x28, 0xb5, 0x2f, 0xfd]);
    assert_eq!(names(&folder), ["in.jsonl", "out.jsonl.gz", "out.jsonl.zst"]);
}

/// Feeds lines to a run and waits, without sleeping, until it has noted that some are done.
fn feed_and_wait(child: &mut Child, lines: std::ops::Range<usize>, note: &Path) {
    let input = child.stdin.as_mut().unwrap();
    lines.for_each(|n| input.write_all(line(n).as_bytes()).unwrap());
    input.flush().unwrap();
    while !note.exists() {
        assert!(child.try_wait().unwrap().is_none(), "it ended");
        std::thread::yield_now();
    }
}

#[test]
fn an_interrupted_batch_is_gone_on_with() {
    let folder = folder("resume");
    let target = folder.join("out.jsonl.gz");
    let arguments = ["--format", "text", "--no-clean", "--resume", "--output", target.to_str().unwrap(), "-"];
    let mut child = byline().args(arguments).stdin(Stdio::piped()).spawn().unwrap();
    feed_and_wait(&mut child, 0..3, &folder.join("out.jsonl.gz.part.note"));
    // While it is at it, no other run is.
    let second = byline().args(arguments).output().unwrap();
    assert!(said(&second).contains("another byline"), "{}", said(&second));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    child.stdin.take().unwrap().write_all(line(3).as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert_eq!(out.status.code(), Some(130), "{}", said(&out));
    assert!(said(&out).contains("goes on"), "{}", said(&out));
    assert!(!target.exists());
    // Other work does not go on with it.
    let mut other = arguments;
    other[1] = "markdown";
    assert!(said(&run(&other)).contains("other work"));
    let mut child = byline().args(arguments).stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    (0..6).for_each(|n| input.write_all(line(n).as_bytes()).unwrap());
    drop(input);
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success(), "{}", said(&out));
    let mut text = String::new();
    MultiGzDecoder::new(std::fs::read(&target).unwrap().as_slice()).read_to_string(&mut text).unwrap();
    let ports: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("The board of port ")?.split(' ').next()).collect();
    assert_eq!(ports, ["0", "1", "2", "3", "4", "5"], "{text}");
    assert_eq!(names(&folder), ["out.jsonl.gz"]);
}

/// How often a run is killed: often where there is time (`BYLINE_FUZZ_SECONDS`), else enough to notice.
fn kills() -> usize {
    if std::env::var_os("BYLINE_FUZZ_SECONDS").is_some() { 200 } else { 12 }
}

#[test]
fn killed_at_any_byte_the_old_file_stands_or_the_new_one() {
    let folder = folder("kill");
    let (file, target) = (folder.join("in.jsonl"), folder.join("out.txt"));
    corpus(&file, 40);
    let whole = run(&["--format", "text", "--no-clean", file.to_str().unwrap()]).stdout;
    let arguments = ["--format", "text", "--no-clean", "--output", target.to_str().unwrap(), file.to_str().unwrap()];
    for nth in 0..kills() {
        std::fs::write(&target, b"old").unwrap();
        let mut child = byline().args(arguments).spawn().unwrap();
        // Looks at the folder a few times more in each run, so that the kill falls ever later.
        for _ in 0..nth * 8 {
            let _ = std::hint::black_box(std::fs::metadata(&target));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let there = std::fs::read(&target).unwrap();
        assert!(there == b"old" || there == whole, "after {nth}: {} bytes", there.len());
    }
    // With --resume, run after run gets further, and in the end every article is there once.
    std::fs::remove_file(&target).unwrap();
    let resumed: Vec<&str> = arguments.iter().copied().chain(["--resume"]).collect();
    for _ in 0..kills() {
        let mut child = byline().args(&resumed).spawn().unwrap();
        while !folder.join("out.txt.part.note").exists() && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();
    }
    let out = run(&resumed);
    assert!(out.status.success(), "{}", said(&out));
    assert_eq!(std::fs::read(&target).unwrap(), whole);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_one_line_and_leaves_the_old_file() {
    let folder = folder("full");
    let (file, target) = (folder.join("in.jsonl"), folder.join("out.txt"));
    corpus(&file, 200);
    let out =
        byline().args(["--format", "text", file.to_str().unwrap()]).stdout(std::fs::File::create("/dev/full").unwrap()).output();
    let out = out.unwrap();
    assert_eq!(out.status.code(), Some(1));
    assert!(said(&out).contains("standard output: cannot be written"), "{}", said(&out));
    // A limit on the size of files stands for a disk that fills up in the middle.
    std::fs::write(&target, b"old").unwrap();
    let script = format!(
        "trap '' XFSZ; ulimit -f 4; exec '{}' --format text --no-clean --output '{}' '{}'",
        env!("CARGO_BIN_EXE_byline"),
        target.display(),
        file.display()
    );
    let out = Command::new("sh").args(["-c", &script]).output().unwrap();
    assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    assert!(said(&out).contains("out.txt: cannot be written"), "{}", said(&out));
    assert_eq!(std::fs::read(&target).unwrap(), b"old");
    assert_eq!(names(&folder), ["in.jsonl", "out.txt"]);
}

#[test]
fn a_closed_pipe_ends_the_work_quietly() {
    let folder = folder("pipe");
    let file = folder.join("in.jsonl");
    corpus(&file, 2000);
    let mut child = byline().args(["--format", "text", "--no-clean", file.to_str().unwrap()]).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let out = child.wait_with_output().unwrap();
    assert_eq!((out.status.code(), said(&out)), (Some(0), String::new()));
}

#[test]
fn the_short_help_fits_a_screen() {
    for flag in ["--help", "-h"] {
        let help = String::from_utf8(run(&[flag]).stdout).unwrap();
        assert!(help.lines().count() < 24, "{} lines", help.lines().count());
        let long = help.lines().find(|line| line.chars().count() > 80);
        assert!(long.is_none(), "{long:?}");
        assert!(help.find("curl").unwrap() < help.find("--format NAME").unwrap(), "examples first");
        for format in
            byline::exchange::OUTPUT_FORMATS.iter().map(|f| f.name).chain(byline::exchange::INPUT_FORMATS.iter().map(|f| f.name))
        {
            assert!(help.contains(format), "{format}");
        }
    }
    assert!(String::from_utf8(run(&["--formats"]).stdout).unwrap().contains(&byline::exchange::markdown()));
}
