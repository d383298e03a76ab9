//! The reader: one selection drives everything, places stay, and nothing that can be asked breaks it.

use crate::desk::{Desk, LONG_WORDS, analysis, article, long_words};
use byline::analysis::claims::{CueClass, Stance};
use byline::analysis::entities::EntityType;
use byline::reader::{ACTIONS, Action, Effect, Focus, Hit, Mode, Pane, Selection, Shown, Story, Target};
use byline::text::Span;

/// The words that the claim in hand says.
fn in_hand(desk: &Desk) -> String {
    let (_, claim) = desk.reader.claim().expect("a claim in hand");
    byline::reader::content(desk.reader.story(), claim)
}

fn source_under_cursor(desk: &Desk) -> String {
    let Some(Target::Source(source)) = desk.reader.list(Pane::Sources).target() else { panic!("no source") };
    desk.reader.story().source_name(Some(source)).unwrap().to_owned()
}

#[test]
fn claims_are_walked_in_the_order_of_the_text_and_select_their_source() {
    let mut desk = Desk::new(120, 40);
    assert!(in_hand(&desk).starts_with("The harbour board"), "the first claim on screen is in hand");
    desk.press("]");
    assert!(in_hand(&desk).starts_with("“We have heard"));
    assert_eq!(source_under_cursor(&desk), "Anna Brandt");
    desk.press("]");
    assert_eq!(source_under_cursor(&desk), "two people who have seen it");
    desk.press("] ] ] ] ] ]");
    assert!(in_hand(&desk).starts_with("Brandt may stand"));
    assert_eq!(desk.reader.message(), Some("no claim further down"));
    desk.press("[");
    assert_eq!(source_under_cursor(&desk), "Nordline");
}

#[test]
fn a_key_goes_to_the_claim_that_contradicts_and_back() {
    let mut desk = Desk::disputed();
    desk.press("]");
    assert_eq!(desk.reader.message(), None);
    desk.press("x");
    assert!(desk.reader.message().unwrap().contains("no other claim"), "nothing is guessed");
    desk.press("] ] ] ]");
    assert!(in_hand(&desk).starts_with("it had threatened"), "{}", in_hand(&desk));
    assert!(desk.screen().contains("contradicts claim 3 (x) by two people who have seen it"), "{}", desk.screen());
    desk.press("x");
    assert!(in_hand(&desk).starts_with("Falk wrote"), "{}", in_hand(&desk));
    desk.press("x");
    assert!(in_hand(&desk).starts_with("it had threatened"));
}

#[test]
fn the_sources_pane_tells_how_much_each_voice_says() {
    let mut desk = Desk::new(120, 40);
    desk.press("2 g");
    let screen = desk.screen();
    assert!(screen.contains("2 claims · 37 words · 21 % of the article"), "{screen}");
    assert!(screen.contains("the paper’s own voice 55 %"), "{screen}");
}

#[test]
fn while_there_are_no_claims_it_says_why() {
    let mut read = article();
    read.notes.push("The text does not read as English.".into());
    let mut desk = Desk::with(vec![Story::read("levy.txt".into(), read.clone())], 80, 24);
    desk.press("]");
    assert_eq!(desk.reader.message(), Some("the article is still being analysed"));
    desk.reader.receive_analysis(0, analysis(&read));
    assert_eq!(desk.reader.message(), None, "it no longer is");
    desk.reader.receive_analysis(0, byline::analysis::Analysis::default());
    assert!(desk.screen().contains(" The text does not read as English."), "{}", desk.screen());
}

#[test]
fn a_source_filters_the_walk_and_escape_takes_it_back() {
    let mut desk = Desk::new(120, 40);
    desk.press("2 g");
    assert_eq!(desk.reader.selection(), Selection::Source(byline::analysis::SourceId(0)), "the cursor previews");
    desk.press("Enter");
    assert_eq!(desk.reader.focus(), Focus::Body);
    assert_eq!(desk.reader.claim_count(), (Some(1), 2, 7));
    desk.press("] ]");
    assert_eq!(desk.reader.claim_count().0, Some(2), "the walk ends with this source's claims");
    desk.press("Esc");
    assert_eq!(desk.reader.selection(), Selection::None);
    assert_eq!(desk.reader.claim_count().1, 7);
    assert_eq!(desk.press("Esc"), None, "escape never quits");
}

#[test]
fn filters_combine_and_are_cleared_by_one_key() {
    let mut desk = Desk::new(120, 40);
    desk.press("2 g Space Esc");
    assert_eq!(desk.reader.claim_count().1, 2);
    desk.press("s");
    assert_eq!(desk.reader.claim_count().1, 1, "source and stance");
    assert!(desk.screen().contains("filter: asserts · Anna Brandt"), "{}", desk.screen());
    desk.press("F");
    assert_eq!(desk.reader.claim_count().1, 7);
}

