"""The training corpora as texts with spans over words.

A names text:  Labelled(words, names=[label index a word], knows_misc, weight)
A marked text: Marked(text, names=[(start, end, kind)]), names by place in the running text (marked/README.md)
A claims text: Attributed(words, tags=[label index a word], claims=[(first cue word, last cue word, source, content)])
"""
import bisect
import json
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from words import read_words

NAMES = ["O"] + [f"{p}-{t}" for t in ("PER", "ORG", "LOC", "MISC") for p in "BI"]
CLAIMS = ["O"] + [f"{p}-{t}" for t in ("source", "cue", "content") for p in "BI"]
NAME_ID = {label: i for i, label in enumerate(NAMES)}

#: Per source: share of it read in one epoch (above 1: more than once), weight of its words in the loss, whether
#: it marks MISC, whether its documents are whole (else single sentences, grouped by chance).
NAME_SOURCES = {
    "gmb_voa": (.15, .7, True, True),
    "wikigold": (2, 1, True, True),
    "gum_news_interview": (2, 1, True, True),
    "gum_voyage_bio_sa": (2, 1, True, True),
    "gum_academic_court": (1.5, 1, True, True),
    "uner_ewt_dev_sa": (2, 1, False, True),
    "crossner_politics": (1, 1, True, False),
    "crossner_lit_music_sci_ai": (.6, 1, True, False),
    "btc_twitter": (.4, 1, False, False),
    "wnut17": (.5, 1, True, False),
}


@dataclass
class Labelled:
    words: object
    names: list
    knows_misc: bool
    weight: float


@dataclass
class Marked:
    text: str
    names: list

    def __iter__(self):
        """Its names, each as a sentence of (token, label): what names there are, and what others they can be swapped for."""
        for start, end, kind in self.names:
            yield [(t, f"{'I' if i else 'B'}-{kind}") for i, t in enumerate(self.text[start:end].split())]


@dataclass
class Attributed:
    words: object
    tags: list
    claims: list


def read_conll(path):
    """Documents as lists of sentences as lists of (token, label)."""
    documents, document, sentence = [], [], []
    for line in [*Path(path).read_text(encoding="utf-8").split("\n"), "", "-DOCSTART-"]:
        token, _, label = line.partition("\t")
        if token.strip() and token != "-DOCSTART-":
            sentence.append((token, label or "O"))
            continue
        if sentence:
            document.append(sentence)
            sentence = []
        if token == "-DOCSTART-" and document:
            documents.append(document)
            document = []
    return documents


#: The share of the texts in which names are put in others' places (swap.py).
SWAPPED = .6

NO_SPACE_BEFORE = {",", ".", ";", ":", "!", "?", ")", "]", "%", "''", "...", "’s", "'s", "'", "n't", "'re", "'ve", "'ll",
                   "'m", "'d", "’", "n’t", "’re", "’ve", "’ll", "’m", "’d", "'S", "N'T"}
NO_SPACE_AFTER = {"(", "[", "$", "#", "``", "£", "€"}


def write_out(sentences, chance):
    """Sentences of tokens -> (text, [(start, end, label of the token)]) as an editor would have set it.

    By chance sentences stand a line each or run on, and quotes and apostrophes are curled.
    """
    text, spans, joiner, curl = "", [], chance.choice("\n\n "), chance.random() < .35
    for sentence in sentences:
        text += joiner if text else ""
        glued, open_quote = True, False
        for token, label in sentence:
            if token == '"':
                before, glued_after = open_quote, not open_quote
                open_quote = not open_quote
                token = ("“" if open_quote else "”") if curl else '"'
            else:
                before, glued_after = token in NO_SPACE_BEFORE, token in NO_SPACE_AFTER
                if curl and "'" in token and len(token) < 5:
                    token = token.replace("'", "’")
            if not glued and not before:
                text += " "
            spans.append((len(text), len(text) + len(token), label))
            text, glued = text + token, glued_after
    return text, spans


def label_words(words, spans):
    """The label of each word from those of the tokens that hold it; a token's later words continue its name."""
    labels, starts = [], [s for s, _, _ in spans]
    for start in words.start:
        at = bisect.bisect_right(starts, start) - 1
        begin, _, label = spans[at]
        labels.append(NAME_ID["I" + label[1:]] if label[0] == "B" and start > begin else NAME_ID.get(label, 0))
    return labels


def name_epoch(corpora, chance, swap=None):
    """One epoch's texts, drawn anew: other thirds of the big sources, other groupings, other typography, other names."""
    out = []
    for source, (share, weight, misc, whole) in NAME_SOURCES.items():
        documents = list(corpora[source])
        chance.shuffle(documents)
        if not whole:
            sentences, documents = [s for d in documents for s in d], []
            while sentences:
                size = chance.choice((1, 1, 2, 4))
                documents.append(sentences[:size])
                sentences = sentences[size:]
            chance.shuffle(documents)
        wanted = round(share * len(documents))
        for i in range(wanted):
            document = documents[i % len(documents)]
            if swap and chance.random() < SWAPPED:
                document = swap.document(document, chance, chance.random())
            text, spans = write_out(document, chance)
            words = read_words(text)
            out.append(Labelled(words, label_words(words, spans), misc, weight))
    for document in corpora.get(MARKED, []):
        if swap and chance.random() < SWAPPED:
            document = swapped(document, swap, chance)
        words = read_words(document.text)
        out.append(Labelled(words, label_words(words, spans_of(document)), True, 1))
    return out


