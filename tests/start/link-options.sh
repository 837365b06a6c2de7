#!/bin/sh
# Builds the pump's function as Cargo.toml says and under each alternative, and measures all of them and the bare one in
# one run. `OUT` is where it builds; some minutes for each.
set -eu

OUT=${OUT:-target/link-options}
export CARGO_TARGET_DIR="$OUT/target"
rm -rf "$OUT/packages"

# build <function> <name>: under the profile that the environment alters.
build() {
    cargo lambda build --release --x86-64 --disable-optimizations -p "oktan-$1" --lambda-dir "$OUT/built"
    mkdir -p "$OUT/packages/$2"
    cp "$OUT/built/$1/bootstrap" "$OUT/packages/$2/bootstrap"
    python3 -m zipfile -c "$OUT/packages/$2/bootstrap.zip" "$OUT/packages/$2/bootstrap"
}

# alternative <opt-level> <lto> <codegen-units> <panic>
alternative() {
    CARGO_PROFILE_RELEASE_OPT_LEVEL=$1 CARGO_PROFILE_RELEASE_LTO=$2 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=$3 \
        CARGO_PROFILE_RELEASE_PANIC=$4 build pump "pump.$1-$2-$3-$4"
}

build bare bare
build pump pump
alternative z fat 1 unwind
alternative s fat 1 abort
alternative s fat 1 unwind
alternative 3 fat 1 unwind
alternative 3 thin 1 unwind
alternative 3 false 16 unwind
cargo run -q -p oktan-start -- "$OUT/packages"
