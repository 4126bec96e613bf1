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
[no-exit-message]
compare *ARGS: _cli
    @'{{ bin }}' compare "$@"

# Run one program once: `just run rust/naive --cut 510ms --format story`
[no-exit-message]
run *ARGS: _cli
    @'{{ bin }}' run "$@"

# Open the playground: the same in a browser (`--open`, `--port`, `--host`)
[no-exit-message]
playground *ARGS: web
    @cargo build --quiet -p droppoint-playground
    @exec '{{ target }}/debug/droppoint-playground' "$@"

# Tell what a scenario is about, with its code and numbered steps
[no-exit-message]
explain *ARGS: _cli
    @'{{ bin }}' explain "$@"

# Measure what each server's handler learns when its client goes away, into results/
[no-exit-message]
disconnect *ARGS:
    #!/bin/sh
    set -eu
    cargo build --quiet -p droppoint-disconnect
    # A part of the matrix, or one in another form, replaces no results.
    [ $# -gt 0 ] || set -- --results results
    exec '{{ target }}/debug/droppoint-disconnect' "$@"

# Cut saves off in the stores of three languages and ask what is left, into results/
[no-exit-message]
attack *ARGS: _js-packages
    #!/bin/sh
    set -eu
    [ -x '{{ target }}/debug/droppoint-attack' ] || echo 'Building the Rust store and the attack; the first time takes some minutes.' >&2
    cargo build --quiet -p droppoint-store -p droppoint-attack
    # A part of it, or one in another form, replaces no results.
    [ $# -gt 0 ] || set -- --results results
    exec '{{ target }}/debug/droppoint-attack' "$@"

# Serve the save store: `just serve-store --lang rust --variant naive --dir DIR --port 8080`
[no-exit-message]
serve-store *ARGS: _cli
    #!/bin/sh
    set -eu
    cargo build --quiet -p droppoint-store
    # Only the JavaScript store has npm packages.
    case " $* " in
        *[\ =]js\ *) '{{ just_executable() }}' --justfile '{{ justfile() }}' _js-packages ;;
    esac
    exec '{{ bin }}' serve-store "$@"

# List scenarios, programs and what is installed
[no-exit-message]
list *ARGS: _cli
    @'{{ bin }}' list "$@"

# Record anew what every program does (needs Rust, Go and Node)
[no-exit-message]
record *ARGS: _cli
    @'{{ bin }}' record "$@"

# Write the files of a new scenario, to begin with: `just new-scenario two-words`
[no-exit-message]
new-scenario ID:
    @cargo run --quiet -p droppoint-new-scenario -- "$1"
    @'{{ just_executable() }}' --justfile '{{ justfile() }}' contracts

# Print what to put into a page, or check what stands in one: `just embed save-file`
[no-exit-message]
embed *ARGS: _cli
    #!/bin/sh
    set -eu
    case " $* " in
        *' --install'*) '{{ just_executable() }}' --justfile '{{ justfile() }}' web ;;
    esac
    bin=$(realpath '{{ bin }}')
    # Paths are those of a site, which is elsewhere.
    cd '{{ invocation_directory() }}'
    exec "$bin" embed "$@"

# Everything that CI checks: formats, lints, all tests, and the comparison itself
test: lint test-rust test-go test-js test-servers test-web
    @just --justfile '{{ justfile() }}' compare > '{{ target }}/compare.txt'
    @echo 'compare: every run is as recorded'

# Formats and lints of all languages, and of the web part
lint: lint-rust lint-go lint-js lint-web

# rustfmt, clippy with warnings denied, and the build for the browser
lint-rust: _wasm-target
    cargo fmt --all --check
    cargo clippy --quiet --all-targets --features droppoint-trace/schema -- -D warnings
    cargo clippy --quiet --all-targets -p droppoint-attack -p droppoint-clients -p droppoint-cost -p droppoint-disconnect -p droppoint-store -- -D warnings
    cd crates/disconnect/servers/newest && cargo fmt --check
    cargo check --quiet --target wasm32-unknown-unknown -p droppoint-lab -p droppoint-judge -p droppoint-scenarios
    RUSTDOCFLAGS='-D warnings' cargo doc --quiet --no-deps

# gofmt, go vet, staticcheck
[working-directory('go-comparison')]
lint-go:
    @test -z "$(gofmt -l . ../crates/disconnect/servers/go)" || { echo "gofmt -w is needed for:"; gofmt -l . ../crates/disconnect/servers/go; exit 1; }
    go vet ./...
    cd ../crates/disconnect/servers/go && go vet ./...
    go tool staticcheck ./...

# The types of the JavaScript, checked by tsc
[working-directory('js-comparison')]
lint-js: _js-packages
    npm run --silent check

# The tests of the Rust crates
test-rust: _js-packages
    cargo test --quiet --features droppoint-trace/schema
    cargo test --quiet -p droppoint-attack -p droppoint-clients -p droppoint-cost -p droppoint-disconnect

