//! Trains the line model of `src/article/clean/chain.rs`: a linear-chain conditional random field with four states. No dependencies:
//! `rustc -O -C target-cpu=native train.rs && ./train SAMPLES WEIGHTS [PREDICTIONS]`; see README.md beside it.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::{env, fs};

const STATES: usize = 4;
const HEAD: &str = "\
# Weights of the line model, made by training/lines, in thousandths: a feature with its weights two lines before to two lines behind, for the
# states before, body, within and after; steps from state to state; the threshold.
";
const OFFSETS: [isize; 5] = [-2, -1, 0, 1, 2];
const FOLLOWS: [[bool; STATES]; STATES] =
    [[true, true, false, false], [false, true, true, true], [false, true, true, false], [false, false, false, true]];
const NEVER: f64 = -1e30;
/// A chance smaller than e to this power is none.
const TINY: f64 = -40.0;
/// The sites are dealt into so many folds, in so many ways (`FOLDINGS`), and the figures are the means.
const FOLDS: usize = 6;
const FOLDINGS: f64 = 5.0;
const EPOCHS: usize = 14;
const RATE: f32 = 0.03;
/// The decay of the weights (`L2`), and how much harder those at each offset are held to zero.
const DECAY: f64 = 0.4;
const FAR: [f32; 5] = [4.0, 2.0, 1.0, 2.0, 4.0];
/// How the ids of documents made for the training begin; `MADE` in the environment says how much each counts.
const MADE: &str = "made-";
const SEED: u64 = 20_171_026;
/// Models whose weights are averaged, and the share of the sites that each of them sees (bagging; Breiman, 1996).
const BAGS: u64 = 24;
const PART: f64 = 0.85;
/// The figures are also given without the sites that lose most: those move them by more than any change to the model does.
const WORST: usize = 5;

/// The weights of a feature by offset and state.
type Row = [f32; OFFSETS.len() * STATES];
type Scores = [f64; STATES];

struct Document {
    id: String,
    /// How much it counts in the training.
    weight: f64,
    site: String,
    /// For each line, the numbers of its features.
    features: Vec<Vec<usize>>,
    states: Vec<usize>,
    words: Vec<usize>,
    texts: Vec<String>,
    /// The rules overrule the chain where a line says plainly what it is.
    certain: Vec<bool>,
}

fn main() {
    let arguments: Vec<String> = env::args().collect();
    let (all, names) = read(&fs::read_to_string(&arguments[1]).expect("samples"));
    // Those made for the training, by no site: every model sees them, no figure counts them.
    let (made, documents): (Vec<Document>, Vec<Document>) = all.into_iter().partition(|document| document.id.starts_with(MADE));
    let foldings: Vec<Vec<Vec<f32>>> =
        (1..=setting("FOLDINGS", FOLDINGS) as u64).map(|seed| unseen(&documents, &made, names.len(), seed)).collect();
    let threshold = report(&documents, &foldings).unwrap_or_else(|| setting("THRESHOLD", 0.4));
    if let (Some(path), Some(chances)) = (arguments.get(3), foldings.first()) {
        fs::write(path, predictions(&documents, chances, threshold)).expect("predictions");
    }
    let model = train(&documents.iter().chain(&made).collect::<Vec<_>>(), names.len());
    fs::write(&arguments[2], model.write(&names, threshold)).expect("weights");
}

fn setting(name: &str, otherwise: f64) -> f64 {
    env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// The chance of every line to be body, by models that have not seen its site.
fn unseen(documents: &[Document], made: &[Document], features: usize, seed: u64) -> Vec<Vec<f32>> {
    let mut sites = sites_of(documents.iter());
    Random(seed).shuffle(&mut sites);
    let fold_of: HashMap<&str, usize> = sites.iter().enumerate().map(|(at, site)| (*site, at % FOLDS)).collect();
    let mut chances: Vec<Vec<f32>> = vec![Vec::new(); documents.len()];
    for fold in 0..FOLDS {
        let seen: Vec<&Document> = documents.iter().filter(|d| fold_of[d.site.as_str()] != fold).chain(made).collect();
        let model = train(&seen, features);
        for (document, chances) in documents.iter().zip(&mut chances).filter(|(d, _)| fold_of[d.site.as_str()] == fold) {
            *chances = model.chances(document);
        }
    }
    chances
}

fn sites_of<'a>(documents: impl Iterator<Item = &'a Document>) -> Vec<&'a str> {
    let mut sites: Vec<&str> = documents.map(|document| document.site.as_str()).collect();
    sites.sort_unstable();
    sites.dedup();
    sites
}

