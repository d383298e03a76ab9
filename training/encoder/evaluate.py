"""Dev scores of a run: names on three dev files, claims on PolNeAR dev, by the project's own scorer.

  python evaluate.py --run runs/a --corpora ../../shared/corpora --scorer ../../shared/eval
"""
import argparse
import json
import sys
import time
from pathlib import Path

import torch

import decode
from model import Network, buckets
from pieces import Pieces
from windows import build, pack
from words import read_words

NAME_SETS = ("wikigold_dev", "gum_ni_dev", "gmb_dev")
KINDS = {"PER": "Person", "ORG": "Organization", "LOC": "Place", "MISC": "Other"}


class Reader:
    """A trained run, read to label texts (fp32, one window at a time)."""

    def __init__(self, run):
        self.pieces = Pieces((Path(run) / "vocabulary.txt").read_text(encoding="utf-8").splitlines())
        saved = torch.load(Path(run) / "last.pt")
        self.network = Network(len(self.pieces.lines), saved["layers"])
        self.network.load_state_dict(saved["state"])
        self.network.eval()

    @torch.inference_mode()
    def read(self, text):
        """(words, {head: log probabilities [W, labels] as numpy}, pair scorer)"""
        words = read_words(text)
        bounds = pack(words, self.pieces)
        vectors = []
        for begin, end in bounds:
            window = build(words, self.pieces, begin, end)
            hidden = self.network(*(torch.tensor([column]) for column in (window.ids, window.shapes, window.quotes)))[0]
            vectors.append(hidden[torch.tensor(window.first)])
        everything = torch.cat(vectors) if vectors else torch.zeros(0, 384)
        scores = {name: torch.log_softmax(head(everything), -1).double().numpy()
                  for name, head in self.network.heads.items()}

        @torch.inference_mode()
        def pair(cues):
            out = []
            for cue in cues:
                k = next(i for i, (a, b) in enumerate(bounds) if a <= cue[0] < b)
                (begin, end), last = bounds[k], min(cue[1], bounds[k][1] - 1)
                vector = everything[cue[0]:last + 1].mean(0, keepdim=True)
                at = buckets(words, begin, end, [(cue[0], last)])
                logits = self.network.pair(vectors[k], vector, *at)[0]
                out.append((begin, torch.log_softmax(logits, -1).double().numpy()))
            return out
        return words, scores, pair


def rows(path):
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def system_row(row, words, names, attributions):
    segments = lambda part: [{"start": words.start[a], "end": words.end[b]} for a, b in part]
    return {"id": row["id"], "text": row["text"],
            "entities": [{"id": i, "type": KINDS[t]} for i, (_, _, t) in enumerate(names)],
            "mentions": [{"entity": i, "form": "name", "start": words.start[a], "end": words.end[b]}
                         for i, (a, b, _) in enumerate(names)],
            "claims": [{"sourceSpans": segments(s), "cue": segments(c), "content": segments(k)} for s, c, k in attributions]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", required=True)
    parser.add_argument("--corpora", required=True)
    parser.add_argument("--scorer", required=True)
    parser.add_argument("--vote", action="store_true")
    args = parser.parse_args()
    sys.path.insert(0, args.scorer)
    import claims as claims_scorer
    import spans as spans_scorer
    torch.set_num_threads(1)
    reader, begun = Reader(args.run), time.process_time()
    for name in NAME_SETS:
        gold, system = {}, {}
        for row in rows(Path(args.corpora) / "entities/dev" / f"{name}.jsonl"):
            words, scores, _ = reader.read(row["text"])
            names = decode.names_of(words, scores["names"])
            for key, chosen in ((name, names), (name + " voted", decode.vote(names, words, scores["names"]))):
                gold[row["id"]] = row
                system.setdefault(key, {})[row["id"]] = system_row(row, words, chosen, [])
        for key, found in system.items():
            figures, _ = spans_scorer.score_entities(gold, found)
            print(key, {k: round(100 * v, 1) for k, v in figures.items()}, flush=True)
    gold = {row["id"]: row for row in rows(Path(args.corpora) / "claims/polnear-dev.jsonl")}
    system = {}
    for key, row in gold.items():
        words, scores, pair = reader.read(row["text"])
        path = decode.claim_path(words, scores["claims"])
        system[key] = system_row(row, words, [], decode.attributions_of(words, path, pair))
    figures, _ = claims_scorer.score_claims(gold, system)
    print({k: round(100 * v, 1) if v <= 1 else v for k, v in figures.items()})
    print(f"{time.process_time() - begun:.0f} CPU s")


if __name__ == "__main__":
    main()
