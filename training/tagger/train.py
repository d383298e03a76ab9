#!/usr/bin/env python3
"""Trains the part-of-speech tagger that byline embeds: an averaged perceptron (Collins 2002), greedy, left to right.

    python3 train.py --out ../../assets/tagger.bin  TRAIN.tsv...     [--held-out 10]

TSV: word, lemma, UPOS, PTB tag; a blank line ends a sentence (UD English EWT and GUM in this form). Standard library only
and deterministic: the same input gives the same bytes. `README.md` has the figures and the format of the file.
The features must be those of `src/text/tagger.rs`, one for one.
"""
import argparse
import random
import struct
from collections import Counter, defaultdict

EPOCHS = 6
MAX_WEIGHTS = 96_000
MIN_FEATURE_COUNT = 2
SCALE = 8  # weights are stored in eighths, as one signed byte
SURE, SURE_SHARE = 12, 0.985  # words whose tag is not learned
SEEN = 5  # a word seen so often takes only tags it was seen with; below SURE, also those of its kin
KIN = {"NN": ["VERB/VB", "VERB/VBP"], "NNS": ["VERB/VBZ"], "VBD": ["VERB/VBN"], "VBN": ["VERB/VBD"], "VB": ["VERB/VBP"], "VBP": ["VERB/VB"]}
RARE = 0.005  # share of a word's uses below which a tag is taken for a slip


def sentences(path):
    rows, out = [], []
    for line in open(path, encoding="utf-8"):
        parts = line.rstrip("\n").split("\t")
        if len(parts) < 4:
            if rows:
                out.append(join(rows))
            rows = []
        else:
            rows.append((parts[0], parts[2] + "/" + parts[3]))
    if rows:
        out.append(join(rows))
    return out


def join(rows):
    """Joins what byline's tokenizer keeps whole: `did` + `n't`, `son` + `-` + `law`. Quotes become one sign."""
    out = []
    glue = False
    for word, tag in rows:
        word = word.replace(" ", "")
        if glue and out:
            out[-1] = (out[-1][0] + word, tag)
            glue = False
        elif word.lower() in ("n't", "n’t") and out:
            out[-1] = (out[-1][0] + word, out[-1][1])
        elif tag.endswith("/HYPH") and word == "-" and out and out[-1][0][-1].isalpha():
            out[-1] = (out[-1][0] + "-", out[-1][1])
            glue = True
        else:
            out.append((word, tag))
    return out


MASK = 0xFFFFFFFF


def fnv(text):
    h = 0x811C9DC5
    for byte in text.encode():
        h = ((h ^ byte) * 0x01000193) & MASK
    return h


def mix(kind, a, b=0):
    h = (a ^ (kind * 0x9E3779B1)) & MASK
    h = (h * 0x85EBCA6B) & MASK
    h ^= h >> 15
    h = ((h ^ b) * 0xC2B2AE35) & MASK
    return h ^ (h >> 13)


def normal(word):
    low = word.lower().replace("’", "'")
    return "".join("0" if c.isdigit() else c for c in low)


def shape(word):
    first_upper = word[0].isupper()
    all_upper = len(word) > 1 and not any(c.islower() for c in word) and any(c.isupper() for c in word)
    return first_upper | all_upper << 1 | any(c.isdigit() for c in word) << 2 | ("-" in word) << 3 | (not any(c.isalnum() for c in word)) << 4


START, END = fnv("<s>"), fnv("</s>")
cache = {}


def parts(word):
    if word not in cache:
        low = normal(word)
        cache[word] = (fnv(low), fnv(low[-3:]), fnv(low[-2:]), fnv(low[-1:]), fnv(low[:2]), shape(word))
    return cache[word]


def still(words, i):
    """The features that need no tag."""
    get = lambda j: parts(words[j]) if 0 <= j < len(words) else ((START,) * 5 + (0,) if j < 0 else (END,) * 5 + (0,))
    w, s3, s2, s1, p2, sh = get(i)
    before, after = get(i - 1), get(i + 1)
    first = 32 if i == 0 else 0
    return [mix(1, w), mix(2, s3), mix(3, s2), mix(4, s1), mix(5, p2), mix(6, sh | first), mix(7, s3, sh | first),
            mix(8, before[0]), mix(9, after[0]), mix(10, before[1]), mix(11, after[1]), mix(12, get(i - 2)[0]),
            mix(13, get(i + 2)[0]), mix(14, w, after[0]), mix(15, sh, after[5])]


def moving(w, s3, after, one, two):
    """The features over the last two tags."""
    return [mix(20, one), mix(21, one, two), mix(22, w, one), mix(23, s3, one), mix(24, after, one)]


class Model:
    def __init__(self, tags):
        self.tags, self.index = tags, {t: i for i, t in enumerate(tags)}
        self.weights, self.sums, self.when, self.step = {}, {}, {}, 0

    def best(self, features, weights, allowed=None):
        if allowed and len(allowed) == 1:
            return allowed[0]
        scores = {tag: 0 for tag in allowed} if allowed else defaultdict(float)
        for f in features:
            for tag, weight in weights.get(f, {}).items():
                if not allowed or tag in scores:
                    scores[tag] += weight
        if not scores:
            return 0
        return min(scores, key=lambda t: (-scores[t], t))

    def bump(self, feature, tag, by):
        row = self.weights.setdefault(feature, {})
        key = (feature, tag)
        old = row.get(tag, 0)
        self.sums[key] = self.sums.get(key, 0) + (self.step - self.when.get(key, 0)) * old
        self.when[key] = self.step
        row[tag] = old + by

    def averaged(self):
        out = []
        for feature, row in self.weights.items():
            for tag, weight in row.items():
                key = (feature, tag)
                total = self.sums[key] + (self.step - self.when[key]) * weight
                out.append((total / self.step, feature, tag))
        return out


