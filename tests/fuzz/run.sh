#!/usr/bin/env bash
# run.sh TARGET|all SECONDS: libFuzzer on the targets of build/fuzz, seeds from tests/fuzz/seeds.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$1
seconds=$2
for program in build/fuzz/bin/*_fuzz; do
  name=$(basename "$program" _fuzz)
  [ "$target" = all ] || [ "$target" = "$name" ] || continue
  corpus=build/fuzz/corpus/$name
  mkdir -p "$corpus" build/fuzz/findings
  words=()
  [ ! -f "tests/fuzz/dictionaries/$name.dict" ] || words=(-dict="tests/fuzz/dictionaries/$name.dict")
  echo "fuzzing $name for $seconds s"
  "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 "${words[@]}" \
    -artifact_prefix="build/fuzz/findings/$name-" "$corpus" "tests/fuzz/seeds/$name"
done
