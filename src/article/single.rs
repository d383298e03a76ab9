//! Decoded text -> one article: the page of its format, cleaned and put together.

use super::clean::{self, Facts, Label};
use super::formats::{html, plain};
use super::page::Page;
use super::visible::visible;
use super::{Article, BlockKind, InputFormat, ReadError, ReadOptions, assemble, credits, dates, head};

/// Reads one article.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<Article, ReadError> {
    let verbatim = options.no_clean && options.format != InputFormat::Html;
    let page = if verbatim { plain::page(text.to_owned()) } else { page(text, options.format) };
    if page.lines.is_empty() {
        return Err(ReadError { what: "there is no text in it".into(), line: None });
    }
    let mut article = if options.no_clean {
        let text = page.raw.clone();
        assemble::whole(page, text)
    } else {
        cleaned(page)
    };
    credits::read_dateline(&mut article);
    let document = &article.document;
    article.document.published = document.published.or(options.published).or_else(|| dates::own_line(&article));
    Ok(article)
}

/// The lines of a text that may be shown.
pub(super) fn page(text: &str, format: InputFormat) -> Page {
    match format {
        InputFormat::Html => html::page(&visible(text)),
        _ => plain::page(visible(text)),
    }
}

/// So many characters tell the script of a text.
const SCRIPT: usize = 4000;

/// The page's article. A page in which no body is found is shown whole, with a note.
fn cleaned(mut page: Page) -> Article {
    let (mut document, mut notes) = (page.document.clone(), Vec::new());
    let mut lowered = String::new();
    let facts = Facts::all(&page, &mut lowered);
    let mut labels = clean::label(&page, &facts);
    credits::keep_dateline(&mut labels, &facts);
    credits::read_lines(&mut document, &labels, &facts);
    if !labels.iter().any(|label| matches!(label, Label::Keep(kind) if kind.is_body())) {
        labels.fill(Label::Keep(BlockKind::Paragraph));
        notes.push("No article body was found: the whole text is shown.".into());
    }
    head::read(&page, &mut document, &mut labels);
    let beginning = page.lines.iter().flat_map(|line| line.span.of(&page.raw).chars()).take(SCRIPT);
    let declared = document.language.as_deref().is_some_and(|language| language.to_lowercase().starts_with("en"));
    if is_foreign(&labels, &facts, declared) || is_of_another_script(beginning) {
        notes.push("The text does not read as English: names, claims and times are found for English only.".into());
    }
    // Their memory goes before that for the text is taken.
    drop(facts);
    drop(lowered);
    page.document = document;
    page.notes.extend(notes);
    assemble::assemble(page, &labels)
}

/// The commonest words of the languages around English that are none of its own.
const FOREIGN: [&str; 28] = [
    "de", "la", "el", "que", "los", "las", "del", "por", "der", "die", "und", "das", "ist", "nicht", "le", "les", "des", "et",
    "du", "une", "il", "di", "che", "não", "os", "het", "een", "och",
];

/// Whether the kept lines have too few of English's function words. English prose has 45 %; a page in another language, with the
/// few that it shares ("in", "an", "to"), less than 15 %. A page that is `declared` to be English may be a table or a list: there the words of
/// other languages decide.
fn is_foreign(labels: &[Label], facts: &[Facts], declared: bool) -> bool {
    let kept = || labels.iter().zip(facts).filter(|(label, _)| matches!(label, Label::Keep(_))).map(|(_, fact)| fact);
    let (words, stop, letters) =
        kept().fold((0, 0, 0), |sum, fact| (sum.0 + fact.words, sum.1 + fact.stop, sum.2 + fact.letters));
    let foreign = || kept().flat_map(|fact| fact.lower.split_whitespace()).filter(|word| FOREIGN.contains(word)).count();
    letters >= 120 && stop * 100 < words * 18 && (!declared || foreign() * 100 > words * 4)
}

/// Whether most letters of a text are not Latin ones; of a few letters nothing is said.
fn is_of_another_script(texts: impl Iterator<Item = char>) -> bool {
    let (latin, other) = texts
        .filter(|c| c.is_alphabetic())
        .fold((0, 0), |(latin, other), c| if c < '\u{250}' { (latin + 1, other) } else { (latin, other + 1) });
    other > latin && other >= 20
}
