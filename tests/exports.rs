//! The formats byline writes, on one article analysed by hand: every span in them covers the words it should, in the format's own unit.

use byline::analysis::claims::{Claim, ClaimForm, CueClass, Source, SourceKind};
use byline::analysis::entities::{Entity, EntityType, Mention, MentionForm};
use byline::analysis::timeline::{Event, EventStatus, Granularity, Interval, Timex, TimexType};
use byline::analysis::{Analysis, ClaimId, EntityId, SourceId, TimexId};
use byline::article::{ReadOptions, read};
use byline::exchange::{Annotated, OUTPUT_FORMATS, output_format};
use byline::text::Span;
use serde_json::{Value, json};

/// Astral and combining characters stand before every span, so that code points, UTF-16 units and bytes all differ.
pub const TEXT: &str = "HARBOR CITY — The “😀” ferry sank on Monday, Zoe\u{308} Okafor, a spokeswoman for Tern Lines, said.\n\n\
    “Nobody was hurt,” said Okafor. The Gazette, citing two people <who> saw it, reported that \"the hull & deck\" broke.";

/// The nth place of `words`.
pub fn at(words: &str, nth: usize) -> Span {
    let (start, _) = TEXT.match_indices(words).nth(nth).unwrap();
    Span::new(start, start + words.len())
}

fn source(entity: Option<usize>, name: &str, kind: SourceKind) -> Source {
    Source { entity: entity.map(EntityId), name: name.into(), kind, why_unnamed: None }
}

fn claim(source: usize, words: [&str; 3], nth: usize, form: ClaimForm) -> Claim {
    Claim {
        source: Some(SourceId(source)),
        source_spans: vec![at(words[0], nth)],
        cue: vec![at(words[1], nth)],
        form,
        ..Claim::new(vec![at(words[2], 0)])
    }
}

pub fn story() -> Annotated {
    let mut article = read(TEXT.as_bytes(), "ferry, \"late\".txt", &ReadOptions { no_clean: true, ..ReadOptions::default() })
        .remove(0)
        .unwrap();
    article.document.published = Some("2026-11-03".parse().unwrap());
    let name = |entity: usize, span| Mention { entity: EntityId(entity), span, form: MentionForm::Name };
    let analysis = Analysis {
        entities: entities(),
        mentions: vec![
            name(0, at("Zoe\u{308} Okafor", 0)),
            name(1, at("Tern Lines", 0)),
            name(0, at("Okafor", 1)),
            name(2, at("Gazette", 0)),
        ],
        sources: sources(),
        claims: claims(),
        timexes: vec![monday()],
        events: vec![sinking()],
        ..Analysis::default()
    };
    Annotated { article, analysis, origin: None }
}

fn entities() -> Vec<Entity> {
    let entity = |kind, name: &str| Entity { kind, name: name.into(), aliases: vec![], job_title: None, confidence: None };
    let mut okafor = entity(EntityType::Person, "Zoe\u{308} Okafor");
    okafor.job_title = Some("spokeswoman for Tern Lines".into());
    vec![okafor, entity(EntityType::Organization, "Tern Lines"), entity(EntityType::Organization, "Gazette")]
}

fn sources() -> Vec<Source> {
    let mut unnamed = source(None, "two people", SourceKind::Unnamed);
    unnamed.why_unnamed = Some(at("two people <who> saw it", 0));
    vec![
        source(Some(0), "Zoe\u{308} Okafor", SourceKind::Person),
        source(None, "nobody quoted", SourceKind::Person),
        source(Some(2), "Gazette", SourceKind::Outlet),
        unnamed,
    ]
}

fn claims() -> Vec<Claim> {
    let sank = claim(0, ["Okafor", "said", "The “😀” ferry sank on Monday"], 0, ClaimForm::Indirect);
    let mut hurt = claim(0, ["Okafor", "said", "Nobody was hurt"], 1, ClaimForm::Direct);
    hurt.contradicts = vec![ClaimId(2)];
    let mut broke = claim(2, ["The Gazette", "reported", "that \"the hull & deck\" broke"], 0, ClaimForm::Mixed);
    broke.contradicts = vec![ClaimId(1)];
    let mut inner = claim(3, ["two people", "citing", "the hull & deck"], 0, ClaimForm::Mixed);
    inner.parent = Some(ClaimId(2));
    inner.via = vec![SourceId(2)];
    vec![sank, hurt, broke, inner]
}

