//! Themes: a role of words on the screen -> a style. The words of a theme file are in `assets/themes/`.

use crate::analysis::entities::EntityType;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $name:literal),* $(,)?) => {
        /// What words and lines on the screen are there for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Role { $($(#[$doc])* $role),* }

        impl Role {
            /// All roles with their names in a theme file.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$role, $name)),*];
        }
    };
}

roles! {
    /// The article's prose.
    Text = "text",
    /// The headline.
    Headline = "headline",
    /// A heading within the body.
    Subhead = "subhead",
    /// What stands back: date and length, captions, details of rows.
    Quiet = "quiet",
    /// A block quotation.
    Quote = "quote",
    /// Rules between the parts of the screen.
    Rule = "rule",
    /// The title of the part that has the keys.
    Focus = "focus",
    /// The titles of the other parts.
    Title = "title",
    /// The bar beside a claim.
    Claim = "claim",
    /// The bar beside the claim in hand.
    ClaimInHand = "claim-in-hand",
    /// The number of a claim.
    ClaimNumber = "claim-number",
    /// The words of the claim in hand.
    ClaimWords = "claim-words",
    /// The cue of the claim in hand.
    Cue = "cue",
    /// What stands outside the claims that are set apart.
    Apart = "apart",
    /// A person.
    Person = "person",
    /// An organisation.
    Organization = "organization",
    /// A place.
    Place = "place",
    /// Another name.
    Other = "other",
    /// A mention of the selected name.
    Lit = "lit",
    /// The current mention.
    Current = "current",
    /// A search hit.
    Hit = "hit",
    /// The current search hit.
    HitCurrent = "hit-current",
    /// The clause of the selected event.
    EventWords = "event-words",
    /// The row under the cursor.
    Cursor = "cursor",
    /// Marks before rows.
    Marker = "marker",
    /// What is part of the filter.
    Filtered = "filtered",
    /// A key in hints and help.
    Key = "key",
    /// The mode.
    Mode = "mode",
    /// The status line.
    Status = "status",
    /// What the last action had to say.
    Message = "message",
    /// Confirms; happened.
    Confirms = "confirms",
    /// Denies; did not happen.
    Denies = "denies",
    /// Speculates, claims; may happen.
    Unsure = "unsure",
    /// The mark of a raw line that is in the article.
    Kept = "kept",
    /// A raw line that is not.
    Dropped = "dropped",
    /// Why it is not.
    Reason = "reason",
    /// The part of the scroll bar that is on screen.
    Thumb = "thumb",
    /// A mention, claim or hit in the scroll bar.
    Tick = "tick",
}

impl From<EntityType> for Role {
    fn from(kind: EntityType) -> Self {
        match kind {
            EntityType::Person => Self::Person,
            EntityType::Organization => Self::Organization,
            EntityType::Place => Self::Place,
            EntityType::Other => Self::Other,
        }
    }
}

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// The 16 that every terminal's palette has.
    Ansi,
    /// The 256 of xterm.
    Indexed,
    /// All.
    True,
}

/// A style for every role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Whether it is made for light backgrounds; `None` for one that goes with any.
    light: Option<bool>,
    /// Words and background of its own, for a terminal whose background it is not made for.
    paper: Option<Style>,
    /// Whether the paper is laid.
    laid: bool,
    /// By role.
    styles: [Style; Role::ALL.len()],
}

