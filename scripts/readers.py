"""Loads byline's brat, Web Annotation and spaCy exports with independent readers, compares the spans with byline JSON, and holds that against its
JSON Schema. Usage: readers.py BYLINE [FILE]      without FILE: the sample, and a text of emoji and combining marks
needs: pip install bioc rdflib spacy jsonschema"""
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import spacy
from bioc import brat
from jsonschema import Draft202012Validator
from rdflib import Graph, Namespace, RDF

ROOT = pathlib.Path(__file__).parent.parent
EMOJI = """LINDSUND \U0001f600 — Zoe\u0308 Okafor, a spokeswoman for Tern Lines, said on Monday that \U0001f468\u200d\U0001f469\u200d\U0001f467 families left.

“Nobody was hurt \U0001f6a2,” said Okafor.
"""
OA = Namespace("http://www.w3.org/ns/oa#")


def run(byline, form, path):
    return subprocess.run([byline, "--format", form, path], check=True, capture_output=True, text=True).stdout


def main(byline, *paths):
    if not paths:
        emoji = pathlib.Path(tempfile.mkdtemp()) / "emoji.txt"
        emoji.write_text(EMOJI)
        paths = (ROOT / "assets/sample.txt", emoji)
    return max(compare(byline, path) for path in paths)


def compare(byline, path):
    print(path)
    article = json.loads(run(byline, "json", path))
    text = article["text"]
    mentions = {(m["start"], m["end"]) for m in article["mentions"]}
    parts = {(s["start"], s["end"]) for c in article["claims"] for s in c["cue"] + c["content"] + c["sourceSpans"]}
    # The vocabulary has no words for cues and sources: they stand in a claim's body, and its content is the target.
    contents = {(s["start"], s["end"]) for c in article["claims"] for s in c["content"]}

    told = run(byline, "brat-text", path)
    document = brat.load(io.StringIO(told), io.StringIO(run(byline, "brat", path)))
    entities = list(document.entities)
    spans = {(place.begin, place.end) for entity in entities for place in entity.locations}
    wrong = [e for e in entities if " ".join(told[p.begin:p.end].replace("\n", " ") for p in sorted(e.locations)) != e.text]
    print(f"brat (bioc): {len(entities)} text-bounds; text is the article's: {told.strip() == text.strip()}; "
          f"{len(mentions & spans)} of {len(mentions)} mentions, {len(parts & spans)} of {len(parts)} parts of claims, {len(wrong)} whose words differ")

    page = run(byline, "web-annotation", path)
    graph = Graph().parse(data=inlined(page), format="json-ld")
    found = set()
    for selector in graph.subjects(RDF.type, OA.TextPositionSelector):
        found.add((int(graph.value(selector, OA.start)), int(graph.value(selector, OA.end))))
    print(f"Web Annotation (rdflib): {len(graph)} triples; {len(mentions & found)} of {len(mentions)} mentions, "
          f"{len(contents & found)} of {len(contents)} contents of claims")
    schema = Draft202012Validator(json.loads((ROOT / "docs/byline.schema.json").read_text()))
    errors = [error.message for error in schema.iter_errors(article)]
    print(f"JSON Schema (jsonschema): {len(errors)} errors", *errors[:3])

    told = json.loads(run(byline, "spacy", path))
    document = spacy.blank("en").make_doc(told["text"])
    labels = told.get("label") or told.get("labels")
    loose = [label for label in labels if document.char_span(*label) is None]
    names = {(m["start"], m["end"]) for m in article["mentions"] if m["form"] == "name"}
    spans_told = {(start, end) for start, end, _ in labels}
    print(f"spaCy: {len(labels)} spans, {len(loose)} that are no whole tokens; {len(names & spans_told)} of {len(names)} names")

    missing = set(map(str, errors)) | (names - spans_told) | (mentions - spans) | (mentions - found) | (parts - spans) | (contents - found) | set(map(id, wrong))
    return 1 if missing else 0


def inlined(page):
    """The page with the parts of the published context that it uses, so that nothing is fetched."""
    context = {
        "oa": str(OA), "rdf": str(RDF), "as": "http://www.w3.org/ns/activitystreams#", "id": "@id", "type": "@type",
        "Annotation": "oa:Annotation", "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
        "start": "oa:start", "end": "oa:end", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
        "items": {"@id": "as:items", "@container": "@list"}, "body": "oa:hasBody", "target": "oa:hasTarget",
        "selector": "oa:hasSelector", "refinedBy": "oa:refinedBy", "source": {"@id": "oa:hasSource", "@type": "@id"}, "value": "rdf:value",
    }
    value = json.loads(page)
    value["@context"] = context
    return json.dumps(value)


sys.exit(main(*sys.argv[1:]))