#[test]
fn a_preview_leaves_the_body_where_it_is_and_escape_the_selection() {
    let mut desk = Desk::new(80, 24);
    desk.press("j j j");
    let before = desk.reader.visible();
    desk.press("1 j j");
    assert_eq!(desk.reader.visible(), before);
    assert_ne!(desk.reader.selection(), Selection::None);
    desk.press("Esc");
    assert_eq!((desk.reader.visible(), desk.reader.selection(), desk.reader.focus()), (before, Selection::None, Focus::Body));
}

#[test]
fn mentions_are_walked_around_the_ends() {
    let mut desk = Desk::new(80, 24);
    desk.press("1 g Enter");
    let count = |desk: &Desk| desk.reader.mention_count().map(|(_, at, of)| (at, of));
    assert_eq!(count(&desk), Some((Some(1), 4)));
    desk.press("n n n");
    assert_eq!(count(&desk), Some((Some(4), 4)));
    desk.press("n");
    assert_eq!(count(&desk), Some((Some(1), 4)));
    desk.press("N");
    assert_eq!(count(&desk), Some((Some(4), 4)));
}

#[test]
fn enter_goes_both_ways() {
    let mut desk = Desk::new(80, 24);
    desk.press("3 G");
    let Some(Target::Event(event)) = desk.reader.list(Pane::Timeline).target() else { panic!("no event") };
    let span = desk.reader.story().analysis.events[event].span;
    assert!(!desk.reader.visible().contains(span));
    desk.press("Enter");
    assert!(desk.reader.visible().contains(span));
    desk.press("Enter");
    assert_eq!(desk.reader.focus(), Focus::List(Pane::Sources), "from the claim to its source");
    desk.press("Esc C-o");
    assert_eq!(desk.reader.visible().start, 0, "and back to where the jump was made");
}

#[test]
fn search_goes_along_and_escape_goes_back() {
    let mut desk = Desk::new(80, 24);
    desk.press("/ t a x e s");
    assert_eq!(desk.reader.search().hits.len(), 1);
    assert!(desk.reader.visible().contains(desk.reader.search().hits[0]));
    desk.press("Esc");
    assert_eq!((desk.reader.visible().start, desk.reader.search().hits.len()), (0, 0));
    desk.press("/ l e v y Enter n");
    assert_eq!(desk.reader.search().at, 1);
    desk.press("/ q q q Enter");
    assert_eq!(desk.reader.message(), Some("“qqq” is not in the text"));
}

#[test]
fn while_a_row_is_chosen_other_keys_do_nothing() {
    let mut desk = Desk::new(120, 40);
    desk.press("] c s");
    let prompt = desk.reader.prompt().unwrap();
    assert!(prompt.starts_with("claim 2: who said it?"), "{prompt}");
    desk.press("r m s");
    assert_eq!((desk.reader.shown(), desk.reader.is_choosing(), desk.reader.filter().is_empty()), (Shown::Clean, true, true));
    assert_eq!(desk.reader.message(), Some("Enter on the row that is meant, Esc leaves"));
    desk.press("j Enter");
    assert!(!desk.reader.is_choosing());
    desk.press("U");
    assert_eq!(desk.reader.message(), Some("taken back: the claim has another source"));
}

#[test]
fn the_claim_around_a_hit_or_a_mention_is_in_hand() {
    let mut desk = Desk::new(120, 40);
    let told = |desk: &Desk| {
        let claim = desk.reader.claim().unwrap().1;
        claim.content.first().unwrap().of(desk.reader.text()).to_owned()
    };
    desk.press("/ l a s t Space l i n e Enter");
    assert!(told(&desk).contains("last line"), "{}", told(&desk));
    desk.press("Esc / e x p e c t e d Enter");
    assert!(told(&desk).contains("expected"), "{}", told(&desk));
}

#[test]
fn the_claim_in_hand_outlives_a_resize_and_a_run() {
    let mut desk = Desk::new(80, 24);
    desk.press("] ] ] ]");
    let (at, _) = desk.reader.claim().unwrap();
    desk.resize(50, 10);
    desk.press("[ ]");
    assert_eq!(desk.reader.claim().map(|(at, _)| at), Some(at));
    let (place, claim) = (desk.reader.place(0).unwrap(), desk.reader.claim_left(0));
    let article = article();
    let found = analysis(&article);
    let mut again = Desk::with(vec![Story::read("levy.txt".into(), article)], 50, 10);
    again.reader.set_place(0, place, claim);
    again.reader.receive_analysis(0, found);
    again.measure();
    assert_eq!(again.reader.claim().map(|(at, _)| at), Some(at));
}

#[test]
fn a_resize_keeps_the_words_at_the_top() {
    let mut desk = Desk::new(80, 12);
    desk.press("j j j j j j j j j");
    let top = desk.reader.visible().start;
    let word = |desk: &Desk, at: usize| desk.reader.text()[at..].split_whitespace().next().unwrap().to_owned();
    let first = word(&desk, top);
    for (columns, rows) in [(120, 12), (41, 9), (60, 14), (200, 11), (20, 6)] {
        desk.resize(columns, rows);
        assert!(desk.reader.visible().holds(top), "{columns}x{rows}");
    }
    desk.resize(80, 12);
    assert_eq!(word(&desk, desk.reader.visible().start), first);
    assert_eq!(desk.reader.visible().start, top, "no drift");
}

