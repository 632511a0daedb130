// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/unfinished_write.h"

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view ending = ".tmp";

/// The inverse of temporary_name().
std::optional<UnfinishedWrite> read_temporary_name(const fs::path& path) {
    const std::string text = path.filename().string();
    if (!text.starts_with('.') || !text.ends_with(ending)) return {};
    const std::size_t end = text.size() - ending.size(), point = text.rfind('.', end - 1);
    if (point == 0 || point == std::string::npos) return {};
    UnfinishedWrite write{path, text.substr(1, point - 1)};
    const auto [stop, failed] = std::from_chars(text.data() + point + 1, text.data() + end, write.pid);
    if (failed != std::errc() || stop != text.data() + end || write.pid <= 0) return {};
    return write;
}

} // namespace

fs::path temporary_name(const fs::path& path) {
    const std::string name = "." + path.filename().string() + "." + std::to_string(::getpid());
    return path.parent_path() / (name + std::string(ending));
}

std::vector<UnfinishedWrite> unfinished_writes(const fs::path& folder) {
    std::vector<UnfinishedWrite> found;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none))
        if (auto write = read_temporary_name(entry.path())) found.push_back(*std::move(write));
    return found;
}

} // namespace retort
