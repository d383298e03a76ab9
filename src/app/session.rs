//! One session of reading: message in, reader changed, screen painted.

use super::choices::Choices;
use super::events::{Message, listen_to_signals, listen_to_terminal, typed};
use super::paint::{Frame, Painter};
use super::places::Places;
use super::settings::Settings;
use super::stories::Desk;
use super::terminal::Terminal;
use super::worker::{self, News};
use super::{AppError, Document, background, clipboard, sidecar};
use crate::reader::{Action, Chord, Effect, Hit, Line, Reader, Story};
use crate::ui::{self, Depth, Theme};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use signal_hook::consts::{SIGCONT, SIGTSTP};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

/// Two clicks within this time are a double click.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The user quit.
    Quit,
    /// A signal asked us to go.
    Signal(i32),
}

struct Session {
    reader: Reader,
    settings: Settings,
    theme: Theme,
    painter: Painter,
    /// The theme that a key chose.
    chosen: Option<String>,
    /// The theme that suits the terminal's background.
    suited: Option<String>,
    /// Whether the terminal's background is light; `None` where it does not tell.
    light: Option<bool>,
    area: Rect,
    /// The frame that is drawn; kept for its memory alone.
    frame: Buffer,
    desk: Desk,
    click: Option<(Instant, Hit)>,
    /// Whether the border of the lists is being dragged.
    dragging: bool,
    /// The lines of the last frame.
    seen: Vec<Line>,
}

/// A file's name without its folder.
fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// By how many lines the body has moved up between two frames, if most of it is still there.
fn scrolled(old: &[Line], new: &[Line]) -> Option<i32> {
    let first = new.first()?;
    let up = old.iter().position(|line| line == first).filter(|&by| by > 0).map(|by| by as i32);
    up.or_else(|| new.iter().position(|line| Some(line) == old.first()).filter(|&by| by > 0).map(|by| -(by as i32)))
}

/// Runs a session on the terminal until the user quits or a signal ends it; returns also what could not be read, one sentence each.
pub fn run(documents: Vec<Document>, mut settings: Settings) -> Result<(End, Vec<String>), AppError> {
    let (to, from) = mpsc::channel();
    let mut desk = Desk { places: Places::load(), ..Desk::default() };
    let mut stories = Vec::with_capacity(documents.len());
    for document in documents {
        let key = desk.key();
        desk.keys.push(key);
        stories.push(desk.lay(document, key));
    }
    desk.queue.want(0);
    let mut reader = Reader::new(stories, settings.keymap.clone());
    let before = Choices::load();
    reader.set_widths((before.measure, before.side));
    reader.set_hyphens(settings.hyphens.or(before.hyphens).unwrap_or(false));
    reader.set_all_claims(before.all_claims);
    let chosen = before.theme.clone().filter(|_| settings.theme.is_none());
    settings.theme = settings.theme.or_else(|| chosen.as_deref().and_then(|name| Theme::built_in(name, settings.depth)));
    for at in 0..reader.stories().len() {
        desk.put_place(&mut reader, at);
    }
    if let Some(notice) = settings.notice.take() {
        reader.say(notice);
    }
    listen_to_signals(to.clone()).map_err(AppError::Terminal)?;
    let (columns, rows) = super::size().map_err(AppError::Terminal)?;
    let mut terminal = Terminal::take(settings.mouse).map_err(AppError::Terminal)?;
    let suited = before.suited.as_deref().and_then(|name| Theme::built_in(name, settings.depth));
    let theme = settings.theme.clone().or(suited).or_else(|| Theme::built_in("ansi", settings.depth));
    let theme = theme.ok_or_else(|| AppError::Settings("the built-in themes are broken".into()))?;
    let area = Rect::new(0, 0, columns, rows);
    let mut session = Session {
        reader,
        settings,
        theme,
        painter: Painter::new(),
        chosen: before.theme.clone(),
        suited: before.suited.clone(),
        light: None,
        area,
        frame: Buffer::empty(area),
        desk,
        click: None,
        dragging: false,
        seen: Vec::new(),
    };
    ui::measure(&mut session.reader, area);
    let end = session.read(&mut terminal, to, &from).map_err(AppError::Terminal);
    drop(terminal);
    session.desk.keep_places(&session.reader);
    let (measure, side) = session.reader.widths();
    // What the settings ask for is no choice of a key.
    let by_key = session.settings.hyphens.is_none() && session.reader.hyphens();
    let hyphens = if session.settings.hyphens.is_some() { before.hyphens } else { by_key.then_some(true) };
    let all_claims = session.reader.all_claims();
    Choices { theme: session.chosen, suited: session.suited, measure, side, hyphens, all_claims }.save(&before);
    end.map(|end| (end, session.desk.failed))
}

