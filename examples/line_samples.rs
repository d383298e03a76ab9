//! Writes the lines of the cleaning corpus with their features and labels, one a line, for `training/lines/train.rs`.
//!
//! `line_samples pages FOLDER` reads FOLDER/pages.jsonl and FOLDER/pages/ID.html; `line_samples dumps FOLDER` reads FOLDER/dumps.jsonl;
//! `line_samples made-pages FILE` and `line_samples made-dumps FILE` read what `training/lines/made/` holds. Output: `# id url`, then
//! `label TAB features TAB words TAB text` for each line of the document.

use byline::article::{InputFormat, samples};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, path] = arguments.as_slice() else {
        return Err("usage: line_samples pages|dumps FOLDER, or made-pages|made-dumps FILE".into());
    };
    match kind.as_str() {
        "pages" | "dumps" => {
            for row in fs::read_to_string(format!("{path}/{kind}.jsonl"))?.lines() {
                let row: Value = serde_json::from_str(row)?;
                let (id, url) = (row["id"].as_str().unwrap_or_default(), row["url"].as_str().unwrap_or_default());
                let lines = if kind == "pages" {
                    let html = fs::read(format!("{path}/pages/{id}.html"))?;
                    page(&html, row["body"].as_str().unwrap_or_default())
                } else {
                    let numbers = row["body_lines"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
                    dump(row["text"].as_str().unwrap_or_default(), &numbers)
                };
                write(id, url, &lines);
            }
        }
        _ => {
            let made = fs::read_to_string(path)?;
            for (at, part) in made.split("# url ").skip(1).enumerate() {
                let (url, text) = part.split_once('\n').unwrap_or((part, ""));
                let lines = if kind == "made-pages" { made_page(text) } else { made_dump(text) };
                write(&format!("{kind}-{at}"), url, &lines);
            }
        }
    }
    Ok(())
}

/// A line with its features, and whether it is body.
struct Line {
    text: String,
    features: String,
    body: bool,
}

fn write(id: &str, url: &str, lines: &[Line]) {
    println!("# {id} {url}");
    for line in lines {
        println!("{}\t{}\t{}\t{}", u8::from(line.body), line.features, words(&line.text).len(), line.text);
    }
}

fn read(input: &[u8], format: InputFormat) -> Vec<Line> {
    let lines = samples(input, format).into_iter();
    lines.map(|line| Line { features: line.features.join(" "), text: line.text, body: false }).collect()
}

fn page(html: &[u8], body: &str) -> Vec<Line> {
    let mut lines = read(html, InputFormat::Html);
    let known: Vec<Vec<&str>> = lines.iter().map(|line| words(&line.text)).collect();
    let gold = align(&known, &words(body));
    lines.iter_mut().zip(gold).for_each(|(line, body)| line.body = body);
    lines
}

/// The lines of a dump; `numbers` are those of its body, blank lines counted. Nothing where blank lines are read otherwise.
fn dump(text: &str, numbers: &HashSet<u64>) -> Vec<Line> {
    let mut lines = read(text.as_bytes(), InputFormat::Text);
    let filled: Vec<usize> = text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(at, _)| at).collect();
    if filled.len() != lines.len() {
        eprintln!("{} lines, {} read: left out", filled.len(), lines.len());
        return Vec::new();
    }
    lines.iter_mut().zip(filled).for_each(|(line, at)| line.body = numbers.contains(&(at as u64)));
    lines
}

/// A dump whose lines begin with `+ ` when they are body, with two blanks when they are not.
fn made_dump(text: &str) -> Vec<Line> {
    let numbers = text.split('\n').enumerate().filter(|(_, line)| line.starts_with("+ ")).map(|(at, _)| at as u64).collect();
    let lines: Vec<&str> = text.split('\n').map(|line| line.get(2..).unwrap_or_default()).collect();
    dump(&lines.join("\n"), &numbers)
}

/// A page whose elements of body text have the attribute `b`.
fn made_page(html: &str) -> Vec<Line> {
    let document = dom_query::Document::from(html);
    let marked = document.select("[b]");
    let body: Vec<String> = marked.nodes().iter().map(|node| node.text().to_string()).collect();
    marked.remove_attr("b");
    page(document.html().as_bytes(), &body.join("\n\n"))
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
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
