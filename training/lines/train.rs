//! Trains the line model of `src/article/clean/chain.rs`: a linear-chain conditional random field with four states. No dependencies:
//! `rustc -O train.rs && ./train SAMPLES WEIGHTS [PREDICTIONS]`; see README.md beside it.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::{env, fs};

const STATES: usize = 4;
const OFFSETS: [isize; 5] = [-2, -1, 0, 1, 2];
const FOLLOWS: [[bool; STATES]; STATES] =
    [[true, true, false, false], [false, true, true, true], [false, true, true, false], [false, false, false, true]];
const NEVER: f64 = -1e30;
const FOLDS: usize = 6;
const EPOCHS: usize = 14;
const RATE: f64 = 0.03;
/// How much harder the weights at each offset are held to zero.
const FAR: [f64; 5] = [4.0, 2.0, 1.0, 2.0, 4.0];
const SEED: u64 = 20_171_026;
/// Models whose weights are averaged, and the share of the sites that each of them sees (bagging; Breiman, 1996).
const BAGS: u64 = 5;
const PART: f64 = 0.85;

struct Document {
    id: String,
    site: String,
    /// For each line, the numbers of its features.
    features: Vec<Vec<usize>>,
    states: Vec<usize>,
    words: Vec<usize>,
    texts: Vec<String>,
}

fn main() {
    let arguments: Vec<String> = env::args().collect();
    let penalty: f64 = env::var("L2").ok().and_then(|v| v.parse().ok()).unwrap_or(0.4);
    let (documents, names) = read(&fs::read_to_string(&arguments[1]).expect("samples"));
    let mut sites: Vec<&str> = documents.iter().map(|d| d.site.as_str()).collect();
    sites.sort_unstable();
    sites.dedup();
    let mut random = Random(env::var("FOLDING").ok().and_then(|v| v.parse().ok()).unwrap_or(SEED));
    random.shuffle(&mut sites);
    let fold_of: HashMap<&str, usize> = sites.iter().enumerate().map(|(at, site)| (*site, at % FOLDS)).collect();
    let folds: Vec<_> = (0..FOLDS).collect();
    let mut chances: Vec<Vec<f64>> = vec![Vec::new(); documents.len()];
    std::thread::scope(|scope| {
        let jobs: Vec<_> = folds.chunks(FOLDS.div_ceil(2)).map(|folds| {
            let (documents, fold_of, names) = (&documents, &fold_of, &names);
            scope.spawn(move || {
                let mut out = Vec::new();
                for fold in folds {
                    let seen: Vec<&Document> = documents.iter().filter(|d| fold_of[d.site.as_str()] != *fold).collect();
                    let model = train(&seen, names.len(), penalty);
                    for (at, document) in documents.iter().enumerate().filter(|(_, d)| fold_of[d.site.as_str()] == *fold) {
                        out.push((at, model.chances(document)));
                    }
                }
                out
            })
        }).collect();
        for job in jobs {
            for (at, found) in job.join().expect("fold") {
                chances[at] = found;
            }
        }
    });
    // The rules overrule the chain where a line says plainly what it is.
    let certain = names.iter().position(|name| name == "certain");
    for (document, chances) in documents.iter().zip(&mut chances) {
        for (features, chance) in document.features.iter().zip(chances) {
            *chance *= f64::from(u8::from(!certain.is_some_and(|certain| features.contains(&certain))));
        }
    }
    let threshold = report(&documents, &chances);
    if let Some(path) = arguments.get(3) {
        fs::write(path, predictions(&documents, &chances, threshold)).expect("predictions");
    }
    let model = train(&documents.iter().collect::<Vec<_>>(), names.len(), penalty);
    fs::write(&arguments[2], model.write(&names, threshold)).expect("weights");
}