def swapped(document, swap, chance):
    """The text with some of its names in others' places."""
    text, names, last = "", [], 0
    for (start, end, kind), tokens in zip(document.names, swap.document(list(document), chance, chance.random())):
        text += document.text[last:start]
        new = " ".join(token for token, _ in tokens)
        names.append((len(text), len(text) + len(new), kind))
        text, last = text + new, end
    return Marked(text + document.text[last:], names)


def spans_of(document):
    """The whole text as (start, end, label) stretches, as `label_words` reads them."""
    spans, last = [], 0
    for start, end, kind in document.names:
        spans += [(last, start, "O"), (start, end, f"B-{kind}")]
        last = end
    return [s for s in [*spans, (last, len(document.text), "O")] if s[0] < s[1]]


#: The corpus key of the marked texts.
MARKED = "marked"
FOLDER = Path(__file__).with_name(MARKED)
INLINE = re.compile(r"\[([POLM]):([^\]]+)\]")
KINDS = {"P": "PER", "O": "ORG", "L": "LOC", "M": "MISC"}


def load_marked(corpora):
    """The texts of `marked/`: marks beside texts of the corpora (`*.tsv`), and articles written for it (`written.txt`)."""
    texts = {}
    for kind, path, field in (("page", "clean/pages", "body"), ("teasers", "clean/dumps", "text"), ("meantime", "timeline/meantime", "text"),
                              ("wikiwars", "timeline/wikiwars", "text"), ("polnear", "claims/polnear-train", "text")):
        for line in (Path(corpora) / f"{path}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            texts[kind, row["id"][:12] if kind in ("page", "teasers") else row["id"]] = row[field].split("\n")
    out = []
    for path in sorted(FOLDER.glob("*.tsv")):
        for part in path.read_text(encoding="utf-8").split("# ")[1:]:
            key, *rows = part.splitlines()
            out.append(beside(texts[path.stem, key], rows))
    for part in (FOLDER / "written.txt").read_text(encoding="utf-8").split("### ")[1:]:
        out.append(inline(part.partition("\n")[2].strip()))
    return out


def beside(lines, rows):
    text, names = "", []
    for row in rows:
        number, _, spans = row.partition("\t")
        text += "\n\n" if text else ""
        for start, end, kind in re.findall(r"(\d+)-(\d+):(\w+)", spans):
            names.append((len(text) + int(start), len(text) + int(end), kind))
        text += lines[int(number)]
    return Marked(text, names)


def inline(part):
    text, names, last = "", [], 0
    for mark in INLINE.finditer(part):
        text += part[last:mark.start()]
        names.append((len(text), len(text) + len(mark[2]), KINDS[mark[1]]))
        text, last = text + mark[2], mark.end()
    return Marked(text + part[last:], names)


def load_names(folder):
    corpora = {source: read_conll(Path(folder) / "entities/train" / f"{source}.conll") for source in NAME_SOURCES}
    return corpora | {MARKED: load_marked(folder)}


def words_under(words, segments):
    """Indexes of the words of which at least half lies in the segments."""
    found = set()
    for start, end in segments or []:
        i = max(0, bisect.bisect_right(words.start, start) - 1)
        while i < len(words) and words.start[i] < end:
            shared = min(end, words.end[i]) - max(start, words.start[i])
            if shared > 0 and 2 * shared >= words.end[i] - words.start[i]:
                found.add(i)
            i += 1
    return found


def runs(indexes):
    """[first, last] of each unbroken run."""
    out = []
    for i in sorted(indexes):
        if out and i == out[-1][1] + 1:
            out[-1][1] = i
        else:
            out.append([i, i])
    return out


def attributed(row):
    words = read_words(row["text"])
    tags, claims = [0] * len(words), []
    rows = [[words_under(words, at.get(role)) for role in ("source", "cue", "content")] for at in row["attributions"]]
    for role in range(3):
        for at in rows:
            for first, last in runs(at[role]):
                if role < 2 and any(tags[first:last + 1]):
                    continue
                tags[first:last + 1] = [1 + 2 * role] + [2 + 2 * role] * (last - first)
    for source, cue, content in rows:
        if cue:
            claims.append((min(cue), max(cue), source, content))
    return Attributed(words, tags, claims)


def load_claims(folder, split):
    path = Path(folder) / "claims" / f"polnear-{split}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def count_words(folder):
    """Word -> weight, to choose the vocabulary by: the training texts, then the lists of words and names."""
    counts = Counter()
    corpora = load_names(folder)
    for document in corpora.pop(MARKED):
        counts.update(read_words(document.text).low)
    for documents in corpora.values():
        counts.update(token.lower() for d in documents for s in d for token, _ in s)
    for row in load_claims(folder, "train"):
        words = read_words(row["text"])
        counts.update(words.low)
    listed = Counter()
    for line in (Path(folder) / "entities/clusters_small.tsv").read_text(encoding="utf-8").splitlines():
        listed.update(w.lower() for w in _words(line.partition("\t")[0]))
    for path in sorted((Path(folder) / "entities/gazetteers").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            listed.update({w: .3 for w in _words(line)})
    split = Counter()
    for word, n in counts.items():
        for part in _words(word):
            split[part.lower()] += n
    for word, n in listed.items():
        split[word.lower()] += min(n, 3)
    return split


def _words(text):
    words = read_words(text)
    return [text[a:b] for a, b in zip(words.start, words.end)]
