//! What a reader has set right, as a JSON file beside the article (`docs/formats.md`): one entry an article, every correction `by` the
//! annotator `user`, its words repeated so that it holds for an article that has changed a little.

use super::anchor::{Anchor, Told};
use super::units::{OffsetUnit, Units};
use super::wire::Span as Place;
use crate::analysis::corrections::{Correction, USER};
use crate::analysis::entities::EntityType;
use crate::article::Article;
use crate::text::Span;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// `format` of the file.
const FORMAT: &str = "byline-corrections";
/// The version written, and the newest that is read.
const VERSION: u64 = 1;

#[derive(Serialize, Deserialize)]
struct Entry {
    by: String,
    #[serde(flatten)]
    what: What,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "correction", rename_all = "kebab-case")]
enum What {
    Retype {
        at: Place,
        #[serde(rename = "type")]
        kind: EntityType,
    },
    Merge {
        at: Place,
        into: Place,
    },
    Split {
        at: Place,
    },
    DropEntity {
        at: Place,
    },
    DropClaim {
        content: Place,
    },
    Attribute {
        content: Place,
        source: String,
    },
    MergeSources {
        source: String,
        into: String,
    },
    DropEvent {
        trigger: Place,
    },
    Date {
        trigger: Place,
        date: String,
    },
}

/// Whether a JSON value is such a file, which holds no article.
pub fn is_corrections(value: &Value) -> bool {
    value.get("format").and_then(Value::as_str) == Some(FORMAT)
}

/// Whether this byline can read the file whose content is `text`, and so may write it anew.
pub fn is_readable(text: &str) -> bool {
    serde_json::from_str(text).is_ok_and(|file| is_known(&file))
}

fn is_known(file: &Value) -> bool {
    is_corrections(file) && file.get("version").and_then(Value::as_u64).is_some_and(|version| version <= VERSION)
}

/// The file with the corrections of one article in it and those of its other articles as they were; `None` if there are no corrections left.
pub fn write(before: Option<&str>, article: &Article, corrections: &[Correction]) -> Option<String> {
    let mut file: Value = before.and_then(|text| serde_json::from_str(text).ok()).filter(is_corrections).unwrap_or_else(|| {
        json!({
            "format": FORMAT, "version": VERSION, "offsetUnit": "codepoint",
            "annotators": [{"id": USER, "kind": "user"}], "articles": [],
        })
    });
    let articles = file.get_mut("articles").and_then(Value::as_array_mut)?;
    articles.retain(|entry| !is_of(entry, article));
    if !corrections.is_empty() {
        let units = Units::new(&article.text, OffsetUnit::CodePoint);
        let entries: Vec<Entry> = corrections.iter().map(|one| entry(one, article, &units)).collect();
        articles.push(json!({"id": article.id, "sha256": article.input.sha256, "corrections": entries}));
    }
    (!articles.is_empty()).then(|| format!("{file:#}\n"))
}

/// The corrections of one article, and of those that no longer fit it what is wrong, one sentence each.
pub fn read(text: &str, article: &Article) -> (Vec<Correction>, Vec<String>) {
    let file = match serde_json::from_str::<Value>(text) {
        Ok(file) if is_known(&file) => file,
        Ok(_) => return (Vec::new(), vec!["the corrections are of a kind or version that this byline does not read".into()]),
        Err(e) => return (Vec::new(), vec![format!("the corrections are broken JSON: {e}")]),
    };
    let mut anchor = Anchor::new(&article.text, OffsetUnit::CodePoint);
    let (mut kept, mut lost) = (Vec::new(), Vec::new());
    let mine = file.get("articles").and_then(Value::as_array).and_then(|all| all.iter().find(|entry| is_of(entry, article)));
    for value in mine.and_then(|entry| entry.get("corrections")).and_then(Value::as_array).into_iter().flatten() {
        match serde_json::from_value::<Entry>(value.clone())
            .map_err(|e| e.to_string())
            .and_then(|one| correction(one.what, &mut anchor))
        {
            Ok(correction) => kept.push(correction),
            Err(why) => lost.push(format!("a correction was left out: {why}")),
        }
    }
    (kept, lost)
}

/// An article is known by its id within its file.
fn is_of(entry: &Value, article: &Article) -> bool {
    entry.get("id").and_then(Value::as_str) == Some(&article.id)
}

