// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/import_runs.h"

#include "base/error.h"
#include "interchange/curves_csv.h"
#include "interchange/series_tag.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <iterator>
#include <map>
#include <regex>
#include <utility>

namespace retort {
namespace fs = std::filesystem;
namespace {

/// Of a run whose path says no more than its seed; what a study without variants calls its only one.
constexpr const char* only_variant = "base";

bool is_plain(unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
}

bool is_name(const std::string& name) {
    return !name.empty() && name.front() != '.' && std::ranges::all_of(name, is_plain);
}

std::string as_name(std::string text) {
    std::ranges::replace_if(
        text, [](unsigned char c) { return !is_plain(c); }, '-');
    if (text.empty() || text.front() == '.') text.insert(text.begin(), '_');
    return text;
}

std::optional<std::uint64_t> whole_number(const std::string& text) {
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data(), end, number);
    return failed == std::errc() && stop == end && !text.empty() ? std::optional(number) : std::nullopt;
}

/// Takes a seed from the end of the last part, and the part where nothing else is left of it.
std::optional<std::uint64_t> take_seed(std::vector<std::string>& parts) {
    static const std::regex pattern("(?:(.*?)[-_. ])?(?:seed|s)[-_= ]?([0-9]{1,19})", std::regex::icase);
    if (parts.empty()) return {};
    std::smatch match;
    std::optional<std::uint64_t> seed = whole_number(parts.back());
    if (seed) {
        parts.pop_back();
    } else if (std::regex_match(parts.back(), match, pattern)) {
        seed = whole_number(match[2]);
        const std::string rest = match[1];
        parts.back() = rest;
        if (rest.empty()) parts.pop_back();
    }
    return seed;
}

std::vector<std::string> parts_of(const fs::path& path) {
    std::vector<std::string> parts;
    for (const fs::path& part : path)
        if (!part.empty() && part != "." && part != "/") parts.push_back(part.string());
    return parts;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : "-") + part;
    return text.empty() ? only_variant : as_name(text);
}

/// Without a `/` at its end, which would be an empty part.
fs::path plain_path(const fs::path& path) {
    const fs::path full = fs::absolute(path).lexically_normal();
    return full.filename().empty() ? full.parent_path() : full;
}

void require_names(const ImportNames& chosen) {
    for (const auto& [what, name] :
         {std::pair("study", &chosen.study), std::pair("variant", &chosen.variant)})
        if (!name->empty() && !is_name(*name))
            throw Error(ErrorKind::usage, "\"" + *name + "\" cannot name a " + what +
                                              "; use letters, digits, '.', '_' and '-'.");
}

/// `run-RUN-tag-TAG.csv`: what TensorBoard calls a curve that it gives out.
struct TensorBoardCsv {
    std::string run, tag;
};
std::optional<TensorBoardCsv> tensorboard_csv(const fs::path& file) {
    static const std::regex pattern("run[-_](.+?)[-_]tag[-_](.+)");
    std::smatch match;
    const std::string stem = file.stem().string();
    if (!std::regex_match(stem, match, pattern)) return {};
    return TensorBoardCsv{match[1], match[2]};
}

std::string extension_of(const fs::path& file) {
    std::string extension = file.extension().string();
    std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return std::tolower(c); });
    return extension;
}

class Finder {
public:
    Finder(fs::path root, ImportNames chosen) : root_(std::move(root)), chosen_(std::move(chosen)) {}

    void take(const fs::path& file) {
        if (is_event_file_name(file))
            take_events(file);
        else if (extension_of(file) == ".csv")
            take_csv(file);
    }
    [[nodiscard]] std::vector<RunFiles> found() {
        std::vector<RunFiles> all;
        for (auto& [place, source] : sources_) {
            std::ranges::sort(source.files, {}, [](const EventFile& file) { return file.path.filename(); });
            all.push_back(std::move(source));
        }
        return all;
    }

private:
    /// A folder of a split belongs to the run of the folder above, where there is one.
    void take_events(const fs::path& file) {
        const fs::path folder = file.parent_path();
        const std::string split = folder == root_ ? std::string() : split_named(folder.filename().string());
        const fs::path place = split.empty() ? folder : folder.parent_path();
        source(place, RunFiles::Format::tensorboard, place).files.push_back({file, split});
    }
    void take_csv(const fs::path& file) {
        const auto given_out = tensorboard_csv(file);
        const fs::path name = given_out ? fs::path(given_out->run) : file.stem();
        source(file.parent_path() / name, RunFiles::Format::csv, file).files.push_back({file, {}});
    }
    RunFiles& source(const fs::path& place, RunFiles::Format format, const fs::path& shown) {
        const auto [found, is_new] = sources_.try_emplace({place, format});
        if (is_new) found->second = {format, shown, {}, name_by_path(root_, place, chosen_), chosen_};
        return found->second;
    }

