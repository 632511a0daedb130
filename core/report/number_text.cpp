// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/number_text.h"

#include <array>
#include <charconv>

namespace retort {

std::string shown_number(double value, int digits) {
    std::array<char, 40> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, digits).ptr;
    std::string result(text.data(), end);
    if (result.starts_with('-')) result.replace(0, 1, "−");
    return result;
}

} // namespace retort
