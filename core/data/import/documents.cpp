// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/documents.h"

#include "base/error.h"
#include "data/import/byte_stream.h"
#include "data/import/json_documents.h"
#include "data/import/json_elements.h"
#include "data/import/licences.h"
#include "data/manifest.h"
#include "data/utf8.h"

#include <algorithm>
#include <utility>

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool is_number(const std::string& id) {
    return !id.empty() && id.find_first_not_of("0123456789") == std::string::npos;
}

/// Documents of one source: what JSON and files have in common.
class Reader {
public:
    Reader(const SourceFiles& files, DocumentSink& sink)
        : source_(files.source()),
          name_(files.name()),
          sink_(sink),
          licences_(fs::is_directory(files.root()) ? files.root() : files.root().parent_path()) {}

    void read(const SourceFile& file) {
        if (file.wrong_size)
            skip(file.domain, SkipReason::file_size, file.relative, std::to_string(file.bytes) + " bytes");
        else if (file.kind == FileKind::json || begins_as_json(file))
            read_json(file);
        else
            read_text(file);
        done_ += file.bytes;
        sink_.advanced(done_);
    }

private:
    /// A text file that was named itself may be JSON under another extension.
    [[nodiscard]] bool begins_as_json(const SourceFile& file) const {
        if (file.kind != FileKind::text || source_.format != ImportFormat::automatic || !file.alone)
            return false;
        std::string head;
        read_all(*open_byte_stream(file.path), 64, head);
        const std::size_t first = head.find_first_not_of(" \t\r\n");
        return first != std::string::npos && (head[first] == '{' || head.substr(first).starts_with("[{") ||
                                              head.substr(first).starts_with("[\n"));
    }

    void read_json(const SourceFile& file) {
        const std::unique_ptr<ByteStream> stream = open_byte_stream(file.path);
        JsonElements elements(*stream, largest_document);
        JsonElement element;
        while (elements.next(element)) {
            read_element(file, element, place_of(file, elements, element));
            if (element.number % 64 == 0) sink_.advanced(done_ + stream->position());
        }
        if (elements.unclosed())
            skip({}, SkipReason::malformed, file.relative + ", its end",
                 "the file ends before its array does");
    }

    [[nodiscard]] static std::string place_of(const SourceFile& file, const JsonElements& elements,
                                              const JsonElement& element) {
        return file.relative + (elements.in_array() ? ", element " + std::to_string(element.number)
                                                    : ", line " + std::to_string(element.line));
    }

    void read_element(const SourceFile& file, const JsonElement& element, const std::string& place) {
        using enum JsonElement::State;
        if (element.state == too_large)
            return skip(file.domain, SkipReason::too_large, place,
                        "it is longer than " + std::to_string(largest_document >> 20) + " MiB");
        if (element.state == broken)
            return skip(file.domain, SkipReason::malformed, place, "it ends before its braces do");
        if (element.state == foreign)
            return skip(file.domain, SkipReason::malformed, place, "there is no JSON object");
        JsonDocuments found = read_json_documents(element.text);
        for (JsonFault& fault : found.faults)
            skip(fault.domain.empty() ? file.domain : fault.domain, fault.reason, place,
                 std::move(fault.what));
        for (JsonDocument& document : found.documents)
            take(file, std::move(document), place);
    }

    void take(const SourceFile& file, JsonDocument&& json, const std::string& place) {
        SourceDocument document;
        const bool own_id = json.shared_id || (!json.id.empty() && !is_number(json.id));
        document.id = own_id ? std::move(json.id) : name_ + '/' + (json.id.empty() ? place : json.id);
        document.domain = json.domain.empty() ? file.domain : std::move(json.domain);
        document.text = std::move(json.text);
        document.licence = json.licence.empty() ? source_.licence : std::move(json.licence);
        document.origin = json.origin.empty() ? name_ : std::move(json.origin);
        hand_on(std::move(document), place);
    }

    void read_text(const SourceFile& file) {
        SourceDocument document;
        const bool whole = read_all(*open_byte_stream(file.path), largest_document, document.text);
        if (!whole)
            return skip(file.domain, SkipReason::too_large, file.relative,
                        "a file is one document, and this one is longer than " +
                            std::to_string(largest_document >> 20) + " MiB");
        if (document.text.starts_with(byte_order_mark)) document.text.erase(0, byte_order_mark.size());
        if (const auto place = find_invalid_utf8(document.text))
            return skip(file.domain, SkipReason::not_utf8, file.relative,
                        "byte " + std::to_string(*place + 1) + " is not UTF-8");
        std::string id = file.relative;
        if (source_.domain.empty() && id.starts_with(file.domain + "/")) id.erase(0, file.domain.size() + 1);
        document.id = name_ + '/' + id;
        document.domain = file.domain;
        document.licence = spdx_line(document.text);
        if (document.licence.empty()) document.licence = licences_.of(file.path.parent_path());
        if (document.licence.empty()) document.licence = source_.licence;
        document.origin = name_ + '/' + file.relative;
        hand_on(std::move(document), file.relative);
    }

    void hand_on(SourceDocument&& document, const std::string& place) {
        if (document.domain.empty())
            return skip({}, SkipReason::no_domain, place,
                        "it does not say its domain; name one for the source");
        if (!is_corpus_name(document.domain))
            return skip({}, SkipReason::no_domain, place, "\"" + document.domain + "\" cannot name a domain");
        if (document.text.find_first_not_of(" \t\r\n") == std::string::npos)
            return skip(document.domain, SkipReason::no_text, place, "its text is empty");
        if (document.text.find('\0') != std::string::npos)
            return skip(document.domain, SkipReason::malformed, place, "it has a NUL and is no text");
        std::erase(document.text, '\r');
        sink_.document(std::move(document));
    }

    void skip(const std::string& domain, SkipReason reason, const std::string& place, std::string fault) {
        sink_.skipped(domain,
                      {reason, place.starts_with(name_) ? place : name_ + ": " + place, std::move(fault)});
    }

    const ImportSource& source_;
    std::string name_;
    DocumentSink& sink_;
    FolderLicences licences_;
    std::int64_t done_ = 0; ///< bytes of the files before
};

} // namespace

void read_documents(const SourceFiles& source, DocumentSink& sink) {
    Reader reader(source, sink);
    source.visit([&](const SourceFile& file) { reader.read(file); });
}

} // namespace retort
