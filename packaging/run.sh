#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds Retort, makes the small corpus and runs the first study: in the window where
# there is a display, else in the terminal. What is done already is not done again.
#
#   packaging/run.sh [WORKSPACE]    default: retort in the user's data folder
set -euo pipefail

usage() {
    echo "Usage: packaging/run.sh [WORKSPACE]"
    echo "Installs, builds, and runs the first study; WORKSPACE is the folder for its results."
}

# The user's data folder by the XDG rules, which ignore a relative path.
default_workspace() {
    case "${XDG_DATA_HOME:-}" in
    /*) echo "$XDG_DATA_HOME/retort" ;;
    *) echo "$HOME/.local/share/retort" ;;
    esac
}

has_display() {
    [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]
}

# The corpus is made from Debian packages, which apt finds only when it has its lists.
prepare_package_lists() {
    command -v apt-get >/dev/null || return 0
    if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
        echo "Fetching Debian's package lists, from which the corpus is made."
        as_root apt-get update
    fi
}

has_corpus() {
    "$retortctl" corpus list | grep -w debian-small >/dev/null
}

make_corpus() {
    if has_corpus; then return; fi
    prepare_package_lists
    echo "Making the corpus debian-small from Debian packages (about 130 MB to fetch, one minute)."
    "$retortctl" corpus build debian-small
}

run_study() {
    if has_display; then
        echo "Opening the window; the first study starts by itself. Close the window to come back here."
        "$programs/retort" "$workspace" --study "$study" --start
    else
        echo "There is no display, so the first study runs here."
        "$retortctl" run "$study" --workspace "$workspace"
    fi
}

report() {
    echo
    echo "The runs, with their final loss in nats per token and their perplexity:"
    "$retortctl" runs --workspace "$workspace"
    echo
    echo "They lie in $workspace."
    echo "Look at them in the window:  $programs/retort $workspace"
    echo "Look closer at one of them:  $retortctl show STUDY/VARIANT/SEED --workspace $workspace"
}

if [ $# -gt 1 ] || [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then
    usage
    [ $# -eq 1 ] && exit 0
    exit 2
fi
workspace=$(realpath --canonicalize-missing "${1:-$(default_workspace)}")

cd "$(dirname "${BASH_SOURCE[0]}")/.."
. packaging/install_dependencies.sh
programs="$PWD/build/release/bin"
retortctl="$programs/retortctl"
study=experiments/first-light.json

install_dependencies build run
echo "Building Retort in build/release."
cmake --preset release
cmake --build --preset release
make_corpus
status=0
run_study || status=$?
report
if [ "$status" -eq 130 ]; then echo "It was stopped; the same command goes on from there."; fi
exit "$status"
