//! From bytes to article: pages and dumps of every kind, in the notation `kind: text` for what is kept and `-reason: text` for what is
//! dropped.

use byline::article::{Article, BlockKind, InputFormat, ReadOptions, Reason, read};
use proptest::prelude::*;

fn open(text: &str) -> Article {
    let mut all = read(text.as_bytes(), "page", &ReadOptions::default());
    assert_eq!(all.len(), 1);
    let article = all.pop().unwrap().unwrap();
    holds_together(&article);
    article
}

/// What must be true of every article: spans lie on characters and map back, and no line is lost.
#[track_caller]
fn holds_together(article: &Article) {
    let mut last = 0;
    for block in &article.blocks {
        assert!(
            block.span.start >= last && article.text.get(block.span.start..block.span.end).is_some_and(|t| !t.trim().is_empty())
        );
        last = block.span.end;
    }
    for origin in &article.origins {
        let clean = article.text.get(origin.clean.start..origin.clean.end).unwrap();
        let raw = article.raw().get(origin.raw..origin.raw + origin.clean.len()).unwrap();
        assert_eq!(clean, raw);
    }
    for (at, c) in article.text.char_indices() {
        assert!(c.is_whitespace() || article.raw_offset(at).is_some(), "{c:?} at {at} comes from nowhere");
        assert!(c == '\n' || c == '\t' || !c.is_control(), "{c:?} at {at}");
    }
    let lines: Vec<&str> = article.raw().split('\n').collect();
    let mut seen: Vec<bool> = lines.iter().map(|line| line.trim().is_empty()).collect();
    for removed in &article.removed {
        assert!(1 <= removed.start_line && removed.start_line <= removed.end_line && removed.end_line <= lines.len());
        seen[removed.start_line - 1..removed.end_line].fill(true);
    }
    for origin in &article.origins {
        seen[article.raw()[..origin.raw].matches('\n').count()] = true;
    }
    for (line, seen) in lines.iter().zip(&seen) {
        let shown = line.chars().any(char::is_alphanumeric);
        assert!(*seen || !shown, "lost: {line}");
    }
}

fn body(article: &Article) -> Vec<&str> {
    article.body().map(|block| block.span.of(&article.text)).collect()
}

fn kinds(article: &Article) -> Vec<BlockKind> {
    article.blocks.iter().map(|block| block.kind).collect()
}

/// The reason that the line holding `words` was dropped for.
#[track_caller]
fn reason(article: &Article, words: &str) -> Reason {
    let found = article.removed.iter().find(|removed| removed.text.contains(words));
    found.unwrap_or_else(|| panic!("“{words}” was not dropped")).reason
}

const LEAD: &str = "The harbour board of Port Ellery voted on Tuesday to close the old ferry terminal, which has stood empty since the storm of 2019.";
const QUOTE: &str =
    "“We waited for years, and nobody came with a better plan,” Ada Moor, who chairs the board, told reporters after the vote.";
const MORE: &str =
    "The council had promised the neighbours a park on the quay, but it said in March that the money was no longer there.";
const SHORT: &str = "He did not say when.";
const LAST: &str =
    "Work is to begin in the spring and should take two years, according to the plans that the board showed on its site.";

fn story() -> String {
    [LEAD, QUOTE, MORE, SHORT, LAST].join("\n\n")
}

fn paragraphs() -> String {
    [LEAD, QUOTE, MORE, SHORT, LAST].map(|text| format!("<p>{text}</p>")).concat()
}

fn page(head: &str, content: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>Board closes ferry terminal | The Quay</title>{head}</head><body>{content}</body></html>"
    )
}

const NAV: &str =
    "<nav><ul><li><a href=/>Home</a><li><a href=/n>News</a><li><a href=/s>Sport</a><li><a href=/w>Weather</a></ul></nav>";
const FOOT: &str = "<footer><ul><li><a href=/a>About us</a><li><a href=/t>Terms of use</a></ul><p>© 2021 The Quay. All rights reserved.</p></footer>";

const WHOLE: [&str; 5] = [LEAD, QUOTE, MORE, SHORT, LAST];