#[test]
fn the_analysis_moves_nothing() {
    for (columns, rows) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        let article = article();
        let found = analysis(&article);
        let mut desk = Desk::with(vec![Story::read("levy.txt".into(), article)], columns, rows);
        desk.press("j j j");
        let lines = desk.reader.view().to_vec();
        desk.reader.receive_analysis(0, found);
        desk.measure();
        assert_eq!(desk.reader.view(), lines, "{columns}x{rows}");
    }
}

#[test]
fn the_raw_input_is_shown_at_the_same_words() {
    let mut desk = Desk::new(80, 12);
    desk.press("j j j j j j j j");
    let words = desk.reader.text()[desk.reader.visible().start..].chars().take(20).collect::<String>();
    desk.press("r");
    assert_eq!(desk.reader.shown(), Shown::Raw);
    assert!(desk.screen().contains(&words[..10]), "{words}\n{}", desk.screen());
    desk.press("G");
    assert!(desk.screen().contains("social ✗ Share this article"), "{}", desk.screen());
    desk.press("r");
    assert_eq!(desk.reader.shown(), Shown::Clean);
}

#[test]
fn a_claim_is_copied_as_a_citation() {
    let mut desk = Desk::new(120, 40);
    let Some(Effect::Copy(words)) = desk.press("] ] ] y") else { panic!("nothing copied") };
    assert_eq!(
        words,
        "Jonas Falk (wrote), via two people who have seen it: the plan “would drive the last line out of Lindsund”\n— Harbour board drops \
         levy plan after clerk’s letter. Coast Gazette, Wed 5 Mar 2031, 18:20. https://gazette.example/levy"
    );
}

#[test]
fn who_tells_of_words_of_his_own_is_named_once() {
    let mut desk = Desk::new(120, 40);
    let mut analysis = desk.reader.story().analysis.clone();
    let people = analysis.claims[2].source.unwrap();
    let inner = &mut analysis.claims[3];
    inner.via = vec![people, inner.source.unwrap()];
    desk.reader.receive_analysis(0, analysis);
    let Some(Effect::Copy(words)) = desk.press("] ] ] y") else { panic!("nothing copied") };
    assert!(words.starts_with("Jonas Falk (wrote), via two people who have seen it: the plan"), "{words}");
}

#[test]
fn marks_and_the_pointer() {
    let mut desk = Desk::new(80, 14);
    desk.press("j j j j j j m a g ' a");
    assert_ne!(desk.reader.visible().start, 0);
    desk.press("g ' z");
    assert_eq!(desk.reader.message(), Some("there is no mark z"));
    let name = desk.reader.text().find("Anna Brandt").unwrap();
    desk.act(Action::Click(Hit::Body(name)));
    assert_eq!(desk.reader.selection(), Selection::Entity(byline::analysis::EntityId(0)));
}

#[test]
fn stories_keep_their_places() {
    let stories =
        vec![Story::read("a.txt".into(), article()), Story::read("b.txt".into(), article()), Story::unread("c.txt".into())];
    let mut desk = Desk::with(stories, 80, 12);
    desk.press("j j j j j");
    let place = desk.reader.visible().start;
    desk.press(">");
    assert_eq!((desk.reader.story_index(), desk.reader.visible().start), (1, 0));
    assert_eq!(desk.press(">"), Some(Effect::Want(2)), "what is not read yet is asked for");
    desk.press("< <");
    assert_eq!((desk.reader.story_index(), desk.reader.visible().start), (0, place));
    desk.press("4 j Enter");
    assert_eq!(desk.reader.story_index(), 1);
}

#[test]
fn hostile_words_do_not_reach_the_screen() {
    let mut article = article();
    article.document.headline = Some("a\x1b]0;owned\x07\u{9b}2J\u{202e}b".into());
    let mut desk = Desk::with(vec![Story::read("\x1b[2Jname\n".into(), article.clone())], 120, 40);
    let mut found = analysis(&article);
    found.entities[0].name = "\x1b[31mred\u{9d}".into();
    found.sources[0].name = "\u{202e}\x07".into();
    desk.reader.receive_analysis(0, found);
    for keys in ["", "1", "2 j", "r", "/ \u{1b}"] {
        if !keys.contains('\u{1b}') {
            desk.press(keys);
        }
        let screen = desk.screen();
        assert!(!screen.chars().any(|c| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c)), "{screen:?}");
    }
}

