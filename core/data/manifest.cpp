// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/manifest.h"

#include "base/error.h"
#include "base/files.h"
#include "data/article_file.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

namespace retort {
namespace fs = std::filesystem;
namespace {

using SplitOfId = std::unordered_map<std::string, std::string>; ///< of one domain

[[noreturn]] void throw_folder_fault(const fs::path& folder, const std::string& fault) {
    throw Error(ErrorKind::data, folder.string() + " " + fault);
}

/// Names of the article files, by domain.
std::vector<CorpusFile> find_files(const fs::path& folder) {
    std::error_code failed;
    std::vector<CorpusFile> files;
    for (const auto& entry : fs::directory_iterator(folder, failed))
        if (auto file = parse_article_file_name(entry.path().filename().string()))
            files.push_back(std::move(*file));
    if (failed) throw_folder_fault(folder, "cannot be read (" + failed.message() + "); check the path.");
    if (files.empty())
        throw_folder_fault(folder,
                           "has no files train.D.jsonl and valid.D.jsonl of a domain D; choose a folder "
                           "that has them.");
    // train comes first, so that an id is complained of where it is for the second time
    std::ranges::sort(files, {},
                      [](const CorpusFile& f) { return std::tuple(f.domain, f.split != "train", f.split); });
    return files;
}

void check_splits(const fs::path& folder, const std::vector<CorpusFile>& files) {
    std::set<std::string> names;
    for (const CorpusFile& file : files)
        names.insert(article_file_name(file.split, file.domain));
    for (const CorpusFile& file : files)
        for (const char* split : {"train", "valid"})
            if (const auto name = article_file_name(split, file.domain); !names.contains(name))
                throw_folder_fault(folder, "has no " + name + "; add it or leave the domain out.");
}

void check_domain_name(const fs::path& folder, const std::string& domain) {
    if (!is_corpus_name(domain))
        throw_folder_fault(folder, "has a domain \"" + domain +
                                       "\"; name domains with letters, digits, '-', '_' and '.'.");
}

CorpusFile scan_file(const fs::path& file, const CorpusFile& name, SplitOfId& split_of_id) {
    return read_article_file(file, name.split, name.domain, [&](const Article& article, std::int64_t line) {
        const auto [known, is_new] = split_of_id.try_emplace(article.id, name.split);
        if (is_new) return;
        if (known->second == name.split)
            throw_line_fault(file, line, "the id \"" + article.id + "\" is in the file twice");
        throw_line_fault(file, line,
                         "the id \"" + article.id + "\" is in the " + known->second + " split as well");
    });
}

} // namespace

bool is_corpus_name(const std::string& name) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    return !name.empty() && name.front() != '.' && name.find_first_not_of(plain) == std::string::npos;
}

std::vector<CorpusFile> scan_corpus_folder(const fs::path& folder) {
    std::vector<CorpusFile> files = find_files(folder);
    check_splits(folder, files);
    std::string domain;
    SplitOfId split_of_id;
    for (CorpusFile& file : files) {
        check_domain_name(folder, file.domain);
        if (file.domain != domain) split_of_id.clear();
        domain = file.domain;
        file = scan_file(folder / article_file_name(file.split, file.domain), file, split_of_id);
    }
    return files;
}

Json read_manifest(const fs::path& folder) {
    const fs::path file = folder / "manifest.json";
    if (!fs::exists(file)) return Json::object();
    const Json manifest = Json::parse(read_file(file), nullptr, false);
    if (!manifest.is_object())
        throw Error(ErrorKind::data, file.string() + " is damaged; build or import the corpus again.");
    return manifest;
}

Json make_manifest(const std::string& name, const std::vector<CorpusFile>& files, Json origin) {
    Json manifest = {{"name", name}};
    const Json before = origin.value("files", Json::object());
    Json& table = manifest["files"] = Json::object();
    for (const CorpusFile& file : files) {
        const std::string key = article_file_name(file.split, file.domain);
        Json& entry = table[key] = before.is_object() ? before.value(key, Json::object()) : Json::object();
        entry.update({{"articles", file.articles},
                      {"characters", file.characters},
                      {"bytes", file.bytes},
                      {"sha256", file.sha256}});
    }
    origin.erase("name");
    origin.erase("files");
    manifest.update(origin);
    return manifest;
}

void write_manifest(const fs::path& folder, const Json& manifest) {
    write_file_atomically(folder / "manifest.json", manifest.dump(1) + "\n");
}

} // namespace retort
