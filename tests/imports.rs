//! Annotated files of others: opened with their annotations in place, origin kept, wrong places repaired or refused.

use crate::exports::{TEXT, at, story};
use byline::analysis::entities::EntityType;
use byline::analysis::provenance::{AnnotatorKind, Item};
use byline::exchange::{Annotated, Beside, OpenOptions, Opened, input_format, json, open, open_with, output_format};
use serde_json::{Value, json};

fn opened(bytes: &[u8]) -> Opened {
    open(bytes, "x", &OpenOptions::default()).remove(0).unwrap()
}

fn refusal(bytes: &[u8]) -> String {
    open(bytes, "x", &OpenOptions::default()).remove(0).unwrap_err().to_string()
}

/// Names with their types, claims with their sources, times with their values: what came in, in the order of the text.
fn shown(opened: &Opened) -> String {
    let (text, of) = (&opened.article.text, opened.analysis.as_ref().unwrap());
    let mut rows: Vec<(usize, String)> = Vec::new();
    for mention in &of.mentions {
        let entity = &of.entities[mention.entity.0];
        rows.push((mention.span.start, format!("{:?} {}={}", entity.kind, mention.span.of(text), entity.name)));
    }
    for claim in &of.claims {
        let source = claim.source.map_or("?", |id| &of.sources[id.0].name);
        let words: Vec<&str> = claim.content.iter().map(|span| span.of(text)).collect();
        rows.push((claim.content[0].start, format!("{source}: {} ({:?})", words.join("+"), claim.form)));
    }
    rows.extend(of.timexes.iter().map(|t| (t.span.start, format!("{} {}", t.span.of(text), t.value))));
    rows.extend(of.events.iter().map(|e| (e.trigger.start, format!("event {}", e.trigger.of(text)))));
    rows.sort();
    rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>().join(" | ")
}

fn written(format: &str) -> String {
    output_format(format).unwrap().article(&story())
}

const CLAIMS: &str = "Okafor: The “😀” ferry sank on Monday (Indirect)";

#[test]
fn brat_keeps_fragments_and_joins_chains_in_any_order() {
    let text = "“No,” Ada Lund said, “never.” Lund left. She was tired.";
    let chars = |words: &str| {
        let start = text[..text.find(words).unwrap()].chars().count();
        (start, start + words.chars().count())
    };
    let place = |words: &str| format!("{} {}", chars(words).0, chars(words).1);
    let ann = [
        format!("T1\tSource {}\tAda Lund", place("Ada Lund")),
        format!("T2\tCue {}\tsaid", place("said")),
        format!("T3\tContent {};{}\t“No,” “never.”", place("“No,”"), place("“never.”")),
        "E1\tCue:T2 Source:T1 Content:T3".to_owned(),
        format!("T4\tPerson {}\tAda Lund", place("Ada Lund")),
        format!(
            "T5\tPerson {}\tLund",
            place("Lund left").replace(&chars("Lund left").1.to_string(), &(chars("Lund left").0 + 4).to_string())
        ),
        format!("T6\tPerson {}\tShe", place("She")),
        "R1\tCoref Arg1:T6 Arg2:T5".to_owned(),
        "R2\tCoref Arg1:T5 Arg2:T4".to_owned(),
    ];
    let beside = Beside { name: "x.ann", bytes: ann.join("\n").as_bytes().to_vec().leak() };
    let opened = open_with(text.as_bytes(), "x.txt", beside, &OpenOptions::default()).remove(0).unwrap();
    let of = opened.analysis.unwrap();
    let content: Vec<&str> = of.claims[0].content.iter().map(|span| span.of(text)).collect();
    assert_eq!(content, ["“No,”", "“never.”"]);
    assert_eq!(of.entities.len(), 1, "{:?}", of.entities);
    assert_eq!(of.mentions.len(), 3);
}

#[test]
fn corenlp_tells_the_day_of_publication() {
    let json = r#"{"docDate": "2031-03-05", "sentences": [{"index": 0, "tokens": [{"index": 1, "word": "Ships", "originalText": "Ships",
        "characterOffsetBegin": 0, "characterOffsetEnd": 5, "before": "", "after": ""}], "entitymentions": []}]}"#;
    let opened = opened(json.as_bytes());
    assert_eq!(opened.article.document.published.map(|stamp| stamp.to_string()).as_deref(), Some("2031-03-05"));
}

