// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/corpus_recipe.h"

#include "base/child_process.h"
#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "data/manifest.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <sstream>
#include <vector>

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view prefix = "debian-";
constexpr int explained = 3; ///< the program's status when the last line on stderr is a sentence for the user
constexpr double largest_imbalance = 0.05;

[[noreturn]] void throw_data(const std::string& sentence) {
    throw Error(ErrorKind::data, sentence);
}

Json parse_sources(const fs::path& file) {
    Json sources = Json::parse(read_file(file), nullptr, false);
    if (!sources.is_object() || !sources.contains("releases") || !sources.contains("tiers"))
        throw_data(file.string() + " is damaged; install Retort again.");
    return sources;
}

std::map<std::string, std::string> parse_os_release(const std::string& text) {
    std::map<std::string, std::string> values;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto equals = line.find('=');
        if (equals == std::string::npos) continue;
        std::string value = line.substr(equals + 1);
        std::erase(value, '"');
        values[line.substr(0, equals)] = value;
    }
    return values;
}

/// Those that have the packages of the recipe's tier.
std::vector<Json> releases_with(const CorpusRecipe& recipe) {
    std::vector<Json> releases;
    for (const Json& release : recipe.sources.at("releases"))
        for (const Json& tier : release.at("tiers"))
            if (tier == recipe.tier) releases.push_back(release);
    return releases;
}

/// Debian's own interpreter where it is: with the same packages it gives the same bytes everywhere.
fs::path find_python() {
    if (fs::exists("/usr/bin/python3")) return "/usr/bin/python3";
    if (const auto found = find_program("python3")) return *found;
    throw_data("Building a corpus needs python3, which is not installed; install the package python3.");
}

/// "progress SHARE PHASE"; other lines are passed over.
void report_line(const std::string& line, const ProgressFunction& progress) {
    constexpr std::string_view mark = "progress ";
    if (!progress || !line.starts_with(mark)) return;
    double share = 0;
    const char* end = line.data() + line.size();
    const auto parsed = std::from_chars(line.data() + mark.size(), end, share);
    if (parsed.ec == std::errc{} && parsed.ptr != end)
        progress({parsed.ptr + 1, end}, std::clamp(share, 0.0, 1.0));
}

std::optional<Corpus> find_built(const CorpusRecipe& recipe) {
    try {
        Corpus corpus = open_corpus(recipe.name);
        if (corpus.manifest.value("/recipe/sha256"_json_pointer, "") == recipe.sha256) return corpus;
    } catch (const Error&) { // absent or damaged: it is built
    } catch (const Json::exception&) {
    }
    return std::nullopt;
}

} // namespace

fs::path recipe_folder() {
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    const fs::path installed = program.parent_path().parent_path() / "share" / "retort" / "corpora";
    return !failed && fs::exists(installed, failed) ? installed : fs::path(RETORT_RECIPE_DIR);
}

CorpusRecipe load_recipe(const std::string& name, const fs::path& folder) {
    const auto names = corpus_recipes();
    if (std::ranges::find(names, name) == names.end())
        throw_data("There is no corpus recipe \"" + name + "\"; choose debian-small or debian-large.");
    CorpusRecipe recipe{name, name.substr(prefix.size()), folder, {}, {}};
    Sha256 digest;
    digest.update(recipe.tier);
    for (const char* file : {"build_corpus.py", "corpus_text.py", "corpus_sources.json"})
        digest.update(std::string(file) + sha256_of_file(folder / file));
    recipe.sha256 = digest.hex();
    recipe.sources = parse_sources(folder / "corpus_sources.json");
    return recipe;
}

void check_release(const CorpusRecipe& recipe, const fs::path& os_release) {
    std::map<std::string, std::string> found;
    if (fs::exists(os_release)) found = parse_os_release(read_file(os_release));
    std::string names;
    for (const Json& release : releases_with(recipe)) {
        if (release.at("id") == found["ID"] && release.at("codename") == found["VERSION_CODENAME"]) return;
        names += (names.empty() ? "" : " and ") + release.at("name").get<std::string>();
    }
    const std::string here = found["PRETTY_NAME"].empty() ? "unknown" : found["PRETTY_NAME"];
    throw_data("The recipe " + recipe.name + " is for " + names + ", but this system is " + here +
               "; build there, or import a corpus of your own.");
}

void check_balance(const std::string& name, const Json& manifest) {
    std::map<std::string, std::pair<double, double>> extremes; // split -> fewest, most
    for (const auto& [file, entry] : manifest.at("files").items()) {
        const double tokens = entry.at("estimated_tokens").get<double>();
        auto& [fewest, most] =
            extremes.try_emplace(file.substr(0, file.find('.')), tokens, tokens).first->second;
        fewest = std::min(fewest, tokens);
        most = std::max(most, tokens);
    }
    for (const auto& [split, range] : extremes)
        if (range.second - range.first > largest_imbalance * range.second)
            throw_data("The domains of the " + split + " split of " + name +
                       " differ by more than 5 % in tokens; use the package versions of the named release.");
}

void run_recipe(const CorpusRecipe& recipe, const fs::path& folder, const ProgressFunction& progress,
                std::stop_token stop) {
    const std::vector<std::string> command = {find_python(),
                                              "-B",
                                              "-E",
                                              "-s",
                                              recipe.folder / "build_corpus.py",
                                              "--tier",
                                              recipe.tier,
                                              "--out",
                                              folder.string(),
                                              "--cache",
                                              (cache_folder() / "packages").string()};
    const ChildResult result = run_child(
        command, [&](const std::string& line) { report_line(line, progress); }, stop);
    if (result.stopped)
        throw Error(ErrorKind::interrupted,
                    "The build of " + recipe.name + " was stopped; the packages fetched so far are kept.");
    if (result.status == explained && !result.last_error.empty()) throw_data(result.last_error);
    if (result.status > 128)
        throw_data("The recipe " + recipe.name + " was ended by signal " +
                   std::to_string(result.status - 128) + "; build it again.");
    if (result.status != 0)
        throw_data("The recipe " + recipe.name + " failed (" + result.last_error +
                   "); check that python3 is at least version 3.8.");
}

Corpus build_from_recipe(const CorpusRecipe& recipe, const ProgressFunction& progress, std::stop_token stop) {
    write_folder_atomically(corpora_folder() / recipe.name, [&](const fs::path& temporary) {
        run_recipe(recipe, temporary, progress, stop);
        Json origin = read_manifest(temporary);
        origin["recipe"] = {{"name", recipe.name}, {"sha256", recipe.sha256}};
        const Json manifest = make_manifest(recipe.name, scan_corpus_folder(temporary), origin);
        check_balance(recipe.name, manifest);
        write_manifest(temporary, manifest);
    });
    if (progress) progress("done", 1.0);
    return open_corpus(recipe.name);
}

std::vector<std::string> corpus_recipes() {
    return {std::string(prefix) + "small", std::string(prefix) + "large"};
}

Corpus build_corpus(const std::string& name, const ProgressFunction& progress, std::stop_token stop,
                    bool again) {
    const CorpusRecipe recipe = load_recipe(name, recipe_folder());
    if (!again)
        if (auto built = find_built(recipe)) return *built;
    check_release(recipe, "/etc/os-release");
    return build_from_recipe(recipe, progress, stop);
}

} // namespace retort
