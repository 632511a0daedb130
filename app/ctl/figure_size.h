// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands that write figures share.
#pragma once

#include "report/drawer.h"

#include <CLI/App.hpp>
#include <string>

namespace retort::ctl {

struct FigureSize {
    std::string venue = "neurips"; ///< key of a Venue
    double millimetres = 0;        ///< instead of the venue's width; 0: not given

    [[nodiscard]] double width() const; ///< PDF points
};
/// --venue and --width.
void add_figure_size(CLI::App* command, FigureSize& size);

/// Draws with the retort beside this program.
[[nodiscard]] Drawer own_drawer();

} // namespace retort::ctl