/// The themes byline brings, in the order in which one key walks them.
pub const BUILT_IN: [(&str, &str); 7] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("contrast", include_str!("../../assets/themes/contrast.toml")),
    ("ansi", include_str!("../../assets/themes/ansi.toml")),
    ("ansi-dark", include_str!("../../assets/themes/ansi-dark.toml")),
    ("ansi-light", include_str!("../../assets/themes/ansi-light.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

impl Theme {
    /// A theme that byline brings; `None` if it has none of that name.
    pub fn built_in(name: &str, depth: Depth) -> Option<Self> {
        let (name, source) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Self::parse(name, source, depth).ok()
    }

    /// Reads a theme file: a table `roles` with a style for each role; a role it leaves out is plain text. Before it may stand the
    /// `background` it is made for (`dark`, `light`, or `any`), and a `paper` of its own for terminals with another one.
    ///
    /// # Errors
    ///
    /// In words for people: broken TOML with its line, a role that does not exist, a style that cannot be read.
    pub fn parse(name: &str, source: &str, depth: Depth) -> Result<Self, String> {
        let table: toml::Table = source.parse().map_err(|error| format!("theme {name}: {}", broken_toml(source, &error)))?;
        let roles =
            table.get("roles").and_then(toml::Value::as_table).ok_or_else(|| format!("theme {name}: no table [roles]"))?;
        let mut styles = [Style::new(); Role::ALL.len()];
        for (role_name, value) in roles {
            let role = Role::ALL.iter().find(|(_, known)| known == role_name).map(|&(role, _)| role);
            let role = role.ok_or_else(|| format!("theme {name}: there is no role “{role_name}”"))?;
            let words = value.as_str().ok_or_else(|| format!("theme {name}: the style of {role_name} is no string"))?;
            styles[role as usize] = style(words, depth).map_err(|e| format!("theme {name}, {role_name}: {e}"))?;
        }
        let string = |key: &str| table.get(key).and_then(toml::Value::as_str);
        let light = match string("background").unwrap_or("any") {
            "light" => Some(true),
            "dark" => Some(false),
            "any" => None,
            other => return Err(format!("theme {name}: a background is dark, light or any, not “{other}”")),
        };
        let paper = string("paper").map(|words| style(words, depth)).transpose();
        let paper = paper.map_err(|e| format!("theme {name}, paper: {e}"))?;
        Ok(Self { name: name.to_owned(), light, paper, laid: false, styles })
    }

    /// The theme on a terminal whose background is light, or dark, or not known: where it is made for another one, it brings its own.
    #[must_use]
    pub fn on(self, light: Option<bool>) -> Self {
        Self { laid: self.light.is_some() && self.light != light, ..self }
    }

    /// Lays the theme's paper under what is drawn, where it brings its own.
    pub(super) fn lay_paper(&self, cells: &mut Buffer) {
        let Some(Style { fg: Some(words), bg: Some(paper), .. }) = self.paper.filter(|_| self.laid) else { return };
        for cell in &mut cells.content {
            if cell.fg == Color::Reset {
                cell.fg = words;
            }
            if cell.bg == Color::Reset {
                cell.bg = paper;
            }
        }
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }
}

/// What is no TOML, with its line.
pub fn broken_toml(source: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| source.get(..span.start)).unwrap_or_default();
    format!("line {}: {}", before.matches('\n').count() + 1, error.message())
}

/// A style in words: `bold italic #e6c84f on #202020`.
fn style(words: &str, depth: Depth) -> Result<Style, String> {
    let mut style = Style::new();
    let mut behind = false;
    for word in words.split_whitespace() {
        let modifier = match word {
            "bold" => Modifier::BOLD,
            "dim" => Modifier::DIM,
            "italic" => Modifier::ITALIC,
            "underline" => Modifier::UNDERLINED,
            "reverse" => Modifier::REVERSED,
            "on" => {
                behind = true;
                continue;
            }
            _ => {
                let colour = colour(word, depth)
                    .ok_or_else(|| format!("“{word}” is no colour such as #e6c84f, 33 or red, and no weight"))?;
                style = if behind { style.bg(colour) } else { style.fg(colour) };
                behind = false;
                continue;
            }
        };
        style = style.add_modifier(modifier);
    }
    Ok(style)
}

fn colour(word: &str, depth: Depth) -> Option<Color> {
    let colour: Color = word.parse().ok()?;
    match colour {
        Color::Rgb(r, g, b) if depth < Depth::True => Some(Color::Indexed(nearest(r, g, b))),
        _ => Some(colour),
    }
}

/// The nearest of xterm's 256 colours: its cube of 6 levels a channel, or its 24 greys.
fn nearest(r: u8, g: u8, b: u8) -> u8 {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let level = |v: u8| (0..6u8).min_by_key(|&at| LEVELS.get(usize::from(at)).map_or(255, |l| l.abs_diff(v))).unwrap_or(0);
    let (red, green, blue) = (level(r), level(g), level(b));
    let grey =
        (0..24u8).min_by_key(|&at| (8 + 10 * at).abs_diff(((u16::from(r) + u16::from(g) + u16::from(b)) / 3) as u8)).unwrap_or(0);
    let far = |x: u8, y: u8| u32::from(x.abs_diff(y)).pow(2);
    let of = |at: u8| LEVELS.get(usize::from(at)).copied().unwrap_or(255);
    let cube_error = far(r, of(red)) + far(g, of(green)) + far(b, of(blue));
    let value = 8 + 10 * grey;
    let grey_error = far(r, value) + far(g, value) + far(b, value);
    if grey_error < cube_error { 232 + grey } else { 16 + 36 * red + 6 * green + blue }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_styles_every_role() {
        for (name, source) in BUILT_IN {
            Theme::parse(name, source, Depth::True).unwrap();
            let table: toml::Table = source.parse().unwrap();
            for (_, words) in Role::ALL {
                assert!(table["roles"].get(words).is_some(), "{name} lacks {words}");
            }
        }
    }

    /// WCAG 2 contrast against what stands for the background: 4.5:1 for words. Rules, bars and backgrounds carry none.
    #[test]
    fn words_stand_out_from_the_background() {
        let bare = [Role::Rule, Role::Claim, Role::Thumb];
        for (name, paper) in [("dark", (0x1a, 0x1c, 0x22)), ("light", (0xff, 0xff, 0xff))] {
            let theme = Theme::built_in(name, Depth::True).unwrap();
            for (role, words) in Role::ALL.iter().filter(|(role, _)| !bare.contains(role)) {
                if let Some(Color::Rgb(r, g, b)) = theme.style(*role).fg {
                    let (a, b) = (luminance((r, g, b)), luminance(paper));
                    let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                    assert!(contrast >= 4.5, "{name}: {words} has {contrast:.2}");
                }
            }
        }
    }

    /// The palette of xterm on black and on white, for a background that nobody knows.
    #[test]
    fn where_nothing_is_known_words_can_be_read_on_black_and_on_white() {
        for name in ["ansi", "mono"] {
            let theme = Theme::built_in(name, Depth::Ansi).unwrap();
            for (role, words) in Role::ALL {
                let style = theme.style(*role);
                assert_eq!(style.bg, None, "{name}: {words}");
                let red_green_blue = match style.fg {
                    None => continue,
                    Some(Color::Red) => (205, 0, 0),
                    Some(Color::Magenta) => (205, 0, 205),
                    other => panic!("{name}: {words} in {other:?}"),
                };
                for paper in [0.0, 1.0] {
                    let (a, b) = (luminance(red_green_blue), paper);
                    assert!((f64::max(a, b) + 0.05) / (f64::min(a, b) + 0.05) >= 3.5, "{name}: {words}");
                }
            }
        }
    }

    #[test]
    fn a_theme_brings_its_paper_where_the_background_is_not_the_one_it_is_made_for() {
        for (name, of, laid) in [
            ("light", Some(true), false),
            ("light", Some(false), true),
            ("dark", Some(false), false),
            ("dark", None, true),
            ("ansi", Some(true), false),
        ] {
            let mut cells = Buffer::empty(ratatui::layout::Rect::new(0, 0, 2, 1));
            cells[(1, 0)].fg = Color::Red;
            Theme::built_in(name, Depth::True).unwrap().on(of).lay_paper(&mut cells);
            assert_eq!(cells[(0, 0)].bg != Color::Reset, laid, "{name} on {of:?}");
            assert_eq!(cells[(0, 0)].fg != Color::Reset, laid, "words and paper together");
            assert_eq!(cells[(1, 0)].fg, Color::Red, "a colour stays");
        }
    }

    fn luminance((r, g, b): (u8, u8, u8)) -> f64 {
        let linear = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    #[test]
    fn words_never_are_white_or_black_and_mono_has_no_colour() {
        for (name, _) in BUILT_IN {
            let theme = Theme::built_in(name, Depth::True).unwrap();
            for (role, words) in Role::ALL {
                let style = theme.style(*role);
                assert!(!matches!(style.fg, Some(Color::White | Color::Black)), "{name}: {words}");
                assert!(name != "mono" || (style.fg, style.bg) == (None, None), "{words}");
            }
        }
    }

    #[test]
    fn a_wrong_theme_says_what_is_wrong() {
        let wrong = |source| Theme::parse("mine", source, Depth::True).unwrap_err();
        assert!(wrong("[roles]\ntextt = \"\"").contains("textt"));
        assert!(wrong("[roles]\ntext = \"bold mauvish\"").contains("mauvish"));
        assert!(wrong("roles]").contains("mine: line 1: "));
        assert!(wrong("background = \"grey\"\n[roles]").contains("grey"));
    }
}
