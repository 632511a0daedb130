// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/text_table.h"

#include <algorithm>

namespace retort::ctl {
namespace {

std::size_t characters(const std::string& text) {
    const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    return static_cast<std::size_t>(std::ranges::count_if(text, starts));
}

} // namespace

std::string text_table(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows)
        for (std::size_t c = 0; c < row.size(); ++c) {
            if (c == widths.size()) widths.push_back(0);
            widths[c] = std::max(widths[c], characters(row[c]));
        }
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            text += row[c];
            if (c + 1 < row.size()) text.append(widths[c] - characters(row[c]) + 2, ' ');
        }
        text += '\n';
    }
    return text;
}

} // namespace retort::ctl
