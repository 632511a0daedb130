// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/licences.h"

#include "data/import/byte_stream.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t licence_bytes = 64 * 1024;
constexpr std::size_t head_bytes = 4096;
constexpr std::size_t title_characters = 1000;

/// A licence, a phrase that its text begins with, about, and one that is somewhere in it. The first that fits
/// counts.
struct Signs {
    std::string_view licence;
    std::array<std::string_view, 2> phrases;
};
constexpr auto known_licences = std::to_array<Signs>({
    {"AGPL-3.0-only", {"gnu affero general public license", "version 3"}},
    {"LGPL-3.0-only", {"gnu lesser general public license", "version 3"}},
    {"LGPL-2.1-only", {"gnu lesser general public license", "version 2.1"}},
    {"GPL-3.0-only", {"gnu general public license", "version 3"}},
    {"GPL-2.0-only", {"gnu general public license", "version 2"}},
    {"Apache-2.0", {"apache license", "version 2.0"}},
    {"MPL-2.0", {"mozilla public license", "2.0"}},
    {"BSL-1.0", {"boost software license", "version 1.0"}},
    {"CC0-1.0", {"cc0 1.0", "universal"}},
    {"CC-BY-SA-4.0", {"attribution-sharealike 4.0", ""}},
    {"CC-BY-4.0", {"attribution 4.0", ""}},
    {"Unlicense", {"free and unencumbered software", "public domain"}},
    {"BSD-3-Clause", {"redistribution and use in source and binary forms", "neither the name"}},
    {"BSD-2-Clause", {"redistribution and use in source and binary forms", ""}},
    {"ISC", {"permission to use, copy, modify, and", "with or without fee"}},
    {"MIT", {"permission is hereby granted, free of charge", "the software is provided \"as is\""}},
});

/// In lower case, with one blank where the text has any.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isspace(byte) == 0)
            out += static_cast<char>(std::tolower(byte));
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view around = " \t\r()";
    const std::size_t first = text.find_first_not_of(around);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(around) + 1 - first);
}

/// Whether `test` holds of any (else of all) of the parts that `word` separates.
template <class Test>
bool holds(std::string_view expression, std::string_view word, bool any, const Test& test) {
    for (;;) {
        const std::size_t at = expression.find(word);
        if (test(trimmed(expression.substr(0, at))) == any) return any;
        if (at == std::string_view::npos) return !any;
        expression.remove_prefix(at + word.size());
    }
}

bool is_licence_file(const fs::path& path) {
    const std::string name = plain(path.filename().string());
    return std::ranges::any_of(
        std::to_array<std::string_view>({"license", "licence", "copying", "unlicense"}),
        [&](std::string_view start) { return name.starts_with(start); });
}

std::string licence_in(const fs::path& folder) {
    std::error_code failed;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder, failed))
        if (entry.is_regular_file(failed) && is_licence_file(entry.path())) files.push_back(entry.path());
    std::ranges::sort(files);
    for (const fs::path& file : files) {
        std::string text;
        read_all(*open_byte_stream(file), licence_bytes, text);
        std::string licence = spdx_line(text);
        if (licence.empty()) licence = recognise_licence(text);
        if (!licence.empty()) return licence;
    }
    return {};
}

} // namespace

std::string spdx_line(std::string_view text) {
    constexpr std::string_view key = "SPDX-License-Identifier:";
    const std::string_view head = text.substr(0, head_bytes);
    const std::size_t at = head.find(key);
    if (at == std::string_view::npos) return {};
    std::string_view line = head.substr(at + key.size());
    line = line.substr(0, line.find('\n'));
    for (const std::string_view end : {"*/", "-->", "#}", "\""})
        line = line.substr(0, line.find(end));
    return std::string(trimmed(line));
}

std::string recognise_licence(std::string_view text) {
    const std::string words = plain(text.substr(0, licence_bytes));
    // A text names other licences too, but not at its beginning.
    const std::string_view beginning = std::string_view(words).substr(0, title_characters);
    const auto fits = [&](const Signs& signs) {
        return beginning.find(signs.phrases[0]) != std::string_view::npos &&
               words.find(signs.phrases[1]) != std::string::npos;
    };
    const auto found = std::ranges::find_if(known_licences, fits);
    return found == known_licences.end() ? "" : std::string(found->licence);
}

bool allows(const std::vector<std::string>& allowed, std::string_view expression) {
    const auto is_allowed = [&](std::string_view licence) {
        const std::string_view name = trimmed(licence.substr(0, licence.find(" WITH ")));
        return std::ranges::find(allowed, name) != allowed.end();
    };
    const auto all_allowed = [&](std::string_view part) { return holds(part, " AND ", false, is_allowed); };
    return holds(expression, " OR ", true, all_allowed);
}

const std::string& FolderLicences::of(const fs::path& folder) {
    const auto known = known_.find(folder);
    if (known != known_.end()) return known->second;
    std::string licence = licence_in(folder);
    if (licence.empty() && folder != root_ && folder.has_relative_path()) licence = of(folder.parent_path());
    return known_[folder] = licence;
}

} // namespace retort
