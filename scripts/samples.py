"""Opens every sample of others' formats with byline and prints the table of docs/formats.md: files, what opened, annotations found in the files,
shown, looked up by their words, and refused, and each refusal. Usage: samples.py SAMPLES BYLINE"""
import collections
import json
import pathlib
import re
import subprocess
import sys

NOTE = re.compile(r"^[\w-]+: (\d+) annotations?, (\d+) shown(?:, (\d+) of them found by their words)?(?:, (\d+) refused)?")
SKIP = {".md", ".conf", ".tsv", ".csv", ""}


def main(samples, byline):
    refusals = collections.Counter()
    print("| samples | files | open | articles | annotations | shown | of them by their words | refused |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    for folder in sorted(path for path in pathlib.Path(samples).iterdir() if path.is_dir()):
        files = [p for p in sorted(folder.iterdir()) if p.suffix not in SKIP and "expected-metadata" not in p.name]
        # An .ann goes with its .txt: one of the two is enough.
        files = [p for p in files if not (p.suffix == ".ann" and p.with_suffix(".txt").exists())]
        opened = articles = 0
        counts = [0, 0, 0, 0]
        for path in files:
            run = subprocess.run([byline, "--format", "jsonl", path], capture_output=True, text=True, timeout=900)
            lines = [json.loads(line) for line in run.stdout.splitlines()]
            lines = [line for line in lines if line["format"] == "byline"]
            opened += bool(lines)
            articles += len(lines)
            for note in (note for line in lines for note in line.get("notes", [])):
                if found := NOTE.match(note):
                    counts = [a + int(b or 0) for a, b in zip(counts, found.groups())]
            for line in run.stderr.splitlines():
                refusals[folder.name, line.split(f"{path.name}: ", 1)[-1]] += 1
        if files:
            print(f"| {folder.name} | {len(files)} | {opened} | {articles} | {' | '.join(map(str, counts))} |")
    print()
    for (folder, what), times in sorted(refusals.items()):
        print(f"- {folder}, {times}: {what}")


main(*sys.argv[1:])