/// Each would take minutes if the work grew with the square of the size.
#[test]
fn what_is_nested_or_lost_many_times_takes_no_longer() {
    let many = 20_000;
    let feed = format!(
        "<rss><channel>{}The board met.{}</channel></rss>",
        "<item><title>a</title>".repeat(many),
        "</item>".repeat(many)
    );
    let entries = open(feed.as_bytes(), "feed.xml", &OpenOptions::default());
    assert_eq!(entries.len(), 1, "an entry within an entry is part of it");
    let timeml = format!("<TimeML><TEXT>{}met{}</TEXT></TimeML>", "<EVENT eid=\"e1\">x".repeat(many), "</EVENT>".repeat(many));
    assert_eq!(open(timeml.as_bytes(), "a.tml", &OpenOptions::default()).len(), 1);
    let lost = "{\"orth\": \"zzz\", \"ner\": \"O\"},".repeat(many);
    let spacy = format!(
        "[{{\"id\": 1, \"paragraphs\": [{{\"raw\": \"{}\", \"sentences\": [{{\"tokens\": [{}{{\"orth\": \"x\", \"ner\": \"U-PERSON\"}}]}}]}}]}}]",
        "x ".repeat(many),
        lost
    );
    let read = open(spacy.as_bytes(), "a.json", &OpenOptions::default()).remove(0).unwrap();
    assert_eq!(read.analysis.unwrap().mentions.len(), 1);
}

#[test]
fn what_byline_writes_for_others_it_reads_back() {
    let ann = written("brat");
    let beside = Beside { name: "x.ann", bytes: ann.as_bytes() };
    let brat = open_with(TEXT.as_bytes(), "x.txt", beside, &OpenOptions::default()).remove(0).unwrap();
    let page = opened(written("web-annotation").as_bytes());
    let spacy = opened(written("spacy").as_bytes());
    let citron = opened(written("citron").as_bytes());
    let timeml = opened(written("timeml").as_bytes());
    for opened in [&brat, &page, &spacy, &citron, &timeml] {
        assert_eq!(opened.article.text, TEXT, "{}", opened.article.input.kind);
        assert!(opened.partial);
    }
    for opened in [&brat, &page, &spacy, &citron] {
        let of = opened.analysis.as_ref().unwrap();
        let spans = |of: &byline::analysis::Analysis| of.claims.iter().map(|c| c.content.clone()).collect::<Vec<_>>();
        assert_eq!(spans(of), spans(&story().analysis), "{}", opened.article.input.kind);
        let cues = |of: &byline::analysis::Analysis| of.claims.iter().map(|c| c.cue.clone()).collect::<Vec<_>>();
        assert_eq!(cues(of), cues(&story().analysis), "{}", opened.article.input.kind);
    }
    for opened in [&brat, &page] {
        assert!(shown(opened).contains("Person Okafor=Zoe\u{308} Okafor"), "{}", shown(opened));
    }
    assert!(shown(&brat).contains(CLAIMS), "{}", shown(&brat));
    let theirs = page.analysis.unwrap();
    assert_eq!(theirs.claims[3].parent, Some(byline::analysis::ClaimId(2)));
    assert_eq!(theirs.claims[3].via.len(), 1);
    assert_eq!(theirs.timexes[0].value, "2026-11-02");
    let times = timeml.analysis.unwrap();
    assert_eq!((times.timexes[0].span, times.events[0].trigger), (at("Monday", 0), at("sank", 0)));
    assert_eq!(times.events[0].interval, story().analysis.events[0].interval);
    assert_eq!(timeml.article.document.published.unwrap().to_string(), "2026-11-03");
}

#[test]
fn annotations_need_their_text() {
    let page = json!({"type": "Annotation", "target": {"source": "https://example.org/a", "selector": {"type": "TextQuoteSelector", "exact": "x"}}});
    assert!(refusal(page.to_string().as_bytes()).contains("https://example.org/a, and the text is missing"));
    let beside = Beside { name: "x.jsonld", bytes: &page.to_string().into_bytes() };
    let opened = open_with(b"An x stood there.\n", "x.txt", beside, &OpenOptions::default()).remove(0).unwrap();
    assert_eq!(shown(&opened), "Other x=x");
}

#[test]
fn utf16_offsets_are_repaired_by_the_quote() {
    let utf16 = |words: &str| TEXT[..at(words, 0).start].encode_utf16().count();
    let start = utf16("Tern Lines");
    let page = json!([{"target": {"selector": [{"quote": "Tern Lines", "start": start, "end": start + 10}]}, "bodies": [{"purpose": "tagging", "value": "ORG"}]}]);
    let beside = Beside { name: "x.jsonld", bytes: &page.to_string().into_bytes() };
    let opened = open_with(TEXT.as_bytes(), "x.txt", beside, &OpenOptions::default()).remove(0).unwrap();
    assert_eq!(shown(&opened), "Organization Tern Lines=Tern Lines");
    assert!(opened.analysis.unwrap().notes[0].contains("1 annotations, 1 shown, 1 of them found by their words"));
}

