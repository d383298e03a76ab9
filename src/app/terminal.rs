//! The terminal and its guard: taken over once, given back exactly once, on quit, error, panic and signal alike.

use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, queue};
use std::io::{self, Write};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Whether the terminal is ours just now.
static TAKEN: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// Holds the terminal; dropping it gives the terminal back.
#[derive(Debug)]
pub struct Terminal {
    mouse: bool,
}

impl Terminal {
    /// Takes the terminal over: raw keys, alternate screen, no cursor.
    ///
    /// # Errors
    ///
    /// When there is no terminal.
    pub fn take(mouse: bool) -> io::Result<Self> {
        HOOK.call_once(restore_on_panic);
        let terminal = Self { mouse };
        terminal.enter()?;
        Ok(terminal)
    }

    fn enter(&self) -> io::Result<()> {
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let mut out = io::stdout().lock();
        queue!(out, EnterAlternateScreen, cursor::Hide, EnableBracketedPaste)?;
        if self.mouse {
            queue!(out, EnableMouseCapture)?;
        }
        // The first frame goes out with it.
        Ok(())
    }

    /// Switches reports of the mouse.
    pub fn set_mouse(&mut self, mouse: bool) -> io::Result<()> {
        self.mouse = mouse;
        let mut out = io::stdout().lock();
        if mouse {
            queue!(out, EnableMouseCapture)?;
        } else {
            queue!(out, DisableMouseCapture)?;
        }
        out.flush()
    }

    /// Whether the mouse reports to us.
    pub fn mouse(&self) -> bool {
        self.mouse
    }

    /// Gives the terminal to the shell, stops, and takes it over again when woken.
    pub fn suspend(&mut self) -> io::Result<()> {
        restore();
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.enter()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back, if it is ours.
fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout().lock();
        // There is nobody left to tell when this fails.
        let _ = queue!(out, DisableMouseCapture, DisableBracketedPaste, cursor::Show, LeaveAlternateScreen);
        let _ = out.flush();
        let _ = disable_raw_mode();
    }
}

/// A panic on the main thread is told on the shell's screen; one of the worker's costs its article only and is not told here.
fn restore_on_panic() {
    let told = panic::take_hook();
    panic::set_hook(Box::new(move |what| {
        if thread::current().name() != Some(super::worker::THREAD) {
            restore();
            told(what);
        }
    }));
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
    use std::io::{BufRead, BufReader, Read};

    /// What the other test runs in a terminal of its own: nothing in byline panics when it is told to, so the program is this one.
    #[test]
    #[ignore = "takes the terminal over and panics: run in a pseudo-terminal by the test beside it"]
    fn taken_and_panicking() {
        let mut terminal = Terminal::take(true).unwrap();
        io::stdout().flush().unwrap();
        let worker = thread::Builder::new().name(crate::app::worker::THREAD.into()).spawn(|| panic!("the worker's"));
        assert!(worker.unwrap().join().is_err());
        terminal.set_mouse(true).unwrap();
        println!("still taken\r");
        // The other side has looked at the terminal.
        io::stdin().lock().read_exact(&mut [0]).unwrap();
        panic!("the main thread's");
    }

    #[test]
    fn a_panic_gives_the_terminal_back_once_and_is_told_after_it() {
        let pair = native_pty_system().openpty(PtySize::default()).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["app::terminal::tests::taken_and_panicking", "--exact", "--ignored", "--nocapture"]);
        command.env("TERM", "xterm-256color");
        // Whether the terminal hands lines over, echoes and takes keys for signals.
        let modes = |master: &dyn MasterPty| master.get_termios().unwrap().local_flags;
        let before = modes(&*pair.master);
        let mut child = pair.slave.spawn_command(command).unwrap();
        let mut output = BufReader::new(pair.master.try_clone_reader().unwrap());
        let mut seen = String::new();
        while !seen.contains("still taken") {
            assert_ne!(output.read_line(&mut seen).unwrap(), 0, "{seen}");
        }
        let left = "\u{1b}[?1049l";
        assert!(seen.contains("\u{1b}[?1049h") && !seen.contains(left) && !seen.contains("worker's"), "{seen:?}");
        assert_ne!(modes(&*pair.master), before);
        pair.master.take_writer().unwrap().write_all(b"x").unwrap();
        assert!(!child.wait().unwrap().success());
        assert_eq!(modes(&*pair.master), before);
        drop(pair.slave);
        // The system tells of the end by an error.
        let _ = output.read_to_string(&mut seen);
        let (_, after) = seen.split_once(left).unwrap();
        assert!(after.contains("the main thread's") && !after.contains(left), "{seen:?}");
        assert!(seen.contains("\u{1b}[?25h") && seen.contains("\u{1b}[?2004l") && seen.contains("\u{1b}[?1000l"), "{seen:?}");
    }
}
