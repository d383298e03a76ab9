//! Writes the lines of the cleaning corpus with their features and labels, one a line, for `training/lines/train.rs`.
//!
//! `line_samples pages FOLDER` reads FOLDER/pages.jsonl and FOLDER/pages/ID.html; `line_samples dumps FOLDER` reads
//! FOLDER/dumps.jsonl. Output: `# id url`, then `label TAB features TAB words TAB text` for each line of the document.

use byline::article::{InputFormat, samples};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, folder] = arguments.as_slice() else { return Err("usage: line_samples pages|dumps FOLDER".into()) };
    for row in fs::read_to_string(format!("{folder}/{kind}.jsonl"))?.lines() {
        let row: Value = serde_json::from_str(row)?;
        let (id, url) = (row["id"].as_str().unwrap_or_default(), row["url"].as_str().unwrap_or_default());
        println!("# {id} {url}");
        let (lines, gold) = if kind == "pages" {
            let lines = samples(&fs::read(format!("{folder}/pages/{id}.html"))?, InputFormat::Html);
            let words: Vec<Vec<&str>> = lines.iter().map(|line| words(&line.text)).collect();
            let gold = align(&words, &words_of(&row["body"]));
            (lines, gold)
        } else {
            let text = row["text"].as_str().unwrap_or_default();
            let lines = samples(text.as_bytes(), InputFormat::Text);
            let numbers: HashSet<u64> = row["body_lines"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
            let filled = text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty());
            let gold: Vec<bool> = filled.map(|(at, _)| numbers.contains(&(at as u64))).collect();
            if gold.len() != lines.len() {
                eprintln!("{id}: {} lines, {} read: left out", gold.len(), lines.len());
                continue;
            }
            (lines, gold)
        };
        for (line, gold) in lines.iter().zip(gold) {
            println!("{}\t{}\t{}\t{}", u8::from(gold), line.features.join(" "), words(&line.text).len(), line.text);
        }
    }
    Ok(())
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
}

fn words_of(value: &Value) -> Vec<&str> {
    words(value.as_str().unwrap_or_default())
}

/// Which lines stand in the gold body: those of which at least 60 % of the words lie on a longest common subsequence of the page
/// and the body. Lines that share no four words in a row with the body, nor are one of its short lines, are left out first.
fn align(lines: &[Vec<&str>], gold: &[&str]) -> Vec<bool> {
    let known: HashSet<&[&str]> = gold.windows(4).collect();
    let mut whole: HashMap<&[&str], bool> = HashMap::new();
    for size in 1..4 {
        whole.extend(gold.windows(size).map(|window| (window, true)));
    }
    let shares = |line: &Vec<&str>| {
        if line.len() < 4 { whole.contains_key(line.as_slice()) } else { line.windows(4).any(|w| known.contains(w)) }
    };
    let kept: Vec<usize> = (0..lines.len()).filter(|&at| shares(&lines[at])).collect();
    let page: Vec<(usize, &str)> = kept.iter().flat_map(|&at| lines[at].iter().map(move |word| (at, *word))).collect();
    let (n, m) = (page.len(), gold.len());
    // A match that goes on from the match before it counts a little more, so that runs win over scattered words.
    let mut best = vec![0_u32; (n + 1) * (m + 1)];
    let mut run = vec![false; (n + 1) * (m + 1)];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let at = i * (m + 1) + j;
            let (down, right, next) = (best[at + m + 1], best[at + 1], at + m + 2);
            let hit = if page[i].1 == gold[j] { best[next] + if run[next] { 12 } else { 10 } } else { 0 };
            best[at] = hit.max(down).max(right);
            run[at] = hit > 0 && hit >= down && hit >= right;
        }
    }
    let mut hits = vec![0; lines.len()];
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        let at = i * (m + 1) + j;
        if run[at] {
            hits[page[i].0] += 1;
            i += 1;
            j += 1;
        } else if best[at + m + 1] >= best[at + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    lines.iter().zip(hits).map(|(line, hits)| hits > 0 && hits * 10 >= line.len() * 6).collect()
}