#[test]
fn a_scraped_page_with_chrome_around_it() {
    let article = open(&format!(
        "Board closes ferry terminal after 130 years\n\nImage\nANI Port Ellery\nLast Updated : Mar 04 2021 | 6:10 PM IST\n\n{}\n\n--ANI\n\nrt/pk\n\n\
         Disclaimer: No journalist of The Quay was involved in creation of this content\n\n*Subscribe to The Quay digital and get a mug\n\nSmart Yearly\n\n\
         ₹900\n\n3 Months\n\n₹300/Month\n\nSAVE 25%\n\nSubscribe\n\nRenews automatically, cancel anytime\n\nWhat’s included in our digital subscription plans\n\n\
         Ad-free Reading\n\n  • Uninterrupted reading with no advertisements\n\nMore From This Section\n\nFirst Published: Mar 04 2021 | 5:46 PM IST\n\nNext Story",
        story()
    ));
    assert_eq!(body(&article), WHOLE);
    let document = &article.document;
    assert_eq!(document.headline.as_deref(), Some("Board closes ferry terminal after 130 years"));
    assert_eq!(document.authors, ["ANI"]);
    assert_eq!(document.dateline.as_ref().unwrap().place.as_deref(), Some("Port Ellery"));
    assert_eq!(document.published.unwrap().to_string(), "2021-03-04T17:46+05:30");
    assert_eq!(document.modified.unwrap().to_string(), "2021-03-04T18:10+05:30");
    assert_eq!(reason(&article, "Image"), Reason::Caption);
    assert_eq!(reason(&article, "ANI Port Ellery"), Reason::Metadata);
    assert_eq!(reason(&article, "--ANI"), Reason::Signoff);
    assert_eq!(reason(&article, "rt/pk"), Reason::Signoff);
    assert_eq!(reason(&article, "Disclaimer"), Reason::Disclaimer);
    assert_eq!(reason(&article, "₹900"), Reason::Subscription);
    assert_eq!(reason(&article, "Uninterrupted"), Reason::Subscription);
    assert_eq!(reason(&article, "More From"), Reason::Related);
}

#[test]
fn a_short_text_opens_with_its_headline() {
    for (text, headline) in [
        ("Ferry runs late\n\nThe ferry ran late.\n\nNobody said why.\n", Some("Ferry runs late")),
        (
            "Mayor resigns\nBy Ada Li\n\nThe mayor of Tern resigned on Monday after a vote, the town hall said.\n",
            Some("Mayor resigns"),
        ),
        // Sentences, fragments and single words are not headlines.
        ("The ferry ran late.\n\nNobody said why.\n", None),
        ("The ferry left the quay\nan hour late.\n", None),
        ("Late\n\nNobody said why.\n", None),
    ] {
        let article = open(text);
        assert_eq!(article.document.headline.as_deref(), headline, "{text}");
        let headlines = kinds(&article).iter().filter(|kind| **kind == BlockKind::Headline).count();
        assert_eq!(headlines, usize::from(headline.is_some()), "{text}");
    }
}

#[test]
fn a_sentence_broken_over_lines_stays_whole() {
    let article = open("The ferry left the quay\nan hour late.\n");
    assert_eq!(body(&article), ["The ferry left the quay", "an hour late."]);
}

#[test]
fn wire_copy_and_hard_wrapped_mail() {
    let mut wrapped = String::new();
    for paragraph in [format!("PORT ELLERY, March 4 (Reuters) - {LEAD}"), QUOTE.into(), MORE.into(), SHORT.into(), LAST.into()] {
        let mut used = 0;
        for word in paragraph.split(' ') {
            if used + word.len() > 64 {
                wrapped.push('\n');
                used = 0;
            }
            wrapped.push_str(word);
            wrapped.push(' ');
            used += word.len() + 1;
        }
        wrapped.push_str("\n\n");
    }
    let article = open(&wrapped);
    let first = format!("PORT ELLERY, March 4 (Reuters) - {LEAD}");
    assert_eq!(body(&article), [&first, QUOTE, MORE, SHORT, LAST]);
    let dateline = article.document.dateline.as_ref().unwrap();
    assert_eq!((dateline.place.as_deref(), dateline.agency.as_deref()), (Some("Port Ellery"), Some("Reuters")));
    assert_eq!(dateline.span.unwrap().of(&article.text), "PORT ELLERY, March 4 (Reuters)");
    assert_eq!(article.document.published, None, "a day without its year");

    let dated = open(&format!("Board drops levy\n\nPORT ELLERY, March 4, 2031 (Reuters) - {LEAD}\n\n{QUOTE}\n\n{MORE}\n"));
    assert_eq!(dated.document.published.map(|stamp| stamp.to_string()).as_deref(), Some("2031-03-04"));
}

