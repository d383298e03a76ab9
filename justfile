# `just` shows this list.
default:
    @just --list

# Read the sample article.
run *ARGS:
    cargo run --release -- {{ARGS}}

# Everything that must hold before a change lands.
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    cargo test
    cargo deny check
    typos

# What .ci/run runs.
ci:
    .ci/run

# Scores on open data, if it lies beside the checkout.
floors:
    .ci/floors