# The save stores as real processes, and what is done to them
test-servers: _cli _js-packages
    cargo build --quiet -p droppoint-store
    cargo test --quiet -p droppoint-store

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
    MIRIFLAGS=-Zmiri-disable-isolation cargo +nightly miri test -p droppoint-lab --test all

cargo_fuzz := "0.13.2"

# Feed random input to a parser: `just fuzz runs` or `just fuzz contracts`, for SECONDS (needs nightly)
fuzz TARGET SECONDS="120":
    #!/bin/sh
    set -eu
    PATH="{{ tools }}/bin:$PATH"
    [ "$(cargo-fuzz --version 2> /dev/null)" = 'cargo-fuzz {{ cargo_fuzz }}' ] ||
        cargo install --quiet --debug --locked --root '{{ tools }}' cargo-fuzz@{{ cargo_fuzz }}
    case '{{ TARGET }}' in
        contracts) seeds=scenarios ;;
        *) seeds=fuzz/seeds/{{ TARGET }} ;;
    esac
    mkdir -p 'fuzz/corpus/{{ TARGET }}'
    exec cargo +nightly fuzz run '{{ TARGET }}' 'fuzz/corpus/{{ TARGET }}' "$seeds" -- -max_total_time={{ SECONDS }}

# Measure the sweep beside a hand-written loop, shuttle and loom, as ratios against the targets
bench:
    cargo build --release --quiet -p droppoint-bench
    '{{ target }}/release/bench'

# Measure what the remedies cost: ns and allocations per call, in all languages (`--json`, `--rounds`)
bench-cost *ARGS:
    @cargo build --release --quiet -p droppoint-cost
    @'{{ target }}/release/cost' --into results "$@"

# Write the JSON Schemas of the protocol anew from the Rust types
schema:
    UPDATE=1 cargo test --quiet -p droppoint-trace --features schema --test schema

# Write anew what the Go and JavaScript runners must know of each contract
contracts:
    UPDATE=1 cargo test --quiet -p droppoint-judge --test runners

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
    if [ ! -x '{{ bin }}' ] || [ -n "$(find Cargo.toml Cargo.lock rust-toolchain.toml crates scenarios -newer '{{ bin }}' -type f -not -path '*/node_modules/*' | head -n 1)" ]; then
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
        echo 'Installing the npm packages of the JavaScript store and of the checks.' >&2
        npm ci --silent --no-audit --no-fund
    fi

wasm_bindgen := "0.2.130"
wasm_pack := "0.15.1"
tools := env("XDG_CACHE_HOME", home_directory() / ".cache") / "droppoint" / "tools"

# Build what a page runs, as WebAssembly and as one chunk, and say how large it is
[working-directory('web')]
wasm: _web-packages _wasm-rust _wasm-go
    npm run --silent build:live
    node build/sizes.js

# Build all that the playground consists of, into web/dist, where something changed
web: _cli _web-packages _wasm-rust _wasm-go
    #!/bin/sh
    set -eu
    built=web/pkg/built
    if [ -e "$built" ] && [ -e web/dist/index.html ] && [ -z "$(find '{{ bin }}' \
        scenarios/ids.txt results/cost.json web/build web/data web/element web/live web/pkg web/site web/*.js web/*.json \
        crates/scenarios/src go-comparison/scenarios js-comparison \
        -type f -not -path '*/node_modules/*' -newer "$built" | head -n 1)" ]; then
        exit 0
    fi
    echo 'Building the pages.' >&2
    # What changes while they are built makes them old.
    touch "$built.new"
    rm -rf web/dist
    (cd web && DROPPOINT='{{ bin }}' npm run --silent build > /dev/null)
    mv "$built.new" "$built"