#[test]
fn a_news_page_with_metadata() {
    let head = r#"<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Board closes ferry terminal", "author": {"name": "Ada Tull"},
        "datePublished": "2021-03-04T17:46:00+01:00", "dateModified": "2021-03-04T18:10:00+01:00", "publisher": {"name": "The Quay"}}</script>"#;
    let content = format!(
        "{NAV}<article><h1>Board closes ferry terminal</h1><p class=byline>By Ada Tull</p><figure><img src=x><figcaption>The terminal in 2018. \
         Photo: A. Tull</figcaption></figure>{}<div class='share-buttons'><a href=#>Facebook</a> <a href=#>Twitter</a></div></article>\
         <aside class=related><h3>Related articles</h3><ul><li><a href=/1>Storm closes bridge for third time this year</a></ul></aside>{FOOT}",
        paragraphs()
    );
    let article = open(&page(head, &content));
    assert_eq!(body(&article), WHOLE);
    assert_eq!(kinds(&article)[0], BlockKind::Headline);
    assert_eq!(article.document.authors, ["Ada Tull"]);
    assert_eq!(article.document.publisher.as_deref(), Some("The Quay"));
    assert_eq!(article.document.published.unwrap().to_string(), "2021-03-04T17:46+01:00");
    assert_eq!(article.document.language.as_deref(), Some("en"));
    assert_eq!(reason(&article, "Photo: A. Tull"), Reason::Caption);
    assert_eq!(reason(&article, "Storm closes bridge"), Reason::Related);
    assert_eq!(reason(&article, "Home"), Reason::Navigation);
    assert_eq!(reason(&article, "©"), Reason::Disclaimer);
}

#[test]
fn comments_cookies_and_newsletters_go() {
    let content = format!(
        "<div class=cookie-banner><p>We use cookies to give you the best experience on our site. <button>Accept all</button></p></div>{NAV}\
         <main><h1>Board closes ferry terminal</h1><div class=article-body>{}</div><div class=newsletter-signup><p>Sign up for our daily newsletter \
         and get the news of the quay in your inbox.</p></div></main><section id=comments class=comments><h3>Comments</h3><p>harbour_fan: About time! \
         I have said so for years and nobody in this town would listen to me.</p><p>anon: What a waste of money, as always with this board.</p></section>{FOOT}",
        paragraphs()
    );
    let article = open(&page("", &content));
    assert_eq!(body(&article), WHOLE);
    assert_eq!(reason(&article, "We use cookies"), Reason::Consent);
    assert_eq!(reason(&article, "About time"), Reason::Comments);
    assert_eq!(reason(&article, "daily newsletter"), Reason::Subscription);
}

#[test]
fn an_article_in_a_layout_table() {
    let content = format!(
        "<table width=100%><tr><td width=150><a href=/>Home</a><br><a href=/n>News</a><br><a href=/s>Sport</a></td>\
         <td><h1>Board closes ferry terminal</h1>{}</td></tr></table>",
        paragraphs()
    );
    assert_eq!(body(&open(&page("", &content))), WHOLE);
}

#[test]
fn subheads_lists_and_quotes_stay_body() {
    use BlockKind::{Headline, ListItem, Paragraph, Quote, Subhead};
    let content = format!(
        "<article><h1>Board closes ferry terminal</h1><p>{LEAD}</p><h2>What happens next</h2><p>{QUOTE}</p><ul><li>The roof goes first, in April.</li>\
         <li>The walls follow in the autumn.</li></ul><blockquote><p>{MORE}</p></blockquote><p>{LAST}</p></article>"
    );
    let article = open(&page("", &content));
    assert_eq!(kinds(&article), [Headline, Paragraph, Subhead, Paragraph, ListItem, ListItem, Quote, Paragraph]);
}

#[test]
fn an_interview_keeps_its_questions() {
    let content = format!(
        "<article><h1>Board closes ferry terminal</h1><p>{LEAD}</p><p><strong>Why now?</strong></p><p>{QUOTE}</p><p><strong>And the park?</strong></p>\
         <p>{MORE}</p><p><strong>When do you start?</strong></p><p>{LAST}</p></article>"
    );
    assert_eq!(body(&open(&page("", &content))), [LEAD, "Why now?", QUOTE, "And the park?", MORE, "When do you start?", LAST]);
}

