# shellcheck shell=bash
# What the scripts share; sourced, never run.

set -euo pipefail
unset CDPATH

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export root
cd "$root"

# Swift's own backtraces interleave with reports when a test makes a process fail on purpose.
export SWIFT_BACKTRACE=${SWIFT_BACKTRACE:-enable=no}

# step TEXT: a heading on stderr.
step() { printf '==> %s\n' "$*" >&2; }

# die CODE TEXT...: ends the script with CODE, one line for each TEXT. Codes are those of policyc itself.
die() {
  local code=$1
  shift
  printf '%s\n' "$@" >&2
  exit "$code"
}

# Where build_release leaves the binary.
policyc=$root/.build/release/policyc
export policyc

# build_release: builds policyc in release mode, without symbols; those are in policyc.debug beside it, where gdb and perf look.
# Copies that run at the same time wait for each other here.
build_release() {
  local lock options debug=$policyc.debug
  { mkdir -p build && : >>build/.lock; } || die 4 "policyc: $root/build cannot be written. (exit 4)"
  exec {lock}>build/.lock
  flock "$lock"
  # libxml2 is opened when XML is read (docs/decisions/0011), so the link must not name it. SwiftPM puts its -l flags
  # before -Xlinker ones, and --as-needed has to come first; clang takes leading options from the environment.
  # lld comes with Swift. Nobody links to policyc, so it exports no names; the loader understands packed relocations
  # since glibc 2.36. Together they are 2.5 MB of the program, and of its start.
  options="# ^-Wl,--as-needed +-fuse-ld=lld +-Wl,--no-export-dynamic +-Wl,--icf=safe"
  if printf 'glibc 2.36\n%s\n' "$(getconf GNU_LIBC_VERSION)" | sort -CV; then
    options+=" +-Wl,-z,pack-relative-relocs"
  fi
  # SwiftPM would have the loader look for libraries beside the binary first, where anybody may have put some.
  CCC_OVERRIDE_OPTIONS=$options \
    swift build -c release --static-swift-stdlib --disable-local-rpath --product policyc >&2 ||
    die 1 "policyc does not build; the compiler's errors are above."
  ! readelf -d "$policyc" | grep -qE 'R(UN)?PATH' ||
    die 70 "The loader looks for libraries of $policyc in a folder of its own: readelf -d shows RUNPATH."
  if readelf -SW "$policyc" | grep -q '\.debug_info'; then
    objcopy --only-keep-debug "$policyc" "$debug"
    objcopy --strip-all --add-gnu-debuglink="$debug" "$policyc"
  fi
  exec {lock}>&-
}

# find_missing NEED...: puts into still_missing the packages of what is not there. A NEED is `package | command`, the command
# succeeding when what we need of the package is there.
still_missing=()
find_missing() {
  local need package
  still_missing=()
  for need in "$@"; do
    package=${need%%|*}
    bash -c "${need#*|}" >/dev/null 2>&1 || still_missing+=("${package//[[:space:]]/}")
  done
  [ "${#still_missing[@]}" -eq 0 ]
}

# install_missing NEED...: installs what is not there with apt where it may (as root, or with a sudo that asks for no password;
# never with POLICYC_INSTALL=no). Fails, with the rest in still_missing, when something is missing still.
install_missing() {
  find_missing "$@" && return
  local as_root=()
  [ "${POLICYC_INSTALL-}" != no ] && command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  step "installing ${still_missing[*]}"
  # Another copy may hold apt's lock: wait for it rather than fail.
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600)
  "${apt[@]}" install --no-install-recommends "${still_missing[@]}" </dev/null >&2 ||
    { "${apt[@]}" update </dev/null >&2 &&
      "${apt[@]}" install --no-install-recommends "${still_missing[@]}" </dev/null >&2; } || true
  find_missing "$@"
}