fn read(text: &str) -> (Vec<Document>, Vec<String>) {
    let mut documents: Vec<Document> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("# ") {
            let (id, url) = head.split_once(' ').unwrap_or((head, ""));
            let site = url.split('/').nth(2).unwrap_or(id).trim_start_matches("www.").into();
            let (features, states, words, texts, certain) = Default::default();
            let weight = if id.starts_with(MADE) { setting("MADE", 1.0) } else { 1.0 };
            documents.push(Document { id: id.into(), weight, site, features, states, words, texts, certain });
            continue;
        }
        let fields: Vec<&str> = line.splitn(4, '\t').collect();
        let document = documents.last_mut().expect("a document before its lines");
        let features = fields[1].split(' ').map(|name| {
            let next = numbers.len();
            *numbers.entry(name.to_owned()).or_insert(next)
        });
        document.features.push(features.collect());
        document.certain.push(fields[1].split(' ').any(|name| name == "certain"));
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

#[derive(Clone)]
struct Model {
    weights: Vec<Row>,
    steps: [[f32; STATES]; STATES],
}

impl Model {
    fn blank(features: usize) -> Self {
        Self { weights: vec![[0.0; OFFSETS.len() * STATES]; features], steps: [[0.0; STATES]; STATES] }
    }

    /// Calls `visit` with each weight beside those of the same place in the others, and with its decay.
    fn each<const N: usize>(&mut self, others: [&mut Self; N], mut visit: impl FnMut(&mut f32, [&mut f32; N], f32)) {
        let mut others = others.map(|other| (other.weights.iter_mut(), other.steps.iter_mut().flatten()));
        for row in &mut self.weights {
            let mut rows = others.each_mut().map(|(rows, _)| rows.next().expect("as many features").iter_mut());
            for (at, weight) in row.iter_mut().enumerate() {
                visit(weight, rows.each_mut().map(|row| row.next().expect("as many weights")), FAR[at / STATES]);
            }
        }
        for step in self.steps.iter_mut().flatten() {
            visit(step, others.each_mut().map(|(_, steps)| steps.next().expect("as many steps")), 1.0);
        }
    }

    fn step(&self, from: usize, to: usize) -> f64 {
        if FOLLOWS[from][to] { f64::from(self.steps[from][to]) } else { NEVER }
    }

    fn scores(&self, document: &Document) -> Vec<Scores> {
        let mut out = vec![[0.0; STATES]; document.features.len()];
        for (at, features) in document.features.iter().enumerate() {
            let mut sum: Row = [0.0; OFFSETS.len() * STATES];
            for number in features {
                sum.iter_mut().zip(&self.weights[*number]).for_each(|(sum, weight)| *sum += weight);
            }
            each_neighbour(at, out.len(), |line, cell| {
                out[line].iter_mut().zip(&sum[cell..]).for_each(|(score, sum)| *score += f64::from(*sum));
            });
        }
        out
    }

    /// Forward and backward scores and the log of the partition function.
    fn pass(&self, scores: &[Scores]) -> (Vec<Scores>, Vec<Scores>, f64) {
        let n = scores.len();
        let mut forward = vec![[NEVER; STATES]; n];
        let mut backward = vec![[NEVER; STATES]; n];
        for i in 0..n {
            for to in 0..STATES {
                let start = if to < 2 { 0.0 } else { NEVER };
                let reached = if i == 0 { start } else { log_sum((0..STATES).map(|from| forward[i - 1][from] + self.step(from, to))) };
                forward[i][to] = reached + scores[i][to];
            }
        }
        for i in (0..n).rev() {
            for from in 0..STATES {
                let end = if from % 2 == 0 { NEVER } else { 0.0 };
                backward[i][from] = if i + 1 == n { end } else { log_sum((0..STATES).map(|to| self.step(from, to) + scores[i + 1][to] + backward[i + 1][to])) };
            }
        }
        let total = log_sum((0..STATES).map(|state| forward[n - 1][state] + backward[n - 1][state]));
        (forward, backward, total)
    }

    fn chances(&self, document: &Document) -> Vec<f32> {
        let (forward, backward, total) = self.pass(&self.scores(document));
        let body = forward.iter().zip(&backward).zip(&document.certain);
        body.map(|((f, b), certain)| if *certain { 0.0 } else { (f[1] + b[1] - total).exp() as f32 }).collect()
    }

    fn write(&self, names: &[String], threshold: f64) -> String {
        let mut out = String::from(HEAD);
        let _ = writeln!(out, "threshold {}", thousandths(threshold));
        for from in 0..STATES {
            for to in (0..STATES).filter(|to| FOLLOWS[from][*to]) {
                let _ = writeln!(out, "step {from} {to} {}", thousandths(self.step(from, to)));
            }
        }
        let seen = |weights: &[f32]| weights.iter().any(|w| w.abs() >= 0.01);
        for (name, row) in names.iter().zip(&self.weights).filter(|(_, row)| seen(row.as_slice())) {
            let _ = write!(out, "{name}");
            for weights in row.chunks(STATES) {
                for w in weights {
                    let _ = write!(out, " {}", if seen(weights) { thousandths(f64::from(*w)) } else { 0 });
                }
            }
            out.push('\n');
        }
        out
    }
}

fn thousandths(weight: f64) -> i32 {
    (weight * 1000.0).round() as i32
}

/// Calls `visit(line, first cell of a row)` for every line that sees line `at` of `lines`.
fn each_neighbour(at: usize, lines: usize, mut visit: impl FnMut(usize, usize)) {
    for (cell, offset) in OFFSETS.iter().enumerate() {
        if let Some(line) = at.checked_add_signed(-offset).filter(|line| *line < lines) {
            visit(line, cell * STATES);
        }
    }
}

/// The mean of `BAGS` models, each of which has seen other sites.
fn train(documents: &[&Document], features: usize) -> Model {
    let mut sites = sites_of(documents.iter().copied());
    let mut mean = Model::blank(features);
    for bag in 0..BAGS {
        Random(SEED + bag * 7919).shuffle(&mut sites);
        let seen = &sites[..(sites.len() as f64 * PART) as usize];
        let documents: Vec<&Document> = documents.iter().copied().filter(|document| seen.contains(&document.site.as_str())).collect();
        mean.each([&mut train_one(&documents, features, SEED + bag)], |mean, [weight], _| *mean += *weight / BAGS as f32);
    }
    mean
}

/// Adam over the documents, one at a time, in an order that the seed gives; the weights of the second half are averaged. The decay of
/// the weights a pass stands apart from the gradient (Loshchilov and Hutter, 2019).
fn train_one(documents: &[&Document], features: usize, seed: u64) -> Model {
    let mut model = Model::blank(features);
    let (mut gradient, mut mean, mut square, mut sum) = (model.clone(), model.clone(), model.clone(), model.clone());
    let decay = (setting("L2", DECAY) / documents.len() as f64) as f32;
    let mut order: Vec<usize> = (0..documents.len()).collect();
    let mut random = Random(seed);
    let (mut step, mut kept) = (0, 0.0);
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let slower = (1.0 - epoch as f32 / EPOCHS as f32).max(0.1);
        for &at in &order {
            add_gradient(&model, documents[at], &mut gradient);
            step += 1;
            let (first, second) = (1.0 - 0.9_f32.powi(step), 1.0 - 0.999_f32.powi(step));
            model.each([&mut gradient, &mut mean, &mut square], |weight, [gradient, mean, square], far| {
                *mean = 0.9 * *mean + 0.1 * *gradient;
                *square = 0.999 * *square + 0.001 * *gradient * *gradient;
                *weight -= slower * (decay * far * *weight + RATE * (*mean / first) / ((*square / second).sqrt() + 1e-4));
                *gradient = 0.0;
            });
        }
        if epoch * 2 >= EPOCHS {
            kept += 1.0;
            sum.each([&mut model], |sum, [weight], _| *sum += *weight);
        }
    }
    sum.each([], |sum, [], _| *sum /= kept);
    sum
}