def tag_sentence(model, weights, known, words, feats):
    one = two = 255
    out = []
    for i, word in enumerate(words):
        w, s3 = parts(word)[:2]
        after = parts(words[i + 1])[0] if i + 1 < len(words) else END
        tag = model.best(feats[i] + moving(w, s3, after, one, two), weights, known.get(normal(word)))
        out.append(tag)
        two, one = one, tag
    return out


def dictionary(count, index):
    """The tags that a word may take."""
    total = sum(count.values())
    tags = {tag for tag, n in count.items() if n >= RARE * total}
    for tag in list(tags):
        name = tag.split("/")[1]
        if total < SURE or name.startswith("VB"):
            tags.update(t for t in KIN.get(name, []) if t in index and not tag.startswith("AUX"))
    return sorted(index[tag] for tag in tags)


def train(data):
    tags = sorted({t for s in data for _, t in s})
    model = Model(tags)
    counts = defaultdict(Counter)
    for s in data:
        for word, tag in s:
            counts[normal(word)][tag] += 1
    known = {w: model.index[c.most_common(1)[0][0]] for w, c in sorted(counts.items())
             if sum(c.values()) >= SURE and c.most_common(1)[0][1] >= SURE_SHARE * sum(c.values())}
    allowed = {w: [known[w]] if w in known else dictionary(c, model.index) for w, c in sorted(counts.items())
               if sum(c.values()) >= SEEN}
    feats = [[still([w for w, _ in s], i) for i in range(len(s))] for s in data]
    frequency = Counter(f for s in feats for row in s for f in row)
    feats = [[[f for f in row if frequency[f] >= MIN_FEATURE_COUNT] for row in s] for s in feats]
    order = list(range(len(data)))
    rng = random.Random(7)
    for epoch in range(EPOCHS):
        rng.shuffle(order)
        wrong = 0
        for k in order:
            one = two = 255
            for i, (word, gold) in enumerate(data[k]):
                want = model.index[gold]
                guess = known.get(normal(word))
                if guess is None:
                    model.step += 1
                    w, s3 = parts(word)[:2]
                    after = parts(data[k][i + 1][0])[0] if i + 1 < len(data[k]) else END
                    features = feats[k][i] + moving(w, s3, after, one, two)
                    guess = model.best(features, model.weights)
                    if guess != want:
                        wrong += 1
                        for f in features:
                            model.bump(f, want, 1)
                            model.bump(f, guess, -1)
                two, one = one, guess
        print("epoch", epoch + 1, "errors", wrong, flush=True)
    return model, allowed


def shrink(model):
    """The largest weights, in eighths."""
    rows = sorted(model.averaged(), key=lambda r: (-abs(r[0]), r[1], r[2]))[:MAX_WEIGHTS]
    return sorted((f, t, max(-127, min(127, round(v * SCALE)))) for v, f, t in rows if round(v * SCALE))


def as_table(rows):
    table = defaultdict(dict)
    for f, t, v in rows:
        table[f][t] = v
    return table


def measure(model, table, known, data):
    right = coarse = total = 0
    for s in data:
        words = [w for w, _ in s]
        have = tag_sentence(model, table, known, words, [still(words, i) for i in range(len(words))])
        for (_, gold), tag in zip(s, have):
            total += 1
            right += model.tags[tag] == gold
            coarse += model.tags[tag].split("/")[0] == gold.split("/")[0]
    print(f"joint {right / total:.4f}  UPOS {coarse / total:.4f}  of {total}", flush=True)


def gap(number):
    """LEB128: groups of seven bits, the lowest first."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out) + bytes([number])


def write(path, model, known, rows):
    """All numbers little-endian: see README.md."""
    table = as_table(rows)
    out = bytearray(b"TAG3")
    out += struct.pack("<HII", len(model.tags), len(known), len(table))
    for tag in model.tags:
        out += bytes([len(tag)]) + tag.encode()
    last = 0
    for word, tags in sorted((fnv(w), t) for w, t in known.items()):
        out += gap(word - last) + bytes([len(tags)]) + bytes(tags)
        last = word
    last = 0
    for feature in sorted(table):
        row = sorted(table[feature].items())
        out += gap(feature - last) + bytes([len(row)]) + b"".join(struct.pack("<Bb", tag, value) for tag, value in row)
        last = feature
    open(path, "wb").write(out)
    print("wrote", path, len(out), "bytes,", len(known), "words,", len(rows), "weights of", len(table), "features")


def main():
    args = argparse.ArgumentParser()
    args.add_argument("files", nargs="+")
    args.add_argument("--out")
    args.add_argument("--held-out", type=int, default=0, help="measure on every Nth block of 20 sentences")
    args = args.parse_args()
    data = [s for path in args.files for s in sentences(path)]
    test = [s for i, s in enumerate(data) if args.held_out and i // 20 % args.held_out == 0]
    fit = [s for i, s in enumerate(data) if not args.held_out or i // 20 % args.held_out]
    model, known = train(fit)
    rows = shrink(model)
    if test:
        measure(model, model.weights, known, test)
        measure(model, as_table(rows), known, test)
    if args.out:
        write(args.out, model, known, rows)


if __name__ == "__main__":
    main()
