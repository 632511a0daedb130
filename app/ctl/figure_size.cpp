// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/figure_size.h"

#include "report/venue.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <vector>

namespace retort::ctl {

double FigureSize::width() const {
    return millimetres > 0 ? points_of_mm(millimetres) : venue_of(venue)->width;
}

void add_figure_size(CLI::App* command, FigureSize& size) {
    std::vector<std::string> keys;
    for (const Venue& venue : venues)
        keys.emplace_back(venue.key);
    command->add_option("--venue", size.venue, "Whose column the figures are as wide as")
        ->check(CLI::IsMember(keys));
    command->add_option("--width", size.millimetres, "Width of the figures in mm, instead of a venue's")
        ->check(CLI::Range(25.0, 1000.0))
        ->type_name("MM");
}

Drawer own_drawer() {
    std::error_code error;
    const auto own = std::filesystem::read_symlink("/proc/self/exe", error);
    return {error ? std::filesystem::path("retort") : own.parent_path() / "retort", RETORT_VERSION};
}

} // namespace retort::ctl