#[test]
fn the_beginning_is_shown_until_all_is_read() {
    let whole = article();
    let end = whole.blocks[5].span.end;
    let mut head = whole.clone();
    head.text.truncate(end);
    head.blocks.truncate(6);
    // Cleaning saw less and kept a line more: the same words stand elsewhere in the whole article.
    let more = "Picture gallery\n\n";
    head.text.insert_str(0, more);
    for block in &mut head.blocks {
        block.span = Span::new(block.span.start + more.len(), block.span.end + more.len());
    }
    let origin = head.origins[0];
    head.origins[0].clean = Span::new(more.len(), head.text.len());
    let mut desk = Desk::with(vec![Story::glimpse("levy.txt".into(), head), Story::unread("b.txt".into())], 80, 12);
    assert!(desk.screen().contains("reading on"), "{}", desk.screen());
    desk.press("m a j j j j j j j m b");
    let words = |desk: &Desk| desk.reader.text()[desk.reader.visible().start..].chars().take(30).collect::<String>();
    let before = words(&desk);
    desk.reader.receive(0, vec![Story::read("levy.txt".into(), whole), Story::read("second.txt".into(), article())]);
    desk.measure();
    assert_eq!(origin.clean.start, 0);
    assert_eq!(words(&desk), before, "the place stays");
    let names: Vec<&str> = desk.reader.stories().iter().map(|story| story.name.as_str()).collect();
    assert_eq!(names, ["levy.txt", "second.txt", "b.txt"], "an input of two articles becomes two");
    desk.press("g ' b");
    assert_eq!(words(&desk), before, "and so do marks");
}

#[test]
fn a_name_is_corrected_undone_and_corrected_again() {
    let mut desk = Desk::new(120, 40);
    let kind = |desk: &Desk| desk.reader.story().analysis.entities[3].kind;
    desk.press("1 / n o r d l i n e Enter");
    assert_eq!(desk.press("c l"), Some(Effect::Corrected(0)));
    assert_eq!(kind(&desk), EntityType::Place);
    assert!(desk.screen().contains("Nordline  ✎"), "{}", desk.screen());
    assert_eq!(desk.press("U"), Some(Effect::Corrected(0)));
    assert_eq!(kind(&desk), EntityType::Organization);
    assert_eq!(desk.press("U"), None);
    desk.press("R");
    assert_eq!(kind(&desk), EntityType::Place);
    let kept = desk.reader.story().corrections().to_vec();
    let mut anew = Desk::new(120, 40);
    anew.reader.receive_corrections(0, kept);
    assert_eq!(kind(&anew), EntityType::Place, "kept when the article is analysed anew");
}

#[test]
fn two_names_are_one_and_one_is_two() {
    let mut desk = Desk::new(120, 40);
    let names = |desk: &Desk| desk.reader.story().analysis.entities.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    desk.press("1 / f a l k Enter c m");
    assert!(desk.screen().contains("“Jonas Falk” is the same as …"), "{}", desk.screen());
    desk.press("g Enter");
    assert_eq!(names(&desk), ["Anna Brandt", "Coast Gazette", "Nordline", "Lindsund"]);
    assert_eq!(desk.reader.selection(), Selection::Entity(byline::analysis::EntityId(0)));
    // The second mention, “Brandt”, is someone else after all.
    desk.press("Esc Esc U 1 g Enter n c s");
    assert_eq!(names(&desk), ["Anna Brandt", "Jonas Falk", "Coast Gazette", "Nordline", "Lindsund", "Brandt"]);
    desk.press("1 g c m Esc");
    assert_eq!(desk.reader.prompt(), None, "escape leaves the choice");
}

#[test]
fn claims_and_events_are_corrected() {
    let mut desk = Desk::new(120, 40);
    desk.press("] c s");
    assert_eq!(desk.reader.focus(), Focus::List(Pane::Sources));
    assert_eq!(desk.press("/ n o r d Enter Enter"), Some(Effect::Corrected(0)));
    assert_eq!(source_under_cursor(&desk), "Nordline");
    assert!(desk.screen().contains("✎ by hand"), "{}", desk.screen());
    let before = desk.reader.story().analysis.claims.len();
    desk.press("c d");
    assert_eq!(desk.reader.story().analysis.claims.len(), before - 1);
    desk.press("3 / f a l k Enter c t 2 0 3 1 - 1 3 Enter");
    assert!(desk.screen().contains("“2031-13” is no date"), "{}", desk.screen());
    assert_eq!(desk.press("Backspace Backspace 0 2 Enter"), Some(Effect::Corrected(0)));
    assert!(desk.screen().contains("Feb 2031"), "{}", desk.screen());
    let before = desk.reader.story().analysis.events.len();
    desk.press("c d");
    assert_eq!(desk.reader.story().analysis.events.len(), before - 1);
    assert_eq!(desk.reader.message(), Some("the event is dropped"));
}

