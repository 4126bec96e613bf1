# droppoint: what happens when a future is dropped, in Rust, Go and JavaScript.
# `just` lists the recipes. Without `just`: `npx --yes rust-just RECIPE`.

set positional-arguments

target := env("CARGO_TARGET_DIR", "target")
bin := target / "debug" / "droppoint"

# List the recipes
[private]
default:
    @just --justfile '{{ justfile() }}' --list --unsorted

# Run the scenarios in Rust, Go and Node, cut at every instant, and show where they differ
compare *ARGS: _cli
    @'{{ bin }}' compare "$@"

# Run one program once: `just run rust/naive --cut 510ms --format story`
run *ARGS: _cli
    @'{{ bin }}' run "$@"

# Tell what a scenario is about, with its code and numbered steps
explain *ARGS: _cli
    @'{{ bin }}' explain "$@"

# List scenarios, programs and what is installed
list *ARGS: _cli
    @'{{ bin }}' list "$@"

# Record anew what every program does (needs Rust, Go and Node)
record *ARGS: _cli
    @'{{ bin }}' record "$@"

# Everything that CI checks: formats, lints, all tests, and the comparison itself
test: lint test-rust test-go test-js
    @just --justfile '{{ justfile() }}' compare > '{{ target }}/compare.txt'
    @echo 'compare: every run is as recorded'

# Formats and lints of all three languages
lint: lint-rust lint-go lint-js

# rustfmt, clippy with warnings denied, and the build for the browser
lint-rust: _wasm-target
    cargo fmt --all --check
    cargo clippy --quiet --all-targets --features droppoint-trace/schema -- -D warnings
    cargo check --quiet --target wasm32-unknown-unknown -p droppoint -p droppoint-judge -p droppoint-scenarios
    RUSTDOCFLAGS='-D warnings' cargo doc --quiet --no-deps

# gofmt, go vet, staticcheck
[working-directory('go-comparison')]
lint-go:
    @test -z "$(gofmt -l .)" || { echo "gofmt -w is needed for:"; gofmt -l .; exit 1; }
    go vet ./...
    go tool staticcheck ./...

# The types of the JavaScript, checked by tsc
[working-directory('js-comparison')]
lint-js: _js-packages
    npm run --silent check

# The tests of the Rust crates
test-rust: _js-packages
    cargo test --quiet --features droppoint-trace/schema

# The tests of the Go programs, with the race detector
[working-directory('go-comparison')]
test-go:
    go test -race ./...

# The tests of the JavaScript programs
[working-directory('js-comparison')]
test-js: _js-packages
    npm test --silent

# The lab under Miri, which finds undefined behaviour (needs a nightly toolchain)
miri:
    rustup +nightly component add miri rust-src
    MIRIFLAGS=-Zmiri-disable-isolation cargo +nightly miri test -p droppoint --test all

# Measure the sweep beside a hand-written loop, shuttle and loom, as ratios against the targets
bench:
    cargo build --release --quiet -p droppoint-bench
    '{{ target }}/release/bench'

# Write the JSON Schemas of the protocol anew from the Rust types
schema:
    UPDATE=1 cargo test --quiet -p droppoint-trace --features schema --test schema

# Draw the picture in the README anew
readme:
    UPDATE=1 cargo test --quiet -p droppoint-cli --test cli readme

# Format everything
fmt:
    cargo fmt --all
    gofmt -w go-comparison

# Builds the command line, and only when a source is newer than it: asking cargo
# takes longer than the comparison.
_cli:
    #!/bin/sh
    set -eu
    if [ ! -x '{{ bin }}' ] || [ -n "$(find Cargo.toml Cargo.lock rust-toolchain.toml crates -newer '{{ bin }}' -type f | head -n 1)" ]; then
        [ -x '{{ bin }}' ] || echo 'Building droppoint; the first time takes a minute or two.' >&2
        cargo build --quiet -p droppoint-cli
        touch '{{ bin }}'
    fi

_wasm-target:
    #!/bin/sh
    set -eu
    if command -v rustup > /dev/null && ! rustup target list --installed | grep -q wasm32-unknown-unknown; then
        echo 'Adding the Rust target wasm32-unknown-unknown.' >&2
        rustup target add wasm32-unknown-unknown
    fi

[working-directory('js-comparison')]
_js-packages:
    #!/bin/sh
    set -eu
    if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
        echo 'Installing the npm packages that the checks need.' >&2
        npm ci --silent --no-audit --no-fund
    fi
