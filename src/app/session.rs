//! One session of reading: message in, reader changed, screen painted.

use super::events::{Message, listen_to_signals, listen_to_terminal, typed};
use super::paint::Painter;
use super::places::Places;
use super::settings::Settings;
use super::terminal::Terminal;
use super::worker::{self, Job, News, Queue};
use super::{AppError, Input, background, clipboard};
use crate::reader::{Action, Chord, Effect, Hit, Key, Line, Reader, Story};
use crate::ui::{self, Theme};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use signal_hook::consts::{SIGCONT, SIGTSTP};
use std::io;
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
    area: Rect,
    queue: Queue,
    click: Option<(Instant, Hit)>,
    /// The lines of the last frame.
    seen: Vec<Line>,
}

/// By how many lines the body has moved up between two frames, if most of it is still there.
fn scrolled(old: &[Line], new: &[Line]) -> Option<i32> {
    let first = new.first()?;
    let up = old.iter().position(|line| line == first).filter(|&by| by > 0).map(|by| by as i32);
    up.or_else(|| new.iter().position(|line| Some(line) == old.first()).filter(|&by| by > 0).map(|by| -(by as i32)))
}

/// Runs a session on the terminal until the user quits or a signal ends it.
pub fn run(documents: Vec<Input>, settings: Settings) -> Result<End, AppError> {
    let (to, from) = mpsc::channel();
    let mut places = Places::load();
    let queue = Queue::default();
    let mut reader = desk(documents, &settings, &queue);
    for at in 0..reader.stories().len() {
        if let Some(offset) = reader.stories().get(at).and_then(|story| places.get(&story.article)) {
            reader.set_place(at, offset);
        }
    }
    listen_to_signals(to.clone()).map_err(AppError::Terminal)?;
    let (columns, rows) = crossterm::terminal::size().map_err(AppError::Terminal)?;
    let mut terminal = Terminal::take(settings.mouse).map_err(AppError::Terminal)?;
    let theme = settings.theme.clone().or_else(|| Theme::built_in("ansi", settings.depth));
    let theme = theme.ok_or_else(|| AppError::Settings("the built-in themes are broken".into()))?;
    let area = Rect::new(0, 0, columns, rows);
    let mut session = Session { reader, settings, theme, painter: Painter::new(), area, queue, click: None, seen: Vec::new() };
    ui::measure(&mut session.reader, area);
    let end = session.read(&mut terminal, to, &from).map_err(AppError::Terminal);
    drop(terminal);
    for (at, story) in session.reader.stories().iter().enumerate() {
        if let Some(offset) = session.reader.place(at) {
            places.set(&story.article, offset);
        }
    }
    places.save();
    end
}

/// Puts the documents on the reader's desk and their work into the queue.
fn desk(documents: Vec<Input>, settings: &Settings, queue: &Queue) -> Reader {
    let mut stories = Vec::with_capacity(documents.len());
    for (at, document) in documents.into_iter().enumerate() {
        stories.push(match document.story {
            super::Story::Read(article) => {
                queue.push(at, Job::Analyse(article.clone()));
                Story::read(document.name, *article)
            }
            super::Story::Analysed(article, analysis) => {
                let mut story = Story::read(document.name, *article);
                story.set_analysis(*analysis);
                story
            }
            super::Story::Later(read) => {
                queue.push(at, Job::Read(read));
                Story::unread(document.name)
            }
        });
    }
    Reader::new(stories, settings.keymap.clone())
}

impl Session {
    fn read(&mut self, terminal: &mut Terminal, to: Sender<Message>, from: &Receiver<Message>) -> io::Result<End> {
        self.draw()?;
        let news = to.clone();
        worker::start(self.queue.clone(), move |it| news.send(Message::News(it)).is_ok())?;
        if self.settings.theme.is_none() {
            self.suit_background(&to)?;
        }
        listen_to_terminal(to)?;
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

    /// Asks the terminal for its background and takes the theme for it.
    fn suit_background(&mut self, to: &Sender<Message>) -> io::Result<()> {
        let answer = background::ask();
        for chord in typed(&answer.typed) {
            // The receiver lives as long as the session.
            let _ = to.send(Message::Key(chord));
        }
        let environment = || std::env::var("COLORFGBG").ok().and_then(|value| background::from_environment(&value));
        // On a background that is not known, the terminal's own palette is the safe choice.
        let name = answer.light.or_else(environment).map(|light| if light { "light" } else { "dark" });
        if let Some(theme) = name.and_then(|name| Theme::built_in(name, self.settings.depth)) {
            self.theme = theme;
            self.draw()?;
        }
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        let mut frame = Buffer::empty(self.area);
        ui::draw(&self.reader, &self.theme, self.settings.ascii, &mut frame);
        let scrolled = scrolled(&self.seen, self.reader.view()).map(|by| (ui::body_rows(&self.reader, self.area), by));
        self.seen = self.reader.view().to_vec();
        self.painter.paint(&frame, scrolled, &mut io::stdout().lock())
    }

    fn take(&mut self, message: Message, terminal: &mut Terminal) -> io::Result<Option<End>> {
        let effect = match message {
            Message::Key(chord) => self.reader.action(chord).and_then(|action| self.update(action)),
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
                    self.theme = theme;
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
            Effect::Want(at) => self.queue.want(at),
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
            News::Read(at, article) => {
                let name = self.reader.stories().get(at).map(|story| story.name.clone()).unwrap_or_default();
                self.reader.receive(at, Story::read(name, *article));
            }
            News::Analysed(at, analysis) => self.reader.receive_analysis(at, *analysis),
            News::Failed(at, why) => {
                let name = self.reader.stories().get(at).map(|story| story.name.clone()).unwrap_or_default();
                self.reader.receive(at, Story::failed(name, why));
            }
        }
        ui::measure(&mut self.reader, self.area);
    }

    /// Pasted words go where typed ones go; outside a field they do nothing.
    fn paste(&mut self, words: &str) {
        if self.reader.scope() == crate::reader::Scope::Field {
            for c in words.chars().take(1000).map(|c| if c.is_control() { ' ' } else { c }) {
                let chord = Chord::plain(Key::Char(c));
                let _ = self.reader.action(chord).and_then(|action| self.update(action));
            }
        }
    }

    fn mouse(&mut self, event: MouseEvent) -> Option<Action> {
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
