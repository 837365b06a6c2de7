#!/usr/bin/env bash
# Prints the path of Debian's libfaketime, which moves the clock of the functions under `cargo lambda watch`. Where it is not
# installed, the package is unpacked into target/, without root.
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
package="$root/target/faketime"
find_it() {
    find /usr/lib "$package" -name libfaketimeMT.so.1 -path '*faketime*' 2>/dev/null | head -n 1 || true
}
library="$(find_it)"
if [ -z "$library" ]; then
    mkdir -p "$package"
    cd "$package"
    apt-get download -q libfaketime >&2 || { apt-get update -q >&2 && apt-get download -q libfaketime >&2; }
    dpkg -x libfaketime_*.deb .
    library="$(find_it)"
fi
[ -n "$library" ] || { echo "libfaketime is not to be found" >&2; exit 1; }
echo "$library"
