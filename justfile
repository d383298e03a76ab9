# `just` shows this list.
default:
    @just --list

# Read the sample article.
run *ARGS:
    cargo run --release -- {{ARGS}}

# Everything that must hold before a change lands. `typos` (https://github.com/crate-ci/typos) is checked only here: .ci/run would have to
# compile it first, and a misspelt comment breaks nothing.
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    cargo clippy --all-targets --features fetch -- -D warnings
    cargo clippy --all-targets --no-default-features -- -D warnings
    cargo test
    .ci/deny
    typos

# What .ci/run runs.
ci:
    .ci/run

# Scores on open data, if it is beside the checkout.
floors:
    .ci/floors

# Fuzzes every target for this many seconds of processor time (two at a time), and kills 200 batches at random moments.
fuzz SECONDS="30":
    BYLINE_FUZZ_SECONDS={{SECONDS}} cargo test --test integration -- --nocapture fuzz:: batch::killed

# How the time of each step grows with the input: an exponent of 1 is linear.
slopes BYTES="1000000":
    BYLINE_SLOPES={{BYTES}} cargo test --release --test integration -- --ignored --nocapture slopes

# The tests of `byline https://...`. The feature is off by default, so `check` only compiles it.
fetch:
    cargo test --features fetch -- fetch::

# A static binary and a .deb in target/package (x86-64 Linux, glibc linked in).
package:
    scripts/package.sh

# The table of docs/formats.md, from the samples beside the checkout.
samples:
    python3 scripts/samples.py ../shared/corpora/samples target/release/byline

# The tables of docs/scale.md and docs/performance.md; each script names what it needs.
scale *ARGS:
    scripts/scale.sh target/release/byline {{ARGS}}
side-by-side:
    python3 scripts/side_by_side.py target/release/byline

# For the release build: how many instructions a start takes (counted by callgrind) and how much of the model is in memory.
startup:
    cargo test --release --test integration startup -- --nocapture

# Speed of each stage and of the whole, in bytes and tokens a second.
bench *ARGS:
    cargo bench --bench stages -- {{ARGS}}
