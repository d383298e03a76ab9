//! The head of a mail or of a feed's entry, as mutt and newsboat hand it on: lines of `Name: value` before the first blank one.

use super::Document;
use super::Reason;
use super::clean::Label;
use super::dates::stamp;
use super::page::Page;

/// More lines than any program writes before a text.
const LONGEST: usize = 40;

/// Takes what the head says for the document's own metadata, and its lines out of the body. A head has only lines of this form, one of
/// them with the title, so that a text which happens to begin with a colon or two is not taken for one.
pub(super) fn read(page: &Page, document: &mut Document, labels: &mut [Label]) {
    let end = page.lines.iter().take(LONGEST).skip(1).position(|line| line.gap).map(|at| at + 1);
    let Some(head) = end.and_then(|end| page.lines.get(..end)) else { return };
    let mut lines = head.iter().map(|line| line.span.of(&page.raw)).peekable();
    // The first line of a mail in a mailbox.
    lines.next_if(|line| line.starts_with("From "));
    let Some(fields) = lines.map(field).collect::<Option<Vec<_>>>() else { return };
    let value =
        |names: &[&str]| fields.iter().find(|(name, _)| names.iter().any(|n| n.eq_ignore_ascii_case(name))).map(|(_, v)| *v);
    let Some(title) = value(&["Title", "Subject"]) else { return };
    if value(&["From", "Author", "Date", "Feed", "Link"]).is_none() {
        return;
    }
    let author = value(&["From", "Author"]).map(|author| author.split('<').next().unwrap_or_default().trim().trim_matches('"'));
    let link = value(&["Link", "URL"]).filter(|link| link.starts_with("https://") || link.starts_with("http://"));
    *document = Document {
        headline: Some(title.to_owned()),
        authors: author.filter(|author| !author.is_empty()).map(str::to_owned).into_iter().collect(),
        publisher: value(&["Feed"]).map(str::to_owned),
        published: value(&["Date"]).and_then(stamp),
        url: link.map(str::to_owned),
        ..std::mem::take(document)
    };
    for label in labels.iter_mut().take(head.len()) {
        *label = Label::Drop(Reason::Metadata);
    }
}

/// `Name: value`; names are ASCII words joined by hyphens.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_name = !name.is_empty() && name.len() <= 30 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (is_name && (value.is_empty() || value.starts_with(' '))).then(|| (name, value.trim()))
}

#[cfg(test)]
mod tests {
    use crate::article::{ReadOptions, read};

    fn check(head: &str, headline: Option<&str>, url: Option<&str>, authors: &[&str]) {
        let body = "The harbour board has dropped its plan for a levy on freight, its chair said on Wednesday.\n\n\
            “We were never asked,” she said. The old tariff stays in force until the board meets again in June.\n";
        let article = read(format!("{head}\n{body}").as_bytes(), "x", &ReadOptions::default()).remove(0).unwrap();
        let document = &article.document;
        assert_eq!((document.headline.as_deref(), document.url.as_deref()), (headline, url), "{}", article.text);
        assert_eq!(document.authors, authors);
        if headline.is_some() {
            assert!(article.text.starts_with("The harbour board"), "{}", article.text);
            assert_eq!(article.removed.first().map(|gone| gone.start_line), Some(1), "told as removed");
        }
    }

    #[test]
    fn the_head_of_a_mail_or_an_entry_is_metadata() {
        check(
            "Feed: Harbour news\nTitle: Levy dropped\nAuthor: Ada Moreau\nLink: https://example.org/a\nDate: Wed, 05 Mar 2031 10:00:00 +0000\n",
            Some("Levy dropped"),
            Some("https://example.org/a"),
            &["Ada Moreau"],
        );
        check(
            "From ada@example.org Wed Mar  5 10:00:00 2031\nDate: Wed, 5 Mar 2031 10:00:00 +0000\nFrom: \"Ada Moreau\" <ada@example.org>\nTo: you@example.org\nSubject: Levy dropped\n",
            Some("Levy dropped"),
            None,
            &["Ada Moreau"],
        );
    }

    #[test]
    fn a_text_with_colons_has_no_head() {
        let headline = |head: &str| {
            let text = format!("{head}\nThe board met on Monday, and its chair said that the levy would go.\n");
            read(text.as_bytes(), "x", &ReadOptions::default()).remove(0).unwrap().document.headline
        };
        assert_ne!(headline("Levy: the board gives in\nSubject: open\n").as_deref(), Some("open"), "no author, date or link");
        assert_ne!(
            headline("Subject: a plan\nThe board met.\nDate: May\n").as_deref(),
            Some("a plan"),
            "a line of prose among them"
        );
    }
}
