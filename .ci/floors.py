"""Compares byline's scores on the open data with the floors in .ci/floors.json. Usage: floors.py SHARED BINARY [--write]"""
import gzip
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

# Scorer, gold file, whether the text is cleaned, and the figures held.
MEASURES = [
    ("clean", "clean/pages.jsonl", True, ["F1", "exact pages"]),
    ("lines", "clean/dumps.jsonl", True, ["line F1", "token F1"]),
    ("entities", "entities/dev/wikigold_dev.jsonl", False, ["typed F1"]),
    ("entities", "entities/dev/gum_ni_dev.jsonl", False, ["typed F1"]),
    ("entities", "entities/dev/gmb_dev.jsonl", False, ["typed F1"]),
    ("clusters", "entities/gum_clusters.jsonl", False, ["LEA F1"]),
    ("claims", "claims/polnear-dev.jsonl", False, ["e2e F1", "direct e2e F1", "mixed e2e F1"]),
    ("timexes", "timeline/timebank.jsonl", False, ["value F1"]),
    ("timexes", "timeline/aquaint.jsonl", False, ["value F1"]),
    ("timexes", "timeline/meantime.jsonl", False, ["value F1"]),
    ("anchors", "timeline/timebank.jsonl", False, ["anchored all"]),
]
# What two runs of one program may differ by: ties in floating point on other machines.
NOISE = 0.003


def pages(gold, corpora):
    """One JSON line a page, as byline's input: id, url and the page's HTML."""
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        page = corpora / "clean" / "pages" / f"{row['id']}.html.gz"
        html = gzip.decompress(page.read_bytes()).decode("utf-8", "replace")
        yield {"id": row["id"], "url": row.get("url"), "html": html}


def measure(shared, binary, folder, command, path, cleaned):
    gold = shared / "corpora" / path
    given, system = folder / "in.jsonl", folder / path.replace("/", "-")
    if not system.exists():
        if command == "clean":
            given.write_text("".join(json.dumps(row) + "\n" for row in pages(gold, shared / "corpora")), encoding="utf-8")
        else:
            keep = ("id", "url", "text", "published")
            rows = (json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines())
            given.write_text("".join(json.dumps({k: r[k] for k in keep if k in r}) + "\n" for r in rows), encoding="utf-8")
        flags = [] if cleaned else ["--no-clean"]
        subprocess.run([binary, "--format", "jsonl", "--jobs", "2", *flags, "--output", system, given], check=True)
    score = [sys.executable, shared / "eval" / "score", command, gold, system, "--json"]
    return json.loads(subprocess.run(score, check=True, capture_output=True, text=True).stdout)


def main(shared, binary, *flags):
    shared, store = pathlib.Path(shared), pathlib.Path(__file__).with_name("floors.json")
    floors = json.loads(store.read_text()) if store.exists() else {}
    fallen, seen = 0, {}
    folder = pathlib.Path(tempfile.mkdtemp())
    for command, path, cleaned, figures in MEASURES:
        have = measure(shared, binary, folder, command, path, cleaned)
        for name in figures:
            key = f"{command} {path.split('/')[-1].removesuffix('.jsonl')} {name}"
            seen[key] = round(have[name], 4)
            floor = floors.get(key, 0.0)
            low = have[name] < floor - NOISE
            fallen += low
            print(f"{key:50s} {have[name]:.4f}   floor {floor:.4f}{'   FELL' if low else ''}", flush=True)
    shutil.rmtree(folder)
    if "--write" in flags:
        store.write_text(json.dumps(seen, indent=2) + "\n")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