#[test]
fn corenlp_is_anchored_by_its_tokens() {
    let token = |word: &str, before: &str| json!({"originalText": word, "before": before, "characterOffsetBegin": 0, "characterOffsetEnd": 0});
    let value = json!({"docId": "d1", "sentences": [
        {"tokens": [token("“", ""), token("😀", ""), token("ok", " "), token("”", ""), token("said", " "), token("Ada", " "), token("Li", "  "), token("in", " "), token("May", "\n"), token(".", "")],
         "entitymentions": [{"docTokenBegin": 5, "docTokenEnd": 7, "ner": "PERSON", "text": "Ada Li"}, {"docTokenBegin": 8, "docTokenEnd": 9, "ner": "DATE", "timex": {"type": "DATE", "value": "2026-05"}},
                            {"docTokenBegin": 40, "docTokenEnd": 41, "ner": "CITY"}]},
        {"tokens": [token("She", " "), token("left", " "), token(".", "")]}],
        "corefs": {"1": [{"sentNum": 1, "startIndex": 6, "endIndex": 8, "type": "PROPER"}, {"sentNum": 2, "startIndex": 1, "endIndex": 2, "type": "PRONOMINAL"}]},
        "quotes": [{"beginToken": 0, "endToken": 3, "speaker": "Ada Li", "canonicalSpeaker": "Unknown"}]});
    let opened = opened(value.to_string().as_bytes());
    assert_eq!(opened.article.text, "“😀 ok” said Ada  Li in\nMay. She left.");
    assert_eq!(shown(&opened), "Ada Li: “😀 ok” (Direct) | Person Ada  Li=Ada Li | May 2026-05 | Person She=Ada Li");
    assert!(opened.analysis.unwrap().notes.join(" ").contains("1 refused"));
}

#[test]
fn corenlp_speakers_are_the_people_of_that_name() {
    let words = ["Ada", "Li", "“", "Yes", "”", "Li"];
    let tokens: Vec<_> = words
        .iter()
        .map(|w| json!({"originalText": w, "before": " ", "characterOffsetBegin": 0, "characterOffsetEnd": 0}))
        .collect();
    let quotes = ["Ada Li", "Li", "Jo Roe"].map(|name| json!({"beginToken": 2, "endToken": 4, "speaker": name}));
    let mention = |begin: usize, end: usize, label: &str| json!({"docTokenBegin": begin, "docTokenEnd": end, "ner": label});
    let value = json!({"sentences": [{"tokens": tokens, "entitymentions": [mention(5, 6, "CITY"), mention(0, 2, "PERSON")]}],
        "corefs": {"1": [{"sentNum": 1, "startIndex": 1, "endIndex": 3, "type": "PROPER"}, {"sentNum": 1, "startIndex": 2, "endIndex": 3, "type": "PROPER"}]},
        "quotes": quotes});
    let analysis = opened(value.to_string().as_bytes()).analysis.unwrap();
    let people: Vec<_> =
        analysis.sources.iter().map(|source| source.entity.map(|id| analysis.entities[id.0].name.as_str())).collect();
    // The name, what else she is called (and not the city of that name), and somebody whom the file does not list.
    assert_eq!(people, [Some("Ada Li"), Some("Ada Li"), None]);
}

#[test]
fn labelled_spans_of_three_tools() {
    for value in [
        json!({"text": "Ada Li left Oslo in May.", "spans": [{"start": 0, "end": 6, "label": "PERSON"}, {"start": 12, "end": 16, "label": "GPE"}, {"start": 20, "end": 23, "label": "DATE"}]}),
        json!({"text": "Ada Li left Oslo in May.", "entities": [{"start_offset": 0, "end_offset": 6, "label": "PER"}, {"start_offset": 12, "end_offset": 16, "label": "LOC"}, {"start_offset": 20, "end_offset": 23, "label": "DATE"}]}),
        json!({"data": "Ada Li left Oslo in May.", "label": [[0, 6, "PER"], [12, 16, "LOC"], [0, 6, "PER"], [20, 23, "DATE"]]}),
    ] {
        assert_eq!(shown(&opened(value.to_string().as_bytes())), "Person Ada Li=Ada Li | Place Oslo=Oslo | May ");
    }
    let rejected = json!({"text": "Ada Li left.", "spans": [{"start": 0, "end": 6, "label": "PERSON"}], "answer": "reject"});
    assert_eq!(shown(&opened(rejected.to_string().as_bytes())), "");
    let token = |orth: &str, ner: &str| json!({"orth": orth, "ner": ner});
    let training = json!([{"id": 0, "paragraphs": [{"raw": "Ada Li left Oslo.", "sentences": [{"tokens": [token("Ada", "B-PERSON"), token("Li", "L-PERSON"), token("left", "O"), token("Oslo", "U-GPE"), token(".", "O")]}]}]}]);
    assert_eq!(shown(&opened(training.to_string().as_bytes())), "Person Ada Li=Ada Li | Place Oslo=Oslo");
}