fn read(text: &str) -> (Vec<Document>, Vec<String>) {
    let mut documents: Vec<Document> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("# ") {
            let (id, url) = head.split_once(' ').unwrap_or((head, ""));
            let host = url.split('/').nth(2).unwrap_or(id).trim_start_matches("www.");
            documents.push(Document { id: id.into(), site: host.into(), features: vec![], states: vec![], words: vec![], texts: vec![] });
            continue;
        }
        let fields: Vec<&str> = line.splitn(4, '\t').collect();
        let document = documents.last_mut().expect("a document before its lines");
        let features = fields[1].split(' ').map(|name| {
            let next = numbers.len();
            *numbers.entry(name.to_owned()).or_insert(next)
        });
        document.features.push(features.collect());
        document.states.push(fields[0].parse().expect("a label"));
        document.words.push(fields[2].parse().expect("a word count"));
        document.texts.push(fields[3].to_owned());
    }
    documents.retain(|document| document.states.contains(&1));
    for document in &mut documents {
        let labels = document.states.clone();
        let first = labels.iter().position(|label| *label == 1).unwrap_or(labels.len());
        let last = labels.iter().rposition(|label| *label == 1).unwrap_or(labels.len());
        for (at, state) in document.states.iter_mut().enumerate() {
            *state = if labels[at] == 1 { 1 } else if at < first { 0 } else if at < last { 2 } else { 3 };
        }
    }
    let mut names = vec![String::new(); numbers.len()];
    numbers.into_iter().for_each(|(name, number)| names[number] = name);
    (documents, names)
}

struct Model {
    /// Weights by feature, offset and state, then the steps.
    weights: Vec<f64>,
    features: usize,
}

impl Model {
    fn step(&self, from: usize, to: usize) -> f64 {
        if FOLLOWS[from][to] { self.weights[self.features * 20 + from * STATES + to] } else { NEVER }
    }

    fn scores(&self, document: &Document) -> Vec<[f64; STATES]> {
        let mut out = vec![[0.0; STATES]; document.features.len()];
        each_cell(document, |line, cell| {
            for state in 0..STATES {
                out[line][state] += self.weights[cell + state];
            }
        });
        out
    }

    /// Forward and backward scores and the log of the partition function.
    fn pass(&self, scores: &[[f64; STATES]]) -> (Vec<[f64; STATES]>, Vec<[f64; STATES]>, f64) {
        let n = scores.len();
        let mut forward = vec![[NEVER; STATES]; n];
        let mut backward = vec![[NEVER; STATES]; n];
        for i in 0..n {
            for to in 0..STATES {
                let reached = if i == 0 { if to < 2 { 0.0 } else { NEVER } } else { log_sum((0..STATES).map(|from| forward[i - 1][from] + self.step(from, to))) };
                forward[i][to] = reached + scores[i][to];
            }
        }
        for i in (0..n).rev() {
            for from in 0..STATES {
                backward[i][from] = if i + 1 == n { if from % 2 == 0 { NEVER } else { 0.0 } } else { log_sum((0..STATES).map(|to| self.step(from, to) + scores[i + 1][to] + backward[i + 1][to])) };
            }
        }
        let total = log_sum((0..STATES).map(|state| forward[n - 1][state] + backward[n - 1][state]));
        (forward, backward, total)
    }

    fn chances(&self, document: &Document) -> Vec<f64> {
        let scores = self.scores(document);
        let (forward, backward, total) = self.pass(&scores);
        forward.iter().zip(&backward).map(|(f, b)| (f[1] + b[1] - total).exp()).collect()
    }

