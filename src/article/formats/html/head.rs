//! What a page says of itself: JSON-LD, Open Graph, meta elements, microdata, `<time>`, title and canonical link.

use super::{json_ld, masthead};
use crate::article::dates::stamp;
use crate::article::{Document, Stamp};
use dom_query::{Document as Dom, NodeRef};

/// Names of `property`, `name` and `itemprop`, the most trusted first.
const HEADLINE: [&str; 5] = ["og:title", "headline", "twitter:title", "dc.title", "sailthru.title"];
const AUTHOR: [&str; 9] = [
    "author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "article:author",
    "creator",
];
const PUBLISHER: [&str; 5] = ["og:site_name", "dc.publisher", "publisher", "application-name", "cre"];
const SECTION: [&str; 4] = ["article:section", "articlesection", "section", "parsely-section"];
const KEYWORDS: [&str; 5] = ["news_keywords", "article:tag", "keywords", "parsely-tags", "sailthru.tags"];
const PUBLISHED: [&str; 22] = [
    "article:published_time",
    "article:published",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "pubdate",
    "pub_date",
    "publish-date",
    "publishdate",
    "publish_date",
    "publication_date",
    "article_date_original",
    "og:pubdate",
    "datecreated",
    "datelastpubbed",
    "dc.date",
    "published",
    "date",
];
const MODIFIED: [&str; 11] = [
    "article:modified_time",
    "article:modified",
    "datemodified",
    "article.updated",
    "og:updated_time",
    "dcterms.modified",
    "dc.date.modified",
    "updated-date",
    "article_date_updated",
    "lastmod",
    "last-modified",
];

/// The metadata of the page.
pub(super) fn document(dom: &Dom) -> Document {
    let head = Head::read(dom);
    let mut document = json_ld::document(&head.scripts);
    let first = |names: &[&str]| head.first(names).map(str::to_owned);
    document.publisher = document.publisher.or_else(|| first(&PUBLISHER).filter(|name| !is_link(name)));
    document.headline = document.headline.or_else(|| first(&HEADLINE)).or_else(|| head.title.clone());
    document.url = head.canonical.clone().or(document.url).or_else(|| first(&["og:url"])).filter(|url| is_link(url));
    document.language =
        head.language.clone().or(document.language).or_else(|| first(&["og:locale", "language", "content-language"]));
    document.language = document.language.map(|tag| tag.replace('_', "-"));
    if document.authors.is_empty() {
        document.authors = head.first(&AUTHOR).map(json_ld::split_names).unwrap_or_default();
    }
    document.authors.retain(|name| !is_link(name) && !name.contains('@') && name.len() < 80);
    if document.sections.is_empty() {
        document.sections.extend(first(&SECTION));
    }
    if document.keywords.is_empty() {
        let keywords = head.first(&KEYWORDS).unwrap_or_default().split([',', ';']).map(str::trim).filter(|word| !word.is_empty());
        document.keywords = keywords.map(str::to_owned).collect();
    }
    masthead::tidy(&mut document, head.title.as_deref());
    document.published = document.published.or_else(|| head.stamp(&PUBLISHED)).or(head.time);
    document.modified = document.modified.or_else(|| head.stamp(&MODIFIED));
    document
}

fn is_link(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with("//") || text.starts_with("www.")
}

#[derive(Default)]
struct Head {
    /// Names in lower case with their contents, in the order of the page.
    metas: Vec<(String, String)>,
    scripts: Vec<String>,
    title: Option<String>,
    canonical: Option<String>,
    language: Option<String>,
    /// The first `<time datetime>` of the page's article.
    time: Option<Stamp>,
}

impl Head {
    fn read(dom: &Dom) -> Self {
        let mut head = Self::default();
        for node in dom.root().descendants_it() {
            if let Some(name) = node.node_name().filter(|_| node.is_element()) {
                head.element(&node, &name);
            }
        }
        head
    }