/// Adds the gradient of the document's negative log likelihood. A document counts by the square root of its length: long lists must
/// not drown short articles.
fn add_gradient(model: &Model, document: &Document, gradient: &mut Model) {
    let scores = model.scores(document);
    let (forward, backward, total) = model.pass(&scores);
    let n = scores.len();
    let weight = document.weight * 10.0 / (n as f64).sqrt();
    let chance = |log: f64| if log < TINY { 0.0 } else { log.exp() };
    let mut errors = vec![[0.0_f32; STATES]; n];
    for i in 0..n {
        for state in 0..STATES {
            let found = chance(forward[i][state] + backward[i][state] - total);
            errors[i][state] = (weight * (found - f64::from(u8::from(document.states[i] == state)))) as f32;
            for to in (0..STATES).filter(|to| i + 1 < n && FOLLOWS[state][*to]) {
                let found = chance(forward[i][state] + model.step(state, to) + scores[i + 1][to] + backward[i + 1][to] - total);
                let gold = document.states[i] == state && document.states[i + 1] == to;
                gradient.steps[state][to] += (weight * (found - f64::from(u8::from(gold)))) as f32;
            }
        }
    }
    for (at, features) in document.features.iter().enumerate() {
        let mut sum: Row = [0.0; OFFSETS.len() * STATES];
        each_neighbour(at, n, |line, cell| sum[cell..cell + STATES].copy_from_slice(&errors[line]));
        for number in features {
            gradient.weights[*number].iter_mut().zip(&sum).for_each(|(gradient, error)| *gradient += error);
        }
    }
}