#[test]
fn two_sources_are_made_one() {
    let mut desk = Desk::new(120, 40);
    desk.press("2 / n o r d Enter c m");
    assert_eq!(desk.reader.prompt().as_deref(), Some("“Nordline” is the same as …: Enter on a source or a name"));
    assert_eq!(desk.press("/ g a z Enter Enter"), Some(Effect::Corrected(0)));
    let names = |desk: &Desk| desk.reader.story().analysis.sources.iter().map(|source| source.name.clone()).collect::<Vec<_>>();
    assert!(!names(&desk).contains(&"Nordline".to_owned()), "{:?}", names(&desk));
    assert_eq!(desk.reader.message(), Some("the two sources are one"));
    desk.press("U");
    assert!(names(&desk).contains(&"Nordline".to_owned()));
}

#[test]
fn rows_and_keys_are_found_by_their_words() {
    let mut desk = Desk::new(80, 24);
    desk.press("2 g / g a z");
    assert_eq!(source_under_cursor(&desk), "Coast Gazette");
    assert!(desk.screen().contains("row 1 of 1"), "{}", desk.screen());
    desk.press("Esc");
    assert_eq!(source_under_cursor(&desk), "Anna Brandt");
    desk.press("/ p e o p l e Down Down");
    assert_eq!(source_under_cursor(&desk), "people close to her");
    desk.press("Down");
    assert_eq!(source_under_cursor(&desk), "two people who have seen it", "around the end");
    desk.press("Enter Esc ? / c l a i m Enter");
    let screen = desk.screen();
    assert!(screen.contains("next claim, within the filter") && !screen.contains("half a page"), "{screen}");
    desk.press("Esc");
    assert!(desk.screen().contains("half a page"), "escape takes the words back first");
}

#[test]
fn claims_are_filtered_by_the_time_that_rows_span() {
    let mut desk = Desk::new(120, 40);
    desk.press("3 G Space");
    assert!(desk.screen().contains("filter: summer 2032"), "{}", desk.screen());
    desk.press("Esc");
    assert_eq!(desk.reader.claim_count().1, 1);
    assert!(in_hand(&desk).starts_with("Brandt may stand"));
    desk.press("3 g Space");
    assert!(desk.screen().contains("filter: Wed 5 Mar 2031 – Tue 31 Aug 2032"), "{}", desk.screen());
    desk.press("F Esc");
    assert_eq!(desk.reader.claim_count().1, 7);
}

#[test]
fn lines_are_selected_and_copied() {
    let mut desk = Desk::new(120, 40);
    let Some(Effect::Copy(words)) = desk.press("] v j y") else { panic!("nothing copied") };
    assert!(
        words.starts_with("“We have heard the port users") && words.contains("helps nobody.”\n— Harbour board drops"),
        "{words}"
    );
    assert_eq!(desk.press("v j j Esc y").map(|effect| matches!(effect, Effect::Copy(_))), Some(true));
    assert_eq!(desk.reader.mode(), &Mode::Reading);
}

#[test]
fn the_cursor_among_the_articles_stays_while_others_are_read() {
    let stories = ["a.txt", "b.txt", "c.txt"].map(|name| Story::unread(name.into())).into();
    let mut desk = Desk::with(stories, 120, 40);
    desk.press("4 j j");
    desk.reader.receive(0, vec![Story::read("a.txt".into(), article()), Story::read("a2.txt".into(), article())]);
    desk.reader.receive_analysis(1, analysis(&article()));
    assert_eq!(desk.reader.list(Pane::Articles).target(), Some(Target::Article(3)), "still c.txt");
    assert_eq!(desk.press("Enter"), Some(Effect::Want(3)));
    assert!(desk.reader.stories()[3].opened && !desk.reader.stories()[1].opened);
    desk.press("4");
    assert!(desk.screen().contains("✓ Harbour board"), "opened before: {}", desk.screen());
}

#[test]
fn what_is_dropped_leaves_the_cursor_on_the_next_row() {
    let mut desk = Desk::new(120, 40);
    let under_cursor = |desk: &Desk| {
        let list = desk.reader.list(Pane::Entities);
        list.rows()[list.cursor()].label.clone()
    };
    desk.press("1 g j j");
    assert_eq!(under_cursor(&desk), "Coast Gazette");
    desk.press("c d");
    assert_eq!(under_cursor(&desk), "Nordline");
    desk.press("c d");
    assert_eq!(under_cursor(&desk), "Lindsund");
    desk.press("c d");
    assert_eq!(under_cursor(&desk), "Jonas Falk", "where none is left below, the last one above");
}

#[test]
fn where_claims_are_set_apart_the_strip_says_what_hides_the_rest() {
    let mut desk = Desk::new(120, 40);
    desk.press("2 / n o r d Enter Space Esc ]");
    assert!(in_hand(&desk).starts_with("it had threatened"));
    desk.resize(80, 12);
    desk.press("g");
    assert!(
        desk.screen().contains("No claim on this screen passes the filter; ] goes on to 1 below, F clears it."),
        "{}",
        desk.screen()
    );
    desk.press("F 2 / n o r d Enter Enter g");
    assert!(
        desk.screen().contains("Nordline says nothing on this screen; ] goes on to 1 below, Esc shows all."),
        "{}",
        desk.screen()
    );
}

