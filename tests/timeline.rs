//! Time expressions and events, in the notation of the field: `[words|TIMEX3 value MODIFIER]`.

use byline::analysis::{Analysis, Reading, analyse, timeline};
use byline::article::{Article, Block, BlockKind, ReadOptions, Stamp, read};
use byline::text::Span;
use std::fmt::Write;

/// An article of these paragraphs.
fn article(published: &str, text: &str) -> Article {
    let mut article = Article { text: text.to_owned(), ..Article::default() };
    article.document.published = published.parse::<Stamp>().ok();
    let mut start = 0;
    for paragraph in text.split("\n\n") {
        article.blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, start + paragraph.len()) });
        start += paragraph.len() + 2;
    }
    article
}

/// The text without its brackets.
fn plain(marked: &str) -> String {
    let mut out = String::new();
    for (i, part) in marked.split('[').enumerate() {
        match part.split_once(']').filter(|_| i > 0) {
            Some((inside, rest)) => {
                out.push_str(inside.split_once('|').map_or(inside, |(words, _)| words));
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    out
}

/// The text with each expression found in it marked.
fn mark(published: &str, text: &str) -> String {
    let article = article(published, text);
    let reading = Reading::new(&article);
    let mut out = String::new();
    let mut at = 0;
    for timex in timeline::timexes(&reading) {
        let modifier = timex.modifier.map_or(String::new(), |m| format!(" {m}"));
        out += text.get(at..timex.span.start).unwrap_or("<overlap>");
        write!(out, "[{}|{}{modifier}]", timex.span.of(text), timex.value).unwrap();
        at = timex.span.end;
    }
    out + text.get(at..).unwrap_or_default()
}

#[track_caller]
fn check(published: &str, marked: &str) {
    assert_eq!(mark(published, &plain(marked)), marked);
}

#[test]
fn every_row_of_the_patterns_does_what_its_example_says() {
    let rows = include_str!("../assets/timeline/patterns.txt").lines().filter_map(|line| line.split_once("## "));
    let wrong: Vec<String> = rows
        .map(|(_, example)| (mark("2017-10-26", &plain(example)), example))
        .filter(|(have, want)| have != want)
        .map(|(have, want)| format!("want {want}\nhave {have}\n"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_kinds_of_a_wire_story() {
    check(
        "2017-10-26T10:46+05:30",
        "It came prior to [November last year|2016-11 BEFORE], a tweet on [Wednesday night|2017-10-25TNI] said.",
    );
    check("2017-10-26", "She was hired in [the summer of 2016|2016-SU]. In [July 2016|2016-07] he called. The Daily Beast knew.");
    check("2017-10-26", "He spoke just [hours|PTXH] after the release of the tape.");
}

#[test]
fn what_looks_back_lies_back() {
    check("2017-10-26", "She was the first to sail round the cape in [March|2017-03].");
    check("2017-10-26", "The board is to open the bridge back in [March|2017-03].");
}

#[test]
fn without_a_publication_date_relative_times_stay_open() {
    check(
        "",
        "He left [last year|XXXX] and is back since [Wednesday|XXXX-WXX-3 ON_OR_AFTER]; in [May 2016|2016-05] he was here.",
    );
    let article = article("", "He left yesterday.");
    let found = timeline::timexes(&Reading::new(&article));
    assert!(found.iter().all(|t| t.interval.start.is_none() && t.why.contains("publication date is not known")));
}

/// Who tells each row, beside its trigger.
fn tellers(article: &Article, analysis: &Analysis) -> Vec<String> {
    let rows = timeline::rows(&article.text, analysis);
    let show = |row: &timeline::Row| {
        let event = &analysis.events[row.event];
        format!("{} {} {}", event.trigger.of(&article.text), row.retold.len(), row.tellers(analysis).len())
    };
    rows.iter().map(show).collect()
}

#[test]
fn an_event_told_twice_is_one_row_with_two_tellers() {
    let text = "Anna Bergstrom resigned on Monday. Two officials said Bergstrom resigned on Monday.\n\nShe was hired in 2014. \
                The mayor, Karl Dreyer, resigned in 2014.";
    let article = article("2017-10-26", text);
    let analysis = analyse(&article);
    let have = tellers(&article, &analysis);
    assert_eq!(have, ["hired 0 1", "resigned 0 1", "resigned 1 2"]);
}

#[test]
fn a_row_needs_a_date_or_an_order() {
    let article = article("2017-10-26", "The two-day visit cost 40 crowns a year. It began in May 2016.");
    assert_eq!(tellers(&article, &analyse(&article)), ["began 0 1"]);
}

#[test]
fn that_someone_spoke_is_no_row() {
    let text = "The mayor said on Monday that the bridge closed in May 2016. The firm could not be reached on Tuesday.";
    let article = article("2017-10-26", text);
    assert_eq!(tellers(&article, &analyse(&article)), ["closed 0 1"]);
}

#[test]
fn two_dates_that_bound_a_stretch_are_one_interval() {
    let bounds = |text: &str| {
        let article = article("2017-10-26", text);
        let analysis = analyse(&article);
        let rows = timeline::rows(&article.text, &analysis);
        assert_eq!(rows.len(), 1, "{text}");
        let interval = analysis.events[rows[0].event].interval;
        format!("{}..{}", interval.start.unwrap().date(), interval.end.unwrap().date())
    };
    assert_eq!(bounds("They met between 3 and 5 May."), "2017-05-03..2017-05-06");
    assert_eq!(bounds("He served from 2014 to 2016."), "2014-01-01..2017-01-01");
    assert_eq!(bounds("He served in 2014-16."), "2014-01-01..2017-01-01");
}

#[test]
fn zones_are_kept() {
    check("2017-10-26", "It began at [8 p.m. EST Monday|2017-10-23T20:00-05:00], or [18:30 IST|2017-10-23T18:30+05:30].");
}

#[test]
fn a_line_that_is_a_date_tells_when_it_was_published() {
    let page =
        "{\"text\": \"The port closes\\n\\nFebruary 03, 2009\\n\\nIt lost ships last month.\", \"published\": \"03-02-2009\"}";
    let value = |page: &str| {
        let options = ReadOptions { no_clean: true, ..ReadOptions::default() };
        let article = read(page.as_bytes(), "a.jsonl", &options).remove(0).unwrap();
        let last = timeline::timexes(&Reading::new(&article)).pop().unwrap().value;
        (last, article.notes.iter().any(|note| note.contains("03-02-2009")))
    };
    assert_eq!(value(page), ("2009-01".to_owned(), false));
    assert_eq!(value(&page.replace("February 03, 2009", "News")), ("XXXX-XX".to_owned(), true));
}

/// The rows of the timeline: trigger, value of its time, status, and who takes part, in the order of the timeline.
fn rows(article: &Article, analysis: &Analysis) -> Vec<String> {
    let row = |event: &timeline::Event| {
        let value = event.time.map_or("-", |id| analysis.timexes[id.0].value.as_str());
        format!("{} {value} {:?}", event.trigger.of(&article.text), event.status)
    };
    analysis.events.iter().map(row).collect()
}

#[track_caller]
fn check_rows(published: &str, text: &str, want: &[&str]) {
    let article = article(published, text);
    assert_eq!(rows(&article, &analyse(&article)), want);
}

#[test]
fn a_date_belongs_to_the_verb_or_noun_it_dates() {
    check_rows(
        "2017-10-26",
        "Two sailors who had been held by pirates in Lundmark since 2014 were freed.",
        &["held 2014 Happened"],
    );
    check_rows(
        "2017-10-26",
        "The firm was hired in the summer of 2016 and sold last month.",
        &["hired 2016-SU Happened", "sold 2017-09 Happened"],
    );
    check_rows("2017-10-26", "In July 2016, the mayor, who had lost, called on the port to close.", &["called 2016-07 Happened"]);
    check_rows(
        "2017-10-26",
        "The port closed before Wednesday's hearing.",
        &["closed - Happened", "hearing 2017-10-25 Happened"],
    );
    check_rows("2017-10-26", "It began to fall in May 2016.", &["began 2016-05 Happened"]);
    check_rows("2017-10-26", "They published emails hacked from a server on Monday.", &["published 2017-10-23 Happened"]);
}

#[test]
fn rows_tell_whether_it_happened() {
    check_rows("2017-10-26", "The court will rule on Friday.", &["rule 2017-10-27 Planned"]);
    check_rows("2017-10-26", "The mayor did not resign on Monday.", &["resign 2017-10-23 Denied"]);
    check_rows("2017-10-26", "The bridge could collapse in 2018.", &["collapse 2018 Hypothetical"]);
    check_rows("2017-10-26", "No meeting took place in May 2016.", &["meeting 2016-05 Denied"]);
    check_rows("2017-10-26", "The port has been losing ships since 2014.", &["losing 2014 Ongoing"]);
    check_rows("2017-10-26", "The mayor plans to resign on Friday.", &["resign 2017-10-27 Planned"]);
    check_rows("2017-10-26", "The bank opened on Monday, two officials said.", &["opened 2017-10-23 Reported"]);
    check_rows("2017-10-26", "The mayor said she would resign by Friday.", &["resign 2017-10-27 Hypothetical"]);
    check_rows("2017-10-26", "If the port closes in 2018, ships will leave.", &["closes 2018 Hypothetical"]);
}

#[test]
fn the_text_orders_what_has_no_date() {
    let text = "The port closed just hours after the release of a tape.";
    let article = article("2017-10-26", text);
    let analysis = analyse(&article);
    assert_eq!(rows(&article, &analysis), ["release PTXH Happened", "closed - Happened"]);
    assert_eq!((analysis.events[0].before.as_slice(), analysis.events[1].after.as_slice()), (&[1][..], &[0][..]));
    assert!(analysis.events.iter().all(|e| e.interval == timeline::Interval::default()));
}

/// The clauses of the events, in the order of the timeline.
#[track_caller]
fn check_clauses(text: &str, want: &[&str]) {
    let article = article("2017-10-26", text);
    let analysis = analyse(&article);
    let clauses: Vec<&str> = analysis.events.iter().map(|event| event.span.of(&article.text)).collect();
    assert_eq!(clauses, want);
}

#[test]
fn each_event_is_told_by_a_clause_that_can_be_read_alone() {
    check_clauses(
        "The port closed its gates just hours after the release of a tape in which the mayor sang.",
        &["the release of a tape in which the mayor sang", "The port closed its gates"],
    );
    check_clauses("After the port closed its gates, the mayor resigned.", &["the port closed its gates", "the mayor resigned"]);
    check_clauses("However, the port closed on Monday, and the mayor sang.", &["the port closed on Monday"]);
    check_clauses(
        "The mayor left on Monday for a \"quick rest\" by the sea.",
        &["The mayor left on Monday for a \"quick rest\" by the sea"],
    );
    check_clauses("She has a big ship, which was built in May 2016.", &["a big ship, which was built in May 2016"]);
    check_clauses("The deal that she signed in May 2016 has failed.", &["The deal that she signed in May 2016"]);
    check_clauses(
        "The fleet - or most of it - grew. The ships — six of them — were sold in May 2016.",
        &["The ships — six of them — were sold in May 2016"],
    );
    check_clauses(
        "The navy has owned boats since 2014 and the port bought two in May 2016.",
        &["The navy has owned boats since 2014", "the port bought two in May 2016"],
    );
    check_clauses(
        "The prosecutor asserted on Monday that Moss and Vik were the owners.",
        &["The prosecutor asserted on Monday that Moss and Vik were the owners"],
    );
    check_clauses(
        "The port has six cranes (the last two came in May 2016), all of them red.",
        &["the last two came in May 2016"],
    );
    check_clauses(
        "Despite the mayor's May 11 announcement that it was over, the strike goes on.",
        &["the mayor's May 11 announcement that it was over"],
    );
    check_clauses(
        "The court ruled on Monday that the levy was unlawful.",
        &["The court ruled on Monday that the levy was unlawful"],
    );
    check_clauses(
        "Although Vik has scored often since he joined the club in 2013, she leads the table.",
        &["he joined the club in 2013"],
    );
    check_clauses("The port shut while trucks arrived on Monday, the board said.", &["trucks arrived on Monday"]);
    check_clauses("Since January 2016, it has not closed the port.", &["Since January 2016, it has not closed the port"]);
}

#[test]
fn a_row_begins_behind_the_dateline() {
    let options = ReadOptions { no_clean: true, ..ReadOptions::default() };
    let text = "Port closed\n\nLUND, May 3 (Harbour Wire) - The board of Lund on Tuesday closed the port for good.";
    let article = read(text.as_bytes(), "a.txt", &options).remove(0).unwrap();
    assert!(article.document.dateline.is_some());
    let analysis = analyse(&article);
    let rows: Vec<&str> = analysis.events.iter().map(|event| event.span.of(&article.text)).collect();
    assert_eq!(rows, ["The board of Lund on Tuesday closed the port for good"]);
}

#[test]
fn a_pronoun_that_opens_a_row_is_named() {
    let article = article("2017-10-26", "Ada Moss left the board. She joined the club in 2013. Her ship was sold in May 2014.");
    let analysis = analyse(&article);
    let rows: Vec<String> = analysis.events.iter().map(|event| event.words(&article.text, &analysis)).collect();
    assert_eq!(rows, ["[Ada Moss] joined the club in 2013", "Her ship was sold in May 2014"]);
}

#[test]
fn what_is_always_so_and_what_is_gone_after_are_no_order() {
    check_rows("2017-10-26", "Cells release the acid after they taste the worm.", &[]);
    check_rows("2017-10-26", "He threw the ball and went after the runner.", &[]);
    check_rows(
        "2017-10-26",
        "The firm is not following through on the sale. The clinic has tested them before and given them a bed.",
        &[],
    );
    check_rows("2017-10-26", "It was a matter of time before the roof fell.", &[]);
    check_rows("2017-10-26", "The captain testified before the inquiry into the wreck.", &[]);
}

#[test]
fn a_row_without_a_date_says_of_whom_it_is_told() {
    let text = "Their answer came hours after the arrest. She wrote to the board before making the request public.";
    let shown = |text| {
        let article = article("2017-10-26", text);
        tellers(&article, &analyse(&article))
    };
    assert_eq!(shown(text), [""; 0]);
    assert_eq!(shown("The navy freed three prisoners hours after her death."), [""; 0]);
    assert_eq!(shown("The navy freed three prisoners hours after the release of the film."), ["release 0 1", "freed 0 1"]);
}

#[track_caller]
fn check_no_row(text: &str) {
    let article = article("2017-10-26", text);
    assert_eq!(tellers(&article, &analyse(&article)), [""; 0], "{text}");
}

#[test]
fn what_does_not_happen_is_no_row() {
    check_no_row("Go out and vote on Tuesday.");
    check_no_row("What happened in 2009?");
    check_no_row("It is one of the best ships that exist today.");
    check_no_row("The top stories for Oct. 24 are here.");
    check_no_row("In September, the air over Lundmark gets cool.");
    check_no_row("Barley is typically sown in mid-October.");
    check_no_row("This article misstated in September who owns the ship.");
    check_no_row("She would have left in May 2016.");
    check_no_row("The captain, an old friend, said at a June 2016 meeting of the board that it was late.");
}

#[test]
fn a_date_that_is_not_of_the_event_makes_no_row() {
    check_no_row("The party won a majority for the first time since 1993.");
    check_no_row("Her share was a sharp turn from four years ago.");
    check_no_row("Her laptop from April 2015 was slow.");
    check_no_row("The only plan was to weaken him in the 2020 election.");
    check_no_row("They cleared the fields for winter wheat.");
    check_no_row("It is better to hold this to the last minute.");
    check_no_row("The talks were postponed until Friday.");
    check_no_row("The port moved the meeting from Tuesday to Friday.");
    check_no_row("The firm has revealed its next model with the 2018 Mercer Coupe.");
    check_no_row("Later that evening, he admitted that he took the ship.");
    check_no_row("She wrote their Christmas cards.");
    check_no_row("Not to be taken for a 1990s grunge band, the jam is a gift.");
    check_no_row("The screen has a resolution of 1080 pixels.");
    check_no_row("As is the case each and every year on Friday, people look for ships.");
    check_no_row("The halftime score and the touchdown came late, and Vik was hurt in the third quarter.");
}

#[test]
fn a_verb_in_a_relative_or_of_an_adjunct_has_its_own_date() {
    check_rows("2017-10-26", "He was abducted by gunmen wearing old uniforms in August.", &["abducted 2017-08 Happened"]);
    check_rows("2017-10-26", "The league condemned the move announced on Monday.", &["announced 2017-10-23 Happened"]);
    check_rows(
        "2017-10-26",
        "They weighed in on Thursday's fight on Monday.",
        &["weighed 2017-10-23 Happened", "fight 2017-10-26 Happened"],
    );
}

#[test]
fn of_two_dates_of_one_event_the_finer_is_shown() {
    let article = article("2017-10-26", "The feast began on October 24 this year.");
    assert_eq!(tellers(&article, &analyse(&article)), ["began 0 1"]);
}

#[test]
fn the_clock_of_a_game_is_no_time_of_day() {
    check_rows("2017-10-26", "Vik scored at 7:14 of the second period.", &[]);
    check_rows("2017-10-26", "Vik hit two shots, the last with 1:24 left, to win.", &[]);
    check_rows("2017-10-26", "The talks began at 7:14 on Monday.", &["began 2017-10-23T07:14 Happened"]);
}

#[test]
fn names_and_prepositions_are_no_events() {
    check_rows("2017-10-26", "The mayor visited Walter Reed on Monday.", &["visited 2017-10-23 Happened"]);
    check_rows("2017-10-26", "Prices fell on Monday amid talks.", &["fell 2017-10-23 Happened"]);
}

#[test]
fn what_follows_a_clause_that_looks_back_orders_the_verb_above_it() {
    let text = "The bank denied that it had sold the ship, hours after a newspaper named the buyer.";
    let article = article("2017-10-26", text);
    assert_eq!(rows(&article, &analyse(&article)), ["named PTXH Happened", "denied - Happened"]);
}

#[test]
fn open_bounds_stay_open() {
    let article = article("2017-10-26", "He made an offer prior to November last year.");
    let timex = timeline::timexes(&Reading::new(&article)).remove(0);
    assert_eq!((timex.interval.start, timex.interval.end.map(|e| e.to_string())), (None, Some("2016-11-01T00:00:00".to_owned())));
}

#[test]
fn what_was_earlier_this_year_ends_with_the_day_of_publication() {
    let interval = |text: &str| {
        let article = article("2017-10-26", text);
        let timex = timeline::timexes(&Reading::new(&article)).remove(0);
        [timex.interval.start, timex.interval.end].map(|bound| bound.unwrap().date().to_string())
    };
    assert_eq!(interval("It fell earlier this year."), ["2017-01-01", "2017-10-27"]);
    assert_eq!(interval("It falls later this month."), ["2017-10-26", "2017-11-01"]);
    assert_eq!(interval("It fell early this year."), ["2017-01-01", "2017-05-03"]);
    assert_eq!(interval("It fell earlier in 2015."), ["2015-01-01", "2015-05-03"]);
}

#[test]
fn numeric_dates_go_by_the_locale_of_the_page() {
    let value = |language: &str, text: &str| {
        let mut article = article("2017-11-20", text);
        article.document.language = Some(language.to_owned());
        timeline::timexes(&Reading::new(&article)).remove(0).value
    };
    assert_eq!(value("en-US", "It was filed on 10/11/2017."), "2017-10-11");
    assert_eq!(value("en-GB", "It was filed on 10/11/2017."), "2017-11-10");
}
