"""Loads byline's brat and Web Annotation exports with independent readers and compares the spans with byline JSON.
Usage: readers.py BYLINE [FILE]      needs: pip install bioc rdflib"""
import io
import json
import subprocess
import sys

from bioc import brat
from rdflib import Graph, Namespace, RDF

OA = Namespace("http://www.w3.org/ns/oa#")


def run(byline, form, path):
    return subprocess.run([byline, "--format", form, path], check=True, capture_output=True, text=True).stdout


def main(byline, path="assets/sample.txt"):
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
    missing = (mentions - spans) | (mentions - found) | (parts - spans) | (contents - found) | set(map(id, wrong))
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