#[test]
fn ninjs_of_every_version_names_its_people() {
    let old = json!({"uri": "urn:x:1", "type": "text", "versioncreated": "2026-11-03T10:00:00Z", "headline": "Ferry sinks", "byline": "Jo Roe", "x-desk": "metro",
        "body_xhtml": "<p>Ada Li &amp; Co. left.</p><p>Adapt, said Ada Li.</p>", "person": [{"name": "Ada Li"}, {"name": "Bo"}]});
    let new = json!({"uri": "urn:x:1", "type": "text", "versionCreated": "2026-11-03T10:00:00Z", "headlines": [{"role": "main", "value": "Ferry sinks"}], "by": "Jo Roe", "x-desk": "metro",
        "bodies": [{"contentType": "text/plain", "value": "Ada Li & Co. left.\n\nAdapt, said Ada Li."}], "people": [{"name": "Ada Li"}, {"name": "Bo"}]});
    for value in [old, new] {
        let opened = opened(value.to_string().as_bytes());
        assert_eq!(opened.article.text, "Ferry sinks\n\nAda Li & Co. left.\n\nAdapt, said Ada Li.");
        assert_eq!(shown(&opened), "Person Ada Li=Ada Li | Person Ada Li=Ada Li");
        assert_eq!(opened.article.document.authors, ["Jo Roe"]);
        let notes = opened.analysis.as_ref().unwrap().notes.join(" ");
        assert!(notes.contains("Person “Bo” does not stand in the text"), "{notes}");
        // The publisher's own fields survive as far as byline JSON and back.
        let written = json::value(&opened.analysed());
        assert_eq!(written["imported"]["fields"]["x-desk"], "metro");
        assert_eq!(json::value(&json::read(written.clone()).unwrap())["imported"], written["imported"]);
    }
    let picture = json!({"uri": "urn:x:2", "type": "picture", "renditions": {}});
    assert!(refusal(picture.to_string().as_bytes()).contains("type “picture” without a text body"));
}

#[test]
fn nitf_and_newsml_keep_the_newsrooms_marks() {
    let nitf = "<nitf><head><title>T</title><docdata><date.issue norm='20261103T100000Z'/><doc-id id-string='d7'/></docdata></head><body>\
        <body.head><hedline><hl1>Ferry sinks</hl1></hedline><byline>Jo Roe</byline><dateline>Oslo</dateline></body.head>\
        <body.content><p><person>Ada Li</person> left on <chron norm='20261102'>Monday</chron>.</p><media><media-caption>A boat</media-caption></media></body.content></body></nitf>";
    let message = format!(
        "<?xml version='1.0'?><newsMessage><itemSet><newsItem guid='urn:g:1'><contentMeta><headline>Ferry sinks</headline></contentMeta><contentSet><inlineXML>{nitf}</inlineXML></contentSet></newsItem><newsItem><contentSet><remoteContent/></contentSet></newsItem></itemSet></newsMessage>"
    );
    for (source, id) in [(nitf, "d7"), (message.as_str(), "urn:g:1")] {
        let results = open(source.as_bytes(), "x", &OpenOptions::default());
        assert_eq!(results.len(), 1);
        let opened = opened(source.as_bytes());
        assert_eq!(opened.article.id, id);
        assert_eq!(opened.article.text, "Ferry sinks\n\nJo Roe\n\nAda Li left on Monday.\n\nA boat");
        assert_eq!(shown(&opened), "Person Ada Li=Ada Li | Monday 2026-11-02");
        assert_eq!(opened.article.document.published.unwrap().to_string(), "2026-11-03T10:00+00:00");
        let by = opened.analysis.as_ref().unwrap().provenance.of(Item::Mention(0)).unwrap();
        assert_eq!(by.kind, AnnotatorKind::Publisher);
    }
    let picture = "<newsItem><contentMeta/><contentSet><remoteContent/></contentSet></newsItem>";
    assert!(refusal(picture.as_bytes()).contains("without a text"));
    assert!(refusal(b"<?xml version='1.0'?><ledger/>").contains("does not read (\u{201c}ledger\u{201d})"));
    assert_eq!(opened(b"<nitf><body><p>cut").article.text, "cut");
}