#[test]
fn a_live_blog_keeps_its_posts_and_drops_their_times() {
    let content = format!(
        "{NAV}<main><h1>Board closes ferry terminal: live</h1><div class=live-blog><div class=post><time datetime=2021-03-04T17:46>5.46pm</time>\
         <h2>The vote is in</h2><p>{LEAD}</p></div><div class=post><time datetime=2021-03-04T17:30>5.30pm</time><h2>Ada Moor speaks</h2><p>{QUOTE}</p></div>\
         <div class=post><time datetime=2021-03-04T17:10>5.10pm</time><p>{MORE}</p><p>{LAST}</p></div></div></main>{FOOT}"
    );
    let article = open(&page("", &content));
    assert_eq!(body(&article), ["The vote is in", LEAD, "Ada Moor speaks", QUOTE, MORE, LAST]);
    assert_eq!(reason(&article, "5.30pm"), Reason::Metadata);
}

#[test]
fn a_listicle_keeps_its_numbered_heads() {
    let content = format!(
        "{NAV}<article><h1>Three harbours to see this summer</h1><p>{LEAD}</p><h2>1. Port Ellery</h2><p>{QUOTE}</p><h2>2. Saint Brannock</h2>\
         <p>{MORE}</p><h2>3. Cold Haven</h2><p>{LAST}</p></article>{FOOT}"
    );
    let article = open(&page("", &content));
    assert_eq!(body(&article), [LEAD, "1. Port Ellery", QUOTE, "2. Saint Brannock", MORE, "3. Cold Haven", LAST]);
    assert_eq!(kinds(&article).iter().filter(|kind| **kind == BlockKind::Subhead).count(), 3);
}

#[test]
fn a_heading_that_nothing_follows_is_dropped() {
    let content = format!(
        "{NAV}<article><h1>Board closes ferry terminal</h1><p>{LEAD}</p><h2>What comes now</h2><p>{QUOTE}</p><p>{MORE}</p><h2>How it came about</h2>\
         <ul class=related><li><a href=/a>Storm takes the roof</a><li><a href=/b>Ferry stops</a></ul></article>{FOOT}"
    );
    let article = open(&page("", &content));
    assert_eq!(body(&article), [LEAD, "What comes now", QUOTE, MORE]);
}

#[test]
fn a_paywall_stub_ends_where_the_offer_begins() {
    let content = format!(
        "{NAV}<article><h1>Board closes ferry terminal</h1><p>{LEAD}</p><p>{QUOTE}</p><div class=paywall><h3>Subscribe to continue reading</h3>\
         <p>Already a subscriber? <a href=/l>Log in</a></p><button>Subscribe now</button></div></article>{FOOT}"
    );
    let article = open(&page("", &content));
    assert_eq!(body(&article), [LEAD, QUOTE]);
    assert_eq!(reason(&article, "Already a subscriber"), Reason::Subscription);
}

#[test]
fn a_gallery_keeps_its_text_and_drops_its_captions() {
    let picture = |n: u8, year: u16| {
        format!(
            "<figure><img src=x><figcaption>{n} of 3 The terminal hall in {year}. Photograph: Ben Tull/The Quay</figcaption></figure>"
        )
    };
    let content = format!(
        "{NAV}<article><h1>The ferry terminal in pictures</h1><p>{LEAD}</p>{}{}{}<p>{MORE}</p></article>{FOOT}",
        picture(1, 1968),
        picture(2, 1990),
        picture(3, 2018)
    );
    let article = open(&page("", &content));
    assert_eq!(body(&article), [LEAD, MORE]);
    assert_eq!(reason(&article, "hall in 1990"), Reason::Caption);
}

