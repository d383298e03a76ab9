"""Scores -> names and attributions. `src/encoder/` (names.rs, claims.rs, relate.rs) does the same; the settings were chosen on the dev files."""
import math

import numpy as np

from sources import CLAIMS, NAMES, runs

#: Added to the log probability of a cue's first word, half of it to its later words.
CUE_BIAS = -.2
#: Cost of a step from content to another role or back, and (half) between source and none.
SWITCH = .7
#: A source's words may be this many apart within one run.
SOURCE_GAP = 2
#: Content that no cue reached stands on its own when this share of it, and this many words, are left.
FLOATING_SHARE, FLOATING_WORDS = .7, 4
#: A quote without a cue belongs to the claim before it, at most this many paragraphs back.
PARAGRAPHS_BACK = 6
NEVER = -1e9


def _bio_steps(labels):
    steps = np.zeros((len(labels), len(labels)))
    for i, before in enumerate(labels):
        for j, after in enumerate(labels):
            if after[0] == "I" and (before == "O" or before[2:] != after[2:]):
                steps[i, j] = NEVER
    return steps, np.array([NEVER if label[0] == "I" else 0. for label in labels])


NAME_STEPS, NAME_START = _bio_steps(NAMES)
CLAIM_STEPS, CLAIM_START = _bio_steps(CLAIMS)
PAIR_STEPS = -SWITCH * np.array([[0, 0, 1], [0, 0, .5], [1, .5, 0]])


def best_path(scores, steps, start):
    total, back = scores[0] + start, []
    for row in scores[1:]:
        moves = total[:, None] + steps
        back.append(moves.argmax(0))
        total = moves.max(0) + row
    path = [int(total.argmax())]
    for row in reversed(back):
        path.append(int(row[path[-1]]))
    return path[::-1]


def tagged_runs(path, label):
    """[first, last] of each run of a BIO label (index of B in the label list; I follows it)."""
    out = []
    for i, tag in enumerate(path):
        if tag == label or (tag == label + 1 and not (out and out[-1][1] == i - 1)):
            out.append([i, i])
        elif tag == label + 1:
            out[-1][1] = i
    return out


def names_of(words, scores):
    """[(first word, last word, type)] from log probabilities [W, 9]; one best path a paragraph."""
    out = []
    for begin, end in _paragraphs(words, 0, len(words)):
        path = best_path(scores[begin:end], NAME_STEPS, NAME_START)
        for label in (1, 3, 5, 7):
            out += [(begin + a, begin + b, NAMES[label][2:]) for a, b in tagged_runs(path, label)]
    return sorted(out)


def _paragraphs(words, begin, end):
    start = begin
    for i in range(begin + 1, end + 1):
        if i == end or words.paragraph[i] != words.paragraph[start]:
            yield start, i
            start = i


def claim_path(words, scores, bias=CUE_BIAS):
    scores = scores.copy()
    scores[:, 3] += bias
    scores[:, 4] += bias / 2
    path = []
    for begin, end in _paragraphs(words, 0, len(words)):
        path += best_path(scores[begin:end], CLAIM_STEPS, CLAIM_START)
    return path


def roles_of(scores, begin, cue, steps=PAIR_STEPS):
    """(source words, content words) of one cue from log probabilities [W, 3] of the window that begins at `begin`."""
    scores = scores.copy()
    first, last = cue[0] - begin, cue[1] - begin
    scores[first:last + 1] = 0
    path = best_path(scores, steps, np.zeros(3))
    inside = lambda i: first <= i <= last
    source = [i for i, role in enumerate(path) if role == 1 and not inside(i)]
    content = {begin + i for i, role in enumerate(path) if role == 2 and not inside(i)}
    return [begin + i for i in _strongest(source, scores)], content


def _strongest(source, scores):
    groups = []
    for i in source:
        if groups and i - groups[-1][-1] <= SOURCE_GAP + 1:
            groups[-1].append(i)
        else:
            groups.append([i])
    def strength(group):
        return sum(max(0., scores[i, 1] - max(scores[i, 0], scores[i, 2])) for i in range(group[0], group[-1] + 1))
    return max(groups, key=strength) if groups else []


def attributions_of(words, path, pair_scores):
    """[(source runs, cue runs, content runs)]; `pair_scores(cues)` gives (window begin, [W, 3]) for each cue."""
    cues = tagged_runs(path, 3)
    out, covered = [], set()
    for cue, (begin, scores) in zip(cues, pair_scores(cues)):
        source, content = roles_of(scores, begin, cue)
        if content:
            covered |= content
            out.append([runs(source), [cue], runs(content)])
    for first, last in tagged_runs(path, 5):
        left = [i for i in range(first, last + 1) if i not in covered]
        if len(left) < max(FLOATING_SHARE * (last - first + 1), FLOATING_WORDS):
            continue
        _place_floating(words, out, first, last, left)
    return out


def _place_floating(words, out, first, last, left):
    here = [o for o in out if o[1] and words.paragraph[o[1][0][0]] == words.paragraph[first]]
    before = max((o for o in out if o[1] and o[1][0][0] < first), key=lambda o: o[1][0][0], default=None)
    if here:
        if words.quoted[first] or words.quoted[last]:
            nearest = min(here, key=lambda o: abs(o[1][0][0] - first))
            nearest[2] = runs({i for a, b in nearest[2] for i in range(a, b + 1)} | set(left))
    elif before and words.paragraph[first] - words.paragraph[before[1][0][0]] <= PARAGRAPHS_BACK:
        out.append([before[0], before[1], [[first, last]]])
    else:
        out.append([[], [], [[first, last]]])


#: Weights in the vote of a text's names: of equal names, of persons' names that end in this one (and the most of that).
EQUAL, FAMILY, FAMILY_MOST = .3, .6, 1.5


def vote(names, words, scores):
    """Lets the names of one text vote on their types."""
    equal, families, own = {}, {}, []
    for first, last, kind in names:
        p = np.exp(scores[first:last + 1])
        by_type = np.array([p[:, i].sum() + p[:, i + 1].sum() for i in (1, 3, 5, 7)]) / (last - first + 1)
        key = " ".join(words.low[first:last + 1])
        own.append((key, by_type))
        equal[key] = equal.get(key, 0) + by_type
        if last > first and kind == "PER":
            families[words.low[last]] = families.get(words.low[last], 0) + by_type
    kinds, out = ("PER", "ORG", "LOC", "MISC"), []
    for (first, last, _), (key, p) in zip(names, own):
        total = p + EQUAL * (equal[key] - p) + FAMILY * np.minimum(families.get(key, 0), FAMILY_MOST)
        out.append((first, last, kinds[int(total.argmax())]))
    return out
