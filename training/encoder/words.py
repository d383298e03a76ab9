"""Text -> words with what the model is told of each: shape, quote state, sentence, paragraph.

One simple rule a feature, so that `src/encoder/words.rs` can follow it exactly:

word       a run of letters and digits (marks that only modify them run along), or any other visible character alone
paragraph  a line of the text that holds a word
sentence   ends after . ! ? or an ellipsis and any closing marks, where white space and a capital, digit or opening mark
           follow; a full stop after one letter or a listed abbreviation ends nothing
quoted     stands within double quotes, the marks included; begins anew in each paragraph
shape      see SHAPES; in a sentence all in capitals letters tell nothing, so their shape is 0
"""
import re
from dataclasses import dataclass, field

#: Characters that change or glue others but are none themselves: combining marks, soft hyphen, zero-width, BOM.
GLUE = "\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff"
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{GLUE}])*|[^\s{GLUE}\x00-\x1f\x7f-\x9f]")
ABBREVIATIONS = frozenset(
    "mr mrs ms dr sen rep reps gov gen lt col st prof rev sgt capt maj adm hon pres vs no jr sr "
    "jan feb mar apr jun jul aug sept sep oct nov dec inc ltd corp co".split())
STOPS = frozenset(".!?…")
CLOSERS = frozenset("\"'”’)]")
OPENERS = frozenset("\"'“‘([„—–•-")

#: 0 no letter tells anything; else what the first matching rule says; a later piece of a word has shape + 8.
SHAPES = {"unknown": 0, "lower": 1, "Title": 2, "UPPER": 3, "one capital": 4, "mixed": 5, "digits": 6, "mark": 7}
LATER = 8
SPECIAL = 16
SHAPE_COUNT = 17
#: Quote states of a piece: special piece, outside, inside.
QUOTE_COUNT = 3


@dataclass
class Words:
    """The words of one text, a column a property; `start`, `end` are code points."""
    text: str
    start: list = field(default_factory=list)
    end: list = field(default_factory=list)
    low: list = field(default_factory=list)
    shape: list = field(default_factory=list)
    quoted: list = field(default_factory=list)
    sentence: list = field(default_factory=list)
    paragraph: list = field(default_factory=list)

    def __len__(self):
        return len(self.start)


def shape_of(word):
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return SHAPES["digits"] if any(c.isnumeric() for c in word) else SHAPES["mark"]
    capitals = sum(c.isupper() for c in letters)
    if capitals == 0:
        return SHAPES["lower"]
    if capitals == len(letters):
        return SHAPES["one capital"] if len(letters) == 1 else SHAPES["UPPER"]
    return SHAPES["Title"] if capitals == 1 and word[0].isupper() else SHAPES["mixed"]


def read_words(text):
    """All columns of a text; linear in its length."""
    words = Words(text)
    line_start, paragraph, sentence = 0, 0, 0
    for line in text.split("\n"):
        first = len(words)
        for found in WORD.finditer(line):
            words.start.append(line_start + found.start())
            words.end.append(line_start + found.end())
            words.low.append(found.group().lower())
            words.shape.append(shape_of(found.group()))
            words.paragraph.append(paragraph)
        if len(words) > first:
            _mark_quotes(words, first)
            sentence = _mark_sentences(words, first, sentence)
            paragraph += 1
        line_start += len(line) + 1
    return words


def _gap_before(words, i, first):
    return i == first or words.end[i - 1] < words.start[i]


def _gap_after(words, i):
    return i + 1 == len(words) or words.end[i] < words.start[i + 1]


def _mark_quotes(words, first):
    inside, i = False, first
    while i < len(words):
        mark, width, word = None, 1, words.low[i]
        double = not _gap_after(words, i) and word in "'`" and words.low[i + 1] == word
        if word in "“„":
            mark = "open"
        elif word == "”":
            mark = "close"
        elif word == '"' or (double and word == "'"):
            width = 2 if double else 1
            free = _gap_before(words, i, first) or not _gap_after(words, i + width - 1)
            mark = "close" if inside else "open" if free else None
        elif double:
            mark, width = "open", 2
        words.quoted.extend([bool(mark or inside)] * width)
        inside = mark == "open" or (inside and mark != "close")
        i += width


def _mark_sentences(words, first, sentence):
    begin = first
    for i in range(first, len(words)):
        if i > first and _starts_sentence(words, i, first):
            _hide_capitals(words, begin, i)
            begin, sentence = i, sentence + 1
        words.sentence.append(sentence)
    _hide_capitals(words, begin, len(words))
    return sentence + 1


def _starts_sentence(words, i, first):
    letter = words.text[words.start[i]]
    if not _gap_before(words, i, first) or not (letter.isupper() or letter.isnumeric() or letter in OPENERS):
        return False
    j = i - 1
    while j > first and words.low[j] in CLOSERS and i - j <= 3:
        j -= 1
    if words.low[j] not in STOPS:
        return False
    if words.low[j] != "." or j == first or words.end[j - 1] < words.start[j]:
        return True
    before = words.low[j - 1]
    return before not in ABBREVIATIONS and not (len(before) == 1 and before.isalpha())


def _hide_capitals(words, begin, end):
    """In a sentence all in capitals (three words or more) capitals tell nothing."""
    shapes = words.shape[begin:end]
    lettered = sum(1 <= s <= 5 for s in shapes)
    if lettered > 2 and not any(s in (1, 2, 5) for s in shapes):
        words.shape[begin:end] = [0 if 1 <= s <= 5 else s for s in shapes]