#[test]
fn an_amp_page_reads_as_its_canonical_one() {
    let content = format!(
        "<header><a href=/>The Quay</a></header><main><article><h1>Board closes ferry terminal</h1><amp-img src=x></amp-img><p class=byline>By Ada Tull</p>\
         <p>{LEAD}</p><amp-ad>Advertisement</amp-ad><p>{QUOTE}</p><p>{MORE}</p><amp-social-share>Share</amp-social-share><p>{LAST}</p></article></main>\
         <amp-sidebar><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></amp-sidebar>{FOOT}"
    );
    let article = open(&page("", &content).replace("<html", "<html amp"));
    assert_eq!(body(&article), [LEAD, QUOTE, MORE, LAST]);
    assert_eq!(article.document.authors, ["Ada Tull"]);
    assert_eq!(reason(&article, "Advertisement"), Reason::Advertisement);
}

#[test]
fn an_agency_page_gives_its_dateline() {
    let content = format!(
        "{NAV}<article><h1>Board closes ferry terminal</h1><div class=meta>By Reuters Staff</div><div class=meta>2 Min Read</div>\
         <p>PORT ELLERY, March 4 (Reuters) - {LEAD}</p><p>{QUOTE}</p><p>{MORE}</p><p>{LAST}</p></article>{FOOT}"
    );
    let article = open(&page("", &content));
    assert_eq!(body(&article), [format!("PORT ELLERY, March 4 (Reuters) - {LEAD}").as_str(), QUOTE, MORE, LAST]);
    let dateline = article.document.dateline.as_ref().unwrap();
    assert_eq!((dateline.place.as_deref(), dateline.agency.as_deref()), (Some("Port Ellery"), Some("Reuters")));
    assert_eq!(reason(&article, "2 Min Read"), Reason::Metadata);
}

#[test]
fn a_table_on_an_english_page_is_english() {
    let row = |at: i32| format!("<p>Lindsund {at}2 14 11 17 — 44. Lund 25 points. Vik {at} points. Moss 10 points.</p>");
    let rows = (1..12).map(row).collect::<Vec<_>>().concat();
    let page = |language: &str| {
        let html =
            format!("<html lang=\"{language}\"><title>Round</title><body><article><h1>Round</h1>{rows}</article></body></html>");
        read(html.as_bytes(), "a.html", &ReadOptions::default()).remove(0).unwrap()
    };
    assert!(!page("en-US").notes.iter().any(|note| note.contains("English")));
    assert!(page("pt").notes.iter().any(|note| note.contains("English")));
}

#[test]
fn a_page_in_another_language_is_kept_with_a_note() {
    let text = "Der Hafenrat von Port Ellery hat am Dienstag beschlossen, das alte Fährhaus zu schließen, das seit dem Sturm leer steht.\n\n\
                Die Stadt hatte den Anwohnern einen Park versprochen, doch im März hieß es, dass dafür kein Geld mehr da sei.\n\n\
                Die Arbeiten sollen im Frühjahr beginnen und zwei Jahre dauern, wie aus den Plänen hervorgeht, die der Rat gezeigt hat.";
    let article = open(text);
    assert_eq!(body(&article), text.split("\n\n").collect::<Vec<_>>());
    assert!(article.notes.iter().any(|note| note.contains("English")), "{:?}", article.notes);
    assert!(open(&story()).notes.is_empty());

    let short = [
        "Der Rat schließt das Fährhaus.",
        "Der Hafenrat von Port Ellery hat am Dienstag beschlossen, das alte Fährhaus zu schließen.",
        "Die Arbeiten sollen im Frühjahr beginnen, sagte die Vorsitzende Ada Moor nach der Abstimmung am Kai.",
    ];
    let content = format!("{NAV}<article><h1>{}</h1><p>{}</p><p>{}</p></article>{FOOT}", short[0], short[1], short[2]);
    let article = open(&page("", &content));
    assert_eq!(body(&article), short[1..], "a short page keeps its last paragraph");
    assert!(article.notes.iter().any(|note| note.contains("English")), "{:?}", article.notes);

    let few = open("Совет порта закрыл дом\n\nСовет порта закрыл старый дом у причала.\n");
    assert!(few.notes.iter().any(|note| note.contains("English")), "few words of another script: {:?}", few.notes);
    let name = open("The harbour board has thanked Мария Иванова for ten years at the quay, its chair said on Tuesday.\n");
    assert!(name.notes.is_empty(), "a name in it is no other script: {:?}", name.notes);
}

