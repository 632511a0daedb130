// SPDX-License-Identifier: GPL-3.0-or-later
// Files of other programs as runs: which there are below a path, what they are to be called, and their
// curves.
#pragma once

#include "interchange/tensorboard.h"
#include "spec/imported_run.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// What a person chose to call the runs, in the place of what their paths say.
struct ImportNames {
    std::string study, variant; ///< empty: by the path
    std::optional<std::uint64_t> seed;
};

/// By the place of a run's files below `root`: `study/variant/seed` means just that; else the study is the
/// folder `root`, the variant what leads from there, joined by '-', and the seed a number at its end by
/// itself or after `seed` or `s`. Where the files lie in `root` itself, it is the variant, and the folder
/// above the study. What a name must not hold becomes '-'.
[[nodiscard]] ImportedName name_by_path(const std::filesystem::path& root, const std::filesystem::path& place,
                                        const ImportNames& chosen);

/// Files that hold the curves of a run, or, in the long form of CSV, of several.
struct RunFiles {
    enum class Format { tensorboard, csv };
    Format format = Format::tensorboard;
    std::filesystem::path place;  ///< folder of the event files, or the CSV file
    std::vector<EventFile> files; ///< of a CSV its one file
    ImportedName name;
    ImportNames chosen;
};

/// Event files and `.csv` files at `path` or anywhere below it, by their names. Reads none of them. Throws
/// Error{data} when there is nothing there, Error{usage} when a chosen name cannot be one.
[[nodiscard]] std::vector<RunFiles> find_imports(const std::filesystem::path& path,
                                                 const ImportNames& chosen = {});

struct ImportReading {
    std::vector<ImportedRun> runs;
    std::vector<std::string> notices; ///< what was damaged, cut off or left out: a sentence each
};

/// Throws Error{data} when a file cannot be read or holds no curve.
[[nodiscard]] ImportReading read_import(const RunFiles& source);

} // namespace retort
