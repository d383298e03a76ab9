"""What the run makes of fixed sentences (golden.txt, written for this), for the Rust test to compare with.

  python golden.py --run runs/a --out ../../assets/encoder/golden.json

Texts are parted by empty lines. Spans are code points; `p` is the mean probability of a name's type.
"""
import argparse
import json
from pathlib import Path

import numpy as np

import decode
from evaluate import Reader


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    reader, rows = Reader(args.run), []
    for text in (Path(__file__).parent / "golden.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        words, scores, pair = reader.read(text)
        names = decode.vote(decode.names_of(words, scores["names"]), words, scores["names"])
        found = decode.attributions_of(words, decode.claim_path(words, scores["claims"]), pair)
        segments = lambda part: [[words.start[a], words.end[b]] for a, b in part]
        label = {"PER": 1, "ORG": 3, "LOC": 5, "MISC": 7}
        sure = lambda a, b, t: float(np.exp(scores["names"][a:b + 1, label[t]:label[t] + 2]).sum(1).mean())
        rows.append({"text": text,
                     "names": [{"start": words.start[a], "end": words.end[b], "type": t, "p": round(sure(a, b, t), 3)}
                               for a, b, t in names],
                     "attributions": [{"source": segments(s), "cue": segments(c), "content": segments(k)}
                                      for s, c, k in found]})
    Path(args.out).write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