#[test]
fn a_section_before_the_title_is_no_part_of_it() {
    let head = "<meta property='og:title' content='Opinion | Board closes ferry terminal'><meta property='og:site_name' content='The Quay'>";
    let content =
        format!("{NAV}<article><h1><span>Opinion</span>|Board closes ferry terminal</h1>{}</article>{FOOT}", paragraphs());
    let article = open(&page(head, &content));
    assert_eq!(article.document.headline.as_deref(), Some("Board closes ferry terminal"));
    assert_eq!(body(&article), WHOLE);
    assert_eq!(kinds(&article)[0], BlockKind::Headline);
}

#[test]
fn hostile_markup_is_answered_as_plain_text() {
    let deep = format!("{}<p>{LEAD}</p>", "<div>".repeat(100_000));
    let wide =
        format!("<p{}>{LEAD}</p>", (0..200_000).map(|n| n.to_string()).fold(String::new(), |out, n| out + " a" + &n + "=1"));
    for html in [deep, wide] {
        let article = open(&page("", &html));
        assert!(article.text.contains(LEAD));
        assert!(article.notes.iter().any(|note| note.contains("read as plain text")), "{:?}", article.notes);
    }
}

#[test]
fn nothing_hidden_in_attributes_speaks_to_the_terminal() {
    let head = "<meta property='og:title' content='Board &#27;]0;owned&#7;closes'><meta name=author content='A &#x202e;Moor'>";
    let article = open(&page(head, &format!("<p>Red &#27;[31m&#x9b;2J {LEAD}</p><p>{QUOTE}</p>")));
    let shown = format!("{:?}", article.document);
    assert!(!shown.contains("u{1b}") && !shown.contains("u{202e}"), "{shown}");
}

#[test]
fn no_clean_is_the_very_text() {
    let text = "  One\tline\u{a0}here \n\n\nShare\r\nand more\u{200b}.\n";
    let options = ReadOptions { no_clean: true, format: InputFormat::Text, ..ReadOptions::default() };
    let article = read(text.as_bytes(), "x", &options).pop().unwrap().unwrap();
    assert_eq!(article.text, text);
    assert_eq!(body(&article), ["One\tline\u{a0}here", "Share\r\nand more\u{200b}."]);
}

#[test]
fn json_lines_bring_their_metadata() {
    let line = serde_json::json!({"id": 7, "title": "Board closes terminal", "text": story(), "date": "2021-03-04", "author": ["Ada Moor", {"name": "Ben Tull"}],
        "publisher": "The Quay", "url": "https://quay.example/7"});
    let html = serde_json::json!({"id": "h", "html": page("", &format!("<article><h1>Board closes ferry terminal</h1>{}</article>", paragraphs()))});
    let input = format!("{line}\n\n{{\"id\": \"x\"}}\n{html}\n");
    let all = read(input.as_bytes(), "news.jsonl", &ReadOptions::default());
    let first = all[0].as_ref().unwrap();
    assert_eq!((first.id.as_str(), first.document.authors.len()), ("7", 2));
    assert_eq!(first.document.published.unwrap().to_string(), "2021-03-04");
    assert_eq!(body(first), WHOLE);
    assert_eq!(all[1].as_ref().unwrap_err().to_string(), "line 3: this object has no “text”");
    assert_eq!(body(all[2].as_ref().unwrap()), WHOLE);
}

#[test]
fn what_scrapers_and_schema_org_write_is_read() {
    let marked = format!("<article>{}</article>", paragraphs());
    let schema = |body: &str| {
        serde_json::json!({"@type": "NewsArticle", "headline": "Board closes ferry terminal", "articleBody": body,
            "author": {"name": "Ada Moor"}, "datePublished": "2021-03-04", "publisher": {"name": "The Quay"}})
    };
    let graph = serde_json::json!({"@graph": [{"@type": "WebSite", "name": "The Quay"}, schema(&story())]});
    let news_please = serde_json::json!({"title": "Board closes ferry terminal", "maintext": story(), "authors": ["Ada Moor"],
        "date_publish": "2021-03-04", "sitename": "The Quay"});
    let mercury = serde_json::json!({"title": "Board closes ferry terminal", "content": marked, "author": "Ada Moor",
        "date_published": "2021-03-04", "site_name": "The Quay"});
    for given in [schema(&story()), schema(&marked), graph, news_please, mercury] {
        let article = read(given.to_string().as_bytes(), "a.json", &ReadOptions::default()).pop().unwrap().unwrap();
        let document = &article.document;
        assert_eq!(body(&article), WHOLE, "{given}");
        assert_eq!(document.headline.as_deref(), Some("Board closes ferry terminal"));
        assert_eq!(document.authors, ["Ada Moor"]);
        assert_eq!(document.published.unwrap().to_string(), "2021-03-04");
        assert_eq!(document.publisher.as_deref(), Some("The Quay"));
    }
    let list = serde_json::json!([schema(&story()), {"a": 1}, 7]).to_string();
    let all = read(list.as_bytes(), "list.json", &ReadOptions::default());
    assert_eq!(all[0].as_ref().unwrap().id, "list.json:1");
    assert_eq!(all[1].as_ref().unwrap_err().to_string(), "item 2: this object has no “text”");
    assert_eq!(all[2].as_ref().unwrap_err().to_string(), "item 3: this is no object with a “text”");
}

