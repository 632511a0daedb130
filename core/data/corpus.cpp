// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/corpus.h"

#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "data/article_file.h"
#include "data/manifest.h"

#include <algorithm>
#include <map>

namespace retort {
namespace fs = std::filesystem;
namespace {

std::string how_to_get(const std::string& name) {
    const auto recipes = corpus_recipes();
    if (std::ranges::find(recipes, name) != recipes.end())
        return "build it with `retortctl corpus build " + name + "`.";
    return "import it with `retortctl corpus import`.";
}

[[noreturn]] void throw_damaged(const fs::path& folder, const std::string& fault) {
    throw Error(ErrorKind::data, "The corpus in " + folder.string() + " is damaged (" + fault + "); " +
                                     how_to_get(folder.filename().string()));
}

CorpusFile read_entry(const fs::path& folder, const std::string& name, const Json& entry) {
    auto file = parse_article_file_name(name);
    if (!file) throw_damaged(folder, name + " is in its manifest");
    try {
        entry.at("articles").get_to(file->articles);
        entry.at("characters").get_to(file->characters);
        entry.at("bytes").get_to(file->bytes);
        entry.at("sha256").get_to(file->sha256);
    } catch (const Json::exception&) {
        throw_damaged(folder, "the counts of " + name + " are missing");
    }
    std::error_code failed;
    const auto size = fs::file_size(folder / name, failed);
    if (failed || size != static_cast<std::uintmax_t>(file->bytes))
        throw_damaged(folder, name + (failed ? " is missing" : " has another size"));
    return *file;
}

const CorpusFile& find_file(const Corpus& corpus, const std::string& split, const std::string& domain) {
    const auto found = std::ranges::find_if(
        corpus.files, [&](const CorpusFile& f) { return f.split == split && f.domain == domain; });
    if (found != corpus.files.end()) return *found;
    throw Error(ErrorKind::data, "The corpus " + corpus.name + " has no domain \"" + domain + "\" in its " +
                                     split + " split; choose one of its domains or another corpus.");
}

Corpus open_folder(const fs::path& folder) {
    Corpus corpus{folder.filename().string(), folder, {}, read_manifest(folder)};
    const auto files = corpus.manifest.find("files");
    if (files == corpus.manifest.end() || !files->is_object() || files->empty())
        throw_damaged(folder, "its manifest lists no files");
    for (const auto& [name, entry] : files->items())
        corpus.files.push_back(read_entry(folder, name, entry));
    return corpus;
}

} // namespace

std::string Corpus::identity() const {
    std::map<std::string, std::string> sums;
    for (const CorpusFile& file : files)
        sums[article_file_name(file.split, file.domain)] = file.sha256;
    Sha256 digest;
    for (const auto& [file, sum] : sums)
        digest.update(sum + "  " + file + "\n");
    return digest.hex();
}

std::vector<std::string> Corpus::domains() const {
    std::vector<std::string> names;
    for (const CorpusFile& file : files)
        if (std::ranges::find(names, file.domain) == names.end()) names.push_back(file.domain);
    return names;
}

fs::path corpora_folder() {
    return cache_folder() / "corpora";
}

Corpus open_corpus(const std::string& name) {
    const fs::path folder = corpora_folder() / name;
    if (!is_corpus_name(name) || !fs::is_directory(folder))
        throw Error(ErrorKind::data, "There is no corpus \"" + name + "\" in " + corpora_folder().string() +
                                         "; " + how_to_get(name));
    return open_folder(folder);
}

std::vector<Corpus> list_corpora() {
    std::vector<Corpus> corpora;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(corpora_folder(), failed)) {
        try {
            corpora.push_back(open_corpus(entry.path().filename().string()));
        } catch (const Error&) { // a folder that is no corpus is passed over; opening it by name says why
        }
    }
    std::ranges::sort(corpora, {}, &Corpus::name);
    return corpora;
}

Corpus import_corpus(const fs::path& folder, const std::string& name) {
    if (!is_corpus_name(name))
        throw Error(ErrorKind::usage,
                    "A corpus cannot be called \"" + name + "\"; use letters, digits, '-', '_' and '.'.");
    const auto files = scan_corpus_folder(folder);
    Json origin = read_manifest(folder);
    origin.erase("recipe"); // whatever made these files, building that recipe must not take them for its own
    write_folder_atomically(corpora_folder() / name, [&](const fs::path& temporary) {
        for (const CorpusFile& file : files) {
            const std::string file_name = article_file_name(file.split, file.domain);
            fs::copy_file(folder / file_name, temporary / file_name);
        }
        write_manifest(temporary, make_manifest(name, files, origin));
    });
    return open_corpus(name);
}

std::vector<std::string> article_ids(const Corpus& corpus, const std::string& split,
                                     const std::string& domain) {
    std::vector<std::string> ids;
    for_each_article(corpus, split, domain, [&](const Article& article) { ids.push_back(article.id); });
    return ids;
}

void for_each_article(const Corpus& corpus, const std::string& split, const std::string& domain,
                      const std::function<void(const Article&)>& visit) {
    const CorpusFile& expected = find_file(corpus, split, domain);
    const fs::path path = corpus.folder / article_file_name(split, domain);
    const CorpusFile found =
        read_article_file(path, split, domain, [&](const Article& article, std::int64_t) { visit(article); });
    if (found.sha256 != expected.sha256)
        throw_damaged(corpus.folder, path.filename().string() + " has other bytes than its manifest says");
}

} // namespace retort
