// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/import.h"

#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "base/unfinished_write.h"
#include "data/article_file.h"
#include "data/import/reading.h"
#include "data/import/writing.h"
#include "data/manifest.h"
#include "spec/import_report_json.h"
#include "spec/import_spec_json.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <set>
#include <sys/types.h>

namespace retort {
namespace fs = std::filesystem;
namespace {

/// Work of imports that were killed.
void remove_leftovers() {
    std::error_code ignored; // a leftover costs space, not correctness
    for (const UnfinishedWrite& write : unfinished_writes(corpora_folder()))
        if (::kill(static_cast<pid_t>(write.pid), 0) != 0 && errno == ESRCH)
            fs::remove_all(write.path, ignored);
}

void check_spec(const ImportSpec& spec) {
    if (const auto problems = check(spec); !problems.empty())
        throw Error(ErrorKind::usage, "The import cannot begin: " + to_text(problems));
    if (!is_corpus_name(spec.name))
        throw Error(ErrorKind::usage, "A corpus cannot be called \"" + spec.name +
                                          "\"; use letters, digits, '-', '_' and '.'.");
}

/// Sources by name, so that nothing depends on the order in which they were given.
std::vector<SourceFiles> sorted_sources(ImportSpec& spec) {
    std::vector<SourceFiles> sources;
    for (const ImportSource& source : spec.sources)
        sources.emplace_back(source, spec.files);
    std::ranges::sort(sources, {},
                      [](const SourceFiles& one) { return std::pair(one.name(), one.source().path); });
    spec.sources.clear();
    std::set<std::string> names;
    for (const SourceFiles& one : sources) {
        if (!names.insert(one.name()).second)
            throw Error(ErrorKind::usage,
                        "Two sources are called " + one.name() + "; give one of them another name.");
        spec.sources.push_back(one.source());
        spec.sources.back().name = one.name();
    }
    return sources;
}

class Import {
public:
    Import(ImportSpec spec, const ProgressFunction& progress, std::stop_token stop)
        : spec_(std::move(spec)),
          sources_(sorted_sources(spec_)),
          progress_(progress),
          stop_(std::move(stop)) {}

    /// Writes the corpus's files into `folder`; what is needed meanwhile lies in `folder`/work and goes.
    void make(const fs::path& folder) {
        const fs::path work = folder / "work";
        fs::create_directories(work);
        {
            DocumentSpool spool(work, spec_.seed);
            Duplicates duplicates(work, spec_.cleaning, [this] { check_stop(); });
            const auto report_progress = [this](const std::string& phase, double done) { tell(phase, done); };
            read_sources(spec_, sources_, {spool, duplicates}, report_progress, report_);
            tell("finding duplicates", 0.6);
            const Verdicts verdicts = duplicates.find(spool);
            write_articles(spec_, {spool, duplicates, verdicts}, {folder, work}, report_progress, report_);
        }
        fs::remove_all(work);
    }

    [[nodiscard]] std::vector<CorpusFile> files_in(const fs::path& folder) {
        std::vector<CorpusFile> files;
        for (const PartReport& part : report_.parts) {
            check_stop();
            const fs::path file = folder / article_file_name(part.split, part.domain);
            files.push_back({part.split, part.domain, part.taken.articles, part.taken.characters,
                             static_cast<std::int64_t>(fs::file_size(file)), sha256_of_file(file)});
        }
        return files;
    }

    [[nodiscard]] Json origin() const {
        Json licences = Json::object();
        for (const SourceReport& source : report_.sources) {
            std::string names;
            for (const auto& [licence, articles] : source.licences)
                names += (names.empty() ? "" : ", ") + (licence.empty() ? "not stated" : licence);
            licences[source.name] = names;
        }
        return {{"licences", licences}, {"import", {{"spec", to_json(spec_)}, {"report", to_json(report_)}}}};
    }
    [[nodiscard]] const ImportReport& report() const { return report_; }

private:
    void check_stop() const {
        if (stop_.stop_requested())
            throw Error(ErrorKind::interrupted, "The import was stopped; nothing of it was kept.");
    }
    void tell(const std::string& phase, double done) const {
        check_stop();
        if (progress_) progress_(phase, done);
    }

    ImportSpec spec_;
    std::vector<SourceFiles> sources_;
    const ProgressFunction& progress_;
    std::stop_token stop_;
    ImportReport report_;
};

} // namespace

Corpus import_documents(const ImportSpec& spec, const ProgressFunction& progress, std::stop_token stop) {
    check_spec(spec);
    fs::create_directories(corpora_folder());
    remove_leftovers();
    Import import(spec, progress, std::move(stop));
    write_folder_atomically(corpora_folder() / spec.name, [&](const fs::path& temporary) {
        import.make(temporary);
        write_manifest(temporary, make_manifest(spec.name, import.files_in(temporary), import.origin()));
    });
    if (progress) progress("done", 1.0);
    return open_corpus(spec.name);
}

ImportReport preview_import(const ImportSpec& spec, const ProgressFunction& progress, std::stop_token stop) {
    check_spec(spec);
    fs::create_directories(corpora_folder());
    remove_leftovers();
    Import import(spec, progress, std::move(stop));
    const fs::path folder = temporary_name(corpora_folder() / (spec.name + ".preview"));
    const auto clear = [&] {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    };
    try {
        import.make(folder);
    } catch (...) {
        clear();
        throw;
    }
    clear();
    return import.report();
}

} // namespace retort
