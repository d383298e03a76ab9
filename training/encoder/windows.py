"""Words -> windows the network reads: whole paragraphs packed together, each window read once.

A window is [CLS] paragraph [SEP] paragraph ... [SEP] of at most LIMIT pieces. A paragraph that is longer is cut
at the last sentence start that fits, or where it must be.
"""
from dataclasses import dataclass

from pieces import CLS, SEP
from words import LATER, SPECIAL

#: Pieces of a window, specials included.
LIMIT = 192
#: A cut at a sentence start must leave at least this many words in front of it.
LEAST_CUT = 20


@dataclass
class Window:
    """Words [begin, end) and the piece columns; `first` is where each word's first piece stands."""
    begin: int
    end: int
    ids: list
    shapes: list
    quotes: list
    first: list


def pack(words, pieces, room=LIMIT, first_room=None):
    """Bounds [begin, end) of the windows. `first_room` shortens the first, to shift the packing in training."""
    costs = [len(pieces.of(w)) for w in words.low]
    bounds, room_now, held, cost = [], (first_room or room) - 1, None, 0
    for begin, end in paragraphs(words):
        for a, b in _cuts(words, costs, begin, end, room - 2):
            need = sum(costs[a:b]) + 1
            if held and cost + need <= room_now and b - a == end - begin:
                held, cost = (held[0], b), cost + need
            else:
                if held:
                    bounds.append(held)
                    room_now = room - 1
                held, cost = (a, b), need
    return bounds + [held] if held else bounds


def paragraphs(words):
    begin = 0
    for i in range(1, len(words) + 1):
        if i == len(words) or words.paragraph[i] != words.paragraph[i - 1]:
            yield begin, i
            begin = i


def _cuts(words, costs, begin, end, room):
    while begin < end:
        total, at, best = 0, begin, None
        while at < end and total + costs[at] <= room:
            total += costs[at]
            at += 1
            if at < end and words.sentence[at] != words.sentence[at - 1]:
                best = at
        if at < end and best and best >= begin + LEAST_CUT:
            at = best
        yield begin, at
        begin = at


def build(words, pieces, begin, end, shapes=None):
    """The window over words [begin, end). `shapes` overrides the words' own (training hides some)."""
    shapes = shapes or words.shape
    out = Window(begin, end, [CLS], [SPECIAL], [0], [])
    for i in range(begin, end):
        if i > begin and words.paragraph[i] != words.paragraph[i - 1]:
            _special(out)
        out.first.append(len(out.ids))
        for k, piece in enumerate(pieces.of(words.low[i])):
            out.ids.append(piece)
            out.shapes.append(shapes[i] + (LATER if k else 0))
            out.quotes.append(1 + words.quoted[i])
    _special(out)
    return out


def _special(out):
    out.ids.append(SEP)
    out.shapes.append(SPECIAL)
    out.quotes.append(0)