impl Session {
    fn read(&mut self, terminal: &mut Terminal, to: Sender<Message>, from: &Receiver<Message>) -> io::Result<End> {
        self.draw()?;
        let news = to.clone();
        worker::start(self.desk.queue.clone(), move |it| news.send(Message::News(it)).is_ok())?;
        let late = self.suit_terminal(&to)?;
        listen_to_terminal(to, late)?;
        loop {
            let Ok(message) = from.recv() else { return Ok(End::Quit) };
            let mut next = Some(message);
            // What has piled up is done before the screen is painted again.
            while let Some(message) = next {
                if let Some(end) = self.take(message, terminal)? {
                    return Ok(end);
                }
                next = from.try_recv().ok();
            }
            self.draw()?;
        }
    }

    /// Asks the terminal what it is like, and takes the theme for its background unless the user has chosen one; returns whether an
    /// answer may still come.
    fn suit_terminal(&mut self, to: &Sender<Message>) -> io::Result<bool> {
        let answer = background::ask();
        self.painter.set_margins(answer.margins);
        for chord in typed(&answer.typed) {
            // The receiver lives as long as the session.
            let _ = to.send(Message::Key(chord));
        }
        let environment = || std::env::var("COLORFGBG").ok().and_then(|value| background::from_environment(&value));
        self.light = answer.light.or_else(environment);
        if self.settings.theme.is_some() {
            self.wear(self.theme.clone())?;
            return Ok(answer.late);
        }
        let name = background::theme(self.light, self.settings.depth == Depth::Ansi);
        self.suited = Some(name.to_owned());
        if let Some(theme) = Theme::built_in(name, self.settings.depth) {
            self.wear(theme)?;
        }
        Ok(answer.late)
    }

    /// Takes a theme as it is on this terminal, and draws in it.
    fn wear(&mut self, theme: Theme) -> io::Result<()> {
        let theme = theme.on(self.light);
        if theme != self.theme {
            self.theme = theme;
            self.draw()?;
        }
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.frame.area != self.area {
            self.frame = Buffer::empty(self.area);
        }
        ui::draw(&self.reader, &self.theme, self.settings.ascii, &mut self.frame);
        let scrolled = scrolled(&self.seen, self.reader.view()).map(|by| (ui::body_rows(&self.reader, self.area), by));
        self.seen.clear();
        self.seen.extend_from_slice(self.reader.view());
        let links = ui::links(&self.reader, self.area);
        self.painter.paint(Frame { cells: &self.frame, scrolled, links: &links }, &mut io::stdout().lock())
    }

    fn take(&mut self, message: Message, terminal: &mut Terminal) -> io::Result<Option<End>> {
        let effect = match message {
            Message::Key(chord) => return self.press(chord, terminal),
            Message::Mouse(event) => self.mouse(event).and_then(|action| self.update(action)),
            Message::Paste(words) => {
                self.paste(&words);
                None
            }
            Message::Resize => {
                self.resize()?;
                None
            }
            Message::News(news) => {
                self.hear(news);
                None
            }
            Message::Signal(SIGTSTP) => Some(Effect::Suspend),
            Message::Signal(SIGCONT) => Some(Effect::Redraw),
            Message::Signal(signal) => return Ok(Some(End::Signal(signal))),
            Message::Lost(error) => return Err(error),
        };
        match effect {
            Some(effect) => self.carry_out(effect, terminal),
            None => Ok(None),
        }
    }

    fn press(&mut self, chord: Chord, terminal: &mut Terminal) -> io::Result<Option<End>> {
        for key in self.reader.keys(chord) {
            let effect = self.reader.action(key).and_then(|action| self.update(action));
            if let Some(effect) = effect
                && let Some(end) = self.carry_out(effect, terminal)?
            {
                return Ok(Some(end));
            }
        }
        Ok(None)
    }

    fn update(&mut self, action: Action) -> Option<Effect> {
        let effect = self.reader.update(action);
        ui::measure(&mut self.reader, self.area);
        effect
    }

    fn carry_out(&mut self, effect: Effect, terminal: &mut Terminal) -> io::Result<Option<End>> {
        match effect {
            Effect::Quit => return Ok(Some(End::Quit)),
            Effect::Suspend => {
                terminal.suspend()?;
                self.painter.forget();
                self.resize()?;
            }
            Effect::Redraw => self.painter.forget(),
            Effect::NextTheme => {
                let names = ui::theme::BUILT_IN.map(|(name, _)| name);
                let at = names.iter().position(|name| *name == self.theme.name).map_or(0, |at| at + 1);
                if let Some(theme) = names.get(at % names.len()).and_then(|name| Theme::built_in(name, self.settings.depth)) {
                    self.reader.say(format!("theme: {}", theme.name));
                    self.chosen = Some(theme.name.clone());
                    self.theme = theme.on(self.light);
                }
            }
            Effect::ToggleMouse => {
                let on = !terminal.mouse();
                terminal.set_mouse(on)?;
                self.reader.say(if on { "mouse on" } else { "mouse off: the terminal selects" });
            }
            Effect::Copy(words) => {
                if !clipboard::copy(&words, &mut io::stdout().lock())? {
                    self.reader.say("too long for the terminal's clipboard");
                }
            }
            Effect::Open(url) => {
                let copied = clipboard::copy(&url, &mut io::stdout().lock())?;
                if clipboard::open(&url) {
                    self.reader.say(format!("link {}: {url}", if copied { "opened and copied" } else { "opened" }));
                }
            }
            Effect::Corrected(at) => self.keep_corrections(at),
            Effect::Want(at) => {
                if let Some(&key) = self.desk.keys.get(at) {
                    self.desk.queue.want(key);
                }
            }
        }
        Ok(None)
    }

