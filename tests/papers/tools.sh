#!/usr/bin/env bash
# Installs, where they are missing, the programs that the papers are opened with: LibreOffice and poppler's tools.
set -euo pipefail
command -v soffice >/dev/null && command -v pdftotext >/dev/null && exit 0
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -y -q --no-install-recommends libreoffice-calc-nogui poppler-utils