fn interval() -> Interval {
    let midnight = |text: &str| Some(text.parse::<jiff::civil::Date>().unwrap().to_datetime(jiff::civil::Time::midnight()));
    Interval { start: midnight("2026-11-02"), end: midnight("2026-11-03") }
}

fn monday() -> Timex {
    Timex {
        span: at("Monday", 0),
        kind: TimexType::Date,
        value: "2026-11-02".into(),
        modifier: None,
        anchor: None,
        function: None,
        interval: interval(),
        granularity: Some(Granularity::Day),
        why: "the Monday before publication".into(),
    }
}

fn sinking() -> Event {
    Event {
        span: at("ferry sank on Monday", 0),
        trigger: at("sank", 0),
        time: Some(TimexId(0)),
        interval: interval(),
        granularity: Some(Granularity::Day),
        approximate: false,
        status: EventStatus::Reported,
        before: vec![],
        after: vec![],
        participants: vec![],
        claim: Some(ClaimId(0)),
    }
}

fn written(format: &str) -> String {
    output_format(format).unwrap().article(&story())
}

/// The words between two offsets in code points.
fn slice(start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    TEXT.chars().skip(start).take(end - start).collect()
}

#[test]
fn every_format_has_a_line_and_ends_with_a_newline() {
    for format in OUTPUT_FORMATS {
        assert!(!format.about.is_empty() && format.about.len() <= 60, "{}", format.name);
        let text = format.article(&story());
        assert!(text.ends_with('\n') || format.name == "brat-text", "{}", format.name);
    }
}

#[test]
fn contradictions_are_told_by_both_claims() {
    let page: Value = serde_json::from_str(&written("json")).unwrap();
    assert_eq!((&page["claims"][1]["contradicts"][0], &page["claims"][2]["contradicts"][0]), (&json!("c3"), &json!("c2")));
    assert_eq!(page["claims"][0].get("contradicts"), None);
    let read = byline::exchange::json::read(page).unwrap().analysis;
    assert_eq!((&read.claims[1].contradicts, &read.claims[2].contradicts), (&vec![ClaimId(2)], &vec![ClaimId(1)]));
    assert!(written("html").contains("c2\">contradicts Gazette</a>"));
    assert!(written("markdown").contains("(contradicts [^"));
}

#[test]
fn web_annotations_point_at_their_words() {
    let page: Value = serde_json::from_str(&written("web-annotation")).unwrap();
    assert_eq!(page["type"], "AnnotationPage");
    let items = page["items"].as_array().unwrap();
    assert_eq!(items[0]["body"]["value"], TEXT);
    let mut spans = 0;
    for item in &items[1..] {
        let selector = &item["target"]["selector"];
        assert_eq!(slice(&selector[0]["start"], &selector[0]["end"]), selector[1]["exact"].as_str().unwrap());
        let (prefix, exact, suffix) = (&selector[1]["prefix"], &selector[1]["exact"], &selector[1]["suffix"]);
        let context = [prefix, exact, suffix].map(|v| v.as_str().unwrap()).concat();
        assert!(TEXT.contains(&context), "{context}");
        spans += 1;
    }
    assert_eq!(spans, 4 + 4 + 1 + 1);
    assert_eq!(items[1]["body"][0]["value"], "Zoe\u{308} Okafor");
    let inner = items.iter().find(|i| i["body"]["byline:source"] == "two people").unwrap();
    assert_eq!(inner["body"]["byline:parent"], "urn:byline:ferry%2C%20%22late%22.txt#c3");
}

#[test]
fn brat_offsets_count_code_points_of_its_text() {
    assert_eq!(written("brat-text"), TEXT);
    let ann = written("brat");
    let spans: Vec<&str> = ann.lines().filter(|line| line.starts_with('T')).collect();
    for line in &spans {
        let parts: Vec<&str> = line.split('\t').collect();
        let place: Vec<Value> = parts[1].split(' ').skip(1).map(|n| n.parse::<u64>().unwrap().into()).collect();
        assert_eq!(slice(&place[0], &place[1]), parts[2], "{line}");
    }
    // Four names, one time, four claims of three spans, one event.
    assert_eq!(spans.len(), 4 + 1 + 12 + 1);
    assert!(ann.contains("\tCoref Arg1:T3 Arg2:T1\n"), "{ann}");
    assert!(ann.contains("Cue:T7 Content:T6 Source:T8\n"), "{ann}");
}