fn entry(correction: &Correction, article: &Article, units: &Units) -> Entry {
    let place = |span: Span| Place {
        start: units.unit_at(span.start),
        end: units.unit_at(span.end),
        text: Some(span.of(&article.text).to_owned()),
    };
    let what = match correction {
        Correction::Retype { at, kind } => What::Retype { at: place(*at), kind: *kind },
        Correction::Merge { at, into } => What::Merge { at: place(*at), into: place(*into) },
        Correction::Split { at } => What::Split { at: place(*at) },
        Correction::DropEntity { at } => What::DropEntity { at: place(*at) },
        Correction::DropClaim { content } => What::DropClaim { content: place(*content) },
        Correction::Attribute { content, source } => What::Attribute { content: place(*content), source: source.clone() },
        Correction::MergeSources { source, into } => What::MergeSources { source: source.clone(), into: into.clone() },
        Correction::DropEvent { trigger } => What::DropEvent { trigger: place(*trigger) },
        Correction::Date { trigger, date } => What::Date { trigger: place(*trigger), date: date.clone() },
    };
    Entry { by: USER.into(), what }
}

fn correction(what: What, anchor: &mut Anchor<'_>) -> Result<Correction, String> {
    let mut span = |place: &Place| {
        let told = Told { range: Some((place.start, place.end)), words: place.text.as_deref(), ..Told::default() };
        anchor.place(told)
    };
    Ok(match what {
        What::Retype { at, kind } => Correction::Retype { at: span(&at)?, kind },
        What::Merge { at, into } => Correction::Merge { at: span(&at)?, into: span(&into)? },
        What::Split { at } => Correction::Split { at: span(&at)? },
        What::DropEntity { at } => Correction::DropEntity { at: span(&at)? },
        What::DropClaim { content } => Correction::DropClaim { content: span(&content)? },
        What::Attribute { content, source } => Correction::Attribute { content: span(&content)?, source },
        What::MergeSources { source, into } => Correction::MergeSources { source, into },
        What::DropEvent { trigger } => Correction::DropEvent { trigger: span(&trigger)? },
        What::Date { trigger, date } => Correction::Date { trigger: span(&trigger)?, date },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        Article { id: "a.txt".into(), text: text.into(), ..Article::default() }
    }

    const TEXT: &str = "“Größe”: Ada Moreau said the quay is shut.";

    fn all() -> Vec<Correction> {
        let span = |words: &str| {
            let start = TEXT.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        vec![
            Correction::Retype { at: span("Moreau"), kind: EntityType::Place },
            Correction::Merge { at: span("Moreau"), into: span("Ada") },
            Correction::Split { at: span("Ada") },
            Correction::DropEntity { at: span("Größe") },
            Correction::DropClaim { content: span("the quay is shut") },
            Correction::Attribute { content: span("the quay is shut"), source: "Größe".into() },
            Correction::MergeSources { source: "Größe".into(), into: "Ada Moreau".into() },
            Correction::DropEvent { trigger: span("shut") },
            Correction::Date { trigger: span("shut"), date: "2031-03".into() },
        ]
    }

    #[test]
    fn corrections_are_read_as_they_were_written() {
        let file = write(None, &article(TEXT), &all()).unwrap();
        assert_eq!(read(&file, &article(TEXT)), (all(), Vec::new()));
        let value: Value = serde_json::from_str(&file).unwrap();
        assert_eq!(value["annotators"][0]["kind"], "user");
        assert_eq!(
            value["articles"][0]["corrections"][0],
            json!({
                "by": "user", "correction": "retype", "at": {"start": 13, "end": 19, "text": "Moreau"}, "type": "Place"
            })
        );
    }

    #[test]
    fn they_follow_their_words_and_say_what_is_lost() {
        let file = write(None, &article(TEXT), &all()).unwrap();
        let (kept, lost) = read(&file, &article("Then Ada Moreau said the quay is shut."));
        assert_eq!((kept.len(), lost.len()), (8, 1));
        assert_eq!(kept[0], Correction::Retype { at: Span::new(9, 15), kind: EntityType::Place });
        assert!(read("{}", &article(TEXT)).1[0].contains("kind or version"));
        assert!(read("{", &article(TEXT)).1[0].contains("broken JSON"));
    }

    #[test]
    fn the_other_articles_of_the_file_stay() {
        let other = Article { id: "b".into(), ..article(TEXT) };
        let both = write(write(None, &article(TEXT), &all()).as_deref(), &other, &all()[..1]).unwrap();
        let one = write(Some(&both), &article(TEXT), &[]).unwrap();
        assert_eq!(read(&one, &article(TEXT)).0.len(), 0);
        assert_eq!(read(&one, &other).0.len(), 1);
        assert_eq!(write(Some(&one), &other, &[]), None);
    }
}
