# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by run.sh and test.sh. Installs the Debian packages of packaging/dependencies.txt that are missing.
#
# Nothing missing: no network, no root. RETORT_SKIP_INSTALL=1 leaves all packages to the user.

dependencies_file="$(dirname "${BASH_SOURCE[0]}")/dependencies.txt"

# wanted_packages GROUP...: the packages of the groups, a line for each.
wanted_packages() {
    local group
    for group in "$@"; do
        awk -v group="$group" '$1 == group { print $2 }' "$dependencies_file"
    done
}

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# missing_packages GROUP...: those of them that are not installed.
missing_packages() {
    local package
    for package in $(wanted_packages "$@"); do
        is_installed "$package" || echo "$package"
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

give_up() {
    echo "$1" >&2
    exit 2
}

# install_dependencies GROUP...: installs what is missing, or says what is and stops with status 2.
install_dependencies() {
    if [ "${RETORT_SKIP_INSTALL:-}" = 1 ]; then return; fi
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        give_up "This system has no apt; install what these Debian packages hold, then start again with RETORT_SKIP_INSTALL=1: $(wanted_packages "$@" | paste -sd ' ')"
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    if [ ${#missing[@]} -eq 0 ]; then return; fi
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        give_up "Packages are missing and there is no sudo; as root, run: apt-get install ${missing[*]}"
    fi
    echo "These Debian packages are missing and will be installed: ${missing[*]}"
    as_root apt-get update || echo "The package lists could not be renewed; going on with those that are there."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}" ||
        give_up "The packages could not be installed; apt's message above says why."
}
