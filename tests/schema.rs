//! docs/byline.schema.json is what byline writes: every written document fits it, every field is named in it, and broken ones do not fit.

use crate::exports::story;
use byline::exchange::{OpenOptions, json, open};
use serde_json::{Value, json};

fn schema() -> Value {
    serde_json::from_str(include_str!("../docs/byline.schema.json")).unwrap()
}

/// What is wrong with `value`, by the keywords that our schema uses; `strict` minds fields that the schema does not name.
fn faults(value: &Value, rule: &Value, root: &Value, at: &str, strict: bool) -> Vec<String> {
    if let Some(name) = rule["$ref"].as_str() {
        return faults(value, root.pointer(name.trim_start_matches('#')).unwrap(), root, at, strict);
    }
    if let Some(any) = rule["anyOf"].as_array() {
        let tries: Vec<Vec<String>> = any.iter().map(|rule| faults(value, rule, root, at, strict)).collect();
        return if tries.iter().any(Vec::is_empty) { Vec::new() } else { tries.concat() };
    }
    let mut out = Vec::new();
    let mut check = |ok: bool, what: &str| {
        if !ok {
            out.push(format!("{at}: {what}: {value}"));
        }
    };
    let kinds: Vec<&str> = rule["type"]
        .as_str()
        .into_iter()
        .chain(rule["type"].as_array().into_iter().flatten().filter_map(Value::as_str))
        .collect();
    let is = |kind: &&str| match *kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("{other}"),
    };
    check(kinds.is_empty() || kinds.iter().any(is), "wrong type");
    check(rule.get("const").is_none_or(|one| one == value), "not the one value");
    check(rule["enum"].as_array().is_none_or(|all| all.contains(value)), "none of the values");
    check(rule["minimum"].as_f64().zip(value.as_f64()).is_none_or(|(least, n)| n >= least), "too small");
    check(rule["maximum"].as_f64().zip(value.as_f64()).is_none_or(|(most, n)| n <= most), "too large");
    check(rule["minItems"].as_u64().zip(value.as_array()).is_none_or(|(least, list)| list.len() as u64 >= least), "too few");
    for needed in rule["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        check(value.as_object().is_none_or(|fields| fields.contains_key(needed)), needed);
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        match rule["properties"].get(name) {
            Some(rule) => out.extend(faults(inner, rule, root, &format!("{at}/{name}"), strict)),
            None if strict => out.push(format!("{at}/{name} is not in the schema")),
            None => {}
        }
    }
    for (i, inner) in value.as_array().into_iter().flatten().enumerate().filter(|_| rule.get("items").is_some()) {
        out.extend(faults(inner, &rule["items"], root, &format!("{at}/{i}"), strict));
    }
    out
}

fn fits(value: &Value, strict: bool) -> Vec<String> {
    let schema = schema();
    faults(value, &schema, &schema, "", strict)
}

#[test]
fn what_is_written_fits() {
    assert_eq!(fits(&json::value(&story()), true), Vec::<String>::new());
    for bytes in [
        include_bytes!("../assets/sample.txt").as_slice(),
        br#"{"text": "Ada Li left Oslo in May, she said.", "spans": [{"start": 0, "end": 6, "label": "PERSON"}]}"#,
    ] {
        let opened = open(bytes, "x", &OpenOptions::default()).remove(0).unwrap();
        assert_eq!(fits(&json::value(&opened.analysed()), true), Vec::<String>::new());
    }
}

#[test]
fn dropped_lines_are_counted_by_their_reason() {
    let text = include_bytes!("../assets/sample.txt");
    let opened = open(text, "x", &OpenOptions::default()).remove(0).unwrap();
    let written = json::value(&opened.analysed());
    let removed = written["removed"].as_array().unwrap();
    let counts = written["removedLines"].as_object().unwrap();
    let lines = |item: &Value| item["endLine"].as_u64().unwrap() - item["startLine"].as_u64().unwrap() + 1;
    assert!(counts.len() > 1, "{counts:?}");
    for (reason, count) in counts {
        let own = removed.iter().filter(|item| item["reason"] == reason.as_str());
        assert_eq!(count.as_u64(), Some(own.map(lines).sum()), "{reason}");
    }
    assert_eq!(counts.values().filter_map(Value::as_u64).sum::<u64>(), removed.iter().map(lines).sum::<u64>());
}

#[test]
fn what_is_wrong_does_not_fit() {
    let wrong = |change: fn(&mut Value)| {
        let mut value = json::value(&story());
        change(&mut value);
        assert_eq!(fits(&value, false).len(), 1, "{:?}", fits(&value, false));
    };
    wrong(|v| v["version"] = json!(2));
    wrong(|v| v["claims"][0]["stance"] = json!("shouts"));
    wrong(|v| v["claims"][0]["content"] = json!([]));
    wrong(|v| v["mentions"][0]["start"] = json!(-1));
    wrong(|v| v["entities"][0]["name"] = json!(7));
    let mut more = json::value(&story());
    more["x-desk"] = json!("metro");
    assert_eq!(fits(&more, false), Vec::<String>::new());
}

#[test]
fn the_schema_names_the_values_that_byline_reads() {
    let schema = schema();
    for (list, field) in
        [("event", "status"), ("claim", "stance"), ("timex", "type"), ("source", "kind"), ("entity", "type"), ("mention", "form")]
    {
        for value in schema["$defs"][list]["properties"][field]["enum"].as_array().unwrap() {
            let mut written = json::value(&story());
            let items = if list == "entity" {
                "entities".to_owned()
            } else if list == "timex" {
                "timexes".into()
            } else {
                format!("{list}s")
            };
            written[items.as_str()][0][field] = value.clone();
            assert_eq!(json::value(&json::read(written.clone()).unwrap())[items.as_str()][0][field], *value, "{list}.{field}");
        }
    }
}

#[test]
fn the_table_of_formats_is_the_live_one() {
    let table = byline::exchange::markdown();
    assert!(include_str!("../docs/formats.md").contains(&table), "docs/formats.md lacks this table:\n\n{table}");
}
