// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/source_files.h"

#include "base/error.h"
#include "data/article_file.h"
#include "data/corpus.h"
#include "data/import/function_words.h"
#include "spec/code_languages.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace retort {
namespace fs = std::filesystem;
namespace {

using namespace std::string_view_literals;

constexpr std::array compressed = {".gz"sv, ".zst"sv};
constexpr std::array line_extensions = {"jsonl"sv, "ndjson"sv};
constexpr std::array text_extensions = {"txt"sv, "text"sv, "md"sv, "markdown"sv, "rst"sv, "org"sv};
constexpr std::array passed_folders = {"build"sv,  "dist"sv,         "node_modules"sv, "__pycache__"sv,
                                       "target"sv, "vendor"sv,       "venv"sv,         "third_party"sv,
                                       "_build"sv, "site-packages"sv};

template <class Names>
bool has(const Names& names, std::string_view name) {
    return std::ranges::find(names, name) != std::end(names);
}

/// Name without the ending of a compressed file.
std::string plain_name(const fs::path& path) {
    std::string name = path.filename().string();
    for (const std::string_view ending : compressed)
        if (name.size() > ending.size() && name.ends_with(ending))
            return name.substr(0, name.size() - ending.size());
    return name;
}

std::string extension_of(const std::string& name) {
    const std::size_t point = name.rfind('.');
    return point == std::string::npos || point == 0 ? "" : name.substr(point + 1);
}

std::optional<FileKind> kind_by_extension(const std::string& extension) {
    if (has(line_extensions, extension) || extension == "json") return FileKind::json;
    if (has(text_extensions, extension)) return FileKind::text;
    if (code_language_of(extension)) return FileKind::code;
    return std::nullopt;
}

/// "fr" of fr.jsonl and train.fr.jsonl; nothing of other names.
std::string domain_in_name(const std::string& name) {
    const std::string stem = name.substr(0, name.rfind('.'));
    const std::string last = stem.substr(stem.rfind('.') + 1);
    return knows_language(last) || is_code_language(last) ? last : "";
}

/// The first folder of a path, where it is the name of a language.
std::string domain_in_path(const std::string& relative) {
    const std::size_t slash = relative.find('/');
    if (slash == std::string::npos) return {};
    const std::string first = relative.substr(0, slash);
    return knows_language(first) || is_code_language(first) ? first : "";
}

bool is_passed(const fs::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    return name.starts_with('.') || (entry.is_directory() && has(passed_folders, name));
}

[[noreturn]] void throw_folder_fault(const fs::path& folder, const std::error_code& failed) {
    throw Error(ErrorKind::data, "Cannot read the folder " + folder.string() + ": " + failed.message() +
                                     "; check the path and its permissions.");
}

/// Where the source lies: its path, or the corpus of that name.
fs::path root_of(const ImportSource& source) {
    std::error_code failed;
    if (fs::exists(source.path, failed)) {
        const fs::path path = fs::absolute(source.path).lexically_normal();
        return path.has_filename() ? path : path.parent_path();
    }
    const fs::path corpus = corpora_folder() / source.path;
    if (fs::is_directory(corpus, failed)) return corpus;
    throw Error(ErrorKind::data, "There is no file, folder or corpus " + source.path + "; check the path.");
}

bool is_corpus_folder(const fs::path& folder) {
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed))
        if (parse_article_file_name(entry.path().filename().string())) return true;
    return false;
}

} // namespace

SourceFiles::SourceFiles(ImportSource source, FileFilterSpec filter)
    : source_(std::move(source)), filter_(std::move(filter)), root_(root_of(source_)) {
    if (!fs::is_directory(root_)) {
        if (source_.format == ImportFormat::corpus)
            throw Error(ErrorKind::usage,
                        root_.string() + " is a file and no corpus; choose the format json.");
    } else if (source_.format == ImportFormat::automatic && is_corpus_folder(root_)) {
        source_.format = ImportFormat::corpus;
    }
    bool has_code = false;
    visit([&](const SourceFile& file) {
        has_code = has_code || file.kind == FileKind::code;
        bytes_ += file.bytes;
        ++files_;
    });
    json_too_ = !has_code || source_.format == ImportFormat::json;
    if (files_ == 0)
        throw Error(ErrorKind::data, root_.string() + " has no files of the format " +
                                         "that was chosen; choose another format, extension or folder.");
}

std::string SourceFiles::name() const {
    if (!source_.name.empty()) return source_.name;
    return root_.filename().string();
}

void SourceFiles::visit(const std::function<void(const SourceFile&)>& visit) const {
    if (fs::is_directory(root_)) return walk(visit);
    SourceFile file{root_, root_.filename().string(), {}, FileKind::text, 0, true, false};
    if (describe(file)) visit(file);
}

void SourceFiles::walk(const std::function<void(const SourceFile&)>& visit) const {
    std::error_code failed;
    fs::recursive_directory_iterator entry(root_, fs::directory_options::skip_permission_denied, failed);
    for (; !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
        if (is_passed(*entry)) {
            if (entry->is_directory() && !entry->is_symlink()) entry.disable_recursion_pending();
            continue;
        }
        if (entry->is_symlink() || !entry->is_regular_file()) continue;
        SourceFile file{entry->path(),
                        entry->path().lexically_relative(root_).generic_string(),
                        {},
                        FileKind::text,
                        0,
                        false,
                        false};
        if (describe(file)) visit(file);
    }
    if (failed) throw_folder_fault(root_, failed);
}

/// By extension and the chosen format; nothing for a file that is none of the source's. One that was named
/// itself is read whatever its extension, and one with an extension that was asked for, too.
std::optional<FileKind> SourceFiles::kind_of(const SourceFile& file, const std::string& extension) const {
    using enum ImportFormat;
    const std::optional<FileKind> kind = kind_by_extension(extension);
    const bool is_asked_for =
        file.alone || (!filter_.extensions.empty() && has(filter_.extensions, extension));
    if (!is_asked_for && (!filter_.extensions.empty() || !kind)) return std::nullopt;
    const auto chosen = source_.format == text                               ? std::optional(FileKind::text)
                        : source_.format == code                             ? std::optional(FileKind::code)
                        : source_.format == json || source_.format == corpus ? std::optional(FileKind::json)
                                                                             : std::nullopt;
    if (is_asked_for) return chosen ? chosen : kind.value_or(FileKind::text);
    if (kind == FileKind::json && extension == "json" && !json_too_) return std::nullopt;
    return !chosen || kind == chosen ? kind : std::nullopt;
}

/// Fills kind, domain and size in; false for a file that is none of the source's.
bool SourceFiles::describe(SourceFile& file) const {
    const std::string name = plain_name(file.path);
    const std::string extension = extension_of(name);
    if (source_.format == ImportFormat::corpus && !parse_article_file_name(name)) return false;
    const std::optional<FileKind> kind = kind_of(file, extension);
    if (!kind) return false;
    file.kind = *kind;
    std::error_code failed;
    file.bytes = static_cast<std::int64_t>(fs::file_size(file.path, failed));
    if (failed) throw_folder_fault(file.path, failed);
    file.wrong_size = !file.alone && file.kind != FileKind::json &&
                      (file.bytes < filter_.min_bytes || file.bytes > filter_.max_bytes);
    if (!source_.domain.empty())
        file.domain = source_.domain;
    else if (file.kind == FileKind::code)
        file.domain = std::string(code_language_of(extension).value_or(""));
    else if (file.domain = domain_in_name(name); file.domain.empty())
        file.domain = domain_in_path(file.relative);
    return true;
}

} // namespace retort