#[test]
fn brat_spans_are_broken_at_line_ends() {
    let mut story = story();
    story.analysis.claims[0].content = vec![Span::new(at("said.", 0).start, at("“Nobody", 0).end)];
    let ann = output_format("brat").unwrap().article(&story);
    assert!(ann.lines().any(|line| line.starts_with('T') && line.contains(';') && line.ends_with("\tsaid. “Nobody")), "{ann}");
}

#[test]
fn spacy_and_citron_slice_like_python() {
    let spacy: Value = serde_json::from_str(&written("spacy")).unwrap();
    let label = spacy["label"].as_array().unwrap();
    let named: Vec<String> = label.iter().map(|l| format!("{} {}", l[2].as_str().unwrap(), slice(&l[0], &l[1]))).collect();
    assert_eq!(named, ["DATE Monday", "PERSON Zoe\u{308} Okafor", "ORG Tern Lines", "PERSON Okafor", "ORG Gazette"]);
    let citron: Value = serde_json::from_str(&written("citron")).unwrap();
    let quotes = citron["quotes"].as_array().unwrap();
    assert_eq!(quotes.len(), 4);
    for quote in quotes {
        for span in
            quote["sources"].as_array().unwrap().iter().chain(quote["contents"].as_array().unwrap()).chain([&quote["cue"]])
        {
            assert_eq!(slice(&span["start"], &span["end"]), span["text"].as_str().unwrap());
        }
    }
    assert_eq!(citron["coreference_groups"].as_array().unwrap().len(), 1);
}

#[test]
fn timeml_holds_the_text_and_its_times() {
    let xml = written("timeml");
    assert!(
        xml.contains(
            "ferry <EVENT eid=\"e1\" class=\"OCCURRENCE\">sank</EVENT> on <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2026-11-02\""
        ),
        "{xml}"
    );
    assert!(xml.contains("two people &lt;who&gt; saw it"), "{xml}");
    assert!(xml.contains("relType=\"IS_INCLUDED\" eventInstanceID=\"ei1\" relatedToTime=\"t1\""), "{xml}");
    assert!(xml.contains("value=\"2026-11-03\" temporalFunction=\"false\" functionInDocument=\"CREATION_TIME\""), "{xml}");
}

/// Cells of one line of CSV.
fn cells(line: &str) -> Vec<String> {
    let (mut out, mut quoted) = (vec![String::new()], false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => out.last_mut().unwrap().push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            c => out.last_mut().unwrap().push(c),
        }
    }
    out
}

#[test]
fn tables_have_a_row_an_item_under_one_header() {
    for (name, rows) in [("claims-csv", 4), ("entities-csv", 3), ("events-csv", 1), ("audit-csv", 3)] {
        let format = output_format(name).unwrap();
        let columns = cells(format.stream.head().trim_end()).len();
        let table = written(name);
        assert_eq!(table.lines().count(), rows, "{table}");
        for line in table.lines() {
            assert_eq!(cells(line).len(), columns, "{line}");
        }
    }
    let claims = written("claims-csv");
    let last = cells(claims.lines().last().unwrap());
    assert_eq!(last[0], "ferry, \"late\".txt");
    assert_eq!(last[2..7], ["two people", "unnamed", "Gazette", "citing", "the hull & deck"]);
    let entities = written("entities-csv");
    assert_eq!(
        cells(entities.lines().next().unwrap())[2..7],
        ["Zoe\u{308} Okafor", "Person", "spokeswoman for Tern Lines", "", "2"]
    );
    assert_eq!(cells(&written("events-csv"))[2..5], ["2026-11-02", "2026-11-02", "day"]);
}

