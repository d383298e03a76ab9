//! End to end in a pseudo-terminal, and in tmux where there is one: open, walk claims and chains, search, follow a row, correct, quit, open
//! again; and the terminal is given back, however it ends.

use portable_pty::{Child, CommandBuilder, MasterPty, PtyPair, PtySize, native_pty_system};
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

/// A newspaper, that two officials, that a clerk.
const CHAIN: &str = "A levy at the harbour\n\nLINDSUND - The harbour board has dropped its plan for a levy, its chair Anna Brandt said \
on Wednesday.\n\n\"We have heard the port users and we will not go on with it,\" Brandt told reporters at the quay in Lindsund.\n\nThe Coast \
Gazette reported on Monday that two officials had said Jonas Falk, the clerk of the board, wrote to Nordline in July that the company would be \
spared.\n\nNordline denied that it had threatened to leave. Falk said the levy would have cost Nordline two million crowns a year.\n";

/// Where byline keeps what it keeps.
const HOMES: [&str; 3] = ["XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"];

/// The folder of a test's own, with what an earlier reader has left there.
fn kept(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("terminal").join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The same, empty.
fn folder(name: &str) -> PathBuf {
    std::fs::remove_dir_all(kept(name)).unwrap();
    kept(name)
}

fn pty(rows: u16, columns: u16) -> PtyPair {
    native_pty_system().openpty(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap()
}

/// A command that is at home in a folder.
fn command(program: &str, folder: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.env("TERM", "xterm-256color");
    command.env_remove("NO_COLOR");
    for home in HOMES {
        command.env(home, folder);
    }
    command
}

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
    /// byline on [`ARTICLE`], analysed, in the folder of that name.
    fn open(name: &str, rows: u16, columns: u16) -> Self {
        Self::start(name, (rows, columns), ARTICLE, &[])
    }

    fn start(name: &str, (rows, columns): (u16, u16), article: &str, arguments: &[&str]) -> Self {
        let folder = kept(name);
        let file = folder.join("levy.txt");
        std::fs::write(&file, article).unwrap();
        let pair = pty(rows, columns);
        let mut command = command(env!("CARGO_BIN_EXE_byline"), &folder);
        command.args(arguments);
        command.arg(&file);
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
        let mut terminal = Self { screen, bytes: Vec::new(), output, input, child, master: pair.master };
        terminal.shows(&["▸ claim "]);
        terminal
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
    terminal.send("?");
    terminal.wait("end of the help", |screen| !screen.contains("next claim, within the filter"));
    // Esc and a key in one write, as they come over a slow line: both count.
    terminal.send("/nordline\r");
    terminal.shows(&["/nordline 1/2"]);
    terminal.send("\x1bG");
    terminal.wait("end of the search and of the text", |screen| !screen.contains("/nordline") && screen.contains("100%"));
    terminal.send("\x1bq");
    assert!(terminal.ends());
}

#[test]
fn a_chain_is_walked() {
    folder("chain");
    let mut terminal = Terminal::start("chain", (40, 120), CHAIN, &[]);
    terminal.send("]]");
    terminal.shows(&["▸ 3  Coast Gazette › reported"]);
    terminal.send("]");
    terminal.shows(&["▸ 4  Coast Gazette › two officials › had said", "within claim 3"]);
    terminal.send("]");
    terminal.shows(&["▸ 5  Coast Gazette › two officials › Jonas Falk › wrote", "within claim 4", "to Nordline"]);
    // From the claim to its source and back; the copy tells the whole chain (OSC 52).
    terminal.send("\r");
    terminal.shows(&["LIST", "▸ Jonas Falk"]);
    terminal.send("\x1b");
    terminal.shows(&["READ", "▸ 5  Coast Gazette › two officials › Jonas Falk"]);
    terminal.send("y");
    terminal.shows(&["claim copied"]);
    assert!(terminal.bytes.windows(7).any(|part| part == b"\x1b]52;c;"));
    terminal.send("[[");
    terminal.shows(&["▸ 3  Coast Gazette › reported"]);
    terminal.send("q");
    assert!(terminal.ends());
}

#[test]
fn what_is_corrected_is_undone_and_made_again() {
    let folder = folder("mend");
    let mut terminal = Terminal::start("mend", (40, 120), CHAIN, &[]);
    // A claim gets another source, and goes.
    terminal.send("cs");
    terminal.shows(&["who said it?"]);
    terminal.send("/gazette\r\r");
    terminal.shows(&["the claim has another source", "▸ 1  Coast Gazette › said", "✎ by hand"]);
    terminal.send("U");
    terminal.shows(&["▸ 1  Anna Brandt › said"]);
    terminal.send("R");
    terminal.shows(&["▸ 1  Coast Gazette › said"]);
    terminal.send("cd");
    terminal.wait("the claim gone", |screen| !screen.contains("▸ 1  Coast Gazette › said"));
    // Two names are one.
    terminal.send("1/falk\rcm");
    terminal.shows(&["is the same as"]);
    terminal.send("g\r");
    terminal.shows(&["READ", "the two names are one"]);
    terminal.send("q");
    assert!(terminal.ends());
    let kept = std::fs::read_to_string(folder.join("levy.txt.byline.json")).unwrap();
    assert!(["\"merge\"", "\"drop\""].iter().any(|made| kept.contains(made)) && kept.contains("\"by\": \"user\""), "{kept}");
}

/// byline in tmux, which is a terminal of its own kind: no left and right margins, its own clipboard and colours.
struct Tmux {
    socket: String,
    folder: PathBuf,
}

impl Tmux {
    fn run(&self, arguments: &[&str]) -> String {
        let mut command = std::process::Command::new("tmux");
        command.args(["-L", &self.socket, "-f", "/dev/null"]).args(arguments).env_remove("TMUX").env_remove("NO_COLOR");
        for home in HOMES {
            command.env(home, &self.folder);
        }
        String::from_utf8_lossy(&command.output().unwrap().stdout).into_owned()
    }

    fn open(&self) {
        let line =
            format!("'{}' '{}'; echo left the reader; cat", env!("CARGO_BIN_EXE_byline"), self.folder.join("levy.txt").display());
        self.run(&["new-session", "-d", "-x", "120", "-y", "16", &line]);
    }

    #[track_caller]
    fn shows(&self, words: &[&str]) {
        let until = Instant::now() + PATIENCE;
        loop {
            let screen = self.run(&["capture-pane", "-p"]);
            if words.iter().all(|words| screen.contains(words)) {
                return;
            }
            assert!(Instant::now() < until, "no {words:?}:\n{screen}");
        }
    }

    fn press(&self, keys: &[&str]) {
        self.run(&[&["send-keys"], keys].concat());
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

#[test]
fn in_tmux_open_filter_walk_a_chain_correct_quit_and_reopen() {
    if std::process::Command::new("tmux").arg("-V").output().is_err() {
        // Past the harness, which swallows what a test that passes prints.
        let _ = std::io::stderr().write_all(b"terminal::in_tmux: there is no tmux here, nothing was looked at\n");
        return;
    }
    let tmux = Tmux { socket: format!("byline-{}", std::process::id()), folder: folder("tmux") };
    std::fs::write(tmux.folder.join("levy.txt"), CHAIN).unwrap();
    tmux.open();
    tmux.shows(&["A levy at the harbour", "claim 1/"]);
    // One source alone, by a filter that stays.
    tmux.press(&["2", "/", "falk", "Enter", "Space", "Escape"]);
    tmux.shows(&["filter: Jonas Falk", "claim 1/2 (of ", "Coast Gazette › two officials › Jonas Falk › wrote"]);
    tmux.press(&["]"]);
    tmux.shows(&["claim 2/2 (of ", "▸ 8  Jonas Falk › said"]);
    tmux.press(&["F", "[", "[", "[", "["]);
    tmux.shows(&["Coast Gazette › two officials › had said"]);
    tmux.press(&["1", "/", "brandt", "Enter", "c", "l"]);
    tmux.shows(&["its type is changed", "Anna Brandt  ✎"]);
    tmux.press(&["Escape", "G", "q"]);
    tmux.shows(&["left the reader"]);
    // A server of its own, since the first one takes its time to go.
    let tmux = Tmux { socket: format!("{}-again", tmux.socket), folder: tmux.folder.clone() };
    tmux.open();
    tmux.shows(&["crowns a year", "Anna Brandt  ✎"]);
    tmux.press(&["q"]);
    tmux.shows(&["left the reader"]);
}

#[test]
fn filter_walk_correct_quit_and_reopen() {
    let name = "correct";
    let folder = folder(name);
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
fn a_theme_that_the_terminal_does_not_suit_brings_its_background() {
    for (theme, brought) in [("light", true), ("dark", false)] {
        let mut terminal = Terminal::start("theme", (24, 80), ARTICLE, &["--theme", theme]);
        let cell = terminal.screen.screen().cell(2, 40).unwrap();
        let plain = [cell.fgcolor(), cell.bgcolor()].map(|colour| colour == vt100::Color::Default);
        assert_eq!(plain, [!brought; 2], "{theme} on a dark terminal");
        terminal.send("q");
        assert!(terminal.ends());
    }
}

#[test]
fn a_resize_is_followed_and_a_signal_gives_the_terminal_back() {
    let mut terminal = Terminal::open("signal", 24, 80);
    terminal.screen.screen_mut().set_size(12.try_into().unwrap(), 60.try_into().unwrap());
    terminal.master.resize(PtySize { rows: 12, cols: 60, pixel_width: 0, pixel_height: 0 }).unwrap();
    terminal.wait("status in the last row", |screen| screen.lines().nth(11).is_some_and(|line| line.contains("READ")));
    terminal.kill("-TERM");
    assert!(!terminal.ends(), "it goes as a program goes that was told to");
}

#[test]
fn the_place_is_kept_between_runs() {
    folder("place");
    let mut terminal = Terminal::open("place", 10, 60);
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
    let folder = folder("readonly");
    std::fs::write(folder.join("byline"), "").unwrap();
    let mut terminal = Terminal::open("readonly", 24, 80);
    terminal.send("Gq");
    assert!(terminal.ends());
    assert_eq!(std::fs::read(folder.join("byline")).unwrap(), b"");
}

#[test]
fn what_cannot_be_read_is_said_in_the_reader() {
    let mut terminal = Terminal::start("unread", (24, 80), ARTICLE, &["nowhere.txt"]);
    terminal.shows(&["nowhere.txt: no such file"]);
    terminal.send("q");
    assert!(!terminal.ends(), "the exit status tells it too");
}

#[test]
fn every_signal_that_ends_gives_the_terminal_back() {
    for signal in ["-HUP", "-INT", "-QUIT"] {
        let terminal = Terminal::open("signals", 24, 80);
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
    folder("stopped");
    let mut terminal = Terminal::open("stopped", 24, 80);
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
    let folder = folder("gone");
    std::fs::write(folder.join("levy.txt"), ARTICLE).unwrap();
    // With the signal that tells of it, and without: the shell has it ignored, and byline is not the leader of the session.
    for script in ["exec \"$0\" \"$1\"", "trap '' HUP; \"$0\" \"$1\"; exit 7"] {
        let pair = pty(24, 80);
        let mut command = command("sh", &folder);
        command.args(["-c", script, env!("CARGO_BIN_EXE_byline"), folder.join("levy.txt").to_str().unwrap()]);
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
