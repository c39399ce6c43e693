# shellcheck shell=bash
# 各脚本共用:消息、目标目录、计时的步骤、RocksDB 只编译一次的检查。
# Shared by the scripts: messages, the target folder, timed steps, and the rule that RocksDB is compiled once.

set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"

# make's own variables would make cargo and cc look for a job server that is not there.
unset MAKEFLAGS MFLAGS MAKELEVEL

# One target folder for everything. Absolute, so that cargo finds the same one from every directory.
CARGO_TARGET_DIR="$(realpath -m "${CARGO_TARGET_DIR:-target}")"
export CARGO_TARGET_DIR
target="$CARGO_TARGET_DIR"
# shellcheck disable=SC2034  # read by the scripts that source this file
zhengmai="$target/release/zhengmai"

# Material that tests may measure with and that is no part of the project (W3C's test suites, a corpus).
# Looked for beside the checkout; every test that wants it says so where it is not there.
export ZHENGMAI_MATERIAL="${ZHENGMAI_MATERIAL:-$root/../shared}"

bold='' dim='' red='' green='' plain=''
if [ -t 2 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
fi

# say 中文 English
say() { printf '%s %s%s%s\n' "$1" "$dim" "$2" "$plain" >&2; }

# die 中文 English: what is wrong and what to do about it
die() {
    printf '%s%s%s\n%s\n' "$red" "$1" "$plain" "$2" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# A folder for this run that goes when the script ends.
scratch() {
    scratch_dir="$(mktemp -d)"
    trap 'rm -rf "$scratch_dir"' EXIT
}

# A port of loopback that nobody listens on.
free_port() {
    node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# Cargo takes a unit for fresh if its files are older than the last build, even where that build was made from
# another checkout that shares the target folder. So whoever comes from another checkout touches the crate's roots.
adopt_target_folder() {
    mkdir -p "$target"
    local stamp="$target/.zhengmai-checkout" file
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$root" ] && return
    for file in src/lib.rs src/main.rs tests/main.rs benches/*.rs; do
        if [ -f "$file" ]; then touch "$file"; fi
    done
    printf '%s\n' "$root" >"$stamp"
}

# ---- RocksDB is compiled once ---------------------------------------------------------------------------------
# Compiling it takes a quarter of an hour, and cargo does it again for every other profile, feature set or set of flags.
# Each compilation leaves a librocksdb.a; a new one, or an old one rewritten, is one compilation.

rocksdb_builds() {
    find "$target" -maxdepth 5 -path '*/build/oxrocksdb-sys-*/out/librocksdb.a' -printf '%p %T@\n' 2>/dev/null | sort || true
}

# All that may rightly ask for another RocksDB: dependencies, profiles, compiler, flags.
rocksdb_recipe() {
    {
        cat Cargo.toml Cargo.lock
        rustc -vV
        # Sources unpacked anew count as changed.
        find "${CARGO_HOME:-$HOME/.cargo}/registry/src" -mindepth 2 -maxdepth 2 -name 'oxrocksdb-sys-*' -printf '%p %C@\n' 2>/dev/null | sort || true
        env | grep -E '^(RUSTFLAGS|CARGO_(ENCODED_RUSTFLAGS|BUILD_|PROFILE_|TARGET_X86|TARGET_AARCH)|(HOST_|TARGET_)?(CC|CXX|AR|CFLAGS|CXXFLAGS)(_|=)|LIBCLANG_PATH=|BINDGEN_)' | sort || true
    } | sha256sum | cut -d' ' -f1
}

# From here on, compilations are counted. Where this recipe has been built in this folder before, none may follow;
# otherwise one. (A leftover of an earlier Cargo.lock stays out of the count.)
rocksdb_count_from_here() {
    rocksdb_recipe_now="$(rocksdb_recipe)"
    rocksdb_before="$(rocksdb_builds)"
    rocksdb_seen=''
    rocksdb_allowed=1
    if [[ "$rocksdb_before" == *"$target/release/"* && "$(cat "$target/.zhengmai-rocksdb" 2>/dev/null)" == "$rocksdb_recipe_now" ]]; then
        rocksdb_allowed=0
    fi
}

# After every step that runs cargo: so that two compilations in one folder are seen as two.
rocksdb_look() {
    rocksdb_seen="$(comm -13 <(printf '%s\n' "$rocksdb_before") <(
        { printf '%s\n' "$rocksdb_seen" && rocksdb_builds; } | sed '/^$/d' | sort -u
    ))"
}

rocksdb_check() {
    rocksdb_look
    local built
    built="$(printf '%s' "$rocksdb_seen" | grep -c . || true)"
    if [ "$built" -gt "$rocksdb_allowed" ]; then
        say "RocksDB 编译了 $built 次,本次至多 $rocksdb_allowed 次:" "RocksDB was compiled $built time(s) where $rocksdb_allowed would do:"
        printf '%s\n' "$rocksdb_seen" | sed 's/ [^ ]*$//; s/^/    /' >&2
        say "每条 cargo 命令须同为 --release、缺省特性、整个包,环境中的编译参数(RUSTFLAGS、CXXFLAGS…)也须一致。" \
            "Every cargo command must share --release, the default features, the whole package, and the same flags in the environment."
        return 1
    fi
    if [ -n "$(rocksdb_builds)" ]; then rocksdb_recipe >"$target/.zhengmai-rocksdb"; fi
}

# ---- Steps ----------------------------------------------------------------------------------------------------

steps_failed=0
steps_report=()
steps_began=$SECONDS

# step 中文 English hint command…: runs it, times it, remembers how it ended and what to do if it failed.
step() {
    local zh="$1" en="$2" hint="$3" began=$SECONDS status=0 took
    shift 3
    printf '\n%s▶ %s%s %s%s%s\n' "$bold" "$zh" "$plain" "$dim" "$en" "$plain" >&2
    "$@" </dev/null || status=$?
    took="$(duration $((SECONDS - began)))"
    if [ "$status" -eq 0 ]; then
        steps_report+=("${green}✓${plain} $took  $zh $en")
    else
        steps_failed=$((steps_failed + 1))
        steps_report+=("${red}✗${plain} $took  $zh $en"$'\n'"            → $hint")
        printf '%s✗ %s %s%s → %s\n' "$red" "$zh" "$en" "$plain" "$hint" >&2
    fi
    if [ -n "${rocksdb_recipe_now:-}" ]; then rocksdb_look; fi
    return "$status"
}

# skip 中文 English 为何 why: a step that has nothing to work on; the summary says so.
skip() { steps_report+=("– 未运行  $1 $2: $3 $4"); }

duration() { printf '%3d:%02d' $(($1 / 60)) $(($1 % 60)); }

steps_summary() {
    printf '\n%s小结%s %sSummary%s (%s)\n' "$bold" "$plain" "$dim" "$plain" "$(duration $((SECONDS - steps_began)))" >&2
    printf '  %s\n' "${steps_report[@]}" >&2
    if [ "$steps_failed" -gt 0 ]; then
        die "$steps_failed 个步骤没有通过,各行 → 后是该做的事。" "$steps_failed step(s) failed; each line after → says what to do."
    fi
    say "全部步骤通过。" "Every step passed."
}
