//! Inputs grown out of seeds: by flips, cuts, splices, repetition and awkward tokens, and JSON by its values too.

use serde_json::{Value, json};

/// xorshift64*: the same cases on every machine.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n.max(1)
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// What is worth putting in the middle of anything.
const TOKENS: [&str; 56] = [
    "\"",
    "“",
    "”",
    "'",
    "‘",
    "’",
    "\n",
    "\n\n",
    "\t",
    "\0",
    "\u{1b}[2J",
    "\u{9d}",
    "\u{202e}",
    "\u{301}",
    "\u{2028}",
    "😀",
    "👩‍👩‍👧",
    "ß",
    "İ",
    "ﬁ",
    "\u{a0}",
    " said ",
    " according to ",
    " denied that ",
    "Mr Ada Li, chair of the board, ",
    "Monday",
    "the 1990s",
    "three weeks ago",
    "2016-02-30",
    "99999999999999999999",
    "-1",
    "1e999",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "</",
    "<p>",
    "</p>",
    "<br/>",
    "<person>",
    "<!--",
    "<![CDATA[",
    "]]>",
    "&#27;",
    "&#x10ffff;",
    "&nbsp;",
    "&",
    ":",
    ",",
    "null",
    "\\ud800",
    "\\u0000",
    "— ",
];

/// An input of at most `longest` bytes.
pub fn grown(chance: &mut Chance, seeds: &[Vec<u8>], longest: usize) -> Vec<u8> {
    let seed = chance.pick(seeds).clone();
    if chance.below(2) == 0
        && let Ok(mut value) = serde_json::from_slice::<Value>(&seed)
    {
        for _ in 0..=chance.below(4) {
            bend(chance, &mut value);
        }
        return value.to_string().into_bytes();
    }
    cut_and_spliced(chance, seed, seeds, longest)
}

fn cut_and_spliced(chance: &mut Chance, mut bytes: Vec<u8>, seeds: &[Vec<u8>], longest: usize) -> Vec<u8> {
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len() + 1);
        let to = (at + chance.below(40)).min(bytes.len());
        match chance.below(8) {
            0 if !bytes.is_empty() => {
                let at = chance.below(bytes.len());
                bytes[at] ^= 1 << chance.below(8);
            }
            1 => drop(bytes.drain(at..to)),
            2 => {
                let piece = bytes[at..to].repeat(1 + chance.below(12));
                bytes.splice(at..at, piece);
            }
            3 | 4 => drop(bytes.splice(at..at, chance.pick(&TOKENS).bytes())),
            5 => {
                let other = chance.pick(seeds);
                let from = chance.below(other.len() + 1);
                let end = (from + chance.below(200)).min(other.len());
                bytes.splice(at..to, other[from..end].iter().copied());
            }
            6 if chance.below(4) == 0 => bytes.truncate(at),
            _ => {
                // A number made another: offsets, lengths, dates.
                if let Some(digit) = bytes.iter().skip(at).position(u8::is_ascii_digit) {
                    bytes[at + digit] = b'0' + chance.below(10) as u8;
                }
            }
        }
    }
    bytes.truncate(longest);
    bytes
}

/// Changes one value somewhere within `value`.
fn bend(chance: &mut Chance, value: &mut Value) {
    let all = count(value);
    let (at, from) = (chance.below(all), chance.below(all));
    let another = nth(value, &mut from.clone()).map(|value| value.clone());
    let Some(there) = nth(value, &mut at.clone()) else { return };
    match (chance.below(6), there) {
        (0, Value::Array(items)) if !items.is_empty() => drop(items.remove(chance.below(items.len()))),
        (1, Value::Array(items)) if !items.is_empty() => items.push(chance.pick(items).clone()),
        (2, Value::Array(items)) => items.reverse(),
        (0, Value::Object(fields)) => {
            if let Some(key) = fields.keys().nth(chance.below(fields.len())).cloned() {
                fields.shift_remove(&key);
            }
        }
        (0..=2, Value::Number(number)) => {
            let near = number.as_i64().unwrap_or_default().saturating_add(chance.below(9) as i64 - 4);
            *number = near.into();
        }
        (0..=2, Value::String(words)) => {
            let at = words.char_indices().nth(chance.below(words.chars().count())).map_or(0, |(at, _)| at);
            words.insert_str(at, chance.pick::<&str>(&TOKENS));
        }
        (3, there) => *there = another.unwrap_or_default(),
        (_, there) => {
            let token = Value::from(*chance.pick(&TOKENS));
            let odd = [json!(-1), json!(1e300), json!(u64::MAX), json!(0.5), json!(""), json!([]), json!({}), json!([[]]), token];
            *there = chance.pick(&odd).clone();
        }
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// The value that has `left` others before it.
fn nth<'a>(value: &'a mut Value, left: &mut usize) -> Option<&'a mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, left)),
        Value::Object(fields) => fields.values_mut().find_map(|field| nth(field, left)),
        _ => None,
    }
}
