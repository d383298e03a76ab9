//! Stanford CoreNLP JSON: tokens with the white space around them, entity mentions, TIMEX3, coreference and quotes. The file holds no text;
//! it is put together from the tokens, and every annotation is found by its tokens, whatever unit its offsets count in.

use super::anchor::Told;
use super::draft::{Draft, timex_type};
use super::story::{Given, Opened, Results, field, list, offset};
use super::units::OffsetUnit;
use crate::analysis::EntityId;
use crate::analysis::entities::{Entity, EntityType, MentionForm};
use crate::analysis::provenance::AnnotatorKind;
use crate::article::{Document, ReadError};
use crate::text::Span;
use serde_json::Value;
use std::collections::HashMap;

/// Whether an object is CoreNLP's.
pub fn is(value: &Value) -> bool {
    list(value, "sentences")
        .first()
        .and_then(|s| list(s, "tokens").first())
        .is_some_and(|t| t.get("characterOffsetBegin").is_some())
}

/// Reads one document.
pub fn read(value: &Value, given: &Given<'_>) -> Results {
    vec![document(value, given)]
}

/// The text of the tokens, where each stands, and the number of each sentence's first token.
struct Tokens {
    text: String,
    spans: Vec<Span>,
    sentences: Vec<usize>,
}

impl Tokens {
    fn new(value: &Value) -> Self {
        let mut tokens = Self { text: String::new(), spans: Vec::new(), sentences: Vec::new() };
        let mut end = 0;
        for sentence in list(value, "sentences") {
            tokens.sentences.push(tokens.spans.len());
            for token in list(sentence, "tokens") {
                let words = field(token, "originalText").or_else(|| field(token, "word")).unwrap_or_default();
                match token.get("before").and_then(Value::as_str) {
                    Some(before) => tokens.text.push_str(before),
                    // Without the white space itself, the gap between the offsets tells whether there is any.
                    None if offset(token.get("characterOffsetBegin")).is_some_and(|begin| begin > end) => tokens.text.push(' '),
                    None => {}
                }
                end = offset(token.get("characterOffsetEnd")).unwrap_or(end);
                let start = tokens.text.len();
                tokens.text.push_str(words);
                tokens.spans.push(Span::new(start, tokens.text.len()));
            }
        }
        tokens
    }

    /// The span from the token `first` to the one before `end`.
    fn span(&self, first: usize, end: usize) -> Option<Span> {
        Some(self.spans.get(first)?.cover(*self.spans.get(end.checked_sub(1)?)?))
    }
}

fn document(value: &Value, given: &Given<'_>) -> Result<Opened, ReadError> {
    let tokens = Tokens::new(value);
    let text = given.text.unwrap_or(&tokens.text);
    let published = field(value, "docDate").and_then(|date| date.parse().ok());
    let mut article = given.verbatim(text, Document { published, ..Document::default() })?;
    if let Some(id) = field(value, "docId") {
        id.clone_into(&mut article.id);
    }
    let mut draft = Draft::new(text, given.format, AnnotatorKind::Import, OffsetUnit::Utf16);
    let own = given.text.is_none();
    let mut names: HashMap<(usize, usize), EntityId> = HashMap::new();
    for (sentence, first) in list(value, "sentences").iter().zip(&tokens.sentences) {
        for mention in list(sentence, "entitymentions") {
            let begin = offset(mention.get("docTokenBegin")).or_else(|| Some(first + offset(mention.get("tokenBegin"))?));
            let end = offset(mention.get("docTokenEnd")).or_else(|| Some(first + offset(mention.get("tokenEnd"))?));
            let (Some(begin), Some(end)) = (begin, end) else { continue };
            let label = field(mention, "ner").unwrap_or("MISC");
            let Some(span) = place(&mut draft, &tokens, (begin, end), own, label) else { continue };
            if let Some(id) = entity_mention(&mut draft, mention, label, span) {
                names.insert((begin, end), id);
            }
        }
    }
    corefs(value, &tokens, own, &names, &mut draft);
    quotes(value, &tokens, own, &mut draft);
    let mut analysis = draft.finish();
    analysis.mentions.shrink_to_fit();
    Ok(given.opened(article, analysis, Some(value), &["docId", "docDate", "sentences", "corefs", "quotes"]))
}

