#!/usr/bin/env bash
# byline as a filter under other engines: the same articles through one process, two threads, GNU parallel and Apache Spark (local, rdd.pipe);
# the outputs must be the same. Usage: scripts/scale.sh [BYLINE [ARTICLES]]     needs: python3 with pyspark, java, parallel
set -euo pipefail
byline=$(realpath "${1:-target/release/byline}") articles=${2:-10000}
python=${PYTHON:-python3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

"$python" - "$articles" > in.jsonl <<'PY'
"""Articles of made-up words about made-up people, some 250 words each."""
import json, random, sys
chance = random.Random(7)
first, last = ["Ada", "Bo", "Ines", "Tomas", "Ruth", "Omar"], ["Moreau", "Lindqvist", "Okafor", "Berg", "Tanaka", "Silva"]
bodies, verbs = ["the harbour board", "the council", "Nordline", "the Courier"], ["said", "denied", "confirmed", "warned", "wrote"]
deeds = ["the levy would go", "the cranes had been sold", "talks broke down in March", "the tariff stays until 2031", "no one was told"]
for n in range(int(sys.argv[1])):
    who = [f"{chance.choice(first)} {chance.choice(last)}" for _ in range(3)]
    lines = [f"LINDSUND, Nov {n % 28 + 1} - {who[0]}, the clerk of {chance.choice(bodies)}, {chance.choice(verbs)} on Monday that {chance.choice(deeds)}."]
    for _ in range(12):
        person = chance.choice(who).split()[1]
        lines.append(f"{person} {chance.choice(verbs)} that {chance.choice(deeds)}. “We met on {n % 28 + 1} May and {chance.choice(deeds)},” {person} said.")
    print(json.dumps({"id": f"a{n}", "published": f"2030-11-{n % 28 + 1:02}", "text": "\n\n".join(lines)}, ensure_ascii=False))
PY
cat > pipe.py <<'PY'
import sys
from pyspark import SparkConf, SparkContext
conf = SparkConf().setMaster("local[2]").set("spark.ui.enabled", "false").set("spark.driver.host", "127.0.0.1")
context = SparkContext(conf=conf)
context.setLogLevel("ERROR")
lines = context.textFile("in.jsonl", 8).pipe(f"{sys.argv[1]} --format jsonl --input-format jsonl -")
with open("spark.jsonl", "w", encoding="utf-8") as out:
    out.writelines(line + "\n" for line in lines.toLocalIterator(prefetchPartitions=True))
PY
flags=(--format jsonl --input-format jsonl)
# The hash of the input is over a line, and so the same for whoever reads it; nothing else tells where an article was read.
measure() { # NAME OUTPUT COMMAND...
    local name=$1 output=$2; shift 2
    /usr/bin/env time -f "%e %U %S %M" -o "$name.time" bash -c "$*" || { cat "$name.err" 2>/dev/null; exit 1; }
    read -r wall user system memory < "$name.time"
    sha=$("$python" - "$output" <<'PY'
import hashlib, json, sys
digest = hashlib.sha256()
for line in open(sys.argv[1], encoding="utf-8"):
    article = json.loads(line)
    article["input"]["name"] = ""
    digest.update(json.dumps(article, sort_keys=True).encode())
print(digest.hexdigest()[:12])
PY
)
    "$python" -c "print(f'| $name | $wall | {$user + $system:.1f} | {$articles / $wall:.1f} | {$memory / 1024:.0f} | \`$sha\` |')"
}
echo "| run of $articles articles ($(wc -c < in.jsonl | "$python" -c 'print(round(int(input())/1e6,1))') MB) | wall s | CPU s | articles/s | memory of its largest process, MiB | output |"
echo "| --- | --: | --: | --: | --: | --- |"
measure "one thread" one.jsonl "'$byline' ${flags[*]} --output one.jsonl in.jsonl"
measure "--jobs 2" two.jsonl "'$byline' ${flags[*]} --jobs 2 --output two.jsonl in.jsonl"
measure "GNU parallel" parallel.jsonl "parallel --pipepart -a in.jsonl --keep-order --jobs 2 --block -4 '$byline' ${flags[*]} - > parallel.jsonl 2>parallel.err"
measure "Spark, local[2]" spark.jsonl "$python pipe.py '$byline' 2>spark.err"