#[test]
fn beliefs_and_unsure_claims_are_shown_when_asked_for() {
    let (read, mut found) = (article(), analysis(&article()));
    found.claims[0].cue_class = CueClass::Attitude; // the only claim of the board's chair but one
    found.claims[2].confidence = Some(0.2); // two people: around it stands
    found.claims[4].confidence = Some(0.2); // the Gazette's only claim
    let mut desk = Desk::with(vec![Story::read("levy.txt".into(), read)], 120, 40);
    desk.reader.receive_analysis(0, found);
    assert!(in_hand(&desk).starts_with("“We have heard"), "the belief before it is passed over");
    assert!(desk.screen().contains("2 Sources 5 · 5 of 7 claims"), "{}", desk.screen());
    desk.press("]");
    assert!(in_hand(&desk).starts_with("Falk wrote"), "what stands around a claim that is shown is shown");
    assert!(desk.screen().contains("unsure 0.20"), "{}", desk.screen());
    desk.press("] ]");
    assert!(in_hand(&desk).starts_with("it had threatened"), "{}", in_hand(&desk));
    desk.press("e g");
    assert!(in_hand(&desk).starts_with("The harbour board"), "{}", in_hand(&desk));
    assert!(desk.screen().contains("belief or wish") && desk.screen().contains("Coast Gazette"), "{}", desk.screen());
    desk.press("e");
    assert_eq!(desk.reader.message(), Some("5 claims surely said, of 7 in all"));
    assert!(in_hand(&desk).starts_with("“We have heard"));
}

#[test]
fn where_nothing_is_surely_said_the_reader_says_so() {
    let (read, mut found) = (article(), analysis(&article()));
    found.claims.iter_mut().for_each(|claim| claim.cue_class = CueClass::Attitude);
    let mut desk = Desk::with(vec![Story::read("levy.txt".into(), read)], 120, 40);
    desk.reader.receive_analysis(0, found);
    assert!(desk.screen().contains("Only beliefs and unsure claims; e shows them."), "{}", desk.screen());
    desk.press("]");
    assert_eq!(desk.reader.message(), Some("only beliefs and unsure claims; e shows them"));
}

#[test]
fn only_stances_that_are_left_are_filtered_by() {
    let mut desk = Desk::new(120, 40);
    desk.press("2 / n o r d Enter Space 0 Esc s");
    assert_eq!(desk.reader.filter().stance, Some(Stance::Denies), "Nordline does nothing else");
    desk.press("s");
    assert_eq!(desk.reader.filter().stance, None);
}

#[test]
fn keys_mean_what_is_shown() {
    let stories = vec![Story::read("a.txt".into(), article()), Story::read("b.txt".into(), article())];
    let mut desk = Desk::with(stories, 120, 40);
    desk.reader.receive_analysis(0, analysis(&article()));
    for elsewhere in ["] 4", "0 r", "r 1"] {
        desk.press(elsewhere);
        assert_eq!(desk.press("y"), None, "{elsewhere}");
        assert_eq!(desk.reader.message(), Some("no claim in hand to copy"), "{elsewhere}");
    }
    for elsewhere in ["] 4", "0 r"] {
        desk.press(elsewhere);
        desk.press("c");
        assert_eq!(desk.reader.message(), Some("choose a name, a claim or an event first"), "{elsewhere}");
    }
    desk.press("r 3 g ]");
    assert_eq!(desk.reader.focus(), Focus::Body, "who walks claims reads");
    assert!(desk.press("y").is_some());
}

#[test]
fn what_lies_over_the_article_is_left_by_the_key_that_quits() {
    let mut desk = Desk::new(120, 40);
    for over in ["?", "A", "v"] {
        desk.press(over);
        assert_eq!(desk.press("q"), None, "{over}");
        assert_eq!(desk.reader.mode(), &Mode::Reading, "{over}");
    }
    assert_eq!(desk.press("q"), Some(Effect::Quit));
}

#[test]
fn a_zoomed_list_fills_the_screen_and_escape_takes_it_back() {
    for columns in [120, 80] {
        let mut desk = Desk::new(columns, 24);
        desk.press("3 z");
        let screen = desk.screen();
        assert!(screen.contains("The old tariff stays in force until July"), "{screen}");
        assert!(!screen.contains("container freight, its chair") && screen.contains(" LIST "), "{screen}");
        desk.press("Esc");
        assert_eq!((desk.reader.zoomed(), desk.reader.focus()), (false, Focus::List(Pane::Timeline)));
        desk.press("z Enter");
        assert_eq!((desk.reader.zoomed(), desk.reader.focus()), (false, Focus::Body));
        desk.press("z Esc Esc");
        assert!(!desk.reader.zoomed(), "after the selection");
    }
}

#[test]
fn a_jump_takes_the_first_claim_on_screen_in_hand() {
    let mut desk = Desk::new(120, 40);
    desk.press("] ] ] ] g");
    assert_eq!(desk.reader.claim().map(|(at, _)| at), Some(0));
    desk.press("] ]");
    assert_eq!(desk.reader.claim().map(|(at, _)| at), Some(2));
}

