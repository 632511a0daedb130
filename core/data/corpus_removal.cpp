// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/corpus_removal.h"

#include "base/error.h"
#include "base/unfinished_write.h"
#include "data/corpus.h"
#include "data/manifest.h"

#include <system_error>

namespace retort {
namespace fs = std::filesystem;
namespace {

fs::path removed_folder() {
    return corpora_folder() / ".removed";
}

void move(const fs::path& from, const fs::path& to, const std::string& what) {
    std::error_code failed;
    fs::create_directories(to.parent_path(), failed);
    fs::rename(from, to, failed);
    if (failed)
        throw Error(ErrorKind::workspace, "The corpus in " + from.string() + " could not be " + what + " (" +
                                              failed.message() + "); check that the folder can be written.");
}

/// Throws where there is none.
fs::path folder_of(const std::string& name) {
    fs::path folder = corpora_folder() / name;
    if (!is_corpus_name(name) || !fs::is_directory(folder))
        throw Error(ErrorKind::data, "There is no corpus \"" + name + "\" in " + corpora_folder().string() +
                                         "; it may have been removed already.");
    return folder;
}

} // namespace

void remove_corpus(const std::string& name) {
    const fs::path folder = folder_of(name);
    std::error_code ignored;
    fs::remove_all(removed_folder() / name, ignored);
    move(folder, removed_folder() / name, "removed");
}

void delete_corpus(const std::string& name) {
    const fs::path folder = folder_of(name), hidden = temporary_name(folder);
    move(folder, hidden, "removed"); // at once; what a crash leaves of it, the next import clears away
    std::error_code failed;
    fs::remove_all(hidden, failed);
    if (failed)
        throw Error(ErrorKind::workspace, "Of the removed corpus, files are left in " + hidden.string() +
                                              " (" + failed.message() + "); delete them.");
}

void restore_corpus(const std::string& name) {
    const fs::path removed = removed_folder() / name;
    if (!is_corpus_name(name) || !fs::is_directory(removed))
        throw Error(ErrorKind::data, "The corpus \"" + name +
                                         "\" cannot be brought back, because its files are gone; build or "
                                         "import it again.");
    if (fs::exists(corpora_folder() / name))
        throw Error(ErrorKind::data,
                    "The corpus \"" + name +
                        "\" cannot be brought back, because there is a new one of that name; "
                        "remove that one first.");
    move(removed, corpora_folder() / name, "brought back");
}

void forget_removed_corpora() noexcept {
    std::error_code ignored;
    fs::remove_all(removed_folder(), ignored);
}

} // namespace retort