    fn element(&mut self, node: &NodeRef, name: &str) {
        let attribute = |name: &str| node.attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        match name {
            "meta" => {
                let content = attribute("content");
                for key in ["property", "name", "itemprop", "http-equiv"].into_iter().filter_map(attribute) {
                    if let Some(content) = &content {
                        self.push(&key, content);
                    }
                }
            }
            "link" if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| attribute("href"));
            }
            "html" => self.language = attribute("lang").or_else(|| attribute("xml:lang")),
            "title" if self.title.is_none() => {
                self.title = Some(node.text().split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty());
            }
            "script" if attribute("type").is_some_and(|kind| kind.contains("ld+json")) => {
                self.scripts.push(node.text().to_string());
            }
            _ => {
                if let Some(key) = attribute("itemprop").filter(|key| MICRODATA.iter().any(|known| key.contains(known))) {
                    let value =
                        attribute("content").or_else(|| attribute("datetime")).unwrap_or_else(|| node.text().trim().to_owned());
                    self.push(&key, &value);
                } else if name == "time" && self.time.is_none() {
                    self.time = attribute("datetime").and_then(|value| stamp(&value));
                }
            }
        }
    }

    /// Keeps a value; `itemprop="datePublished dateCreated"` names two.
    fn push(&mut self, key: &str, value: &str) {
        for key in key.split_whitespace() {
            self.metas.push((key.to_lowercase(), value.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }

    fn first(&self, names: &[&str]) -> Option<&str> {
        let find = |name: &&str| self.metas.iter().find(|(key, value)| key == name && !value.is_empty());
        names.iter().find_map(find).map(|(_, value)| value.as_str())
    }

    fn stamp(&self, names: &[&str]) -> Option<Stamp> {
        let all = |name: &&str| self.metas.iter().filter(|(key, _)| key == name).find_map(|(_, value)| stamp(value));
        names.iter().find_map(all)
    }
}

/// Microdata that is read from elements of the body.
const MICRODATA: [&str; 4] = ["datePublished", "dateModified", "headline", "articleSection"];

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Document {
        document(&Dom::from(html))
    }

    #[test]
    fn open_graph_meta_and_links() {
        let document = read(
            "<html lang=en-GB><head><title>Bridge shut | The Quay</title><link rel=canonical href='https://quay.example/bridge'>\
             <meta property='og:title' content='Bridge shut after storm - The Quay'><meta property='og:site_name' content='The Quay'>\
             <meta name=author content='Ada Moor and Ben Tull'><meta property='article:published_time' content='2021-03-04T05:06:00+01:00'>\
             <meta property='article:modified_time' content='2021-03-04 09:00 +0100'><meta name=news_keywords content='bridge, storm'></head>",
        );
        assert_eq!(document.headline.as_deref(), Some("Bridge shut after storm"));
        assert_eq!(document.publisher.as_deref(), Some("The Quay"));
        assert_eq!(document.authors, ["Ada Moor", "Ben Tull"]);
        assert_eq!(document.url.as_deref(), Some("https://quay.example/bridge"));
        assert_eq!(document.language.as_deref(), Some("en-GB"));
        assert_eq!(document.published.unwrap().to_string(), "2021-03-04T05:06+01:00");
        assert_eq!(document.modified.unwrap().to_string(), "2021-03-04T09:00+01:00");
        assert_eq!(document.keywords, ["bridge", "storm"]);
    }

    #[test]
    fn microdata_and_time() {
        let document = read("<h1 itemprop=headline>Bridge shut</h1><time datetime='2021-03-04'>Thursday</time>");
        assert_eq!(document.headline.as_deref(), Some("Bridge shut"));
        assert_eq!(document.published.unwrap().to_string(), "2021-03-04");
        let document =
            read("<span itemprop='datePublished dateCreated' content='2020-01-02T03:04Z'></span><time datetime=2021>x</time>");
        assert_eq!(document.published.unwrap().to_string(), "2020-01-02T03:04+00:00");
    }
}
