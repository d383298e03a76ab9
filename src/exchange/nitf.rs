//! NITF (IPTC News Industry Text Format): headline, byline, dateline and body, with the people, organisations, places and dates that
//! the newsroom marked within it.

use super::draft::Draft;
use super::markup::{Element, Flow, Markup, Piece};
use super::story::{Given, Opened, Results, stamp};
use super::units::OffsetUnit;
use crate::analysis::provenance::AnnotatorKind;
use crate::analysis::timeline::TimexType;
use crate::article::{BlockKind, Dateline, Document, ReadError};

/// The tags of NITF that mark words, and what they mean.
const MARKS: [(&str, &str); 8] = [
    ("person", "PERSON"),
    ("org", "ORG"),
    ("location", "LOCATION"),
    ("chron", "DATE"),
    ("event", "EVENT"),
    ("object.title", "WORK_OF_ART"),
    ("virtloc", "OTHER"),
    ("function", "TITLE"),
];

/// Reads a document whose root is `nitf`.
pub fn read(markup: &Markup, given: &Given<'_>) -> Results {
    vec![
        markup
            .root()
            .ok_or_else(|| given.refuse("no tag in it"))
            .and_then(|root| article(markup, root, Document::default(), given)),
    ]
}

/// The article within `root`; what `known` has stays, the rest is read.
pub fn article(markup: &Markup, root: Element<'_>, known: Document, given: &Given<'_>) -> Result<Opened, ReadError> {
    let attribute = |tag: &str, name: &str| markup.first(root, tag).and_then(|e| e.tag.get(name).map(str::to_owned));
    let Document { headline, authors, published, dateline, keywords, .. } = known.clone();
    let headline = headline.or_else(|| markup.line(root, "hl1")).or_else(|| markup.line(root, "title"));
    let byline = markup.line(root, "byline");
    let place = markup.line(root, "dateline");
    let issued = attribute("date.issue", "norm").or_else(|| attribute("pubdata", "date.publication"));
    let document = Document {
        headline: headline.clone(),
        authors: if authors.is_empty() { byline.clone().into_iter().collect() } else { authors },
        publisher: known.publisher.or_else(|| markup.line(root, "distributor")),
        published: published.or_else(|| issued.as_deref().and_then(stamp)),
        dateline: dateline.or_else(|| place.map(|place| Dateline { place: Some(place), ..Dateline::default() })),
        keywords: if keywords.is_empty() {
            markup.all(root, "keyword").filter_map(|e| e.tag.get("key").map(str::to_owned)).collect()
        } else {
            keywords
        },
        language: known.language.or_else(|| root.tag.get("baselang").or_else(|| root.tag.get("lang")).map(str::to_owned)),
        ..known
    };
    let mut flow = Flow::default();
    for (line, kind) in [(&headline, BlockKind::Headline), (&byline, BlockKind::Byline)] {
        if let Some(line) = line {
            flow.line(line, kind);
        }
    }
    let content = markup.first(root, "body.content").or_else(|| markup.first(root, "body")).unwrap_or(root);
    flow.add(markup, content, BlockKind::Paragraph, &MARKS.map(|(tag, _)| tag));
    let id = attribute("doc-id", "id-string");
    let article = given.composed(id, &flow, document)?;
    let mut draft = Draft::new(&flow.text, given.format, AnnotatorKind::Publisher, OffsetUnit::CodePoint);
    for (at, span) in &flow.marks {
        let Some(Piece::Open(tag)) = markup.pieces.get(*at) else { continue };
        let label = MARKS.iter().find(|(name, _)| *name == tag.name).map_or("OTHER", |(_, label)| label);
        let Some(span) = draft.marked(label, *span) else { continue };
        match tag.get("norm") {
            Some(norm) if label == "DATE" => {
                let value = stamp(norm).map_or_else(|| norm.to_owned(), |stamp| stamp.to_string());
                draft.timex(span, TimexType::Date, &value);
            }
            _ => draft.labelled(span, label),
        }
    }
    let analysis = draft.finish();
    Ok(given.opened(article, analysis, None, &[]))
}
