#!/usr/bin/env bash
# byline as a filter under other engines: the same articles (scripts/articles.py) through one thread, two, two processes side by side, GNU
# parallel and Apache Spark (local, rdd.pipe). The outputs must be the same; the memory is that of all byline processes together, at every
# tenth of the samples. Usage: scripts/scale.sh [BYLINE [ARTICLES [RUN]...]]     RUN: one two pair parallel spark; all when none is named
# needs: python3, GNU time; parallel; java and python3 with pyspark
set -euo pipefail
here=$(realpath "$(dirname "$0")")
byline=$(realpath "${1:-target/release/byline}") articles=${2:-10000}
runs=("${@:3}"); [[ ${#runs[@]} -gt 0 ]] || runs=(one two pair parallel spark)
python=${PYTHON:-python3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# A name of its own, so that its processes can be told from others.
cp "$byline" byline-scaled

"$python" "$here/articles.py" "$articles" > in.jsonl
half=$((articles / 2))
head -n "$half" in.jsonl > first.jsonl
tail -n +"$((half + 1))" in.jsonl > second.jsonl
cat > pipe.py <<'PY'
from pyspark import SparkConf, SparkContext
conf = SparkConf().setMaster("local[2]").set("spark.ui.enabled", "false").set("spark.driver.host", "127.0.0.1")
context = SparkContext(conf=conf)
context.setLogLevel("ERROR")
lines = context.textFile("in.jsonl", 8).pipe("./byline-scaled --format jsonl --input-format jsonl -", checkCode=True)
with open("spark.jsonl", "w", encoding="utf-8") as out:
    out.writelines(line + "\n" for line in lines.toLocalIterator(prefetchPartitions=True))
PY
flags="--format jsonl --input-format jsonl"
declare -A command=(
    [one]="./byline-scaled $flags --output one.jsonl in.jsonl"
    [two]="./byline-scaled $flags --jobs 2 --output two.jsonl in.jsonl"
    [pair]="./byline-scaled $flags --output a.jsonl first.jsonl & ./byline-scaled $flags --output b.jsonl second.jsonl; wait; cat a.jsonl b.jsonl > pair.jsonl"
    [parallel]="parallel --pipepart -a in.jsonl --keep-order --jobs 2 --block -4 ./byline-scaled $flags - > parallel.jsonl"
    [spark]="'$python' pipe.py"
)
declare -A name=([one]="one thread" [two]="\`--jobs 2\`" [pair]="two processes, half each" [parallel]="GNU parallel" [spark]="Spark, local[2]")

# The hash is over a line as it is but for the input's name, which a pipe does not know.
hashed() {
    "$python" - "$1" <<'PY'
import hashlib, json, sys
digest, lines = hashlib.sha256(), 0
for line in open(sys.argv[1], encoding="utf-8"):
    article = json.loads(line)
    article["input"]["name"] = ""
    digest.update(json.dumps(article, sort_keys=True).encode())
    lines += 1
print(f"{lines:,} | `{digest.hexdigest()[:12]}`")
PY
}
measure() { # RUN
    /usr/bin/env time -f "%e %U %S" -o time bash -c "${command[$1]}" 2> error & local pid=$!
    : > memory
    while kill -0 $pid 2> /dev/null; do
        { ps -C byline-scaled -o rss= || true; } | awk '{sum += $1} END {if (sum) printf "%.0f\n", sum / 1024}' >> memory
        sleep 0.5
    done
    wait $pid || { cat error >&2; exit 1; }
    local wall user system
    read -r wall user system < <(tail -n 1 time)
    local tenths
    tenths=$(awk '{m[NR] = $1} END {for (i = 1; i <= 10; i++) printf "%s%s", m[int(1 + (NR - 1) * i / 10)], (i < 10 ? " " : "")}' memory)
    "$python" -c "print(f'| ${name[$1]} | $wall | {$user + $system:.1f} | {$articles / $wall:.1f} | $tenths | $(hashed "$1.jsonl") |')"
}
echo "$articles articles, $(wc -c < in.jsonl) bytes, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
echo
echo "| run | wall s | CPU s | articles a second | memory at every tenth, MiB | articles | output |"
echo "| --- | --: | --: | --: | --- | --: | --- |"
for run in "${runs[@]}"; do measure "$run"; done
