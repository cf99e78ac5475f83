#!/bin/sh
# Prints the digests of the scripts that the page runs, for assets.rs: SHA-256 in base 64 for the page's policy, BLAKE3 for
# the test. Needs openssl and b3sum (cargo install b3sum); the test prints the BLAKE3 digest as well when it fails.
set -eu
cd "$(dirname "$0")"
for script in echarts/echarts.min.js page.js; do
  echo "$script"
  echo "  csp:    $(openssl dgst -sha256 -binary "$script" | base64)"
  if command -v b3sum >/dev/null; then echo "  blake3: $(b3sum --no-names "$script")"; fi
done