/// Prints the cross-validated figures by threshold and returns the best threshold by line F1 and exact pages together.
fn report(documents: &[Document], foldings: &[Vec<Vec<f32>>]) -> Option<f64> {
    let first = foldings.first()?;
    let sites = sites_of(documents.iter());
    let mut best: Option<(f64, f64)> = None;
    for threshold in [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6] {
        let wrong_on = |site: &str| -> usize {
            let own = |f: &Vec<Vec<f32>>| documents.iter().zip(f).filter(|(d, _)| d.site == site).map(|(d, c)| wrong(d, c, threshold)).sum::<usize>();
            foldings.iter().map(own).sum()
        };
        let mut worst = sites.clone();
        worst.sort_by_key(|site| std::cmp::Reverse(wrong_on(site)));
        let figures = |left_out: &[&str]| {
            let all = foldings.iter().map(|chances| score(documents, chances, threshold, left_out)).collect::<Vec<_>>();
            [0, 1, 2].map(|at| all.iter().map(|figures| figures[at]).sum::<f64>() / all.len() as f64)
        };
        let ([line, token, exact], rest) = (figures(&[]), figures(&worst[..WORST.min(worst.len())]));
        println!("threshold {threshold:.2}: line F1 {line:.4}  token F1 {token:.4}  exact {exact:.3}   without the worst {WORST} sites: {:.4} {:.4} {:.3}", rest[0], rest[1], rest[2]);
        if best.is_none_or(|(most, _)| line + exact > most) {
            best = Some((line + exact, threshold));
        }
    }
    let threshold = best?.1;
    if env::var("WORST").is_ok() {
        for (document, chances) in documents.iter().zip(first) {
            for (i, chance) in chances.iter().enumerate().filter(|(i, chance)| (document.states[*i] == 1) != (f64::from(**chance) >= threshold)) {
                let text: String = document.texts[i].chars().take(110).collect();
                println!("{} {chance:.2} {:24} {i:4} {text}", if document.states[i] == 1 { "LOST " } else { "FALSE" }, document.site);
            }
        }
    }
    Some(threshold)
}

fn wrong(document: &Document, chances: &[f32], threshold: f64) -> usize {
    document.states.iter().zip(chances).filter(|(state, chance)| (**state == 1) != (f64::from(**chance) >= threshold)).count()
}

/// Line F1, token F1 and the share of documents without a wrong line.
fn score(documents: &[Document], chances: &[Vec<f32>], threshold: f64, left_out: &[&str]) -> [f64; 3] {
    let (mut line, mut token, mut exact, mut count) = ([0; 3], [0; 3], 0, 0);
    for (document, chances) in documents.iter().zip(chances).filter(|(d, _)| !left_out.contains(&d.site.as_str())) {
        for (i, chance) in chances.iter().enumerate() {
            let cell = match (document.states[i] == 1, f64::from(*chance) >= threshold) {
                (true, true) => 0,
                (false, true) => 1,
                (true, false) => 2,
                (false, false) => continue,
            };
            line[cell] += 1;
            token[cell] += document.words[i].max(1);
        }
        exact += usize::from(wrong(document, chances, threshold) == 0);
        count += 1;
    }
    let f1 = |c: [usize; 3]| 2.0 * c[0] as f64 / (2 * c[0] + c[1] + c[2]).max(1) as f64;
    [f1(line), f1(token), exact as f64 / f64::from(count.max(1))]
}

fn predictions(documents: &[Document], chances: &[Vec<f32>], threshold: f64) -> String {
    let mut out = String::new();
    for (document, chances) in documents.iter().zip(chances) {
        let kept: Vec<&str> = document.texts.iter().zip(chances).filter(|(_, p)| f64::from(**p) >= threshold).map(|(text, _)| text.as_str()).collect();
        let text = kept.join("\\n\\n").replace('"', "\\\"").replace('\t', " ");
        let _ = writeln!(out, "{{\"id\": \"{}\", \"text\": \"{text}\"}}", document.id);
    }
    out
}

fn log_sum(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = values.clone().fold(f64::NEG_INFINITY, f64::max);
    if most <= NEVER { NEVER } else { most + values.map(|value| if value - most < TINY { 0.0 } else { (value - most).exp() }).sum::<f64>().ln() }
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
