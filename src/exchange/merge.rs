//! Keeps fields that byline does not know: what is written gets them from the object that it was read from.

use serde_json::Value;

/// Adds to `written` every field of `origin` that it lacks. Objects in lists are matched by `id`; list items that were taken out stay out.
pub fn keep_unknown(written: &mut Value, origin: &Value) {
    match (written, origin) {
        (Value::Object(new), Value::Object(old)) => {
            for (key, value) in old {
                match new.get_mut(key) {
                    Some(there) => keep_unknown(there, value),
                    None if !is_own(key) => {
                        new.insert(key.clone(), value.clone());
                    }
                    None => {}
                }
            }
        }
        (Value::Array(new), Value::Array(old)) => {
            let id = |v: &Value| v.get("id").and_then(Value::as_str).map(str::to_owned);
            let by_id: std::collections::HashMap<String, &Value> = old.iter().filter_map(|v| Some((id(v)?, v))).collect();
            for item in new {
                if let Some(same) = id(item).and_then(|key| by_id.get(&key).copied()) {
                    keep_unknown(item, same);
                }
            }
        }
        _ => {}
    }
}

/// Fields of the contract: absent in what is written means unknown to the analysis, and stays absent.
fn is_own(key: &str) -> bool {
    matches!(
        key,
        "mod"
            | "anchor"
            | "functionInDocument"
            | "earliest"
            | "latest"
            | "granularity"
            | "confidence"
            | "contradicts"
            | "jobTitle"
    )
}