    fn resize(&mut self) -> io::Result<()> {
        let (columns, rows) = crossterm::terminal::size()?;
        self.area = Rect::new(0, 0, columns, rows);
        ui::measure(&mut self.reader, self.area);
        Ok(())
    }

    fn hear(&mut self, news: News) {
        match news {
            News::Read(key, results) => self.receive(key, results),
            News::Progress(key, percent) => {
                if let Some(at) = self.desk.position(key) {
                    self.reader.receive_progress(at, percent);
                }
            }
            News::Analysed(key, analysis) => {
                if let Some(at) = self.desk.position(key) {
                    self.reader.receive_analysis(at, *analysis);
                    self.correct(at, key);
                }
            }
        }
        ui::measure(&mut self.reader, self.area);
    }

    /// Makes the corrections that were kept for a story.
    fn correct(&mut self, at: usize, key: worker::Key) {
        let Some(article) = self.reader.stories().get(at).map(|story| Arc::clone(&story.article)) else { return };
        let (made, lost) = sidecar::load(self.desk.files.get(&key).map(PathBuf::as_path), &article);
        self.desk.known.insert(key, made.clone());
        self.reader.receive_corrections(at, made);
        if let Some(why) = lost.into_iter().next() {
            self.reader.say(why);
        }
    }

    /// Keeps the corrections of a story.
    fn keep_corrections(&mut self, at: usize) {
        let Some((&key, story)) = self.desk.keys.get(at).zip(self.reader.stories().get(at)) else { return };
        let said = self.reader.message().unwrap_or_default();
        let words = match self.desk.keep_corrections(key, story) {
            Ok(place) if name(&place).ends_with(sidecar::ENDING) => format!("{said} · kept in {}", name(&place)),
            // Under a name that tells people nothing.
            Ok(_) => format!("{said} · kept in byline’s own folder"),
            Err(error) => format!("{said} · not kept: {error}"),
        };
        self.reader.say(words);
    }

    /// The documents of an input that is read now take the place of the story that stood for it.
    fn receive(&mut self, key: worker::Key, results: Vec<Result<Document, String>>) {
        let Some(at) = self.desk.position(key) else { return };
        let name = self.reader.stories().get(at).map(|story| story.name.clone()).unwrap_or_default();
        let results = if results.is_empty() { vec![Err(format!("{name}: there is no article in it"))] } else { results };
        let mut stories = Vec::with_capacity(results.len());
        for (number, result) in results.into_iter().enumerate() {
            let key = if number == 0 { key } else { self.desk.key() };
            if number > 0 {
                self.desk.keys.insert(at + number, key);
            }
            stories.push(match result {
                Ok(document) => self.desk.lay(document, key),
                Err(why) => {
                    self.desk.failed.push(why.clone());
                    Story::failed(name.clone(), why)
                }
            });
        }
        let count = stories.len();
        self.reader.receive(at, stories);
        for at in at..at + count {
            self.desk.put_place(&mut self.reader, at);
        }
    }

    /// Pasted words go where typed ones go; outside a field they do nothing.
    fn paste(&mut self, words: &str) {
        if self.reader.scope() == crate::reader::Scope::Field {
            let words: String = words.chars().take(1000).map(|c| if c.is_control() { ' ' } else { c }).collect();
            self.reader.paste(&words);
            ui::measure(&mut self.reader, self.area);
        }
    }

    fn mouse(&mut self, event: MouseEvent) -> Option<Action> {
        let border = ui::border(&self.reader, self.area);
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => self.dragging = border == Some(event.column),
            MouseEventKind::Drag(MouseButton::Left) if self.dragging => {
                return border.map(|at| Action::Drag(at as i16 - event.column as i16)).filter(|drag| *drag != Action::Drag(0));
            }
            MouseEventKind::Up(_) => self.dragging = false,
            _ => {}
        }
        if self.dragging {
            return None;
        }
        let hit = ui::hit(&self.reader, self.area, event.column, event.row)?;
        match event.kind {
            MouseEventKind::ScrollDown => Some(Action::Wheel(hit, 3)),
            MouseEventKind::ScrollUp => Some(Action::Wheel(hit, -3)),
            MouseEventKind::Down(MouseButton::Left) => {
                let now = Instant::now();
                let twice = self.click.is_some_and(|(then, before)| before == hit && now.duration_since(then) < DOUBLE_CLICK);
                self.click = (!twice).then_some((now, hit));
                Some(if twice { Action::DoubleClick(hit) } else { Action::Click(hit) })
            }
            _ => None,
        }
    }
}