#[test]
fn legacy_bytes_are_decoded() {
    let mut bytes = b"<html><head><meta charset=windows-1252></head><body><p>".to_vec();
    bytes.extend("The caf\u{e9} on the quay has been closed since the storm, its owner said on Monday, and nobody knows when it will open again."
        .chars()
        .map(|c| c as u8));
    let article = read(&bytes, "page.html", &ReadOptions::default()).pop().unwrap().unwrap();
    assert!(article.text.contains("café"));
    assert_eq!((article.input.charset.as_str(), article.input.kind.as_str()), ("windows-1252", "html"));
    assert_eq!(article.input.sha256.len(), 64);
}

#[test]
fn bad_input_is_one_error() {
    let what = |bytes: &[u8]| read(bytes, "x", &ReadOptions::default()).pop().unwrap().unwrap_err().to_string();
    assert_eq!(what(b" \n"), "the input is empty");
    assert!(what(b"%PDF-1.4 ...").contains("a PDF file"));
    assert_eq!(what(b"<html><head><title>x</title></head><body><script>1</script></body></html>"), "there is no text in it");
    assert!(what(b"{\"text\": \"cut").starts_with("line 1: this is no valid JSON"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_holds_together(lines in proptest::collection::vec("\\PC{0,90}|[a-z ,.]{60,140}\\.|[\\t\u{a0}\u{ad}\u{200b}\u{1b}\u{202e}\r]{0,4}", 1..24)) {
        let text = lines.join("\n");
        for article in read(text.as_bytes(), "x", &ReadOptions { format: InputFormat::Text, ..ReadOptions::default() }).into_iter().flatten() {
            holds_together(&article);
        }
    }

    #[test]
    fn any_markup_holds_together(parts in proptest::collection::vec(
        "<(p|div|b|table|td|li|h2|br|pre|script|a href=x)>|</(p|div|b|table|td|script)>|[a-zA-Z &;,.]{0,80}|\\PC{0,20}", 1..40
    )) {
        let html = parts.concat();
        for article in read(html.as_bytes(), "x", &ReadOptions { format: InputFormat::Html, ..ReadOptions::default() }).into_iter().flatten() {
            holds_together(&article);
        }
    }
}

#[test]
fn a_dateline_on_a_line_of_its_own_is_one_with_the_paragraph_it_opens() {
    for text in [
        "Board drops levy plan\n\nLINDSUND (Coast Wire) --\n\nThe harbour board has dropped its plan for a levy, its chair said on Wednesday.\n\n\
         \"We have heard the port users,\" she told reporters at the quay, where the ships were waiting for the tide.\n",
        "<article><h1>Board drops levy plan</h1><p>LINDSUND (Coast Wire) --</p><p>The harbour board has dropped its plan for a levy, its \
         chair said on Wednesday.</p><p>\"We have heard the port users,\" she told reporters at the quay, where the ships were waiting \
         for the tide.</p></article>",
    ] {
        let article = open(text);
        assert_eq!(article.blocks[1].kind, BlockKind::Dateline, "{text}");
        assert_eq!(article.document.dateline.as_ref().and_then(|dateline| dateline.place.as_deref()), Some("Lindsund"));
        let passages: Vec<&str> = article.passages().iter().map(|passage| passage.span.of(&article.text)).collect();
        let opens = "LINDSUND (Coast Wire) --\n\nThe harbour board";
        assert!(passages.len() == 3 && passages[1].starts_with(opens), "{passages:?}");
    }
}