#[test]
fn pasted_words_are_searched_for_at_once() {
    let mut desk = Desk::new(120, 40);
    desk.reader.paste("levy");
    assert_eq!(desk.reader.search().query, "", "nothing is typed here");
    desk.press("/");
    desk.reader.paste("the levy");
    assert_eq!((desk.reader.search().query.as_str(), desk.reader.search().hits.len()), ("the levy", 1));
}

#[test]
fn lines_are_selected_by_paragraphs() {
    let mut desk = Desk::new(120, 40);
    let Some(Effect::Copy(words)) = desk.press("g v } } { y") else { panic!("nothing copied") };
    assert!(words.starts_with("The harbour board") && words.contains("go on with it,” Brandt\n—"), "{words}");
}

/// A narrow page with words broken at line ends.
fn hyphenated() -> Desk {
    let (article, analysis) = long_words();
    let mut desk = Desk::with(vec![Story::read("long.txt".into(), article)], 40, 24);
    desk.reader.receive_analysis(0, analysis);
    desk.press("H");
    desk
}

#[test]
fn what_is_copied_has_whole_words_where_lines_break_them() {
    let mut desk = hyphenated();
    let broken: Vec<usize> = (0..desk.reader.view().len()).filter(|&row| desk.reader.view()[row].hyphen).collect();
    assert!(broken.len() > 2, "{}", desk.screen());
    let copied = |desk: &mut Desk, keys: &str| match desk.press(keys) {
        Some(Effect::Copy(words)) => words.split('\n').next().unwrap_or_default().to_owned(),
        other => panic!("{keys}: {other:?}"),
    };
    assert_eq!(copied(&mut desk, "Y"), LONG_WORDS);
    let claim = LONG_WORDS.split(',').next().unwrap();
    assert_eq!(copied(&mut desk, "] y"), format!("spokeswoman (announced): {claim}"));
    // Each line by itself: a word that is broken at either end comes whole.
    let mut desk = Desk::with(vec![Story::read("long.txt".into(), long_words().0)], 40, 6);
    desk.press("H");
    let words: Vec<&str> = LONG_WORDS.split(' ').collect();
    for _ in 0..6 {
        let line = copied(&mut desk, "v y");
        assert!(line.split(' ').all(|word| words.contains(&word)) && LONG_WORDS.contains(&line), "{line:?}");
        desk.press("j");
    }
}

#[test]
fn what_lights_up_does_so_on_both_sides_of_a_broken_word() {
    let mut desk = hyphenated();
    let reversed = |desk: &Desk| -> String {
        let (cells, looks) = (desk.cells(), desk.looks());
        let body = (0..desk.area.height - 1).flat_map(|y| (0..desk.area.width).map(move |x| (x, y)));
        let lit = body.filter(|&(x, y)| looks[usize::from(y)][usize::from(x)].contains("reversed"));
        lit.map(|at| cells[at].symbol()).collect()
    };
    let mut tried = 0;
    for word in LONG_WORDS.split(' ').map(|word| word.trim_matches(['.', ','])).filter(|word| word.len() > 9) {
        let start = LONG_WORDS.find(word).unwrap();
        let broken =
            desk.reader.view().iter().any(|line| line.hyphen && start < line.span.end && line.span.end < start + word.len());
        if !broken {
            continue;
        }
        let keys: Vec<String> = word.chars().map(String::from).collect();
        desk.press(&format!("g / {} Enter", keys.join(" ")));
        let lit = reversed(&desk);
        assert_eq!(lit.replace('-', ""), word, "{}", desk.screen());
        assert!(lit.contains('-'), "the hyphen lights up with its word: {lit:?}");
        desk.press("Esc");
        tried += 1;
    }
    assert!(tried > 1, "{}", desk.screen());
}

#[test]
fn escape_and_a_key_in_one_write_are_two_keys() {
    let mut desk = Desk::new(120, 40);
    let typed = |desk: &Desk, key: &str| {
        let keys: Vec<String> = desk.reader.keys(key.parse().unwrap()).map(|key| key.to_string()).collect();
        keys.join(" ")
    };
    assert_eq!(typed(&desk, "M-j"), "Esc j");
    assert_eq!(typed(&desk, "M-Enter"), "Esc Enter");
    assert_eq!(typed(&desk, "j"), "j");
    desk.press("/ l e v y");
    assert_eq!(typed(&desk, "M-j"), "Esc j", "also while a search is typed");
    assert_eq!(typed(&desk, "M-Backspace"), "M-Backspace", "which takes a word away");
    desk.press("Esc");
    let mut keymap = byline::reader::Keymap::default();
    keymap.rebind("down", &["M-j".into()]).unwrap();
    let reader = byline::reader::Reader::new(Vec::new(), keymap);
    let bound: Vec<_> = reader.keys("M-j".parse().unwrap()).collect();
    assert_eq!(bound, ["M-j".parse().unwrap()], "a binding of its own stays");
}

