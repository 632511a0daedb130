// SPDX-License-Identifier: GPL-3.0-or-later
// Names and sizes that the writer and the reader of a token store share.
#pragma once

#include <cstdint>
#include <string>

namespace retort {

inline constexpr const char* token_index_name = "tokens.json";

[[nodiscard]] inline std::string token_file_name(const std::string& split, const std::string& domain) {
    return split + "." + domain + ".bin";
}

/// Bytes of one id in a file; ids are little-endian, as every machine that Retort runs on.
[[nodiscard]] constexpr int token_bytes_for(std::int64_t vocab) {
    return vocab <= 65536 ? 2 : 4;
}

} // namespace retort