/// Where the tokens stand in the text: by their number in the text made of them, by their words in a text that was given.
fn place(draft: &mut Draft<'_>, tokens: &Tokens, range: (usize, usize), own: bool, what: &str) -> Option<Span> {
    let Some(span) = tokens.span(range.0, range.1) else {
        draft.refuse(format!("{what} at tokens {}–{}: there are {} tokens", range.0, range.1, tokens.spans.len()));
        return None;
    };
    if own {
        return draft.marked(what, span);
    }
    draft.place(what, Told { range: Some((span.start, span.end)), words: Some(span.of(&tokens.text)), ..Told::default() })
}

fn entity_mention(draft: &mut Draft<'_>, mention: &Value, label: &str, span: Span) -> Option<EntityId> {
    if let Some(kind) = timex_type(label) {
        let timex = mention.get("timex").unwrap_or(&Value::Null);
        let value = field(timex, "value").or_else(|| field(timex, "altValue")).unwrap_or_default();
        let kind = field(timex, "type").and_then(timex_type).unwrap_or(kind);
        draft.timex(span, kind, value);
        return None;
    }
    draft.labelled(span, label);
    draft.analysis.mentions.last().map(|mention| mention.entity)
}

/// Mentions that corefer with a name. Chains without a name are no entities of the article and stay out.
fn corefs(value: &Value, tokens: &Tokens, own: bool, names: &HashMap<(usize, usize), EntityId>, draft: &mut Draft<'_>) {
    let chains = value.get("corefs").and_then(Value::as_object);
    for chain in chains.into_iter().flat_map(|chains| chains.values()) {
        let mentions = chain.as_array().map(Vec::as_slice).unwrap_or_default();
        let ranges: Vec<(usize, usize)> = mentions.iter().map(|mention| token_range(mention, tokens)).collect();
        let kind = |id: &EntityId| draft.analysis.entities.get(id.0).map(|entity| entity.kind);
        let known = ranges.iter().filter_map(|range| names.get(range)).find(|id| kind(id) != Some(EntityType::Other)).copied();
        let Some(entity) = known else { continue };
        for (mention, range) in mentions.iter().zip(&ranges).filter(|(_, range)| !names.contains_key(range)) {
            if let Some(span) = place(draft, tokens, *range, own, "coreference") {
                let form = match field(mention, "type") {
                    Some("PRONOMINAL") => MentionForm::Pronoun,
                    Some("PROPER") => MentionForm::Name,
                    _ => MentionForm::Nominal,
                };
                draft.mention(entity, span, form);
            }
        }
    }
}

/// The tokens of a coreference mention, which counts sentences and tokens from 1.
fn token_range(mention: &Value, tokens: &Tokens) -> (usize, usize) {
    let number = |name: &str| offset(mention.get(name)).unwrap_or(0);
    let first = number("sentNum").checked_sub(1).and_then(|nth| tokens.sentences.get(nth)).copied().unwrap_or(usize::MAX / 2);
    let token = |name: &str| first.saturating_add(number(name).saturating_sub(1));
    (token("startIndex"), token("endIndex"))
}

fn quotes(value: &Value, tokens: &Tokens, own: bool, draft: &mut Draft<'_>) {
    let people = people(&draft.analysis.entities);
    for quote in list(value, "quotes") {
        let range = offset(quote.get("beginToken")).zip(offset(quote.get("endToken")).map(|last| last.saturating_add(1)));
        let Some(content) = range.and_then(|range| place(draft, tokens, range, own, "quote")) else { continue };
        let known = |name: &&str| !name.eq_ignore_ascii_case("unknown");
        let speaker = field(quote, "canonicalSpeaker").filter(known).or_else(|| field(quote, "speaker").filter(known));
        let source = speaker.map(|name| draft.source(name, people.get(name).copied()));
        draft.claim(source, Vec::new(), Vec::new(), vec![content]);
    }
}

/// The first person of each name, by all that it is called.
fn people(entities: &[Entity]) -> HashMap<String, EntityId> {
    let mut people = HashMap::new();
    for (at, person) in entities.iter().enumerate().filter(|(_, of)| of.kind == EntityType::Person) {
        for name in std::iter::once(&person.name).chain(&person.aliases) {
            people.entry(name.clone()).or_insert(EntityId(at));
        }
    }
    people
}
