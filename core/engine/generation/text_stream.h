// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace retort {

/// Bytes of tokens in, text that may be shown out: whole letters of UTF-8, and nothing of a stop text.
class TextStream {
public:
    /// `stop` empty: none.
    explicit TextStream(std::string stop = {}) : stop_(std::move(stop)) {}

    /// What can be shown now. After the stop text, nothing more.
    [[nodiscard]] std::string add(std::string_view bytes);
    /// The rest, when no more bytes come; bytes that make no letter become U+FFFD.
    [[nodiscard]] std::string finish();
    [[nodiscard]] bool is_stopped() const { return is_stopped_; }

private:
    [[nodiscard]] std::string release(std::size_t count);

    std::string stop_, held_;
    bool is_stopped_ = false;
};

} // namespace retort
