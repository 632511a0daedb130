// SPDX-License-Identifier: GPL-3.0-or-later
// What an import said, for tests and galleries.
#pragma once

#include "spec/import_report.h"

namespace retort {

inline ImportReport sampleImport() {
    ImportReport report;
    const auto tally = [](std::int64_t articles, std::int64_t characters) {
        return Tally{articles, characters, characters, characters};
    };
    const auto domain = [&](const std::string& name, std::int64_t read, std::int64_t clean) {
        DomainReport of;
        of.domain = name;
        of.read = tally(read, 2'000 * read);
        of.clean = tally(clean, 2'000 * clean);
        of.paragraphs = {10 * read, 30, 12};
        of.skipped = {{SkipReason::near_duplicate, read - clean}};
        return of;
    };
    report.domains = {domain("de", 500, 420), domain("en", 900, 750), domain("py", 480, 410)};
    report.domains[1].skipped[SkipReason::surplus] = 310;
    for (const char* split : {"train", "valid"})
        for (const char* name : {"de", "en", "py"})
            report.parts.push_back(
                {split, name, split[0] == 't' ? tally(400, 800'000) : tally(20, 40'000), {}});
    report.sources = {{"letters",
                       "/home/ada/letters.json",
                       tally(1400, 2'800'000),
                       tally(1200, 2'400'000),
                       {{"CC-BY-SA-3.0", 1190}, {"", 10}}},
                      {"code", "/home/ada/src", tally(480, 960'000), tally(420, 840'000), {{"MIT", 420}}}};
    report.balance = {{"train", 800'000, 1.25, 320}, {"valid", 40'000, 3.1, 16}};
    report.skipped = {
        {SkipReason::not_utf8, 2}, {SkipReason::near_duplicate, 300}, {SkipReason::surplus, 480}};
    report.examples = {{SkipReason::not_utf8, "letters.json, element 7", "byte 12 is not UTF-8"},
                       {SkipReason::near_duplicate, "letters.json, element 19", "nearly Q64"}};
    report.remarks = {"There are no function words of py, so that no paragraph of it was judged."};
    return report;
}

} // namespace retort