#[test]
fn the_timeline_goes_out_as_the_reader_shows_it() {
    let mut story = story();
    let first = story.analysis.events[0].clone();
    // The Gazette tells the same event again; a third one has neither date nor order.
    let retold = Event { claim: Some(ClaimId(2)), ..first.clone() };
    let undated = Event { trigger: at("broke", 0), span: at("broke", 0), interval: Interval::default(), time: None, ..first };
    story.analysis.events.extend([retold, undated]);
    let write = |name: &str| output_format(name).unwrap().article(&story);
    let table = write("events-csv");
    assert_eq!(table.lines().count(), 1, "{table}");
    let row = cells(table.trim_end());
    let columns = cells(output_format("events-csv").unwrap().stream.head().trim_end());
    let cell = |name: &str| row[columns.iter().position(|column| column == name).unwrap()].clone();
    assert_eq!([cell("event"), cell("sources"), cell("retold")], ["ev1", "Zoe\u{308} Okafor; Gazette", "ev2"]);
    let markdown = write("markdown");
    assert!(
        markdown.contains("## Timeline\n\n- 2026-11-02: ferry sank on Monday (Zoe\u{308} Okafor, Gazette)\n\n[^1]: "),
        "{markdown}"
    );
    let page = write("html");
    assert_eq!(page.matches("<dt>2026-11-02<dd>").count(), 1, "{page}");
    assert!(page.contains("ferry sank on Monday</a> <small>Zoe\u{308} Okafor, Gazette</small>"), "{page}");
    // The contract keeps every telling.
    let json: Value = serde_json::from_str(&write("json")).unwrap();
    assert_eq!(json["events"].as_array().unwrap().len(), 3);
}

#[test]
fn pages_for_people_show_what_is_surely_said() {
    let mut annotated = story();
    let write = |annotated: &Annotated, format| output_format(format).unwrap().article(annotated);
    let footnotes = |annotated: &Annotated| write(annotated, "markdown").matches("\n[^").count();
    let (all, last) = (footnotes(&annotated), annotated.analysis.claims.len() - 1);
    annotated.analysis.claims[last].cue_class = CueClass::Attitude;
    assert_eq!(footnotes(&annotated), all - 1);
    let page = write(&annotated, "html");
    assert!(page.contains(&format!("c{last}")) && !page.contains(&format!("href=\"#c{last}\"")), "marked, not listed: {page}");
    let rows = |annotated: &Annotated| write(annotated, "claims-csv").lines().count();
    assert_eq!(rows(&annotated), rows(&story()), "tables hold everything");
}

#[test]
fn the_audit_counts_who_is_quoted() {
    let audit = written("audit-csv");
    let rows: Vec<Vec<String>> = audit.lines().map(cells).collect();
    // name, role, organisation, kind, named, why not, articles, claims, words, direct, mixed, paraphrased, paragraph
    assert_eq!(
        rows[0][2..15],
        ["Zoe\u{308} Okafor", "spokeswoman for Tern Lines", "Tern Lines", "person", "yes", "", "1", "2", "8", "1", "0", "1", "1"]
    );
    assert_eq!(rows[1][2..8], ["Gazette", "", "Gazette", "outlet", "yes", ""]);
    assert_eq!(rows[2][2..8], ["two people", "", "", "unnamed", "no", "two people <who> saw it"]);
    let byline::exchange::Stream::Totalled(_, count, totals) = &output_format("audit-csv").unwrap().stream else { panic!() };
    let mut tally = count(&story());
    tally.add(count(&story()));
    let totals = totals(&tally);
    assert!(totals.contains("all articles,,Zoe\u{308} Okafor,,,,,,2,4,16,"), "{totals}");
    assert!(totals.contains("total,,4 of 6 sources named,,,,,,2,8,"), "{totals}");
}

#[test]
fn the_page_stands_alone_and_escapes_the_article() {
    let head = output_format("html").unwrap().stream.head();
    let page = format!("{head}{}", written("html"));
    assert!(!page.contains("<script") && !page.contains("http:") && !page.contains("https:"), "{page}");
    assert!(page.contains("people &lt;who&gt; saw it"), "{page}");
    // Every link of a pane has its anchor in the text.
    for link in page.split("href=\"#").skip(1) {
        let id = link.split('"').next().unwrap();
        assert!(page.contains(&format!("<a id=\"{id}\">")), "{id}");
    }
    // The words of the text are all there, in order.
    let article = page.split("<article>").nth(1).unwrap().split("</article>").next().unwrap();
    let mut plain = String::new();
    let mut tag = false;
    for c in article.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => plain.push(c),
            _ => {}
        }
    }
    let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert!(words(&plain).join(" ").contains(&words(TEXT).join(" ")), "{plain}");
}
