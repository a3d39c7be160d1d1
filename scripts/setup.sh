# What scripts/lint and scripts/test share: packages, grammars, builds. To be sourced.
# SPDX-License-Identifier: Apache-2.0

set -euo pipefail
# The caller's directory: paths on the command line are relative to it.
readonly CALLER_DIRECTORY=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "halint: $*" >&2; }
fail() {
  say "$@"
  exit 2
}

# Runs a command and shows its output only if it fails.
quietly() {
  local log
  log=$(mktemp)
  if "$@" >"$log" 2>&1; then
    rm -f "$log"
    return 0
  fi
  cat "$log" >&2
  rm -f "$log"
  return 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -n "$@"
  else
    say "neither root nor sudo"
    return 1
  fi
}

# Names of wanted Debian packages that are not installed.
missing_debian_packages() {
  local name status
  while read -r name; do
    case $name in
      '' | '#'*) continue ;;
      nodejs | npm) if command -v npm >/dev/null; then continue; fi ;;
    esac
    status=$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) || status=none
    if [ "$status" != installed ]; then printf '%s ' "$name"; fi
  done <scripts/debian-packages.txt
}

install_debian_packages() {
  local missing
  missing=$(missing_debian_packages)
  if [ -z "$missing" ]; then return 0; fi
  say "installing: $missing"
  local apt="apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -qq"
  # Lists may be old but sufficient, so that a failed update alone is no reason to stop.
  quietly as_root env DEBIAN_FRONTEND=noninteractive $apt update || say "the package lists could not be updated"
  # shellcheck disable=SC2086 # The names are words of their own.
  quietly as_root env DEBIAN_FRONTEND=noninteractive $apt install -y --no-install-recommends $missing ||
    fail "could not install the packages; install them by hand, as root: apt-get install $missing"
}

# Whether a system that is not Debian has what the build needs.
has_tools_and_libraries() {
  local tool library
  for tool in c++ cmake ninja pkg-config npm python3; do
    command -v "$tool" >/dev/null || return 1
  done
  for library in re2 yaml-cpp fmt gtest libcrypto libutf8proc; do
    pkg-config --exists "$library" || return 1
  done
}

need_packages() {
  if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    install_debian_packages
    return
  fi
  if has_tools_and_libraries; then return 0; fi
  fail "this script installs packages on Debian only. Install these and run it again:
  Fedora:  sudo dnf install gcc-c++ cmake ninja-build pkgconf-pkg-config yaml-cpp-devel json-devel re2-devel \\
             cli11-devel fmt-devel gtest-devel openssl-devel utf8proc-devel python3 nodejs-npm
  macOS:   brew install cmake ninja pkgconf yaml-cpp nlohmann-json re2 openssl utf8proc cli11 fmt googletest \
             python node
  others:  a C++20 compiler, CMake 3.25, Ninja, pkg-config, Python 3, npm, and the libraries yaml-cpp,
           nlohmann-json, RE2, OpenSSL, utf8proc, CLI11, fmt, GoogleTest"
}

# The grammars' C sources, exactly as the lock file says.
need_grammars() {
  local modules=grammars/node_modules lock=grammars/package-lock.json
  if [ -d "$modules" ]; then
    if cmp -s "$lock" "$modules/.halint-lock.json"; then return 0; fi
    if [ "$modules/.package-lock.json" -nt "$lock" ]; then return 0; fi
  fi
  say "fetching the grammars"
  (cd grammars && quietly npm ci --prefer-offline --no-audit --no-fund) ||
    fail "could not fetch the grammars: run \`npm ci\` in grammars/ where there is a network"
  cp "$lock" "$modules/.halint-lock.json"
}

# build PRESET [TARGET...]
build() {
  local preset=$1
  shift
  local directory=build/$preset
  if [ ! -f "$directory/build.ninja" ]; then
    say "configuring $directory"
    quietly cmake --preset "$preset" || fail "CMake could not configure $directory"
  fi
  local todo
  todo=$(ninja -C "$directory" -n "$@" | grep -c '^\[' || true)
  if [ "$todo" -gt 1 ]; then say "building $directory"; fi
  if [ -t 1 ]; then
    ninja -C "$directory" "$@" || fail "the build failed"
  else
    ninja -C "$directory" --quiet "$@" >&2 || fail "the build failed"
  fi
}
