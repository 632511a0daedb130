// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/workspace.h"

namespace retort {

/// Fills a workspace with finished runs as trainings leave them, through the store and its recorder: studies
/// of 100 variants with 5 seeds each, of which learning rate, temperature and weights differ, evaluated on
/// four domains and without curves.
void generate_runs(const Workspace& workspace, int count);

} // namespace retort