#[test]
fn the_lists_are_wider_by_key_and_by_the_pointer() {
    let mut desk = Desk::new(120, 40);
    let border = |desk: &Desk| byline::ui::border(&desk.reader, desk.area).unwrap();
    let before = border(&desk);
    desk.press(") )");
    assert_eq!(border(&desk), before - 4);
    desk.act(Action::Drag(-10));
    assert_eq!(border(&desk), before + 6);
    desk.act(Action::Drag(i16::MIN));
    desk.resize(112, 30);
    assert!(border(&desk) < 112 - 20, "a list stays a list");
}

#[test]
fn a_name_is_followed_into_another_article() {
    let other = article();
    let mut stories: Vec<Story> = ["a.txt", "b.txt", "c.txt"].map(|name| Story::read(name.into(), article())).into();
    stories[2].set_analysis(analysis(&other));
    let mut desk = Desk::with(stories, 120, 40);
    desk.reader.receive_analysis(0, analysis(&other));
    desk.press("a");
    assert_eq!(desk.reader.story_index(), 2, "b.txt is not analysed");
    desk.press("1 / n o r d Enter Enter a");
    assert_eq!(desk.reader.story_index(), 0);
    assert_eq!(desk.reader.selection(), Selection::Entity(byline::analysis::EntityId(3)));
}

/// Numbers that look random and are the same every time (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }
}

/// Any actions at any size: the selection points at something, the screen is within the page, and drawing fits the screen.
#[test]
fn no_sequence_of_actions_breaks_the_reader() {
    const ACTS: usize = 100_000;
    let mut dice = Dice(7);
    let article = article();
    let mut other = article.clone();
    other.text = "港口 👩‍👩‍👧 ".repeat(40) + &"unbroken".repeat(60);
    other.blocks.clear();
    let stories = vec![Story::read("a".into(), article.clone()), Story::read("b".into(), other), Story::unread("c".into())];
    let mut desk = Desk::with(stories, 80, 24);
    for act in 0..ACTS {
        if act == 100 {
            desk.reader.receive_analysis(0, analysis(&article));
        }
        if dice.below(200) == 0 {
            desk.resize(dice.below(140) as u16, dice.below(50) as u16);
        }
        let hit = if dice.below(2) == 0 {
            Hit::Body(dice.below(3000))
        } else {
            Hit::Row(Pane::ALL[dice.below(4)], (dice.below(3) > 0).then(|| dice.below(20)))
        };
        let action = match dice.below(ACTIONS.len() + 9) {
            at if at < ACTIONS.len() => ACTIONS[at].action,
            at if at < ACTIONS.len() + 3 => {
                Action::Insert(['e', 'p', 's', 'd', 'm', 't', '2', 'é', ' ', '港', 'a'][dice.below(11)])
            }
            at if at == ACTIONS.len() + 6 => Action::Drag(dice.below(40) as i16 - 20),
            at if at == ACTIONS.len() + 3 => Action::Erase,
            at if at == ACTIONS.len() + 4 => Action::Click(hit),
            at if at == ACTIONS.len() + 5 => Action::DoubleClick(hit),
            _ => Action::Wheel(hit, if dice.below(2) == 0 { 3 } else { -3 }),
        };
        desk.act(action);
        holds(&desk, action);
        if dice.below(500) == 0 {
            desk.cells();
        }
    }
}

#[track_caller]
fn holds(desk: &Desk, action: Action) {
    let reader = &desk.reader;
    let story = reader.story();
    let found = &story.analysis;
    let sound = match reader.selection() {
        Selection::None => true,
        Selection::Entity(entity) => entity.0 < found.entities.len(),
        Selection::Source(source) => source.0 < found.sources.len(),
        Selection::Event(event) => event < found.events.len(),
    };
    assert!(sound, "{action:?}: {:?}", reader.selection());
    assert!(reader.claim().is_none_or(|(at, _)| at < found.claims.len()), "{action:?}");
    assert!(reader.mention().is_none_or(|at| at < found.mentions.len()), "{action:?}");
    for pane in Pane::ALL {
        let list = reader.list(pane);
        assert!(list.rows().is_empty() || list.cursor() < list.rows().len(), "{action:?}: {pane:?}");
        let seen = list.height() == 0 || (list.top()..list.top() + list.height()).contains(&list.cursor());
        assert!(seen || list.rows().is_empty(), "{action:?}: the cursor of {pane:?} is off the screen");
    }
    let visible = reader.visible();
    assert!(visible.start <= visible.end && visible.end <= reader.text().len().max(visible.start), "{action:?}: {visible:?}");
    assert!(reader.text().is_char_boundary(visible.start.min(reader.text().len())), "{action:?}");
    assert!(!matches!(reader.mode(), Mode::Help(help) if help.row > ACTIONS.len()), "{action:?}");
    for line in reader.view() {
        assert!(reader.section(line).is_some(), "{action:?}: a line of no section");
    }
}
