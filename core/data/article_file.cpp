// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/article_file.h"

#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "data/utf8.h"

#include <algorithm>
#include <string_view>

namespace retort {
namespace {

constexpr std::string_view extension = ".jsonl";

/// The lines of one file, with the words for what is wrong in them.
class LineReader {
public:
    LineReader(const std::filesystem::path& file, const std::string& domain) : file_(file), domain_(domain) {}

    [[nodiscard]] Article parse(std::string_view text, std::int64_t line) {
        line_ = line;
        if (const auto place = find_invalid_utf8(text))
            fault("byte " + std::to_string(*place + 1) + " is not UTF-8");
        const Json object = parse_object(text);
        if (take(object, "domain") != domain_)
            fault("the domain is \"" + take(object, "domain") + "\" in a file of \"" + domain_ + "\"");
        return {take(object, "id"), take(object, "text")};
    }

private:
    [[noreturn]] void fault(const std::string& what) const { throw_line_fault(file_, line_, what); }

    [[nodiscard]] Json parse_object(std::string_view text) const {
        try {
            Json object = Json::parse(text);
            if (object.is_object()) return object;
        } catch (const Json::parse_error& error) {
            fault("the JSON breaks at byte " + std::to_string(error.byte));
        }
        fault("there is no JSON object");
    }

    [[nodiscard]] std::string take(const Json& object, const char* key) const {
        const auto found = object.find(key);
        if (found == object.end()) fault(std::string("\"") + key + "\" is missing");
        if (!found->is_string()) fault(std::string("\"") + key + "\" is no string");
        if (found->get_ref<const std::string&>().empty()) fault(std::string("\"") + key + "\" is empty");
        return found->get<std::string>();
    }

    const std::filesystem::path& file_;
    const std::string& domain_;
    std::int64_t line_ = 0;
};

std::string_view as_text(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

std::string article_file_name(const std::string& split, const std::string& domain) {
    return split + "." + domain + std::string(extension);
}

std::optional<CorpusFile> parse_article_file_name(const std::string& name) {
    for (const std::string split : {"train", "valid", "test"}) {
        const std::size_t fixed = split.size() + 1 + extension.size();
        if (name.starts_with(split + ".") && name.ends_with(extension) && name.size() > fixed)
            return CorpusFile{split, name.substr(split.size() + 1, name.size() - fixed), 0, 0, 0, {}};
    }
    return std::nullopt;
}

void throw_line_fault(const std::filesystem::path& file, std::int64_t line, const std::string& fault) {
    throw Error(ErrorKind::data, file.string() + ", line " + std::to_string(line) + ": " + fault +
                                     "; correct the line and import the corpus again.");
}

bool is_blank_line(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

Article parse_article(const std::filesystem::path& file, const std::string& domain, std::string_view text,
                      std::int64_t line) {
    return LineReader(file, domain).parse(text, line);
}

CorpusFile read_article_file(const std::filesystem::path& file, const std::string& split,
                             const std::string& domain, const ArticleVisitor& visit) {
    const MappedFile mapped(file);
    CorpusFile counts{split, domain, 0, 0, 0, {}};
    LineReader reader(file, domain);
    std::string_view rest = as_text(mapped.bytes());
    for (std::int64_t line = 1; !rest.empty(); ++line) {
        const std::string_view text = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(text.size() + 1, rest.size()));
        if (is_blank_line(text)) continue;
        const Article article = reader.parse(text, line);
        ++counts.articles;
        counts.characters += count_characters(article.text);
        visit(article, line);
    }
    if (counts.articles == 0)
        throw Error(ErrorKind::data, file.string() + " has no articles; add some or leave the domain out.");
    Sha256 digest;
    digest.update(mapped.bytes());
    counts.bytes = static_cast<std::int64_t>(mapped.bytes().size());
    counts.sha256 = digest.hex();
    return counts;
}

} // namespace retort
