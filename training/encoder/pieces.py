"""Words -> word pieces: the base model's WordPiece over a pruned vocabulary.

Letters are lowered and lose their accents (by the table written to assets, which Rust reads too); then the longest
piece that fits is taken, over and over (the base model's own rule). A word with a character outside the vocabulary is
one [UNK].
"""
import unicodedata
from collections import Counter
from functools import lru_cache

PAD, UNK, CLS, SEP, MASK = range(5)
SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
#: More pieces of one word than this are cut off.
MAX_PIECES = 12


def accent_table():
    """Accented Latin letter -> bare letter, as canonical decomposition gives it."""
    table = {}
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        low = chr(code).lower()
        bare = "".join(c for c in unicodedata.normalize("NFD", low) if unicodedata.category(c) != "Mn")
        if len(low) == 1 and low == chr(code) and len(bare) == 1 and bare != low:
            table[low] = bare
    return table


ACCENTS = accent_table()
_GLUE = {*map(chr, range(0x300, 0x370)), "\xad", *map(chr, range(0x200B, 0x2010)), "\u2060", "\ufeff"}


def fold(word):
    return "".join(ACCENTS.get(c, c) for c in word.lower() if c not in _GLUE)


class Pieces:
    """A vocabulary, a line a piece; the line number is the id."""

    def __init__(self, lines):
        self.lines = list(lines)
        self.ids = {piece: i for i, piece in enumerate(self.lines)}
        self.of = lru_cache(maxsize=None)(self._split)

    def _split(self, word):
        word, out, start = fold(word), [], 0
        while start < len(word) and len(out) < MAX_PIECES:
            for end in range(min(len(word), start + 24), start, -1):
                found = self.ids.get(("##" if start else "") + word[start:end])
                if found is not None:
                    break
            else:
                return [UNK]
            out.append(found)
            start = end
        return out or [UNK]


def prune(base_lines, counted_words, size):
    """The vocabulary lines to keep: the specials, every Latin character, then the pieces most used.

    `counted_words`: word -> weight. Pieces are counted with the base vocabulary; returns lines, the specials first.
    """
    base = Pieces(base_lines)
    counts = Counter()
    for word, weight in counted_words.items():
        for piece in base.of(word):
            counts[base.lines[piece]] += weight
    def is_plain(piece):
        bare = piece.removeprefix("##")
        return len(bare) == 1 and (ord(bare) < 0x250 or 0x2010 <= ord(bare) <= 0x206F or bare in "€£¥™−")
    must = [p for p in base_lines if p not in SPECIALS and is_plain(p)]
    taken = set(must) | set(SPECIALS) | {p for p in base_lines if p.startswith("[unused")}
    ranked = [p for p, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if p not in taken]
    return SPECIALS + must + ranked[:size - len(must) - len(SPECIALS)]