    fn write(&self, names: &[String], threshold: f64) -> String {
        let mut out = String::from("# Weights of the line model, made by training/lines: feature offset before body within after.\n");
        let _ = writeln!(out, "threshold {threshold:.2}");
        for from in 0..STATES {
            for to in (0..STATES).filter(|to| FOLLOWS[from][*to]) {
                let _ = writeln!(out, "step {from} {to} {:.3}", self.step(from, to));
            }
        }
        for (number, name) in names.iter().enumerate() {
            for (at, offset) in OFFSETS.iter().enumerate() {
                let cell = (number * 5 + at) * STATES;
                let w = &self.weights[cell..cell + STATES];
                if w.iter().any(|w| w.abs() >= 0.01) {
                    let _ = writeln!(out, "{name} {offset} {:.3} {:.3} {:.3} {:.3}", w[0], w[1], w[2], w[3]);
                }
            }
        }
        out
    }
}

/// Calls `visit(line, first weight)` for every feature that a line sees.
fn each_cell(document: &Document, mut visit: impl FnMut(usize, usize)) {
    for (i, features) in document.features.iter().enumerate() {
        for (at, offset) in OFFSETS.iter().enumerate() {
            let Some(line) = i.checked_add_signed(-offset).filter(|line| *line < document.features.len()) else { continue };
            for number in features {
                visit(line, (number * 5 + at) * STATES);
            }
        }
    }
}

/// The mean of `BAGS` models, each of which has seen other sites.
fn train(documents: &[&Document], features: usize, penalty: f64) -> Model {
    let mut sites: Vec<&str> = documents.iter().map(|document| document.site.as_str()).collect();
    sites.sort_unstable();
    sites.dedup();
    let mut mean = Model { weights: vec![0.0; features * 20 + STATES * STATES], features };
    for bag in 0..BAGS {
        Random(SEED + bag * 7919).shuffle(&mut sites);
        let seen = &sites[..(sites.len() as f64 * PART) as usize];
        let documents: Vec<&Document> = documents.iter().copied().filter(|document| seen.contains(&document.site.as_str())).collect();
        let model = train_one(&documents, features, penalty, SEED + bag);
        mean.weights.iter_mut().zip(model.weights).for_each(|(mean, weight)| *mean += weight / BAGS as f64);
    }
    mean
}

/// Adam over the documents, one at a time, in an order that the seed gives; the weights of the second half are averaged. `penalty` is
/// a decay of the weights a pass, apart from the gradient (Loshchilov and Hutter, 2019).
fn train_one(documents: &[&Document], features: usize, penalty: f64, seed: u64) -> Model {
    let size = features * 20 + STATES * STATES;
    let mut model = Model { weights: vec![0.0; size], features };
    let (mut mean, mut square, mut sum) = (vec![0.0; size], vec![0.0; size], vec![0.0; size]);
    let decay: Vec<f64> = (0..size).map(|i| penalty / documents.len() as f64 * if i >= features * 20 { 1.0 } else { FAR[i / STATES % 5] }).collect();
    let mut order: Vec<usize> = (0..documents.len()).collect();
    let mut random = Random(seed);
    let (mut step, mut kept) = (0, 0);
    let mut gradient = vec![0.0; size];
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let rate = RATE * (1.0 - epoch as f64 / EPOCHS as f64).max(0.1);
        for &at in &order {
            gradient.fill(0.0);
            // A document counts by the square root of its length: long lists must not drown short articles.
            let weight = 10.0 / (documents[at].states.len() as f64).sqrt();
            add_gradient(&model, documents[at], weight, &mut gradient);
            step += 1;
            let (first, second) = (1.0 - 0.9_f64.powi(step), 1.0 - 0.999_f64.powi(step));
            for (i, g) in gradient.iter().enumerate() {
                mean[i] = 0.9 * mean[i] + 0.1 * g;
                square[i] = 0.999 * square[i] + 0.001 * g * g;
                let move_by = mean[i] / first / ((square[i] / second).sqrt() + 1e-4);
                model.weights[i] -= rate / RATE * decay[i] * model.weights[i] + rate * move_by;
            }
        }
        if epoch * 2 >= EPOCHS {
            kept += 1;
            sum.iter_mut().zip(&model.weights).for_each(|(sum, w)| *sum += w);
        }
    }
    model.weights = sum.into_iter().map(|sum| sum / f64::from(kept)).collect();
    model
}

