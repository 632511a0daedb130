#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds Retort, and makes a Debian package of it, for the release it is run on.
#
#   packaging/deb.sh [FOLDER]    default: build/release
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. packaging/install_dependencies.sh

folder=$(realpath --canonicalize-missing "${1:-build/release}")
install_dependencies build run
cmake --preset release
cmake --build --preset release
mkdir -p "$folder"
(cd build/release && cpack -G DEB -B "$folder")
rm -rf "$folder/_CPack_Packages"
echo "The package lies in $folder; install it with: apt install $folder/retort_*.deb"