#[test]
fn a_feed_is_a_list_of_articles() {
    let rss = "<rss version='2.0' xmlns:content='c' xmlns:dc='d'><channel><title>The Gazette</title><link>https://example.org</link><language>en</language>\
        <item><title>One</title><link>https://example.org/1</link><description>Short</description><content:encoded><![CDATA[<p>The <b>ferry</b> sank.</p><p>Nobody was hurt.</p>]]></content:encoded><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate><dc:creator>Jo Roe</dc:creator></item>\
        <item><title>Two</title><guid>g2</guid><description>It &amp;amp; they left.</description></item></channel></rss>";
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Gazette</title><entry><title>One</title><link rel='alternate' href='https://example.org/1'/><published>2026-11-02T10:00:00Z</published><author><name>Jo Roe</name></author><content type='html'>&lt;p&gt;The ferry sank.&lt;/p&gt;&lt;p&gt;Nobody was hurt.&lt;/p&gt;</content></entry></feed>";
    let feed = json!({"version": "https://jsonfeed.org/version/1.1", "title": "The Gazette", "items": [{"id": "1", "url": "https://example.org/1", "title": "One", "date_published": "2026-11-02T10:00:00Z", "authors": [{"name": "Jo Roe"}], "content_html": "<p>The ferry sank.</p><p>Nobody was hurt.</p>"}]}).to_string();
    for source in [rss, atom, &feed] {
        let opened = opened(source.as_bytes());
        let document = &opened.article.document;
        assert_eq!(opened.article.text, "One\n\nThe ferry sank.\n\nNobody was hurt.");
        assert_eq!(
            (document.url.as_deref(), document.publisher.as_deref()),
            (Some("https://example.org/1"), Some("The Gazette"))
        );
        assert_eq!(document.published.unwrap().to_string(), "2026-11-02T10:00+00:00");
        assert_eq!(document.authors, ["Jo Roe"]);
    }
    let two = open(rss.as_bytes(), "x", &OpenOptions::default()).remove(1).unwrap();
    assert_eq!((two.article.id.as_str(), two.article.text.as_str()), ("g2", "Two\n\nIt & they left."));
}

#[test]
fn our_analysis_fills_what_theirs_leaves_open() {
    let text = "Mr Ada Li, the mayor of Oslo, said on Monday that the ferry had sunk. Officials in Bergen said on Tuesday that nobody was hurt.";
    let theirs = json!({"text": text, "spans": [{"start": 3, "end": 9, "label": "ORG"}]});
    let annotated: Annotated = opened(theirs.to_string().as_bytes()).analysed();
    let of = &annotated.analysis;
    let at_ada: Vec<&byline::analysis::entities::Mention> =
        of.mentions.iter().filter(|m| m.span.overlaps(byline::text::Span::new(3, 9))).collect();
    assert_eq!(at_ada.len(), 1, "where both speak, one is heard");
    assert_eq!(of.entities[at_ada[0].entity.0].kind, EntityType::Organization, "and that is the user");
    let written: Value = json::value(&annotated);
    let by: Vec<&Value> = written["mentions"].as_array().unwrap().iter().map(|m| &m["by"]).collect();
    assert_eq!(by.iter().filter(|by| **by == "spacy").count(), 1);
    assert_eq!(written["annotators"][1], json!({"id": "spacy", "kind": "user", "via": "spacy"}));
    let back = json::read(written.clone()).unwrap();
    assert_eq!(back.analysis.provenance, annotated.analysis.provenance);
    assert_eq!(json::value(&back), written);
}

#[test]
fn an_asked_format_is_that_format_or_a_refusal() {
    let options = OpenOptions { format: input_format("citron"), ..OpenOptions::default() };
    let spacy = json!({"text": "Ada Li left.", "spans": [{"start": 0, "end": 6, "label": "PERSON"}]}).to_string();
    let error = open(spacy.as_bytes(), "x", &options).remove(0).unwrap_err().to_string();
    assert!(error.contains("citron: this is not such a file"), "{error}");
}