/// Adds the gradient of the document's negative log likelihood, times `weight`.
fn add_gradient(model: &Model, document: &Document, weight: f64, gradient: &mut [f64]) {
    let scores = model.scores(document);
    let (forward, backward, total) = model.pass(&scores);
    let n = scores.len();
    let mut errors = vec![[0.0; STATES]; n];
    for i in 0..n {
        for state in 0..STATES {
            let chance = (forward[i][state] + backward[i][state] - total).exp();
            errors[i][state] = weight * (chance - f64::from(u8::from(document.states[i] == state)));
            for to in (0..STATES).filter(|to| i + 1 < n && FOLLOWS[state][*to]) {
                let chance = (forward[i][state] + model.step(state, to) + scores[i + 1][to] + backward[i + 1][to] - total).exp();
                let gold = document.states[i] == state && document.states[i + 1] == to;
                gradient[model.features * 20 + state * STATES + to] += weight * (chance - f64::from(u8::from(gold)));
            }
        }
    }
    each_cell(document, |line, cell| {
        for state in 0..STATES {
            gradient[cell + state] += errors[line][state];
        }
    });
}

/// Prints the cross-validated figures by threshold and returns the best threshold by line F1 and exact pages together.
fn report(documents: &[Document], chances: &[Vec<f64>]) -> f64 {
    let mut best = (0.0, 0.5);
    for threshold in [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6] {
        let (mut line, mut token, mut exact) = ([0; 3], [0; 3], 0);
        for (document, chances) in documents.iter().zip(chances) {
            let mut wrong = 0;
            for (i, chance) in chances.iter().enumerate() {
                let cell = match (document.states[i] == 1, *chance >= threshold) {
                    (true, true) => 0,
                    (false, true) => 1,
                    (true, false) => 2,
                    (false, false) => continue,
                };
                line[cell] += 1;
                token[cell] += document.words[i].max(1);
                wrong += usize::from(cell > 0);
            }
            exact += usize::from(wrong == 0);
        }
        let f1 = |c: [usize; 3]| 2.0 * c[0] as f64 / (2 * c[0] + c[1] + c[2]).max(1) as f64;
        println!("threshold {threshold:.2}: line F1 {:.4}  token F1 {:.4}  exact {:.3}   {line:?}", f1(line), f1(token), exact as f64 / documents.len() as f64);
        let both = f1(line) + exact as f64 / documents.len() as f64;
        if both > best.0 {
            best = (both, threshold);
        }
    }
    if env::var("WORST").is_ok() {
        for (document, chances) in documents.iter().zip(chances) {
            for (i, chance) in chances.iter().enumerate() {
                if (document.states[i] == 1) != (*chance >= best.1) {
                    let text: String = document.texts[i].chars().take(110).collect();
                    println!("{} {:.2} {:24} {:4} {text}", if document.states[i] == 1 { "LOST " } else { "FALSE" }, chance, &document.site, i);
                }
            }
        }
    }
    best.1
}

fn predictions(documents: &[Document], chances: &[Vec<f64>], threshold: f64) -> String {
    let mut out = String::new();
    for (document, chances) in documents.iter().zip(chances) {
        let kept: Vec<&str> = document.texts.iter().zip(chances).filter(|(_, p)| **p >= threshold).map(|(text, _)| text.as_str()).collect();
        let text = kept.join("\\n\\n").replace('"', "\\\"").replace('\t', " ");
        let _ = writeln!(out, "{{\"id\": \"{}\", \"text\": \"{text}\"}}", document.id);
    }
    out
}

fn log_sum(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = values.clone().fold(f64::NEG_INFINITY, f64::max);
    if most <= NEVER { NEVER } else { most + values.map(|value| (value - most).exp()).sum::<f64>().ln() }
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}