    fs::path root_;
    ImportNames chosen_;
    std::map<std::pair<fs::path, RunFiles::Format>, RunFiles> sources_;
};

/// Curves of another file of the same run. The clock that knows more steps is kept.
void merge(RunCurves& into, RunCurves more) {
    std::ranges::move(more.curves, std::back_inserter(into.curves));
    if (more.clock.size() <= into.clock.size()) return;
    into.clock = std::move(more.clock);
    into.began = more.began;
}

ImportReading read_csv(const RunFiles& source) {
    ImportReading reading;
    std::map<std::string, RunCurves> by_name;
    for (const EventFile& file : source.files) {
        const auto given_out = tensorboard_csv(file.path);
        CsvCurves read = read_curves_csv(file.path, given_out ? given_out->tag : file.path.stem().string());
        std::ranges::move(read.notices, std::back_inserter(reading.notices));
        for (NamedCurves& run : read.runs)
            merge(by_name[run.run], std::move(run.curves));
    }
    const fs::path folder = source.place.parent_path();
    for (auto& [run, curves] : by_name) {
        ImportedName name = run.empty() ? source.name : name_by_path(folder, folder / run, source.chosen);
        reading.runs.push_back({std::move(name), source.place.string(), "csv", std::move(curves)});
    }
    return reading;
}

ImportReading read_events(const RunFiles& source) {
    CurveReading read = read_tensorboard(source.files);
    ImportReading reading{{}, std::move(read.notices)};
    if (!read.curves.curves.empty())
        reading.runs.push_back({source.name, source.place.string(), "tensorboard", std::move(read.curves)});
    return reading;
}

} // namespace

ImportedName name_by_path(const fs::path& root, const fs::path& place, const ImportNames& chosen) {
    const fs::path base = place == root ? root.parent_path() : root;
    std::vector<std::string> parts = parts_of(place.lexically_relative(base));
    ImportedName name;
    name.study = as_name(base.filename().empty() ? "imported" : base.filename().string());
    if (parts.size() == 3 && whole_number(parts.back()) && chosen.study.empty()) {
        name.study = as_name(parts.front());
        parts.erase(parts.begin());
    }
    if (const auto seed = take_seed(parts)) name.seed = *seed;
    name.variant = joined(parts);
    if (!chosen.study.empty()) name.study = chosen.study;
    if (!chosen.variant.empty()) name.variant = chosen.variant;
    if (chosen.seed) name.seed = *chosen.seed;
    return name;
}

std::vector<RunFiles> find_imports(const fs::path& path, const ImportNames& chosen) {
    require_names(chosen);
    const fs::path root = plain_path(path);
    std::error_code failed;
    const bool is_folder = fs::is_directory(root, failed);
    if (!fs::exists(root, failed))
        throw Error(ErrorKind::data, "There is nothing at " + root.string() + "; check the path.");
    Finder finder(is_folder ? root : root.parent_path(), chosen);
    if (!is_folder) finder.take(root);
    if (is_folder)
        for (const auto& entry :
             fs::recursive_directory_iterator(root, fs::directory_options::skip_permission_denied, failed))
            if (entry.is_regular_file(failed)) finder.take(entry.path());
    std::vector<RunFiles> found = finder.found();
    if (found.empty())
        throw Error(ErrorKind::data, root.string() +
                                         " holds neither event files of TensorBoard nor CSV files; "
                                         "choose a folder or a file with curves.");
    return found;
}

ImportReading read_import(const RunFiles& source) {
    ImportReading reading = source.format == RunFiles::Format::csv ? read_csv(source) : read_events(source);
    if (reading.runs.empty())
        throw Error(ErrorKind::data, source.place.string() + " holds no curve; choose a file with scalars.");
    return reading;
}

} // namespace retort
