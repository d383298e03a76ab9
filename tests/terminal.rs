//! End to end in a pseudo-terminal: open, walk claims, search, follow a row, quit; and the terminal is given back, however it ends.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Longest wait for something to appear; a machine under load may be slow, and a test that passes does not wait.
const PATIENCE: Duration = Duration::from_mins(1);

const ARTICLE: &str = "Harbour board drops levy plan\n\nLINDSUND - The harbour board has dropped its plan for a levy, its chair Anna Brandt said on \
Wednesday.\n\n\"We have heard the port users and we will not go on with it,\" Brandt told reporters at the quay in Lindsund.\n\nNordline, the \
largest port user, denied that it had threatened to leave. Jonas Falk, the clerk of the board, said the levy would have cost Nordline two \
million crowns a year.\n";

struct Terminal {
    screen: vt100::Parser,
    /// All bytes since the start.
    bytes: Vec<u8>,
    output: Receiver<Vec<u8>>,
    input: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn open(name: &str, rows: u16, columns: u16) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("terminal").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("levy.txt");
        std::fs::write(&file, ARTICLE).unwrap();
        let pair = native_pty_system().openpty(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_byline"));
        command.arg(&file);
        command.env("TERM", "xterm-256color");
        command.env("XDG_STATE_HOME", &folder);
        command.env("XDG_CONFIG_HOME", &folder);
        command.env("XDG_DATA_HOME", &folder);
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (to, output) = channel();
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut chunk) {
                if to.send(chunk[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        let screen = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
        let input = pair.master.take_writer().unwrap();
        Self { screen, bytes: Vec::new(), output, input, child, master: pair.master }
    }

    fn contents(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the screen shows all these words.
    #[track_caller]
    fn shows(&mut self, words: &[&str]) {
        self.wait(&format!("{words:?}"), |screen| words.iter().all(|words| screen.contains(words)));
    }

    #[track_caller]
    fn wait(&mut self, what: &str, there: impl Fn(&str) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !there(&self.contents()) {
            let left = until.saturating_duration_since(Instant::now());
            let Ok(chunk) = self.output.recv_timeout(left) else { panic!("no {what}:\n{}", self.contents()) };
            self.take(&chunk);
        }
    }

    /// Sends a signal, as `kill` does.
    fn kill(&self, signal: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    fn take(&mut self, chunk: &[u8]) {
        self.screen.process(chunk);
        self.bytes.extend(chunk);
        // What a terminal answers when it is asked for its background and its kind.
        if chunk.ends_with(b"\x1b[c") {
            self.send("\x1b]11;rgb:1010/1010/1010\x1b\\\x1b[?62c");
        }
    }

    fn send(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    /// Waits for the end and returns whether it was a good one; by then the terminal has to be as it was.
    #[track_caller]
    fn ends(self) -> bool {
        self.ends_having_left(1)
    }

    /// As [`Self::ends`], after the alternate screen was left so many times.
    #[track_caller]
    fn ends_having_left(mut self, times: usize) -> bool {
        let status = self.child.wait().unwrap();
        drop(self.input);
        while let Ok(chunk) = self.output.recv_timeout(Duration::from_millis(500)) {
            self.screen.process(&chunk);
            self.bytes.extend(&chunk);
        }
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        let left = self.bytes.windows(8).filter(|part| part == b"\x1b[?1049l").count();
        assert_eq!(left, times, "the alternate screen is left once, and each time that it stops");
        status.success()
    }
}

#[test]
fn open_walk_search_follow_quit() {
    let mut terminal = Terminal::open("walk", 40, 120);
    terminal.shows(&["Harbour board drops levy plan", "1 Names", "Anna Brandt", "claim 1/"]);
    terminal.send("]");
    terminal.shows(&["claim 2/"]);
    terminal.send("/nordline");
    terminal.shows(&["/nordline", "1 of 2"]);
    terminal.send("\r");
    terminal.shows(&["/nordline 1/2"]);
    terminal.send("\x1b");
    terminal.wait("end of the search", |screen| !screen.contains("/nordline"));
    terminal.send("1");
    terminal.shows(&["LIST"]);
    terminal.send("\r");
    terminal.shows(&["READ", "● Anna Brandt 1/"]);
    terminal.send("?");
    terminal.shows(&["Keys", "next claim, within the filter"]);
    terminal.send("?q");
    assert!(terminal.ends());
}

#[test]
fn filter_walk_correct_quit_and_reopen() {
    let name = "correct";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("terminal").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    let mut terminal = Terminal::open(name, 40, 120);
    terminal.shows(&["1 Names", "Anna Brandt", "claim 1/"]);
    // The first source's claims only, and a step among them.
    terminal.send("2g ");
    terminal.shows(&["filter: "]);
    terminal.send("\x1b]");
    terminal.wait("a claim within the filter", |screen| screen.contains("(of "));
    terminal.send("F");
    // A person becomes a place, by hand.
    terminal.send("1/brandt\r");
    terminal.shows(&["LIST", "▸ Anna Brandt"]);
    terminal.send("cl");
    terminal.shows(&["its type is changed · kept in levy.txt.byline.json", "✎"]);
    terminal.send("\x1bmqq");
    assert!(terminal.ends());
    let kept = std::fs::read_to_string(folder.join("levy.txt.byline.json")).unwrap();
    assert!(kept.contains("\"by\": \"user\"") && kept.contains("\"retype\""), "{kept}");

    let mut terminal = Terminal::open(name, 40, 120);
    terminal.shows(&["Anna Brandt  ✎"]);
    terminal.send("q");
    assert!(terminal.ends());
    let exported = std::process::Command::new(env!("CARGO_BIN_EXE_byline"))
        .args(["--format", "json"])
        .arg(folder.join("levy.txt"))
        .output()
        .unwrap();
    let exported = String::from_utf8(exported.stdout).unwrap();
    assert!(exported.contains("\"kind\": \"user\"") && exported.contains("\"by\": \"user\""), "exported with the rest");
}

#[test]
fn a_resize_is_followed_and_a_signal_gives_the_terminal_back() {
    let mut terminal = Terminal::open("signal", 24, 80);
    terminal.shows(&["Harbour board drops levy plan", "claim 1/"]);
    terminal.screen.screen_mut().set_size(12.try_into().unwrap(), 60.try_into().unwrap());
    terminal.master.resize(PtySize { rows: 12, cols: 60, pixel_width: 0, pixel_height: 0 }).unwrap();
    terminal.wait("status in the last row", |screen| screen.lines().nth(11).is_some_and(|line| line.contains("READ")));
    terminal.kill("-TERM");
    assert!(!terminal.ends(), "it goes as a program goes that was told to");
}

#[test]
fn the_place_is_kept_between_runs() {
    let state: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("terminal/place/byline/places");
    let _ = std::fs::remove_file(&state);
    let mut terminal = Terminal::open("place", 10, 60);
    terminal.shows(&["Harbour board drops levy plan", "claim 1/"]);
    terminal.send("G");
    terminal.shows(&["crowns a year"]);
    terminal.send("q");
    assert!(terminal.ends());
    let mut terminal = Terminal::open("place", 10, 60);
    terminal.shows(&["crowns a year"]);
    terminal.send("q");
    assert!(terminal.ends());
}

#[test]
fn a_home_that_cannot_be_written_is_no_matter() {
    // A file where the folder would be: not even root can write there.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("terminal/readonly");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("byline"), "").unwrap();
    let mut terminal = Terminal::open("readonly", 24, 80);
    terminal.shows(&["Harbour board drops levy plan", "claim 1/"]);
    terminal.send("Gq");
    assert!(terminal.ends());
    assert_eq!(std::fs::read(folder.join("byline")).unwrap(), b"");
}

#[test]
fn every_signal_that_ends_gives_the_terminal_back() {
    for signal in ["-HUP", "-INT", "-QUIT"] {
        let mut terminal = Terminal::open("signals", 24, 80);
        terminal.shows(&["Harbour board drops levy plan", "claim 1/"]);
        terminal.kill(signal);
        assert!(!terminal.ends(), "{signal}");
    }
}

/// The state of a process as the system spells it: `T` is stopped.
#[cfg(target_os = "linux")]
fn state(id: u32) -> char {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    stat.rsplit(") ").next().unwrap().chars().next().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn stopped_it_leaves_the_terminal_to_the_shell_and_woken_it_paints_anew() {
    let mut terminal = Terminal::open("stopped", 24, 80);
    terminal.shows(&["Harbour board drops levy plan", "claim 1/"]);
    let id = terminal.child.process_id().unwrap();
    // By its key, and by a signal from elsewhere.
    for nth in 0..2 {
        if nth == 0 {
            terminal.send("\x1a");
        } else {
            terminal.kill("-TSTP");
        }
        while state(id) != 'T' {
            std::thread::yield_now();
        }
        terminal.wait("the shell's screen", |screen| !screen.contains("Harbour"));
        assert!(!terminal.screen.screen().alternate_screen() && !terminal.screen.screen().hide_cursor());
        terminal.kill("-CONT");
        terminal.shows(&["Harbour board drops levy plan", "claim 1/"]);
        assert!(terminal.screen.screen().alternate_screen());
    }
    terminal.send("]");
    terminal.shows(&["claim 2/"]);
    terminal.send("q");
    assert!(terminal.ends_having_left(3));
}

#[test]
fn a_terminal_that_is_gone_ends_it() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("terminal/gone");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("levy.txt"), ARTICLE).unwrap();
    // With the signal that tells of it, and without: the shell has it ignored, and byline is not the leader of the session.
    for script in ["exec \"$0\" \"$1\"", "trap '' HUP; \"$0\" \"$1\"; exit 7"] {
        let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_byline"), folder.join("levy.txt").to_str().unwrap()]);
        command.env("XDG_STATE_HOME", &folder);
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let mut seen = Vec::new();
        while !String::from_utf8_lossy(&seen).contains("Harbour") {
            let mut chunk = [0; 4096];
            let read = reader.read(&mut chunk).unwrap();
            seen.extend_from_slice(&chunk[..read]);
        }
        drop(reader);
        drop(pair.master);
        assert!(!child.wait().unwrap().success(), "{script}");
    }
}
