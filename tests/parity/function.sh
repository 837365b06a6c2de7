#!/bin/sh
# What `cargo lambda watch` calls as its cargo: a function that is built is started at once, by its stack's clock, instead of
# being looked over by `cargo run` each time. Everything else is cargo's.
set -eu
[ "$1" = run ] || exec "$PARITY_CARGO" "$@"
for function; do :; done # `--bin <function>` is the last word
export LD_PRELOAD="$PARITY_FAKETIME" FAKETIME_TIMESTAMP_FILE="$PARITY_CLOCK"
export FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1
exec "$PARITY_BINARIES/$function"
