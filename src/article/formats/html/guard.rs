//! Guards before the parse: HTML parsers take quadratic time on pages that were made to be slow, so those are recognised in
//! one linear pass. The largest of 181 real news pages had 1.5 MB, depth 51 and 64 attributes in a tag.

/// Most bytes of a page.
const BYTES: usize = 6 * 1024 * 1024;
/// Most tags.
const TAGS: usize = 60_000;
/// Deepest nesting of elements.
const DEPTH: usize = 400;
/// Most attributes of one tag.
const ATTRIBUTES: usize = 500;
/// Most character references.
const ENTITIES: usize = 500_000;

/// Elements that have no end tag, or whose end tag may be left out.
const UNCLOSED: [&str; 24] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li",
    "td", "th", "tr", "dd", "dt", "option", "tbody", "thead",
];

/// What the page has too much of to be parsed, in words, if anything.
pub(super) fn refuse(text: &str) -> Option<String> {
    if text.len() > BYTES {
        return Some(format!("{} MB of markup", text.len() >> 20));
    }
    if text.bytes().filter(|b| *b == b'&').count() > ENTITIES {
        return Some("too many character references".into());
    }
    let (mut tags, mut depth, mut deepest) = (0, 0_usize, 0);
    let mut rest = text;
    while let Some(tag) = next_tag(&mut rest) {
        tags += 1;
        if tag.attributes > ATTRIBUTES {
            return Some(format!("a tag with {} attributes", tag.attributes));
        }
        if tag.closes {
            depth = depth.saturating_sub(1);
        } else if tag.opens {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    if deepest > DEPTH {
        return Some(format!("{deepest} elements within each other"));
    }
    (tags > TAGS).then(|| format!("{tags} tags"))
}

struct Tag {
    opens: bool,
    closes: bool,
    attributes: usize,
}

/// The next tag of `rest`, which is moved behind it. Comments and the contents of scripts and styles are passed over.
fn next_tag(rest: &mut &str) -> Option<Tag> {
    loop {
        let at = rest.find('<')?;
        let inner = rest.get(at + 1..)?;
        if let Some(comment) = inner.strip_prefix("!--") {
            *rest = comment.find("-->").and_then(|end| comment.get(end + 3..)).unwrap_or_default();
            continue;
        }
        let closes = inner.starts_with('/');
        let name_at = usize::from(closes);
        let behind = inner.get(name_at..).unwrap_or_default();
        let letters = behind.bytes().take(16).take_while(u8::is_ascii_alphanumeric).count();
        let name = behind.get(..letters).unwrap_or_default();
        if name.is_empty() {
            *rest = inner;
            continue;
        }
        let (length, attributes) = tag_end(inner);
        let empty = inner.get(..length).is_some_and(|tag| tag.ends_with('/'));
        *rest = inner.get(length..).unwrap_or_default();
        if !closes && is_among(name, &["script", "style", "textarea", "title"]) {
            let end = find_ignoring_case(rest, &format!("</{name}"));
            *rest = end.and_then(|at| rest.get(at..)).unwrap_or_default();
            return Some(Tag { opens: end.is_some(), closes: false, attributes });
        }
        let counted = !is_among(name, &UNCLOSED) && !empty;
        return Some(Tag { opens: counted && !closes, closes: counted && closes, attributes });
    }
}

/// The length of a tag up to its `>` (but not one within quotes), and how many attributes it has.
fn tag_end(inner: &str) -> (usize, usize) {
    let (mut quote, mut attributes, mut last) = (None, 0, b' ');
    for (at, byte) in inner.bytes().enumerate() {
        match (quote, byte) {
            (Some(q), b) if q == b => quote = None,
            (None, b'"' | b'\'') if last == b'=' => quote = Some(byte),
            (None, b'>') => return (at, attributes),
            (None, b) if !b.is_ascii_whitespace() && b != b'/' && (last.is_ascii_whitespace() || last == b'/') => attributes += 1,
            _ => {}
        }
        last = byte;
    }
    (inner.len(), attributes)
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    let needle = needle.as_bytes();
    text.as_bytes().windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))
}

/// The text without its tags, scripts and comments, in linear time; the common character references are resolved.
pub(super) fn strip_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len() / 4);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let opens_tag = rest.as_bytes().get(1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'));
        if !opens_tag {
            out.push('<');
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let before = rest;
        if rest.starts_with("<!--") {
            rest = rest.find("-->").and_then(|end| rest.get(end + 3..)).unwrap_or_default();
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            rest = rest.split_once('>').map_or("", |(_, after)| after);
        } else {
            let mut after = rest;
            let tagged = next_tag(&mut after).is_some();
            rest = if tagged { after.strip_prefix('>').unwrap_or(after) } else { rest.get(1..).unwrap_or_default() };
        }
        if is_block(before) && !out.ends_with("\n\n") {
            out.push('\n');
        }
    }
    out.push_str(rest);
    for (reference, c) in [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        if out.contains(reference) {
            out = out.replace(reference, c);
        }
    }
    out
}

/// Whether the tag that `rest` begins with breaks the line.
fn is_block(rest: &str) -> bool {
    const INLINE: [&str; 9] = ["a", "b", "i", "em", "strong", "span", "font", "u", "sup"];
    let name = rest.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    !is_among(name, &INLINE)
}

/// Whether the tag's name is one of these, in whatever case.
fn is_among(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_no_reader_sees_are_refused() {
        assert_eq!(refuse("<html><body><p>One<p>Two<br><img src='a>b'></body></html>"), None);
        assert!(refuse(&"<div>".repeat(100_000)).is_some_and(|what| what.contains("within each other")));
        assert!(refuse(&format!("<p{}>", " a=1".repeat(200_000))).is_some_and(|what| what.contains("attributes")));
        assert!(refuse(&"<br>".repeat(3 << 20)).is_some());
        assert_eq!(refuse(&"<p>word ".repeat(2000)), None);
        assert_eq!(refuse("<script>if (a < b) { '<div><div>' }</script><p>x"), None);
    }

    #[test]
    fn tags_are_stripped_in_one_pass() {
        let text = strip_tags("<p>One &amp; <b>two</b></p><script>no()</script><!-- no --><p>3 < 4</p>");
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(lines, ["One & two", "3 < 4"]);
        assert_eq!(strip_tags("<!DOCTYPE html>One <![endif]>two").split_whitespace().collect::<Vec<_>>(), ["One", "two"]);
    }
}
