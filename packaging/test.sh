#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds with warnings as errors, and runs every test but the long ones.
# The summary of the tests is the last thing printed; the exit status is theirs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. packaging/install_dependencies.sh

install_dependencies build run test

echo "Building Retort and its tests in build/ci."
cmake --preset ci
cmake --build --preset ci

echo "Running the tests."
cd build/ci
exec ctest --parallel "$(nproc)" --label-exclude '^long$' --no-tests=error --output-on-failure
