#!/usr/bin/env bash
# All static checks, cheap ones first. Called by ./dev lint after a configured dev build.
# shellcheck disable=SC2317  # the functions are called by name, through check
set -euo pipefail
cd "$(dirname "$0")/../.."
failed=0
check() {
  printf '%-18s' "$1"
  shift
  local begun=$SECONDS
  if "$@" >/tmp/tinwatch-lint.$$ 2>&1; then
    echo "ok ($((SECONDS - begun)) s)"
  else
    echo FAILED
    cat /tmp/tinwatch-lint.$$
    failed=1
  fi
  rm -f /tmp/tinwatch-lint.$$
}
sources() { git ls-files -co --exclude-standard -- '*.cpp' '*.hpp'; }

format() { sources | xargs clang-format --dry-run -Werror; }
scripts() { shellcheck dev .ci/run deploy/debian/p* deploy/debian/*.sh tests/lint/*.sh tests/fuzz/*.sh; }

check clang-format format
check layout python3 -B tests/lint/check_layout.py .
check architecture python3 -B tests/lint/check_architecture.py .
check coroutines python3 -B tests/lint/check_coroutines.py .
check sql python3 -B tests/lint/check_sql.py .
check docs python3 -B tests/lint/check_docs.py .
check languages python3 -B tests/lint/check_languages.py .
check mutants python3 -B tests/mutants/mutants.py --check
check shellcheck scripts
check clang-tidy python3 -B tests/lint/tidy.py build/dev
exit $failed