# All of the web part, in a Chromium: types, embeds, the element, live runs, the playground
test-web: web _chromium
    #!/bin/sh
    set -eu
    '{{ bin }}' embed --check web/site/*.html docs/embedding.md
    cargo build --quiet -p droppoint-playground
    export DROPPOINT='{{ bin }}' PLAYGROUND='{{ target }}/debug/droppoint-playground'
    cd web
    npm run --silent check
    npx playwright test --reporter dot
    node --test --test-reporter dot test/build/*.test.js test/live/*.test.js

# The Rust programs in a page, measured beside native ones
bench-wasm: wasm
    cargo build --quiet --release -p droppoint-wasm --example sweep
    node web/bench/sweep.js

# Measure what a page loads, how soon the handle answers, and 30 embeds, against the targets
bench-web: web _chromium
    node web/build/sizes.js
    node web/bench/many.js
    node web/bench/moves.js

# Types and lints of what a page runs
lint-web: web
    cargo clippy --quiet --target wasm32-unknown-unknown -p droppoint-wasm -- -D warnings
    cargo clippy --quiet -p droppoint-playground -- -D warnings
    cd web && npm run --silent check

# What a page runs, tested in Node and in a Chromium
[working-directory('web')]
test-web-live: _cli wasm
    npm run --silent test:live

# wasm-pack with what is on PATH: it neither downloads nor optimizes by itself.
# Its output is moved to where it is used only when all of it worked.
_wasm-rust: _wasm-target _wasm-tools _web-packages
    #!/bin/sh
    set -eu
    to=web/pkg
    if [ -e "$to/droppoint_bg.wasm" ] && [ -z "$(find Cargo.toml Cargo.lock rust-toolchain.toml scenarios crates/lab crates/judge crates/scenarios crates/trace crates/wasm -newer "$to/droppoint_bg.wasm" -type f | head -n 1)" ]; then
        exit 0
    fi
    echo 'Building the Rust programs for the page.' >&2
    PATH="{{ tools }}/bin:$PATH"
    # No path of this machine in what is shipped.
    CARGO_ENCODED_RUSTFLAGS=$(printf '%s\037%s' "--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=" \
        "--remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=")
    export PATH CARGO_ENCODED_RUSTFLAGS
    mkdir -p '{{ target }}/wasm-pkg' "$to"
    out=$(cd '{{ target }}/wasm-pkg' && pwd)
    wasm-pack --quiet build crates/wasm --mode no-install --no-opt --no-pack --target web \
        --profile wasm --out-dir "$out" --out-name droppoint -- --locked
    # The features are named: with all of them, the output is for engines to come.
    web/node_modules/.bin/wasm-opt -Oz --strip-debug --strip-producers \
        --enable-bulk-memory --enable-multivalue --enable-mutable-globals \
        --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext \
        "$out/droppoint_bg.wasm" -o "$out/small.wasm"
    cp "$out/droppoint.js" "$out/droppoint.d.ts" "$out/droppoint_bg.wasm.d.ts" "$to"
    # Contracts are data: the page passes one to the judge.
    rm -rf "$to/contracts"
    cargo run --quiet -p droppoint-judge --example contracts -- scenarios "$to/contracts"
    mv "$out/small.wasm" "$to/droppoint_bg.wasm"

# Without Go a page has the recordings of its programs.
_wasm-go:
    #!/bin/sh
    set -eu
    to=web/pkg/go
    if ! command -v go > /dev/null; then
        echo 'No Go here: the page will not be able to run the Go programs.' >&2
        exit 0
    fi
    if [ -e "$to/droppoint.wasm" ] && [ -z "$(find go-comparison -newer "$to/droppoint.wasm" -type f | head -n 1)" ]; then
        exit 0
    fi
    echo 'Building the Go programs for the page.' >&2
    mkdir -p "$to"
    cp "$(go env GOROOT)/lib/wasm/wasm_exec.js" "$to"
    cd go-comparison
    # Without inlining (-l) the file is larger and, compressed, 4 % smaller.
    GOOS=js GOARCH=wasm go build -trimpath -gcflags=all=-l -ldflags='-s -w' -o ../"$to"/new.wasm ./cmd/droppoint-wasm
    chmod 644 ../"$to"/new.wasm
    mv ../"$to"/new.wasm ../"$to"/droppoint.wasm

# The tools of exactly these versions: those on PATH, or those of an earlier
# time, or new ones, away from everything else that is installed.
_wasm-tools:
    #!/bin/sh
    set -eu
    PATH="{{ tools }}/bin:$PATH"
    missing=''
    [ "$(wasm-bindgen --version 2> /dev/null)" = 'wasm-bindgen {{ wasm_bindgen }}' ] || missing='wasm-bindgen-cli@{{ wasm_bindgen }}'
    [ "$(wasm-pack --version 2> /dev/null)" = 'wasm-pack {{ wasm_pack }}' ] || missing="$missing wasm-pack@{{ wasm_pack }}"
    if [ -n "$missing" ]; then
        echo "Building$(echo " $missing" | sed 's/  */ /g') into {{ tools }}, once; it takes some 4 minutes." >&2
        # Without optimization: that takes a third of the time, and they are fast enough.
        cargo install --quiet --debug --root '{{ tools }}' $missing
    fi

# Any Chromium will do; on Debian and its kin there is a package.
_chromium:
    #!/bin/sh
    set -eu
    for name in "${CHROMIUM:-chromium}" chromium chromium-browser google-chrome; do
        if command -v "$name" > /dev/null; then exit 0; fi
    done
    if command -v apt-get > /dev/null && [ "$(id -u)" = 0 ]; then
        echo 'Installing Chromium.' >&2
        apt-get install --yes --quiet chromium > /dev/null
    else
        echo 'These tests need a Chromium: install chromium or google-chrome, or name one in CHROMIUM.' >&2
        exit 1
    fi

[working-directory('web')]
_web-packages:
    #!/bin/sh
    set -eu
    if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
        echo 'Installing the npm packages of the page.' >&2
        npm ci --silent --no-audit --no-fund
    fi
