// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/token_store.h"

#include "base/error.h"
#include "base/sha256.h"
#include "data/token_files.h"

#include <algorithm>

namespace retort {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void throw_damaged(const fs::path& file, const std::string& fault) {
    throw Error(ErrorKind::data,
                file.string() + " is damaged (" + fault + "); delete its folder and it is made again.");
}

Json read_index(const fs::path& file) {
    Json index = Json::parse(read_file(file), nullptr, false);
    if (!index.is_object()) throw_damaged(file, "it is no JSON object");
    return index;
}

std::string sha256_of_bytes(std::span<const std::byte> bytes) {
    Sha256 digest;
    digest.update(bytes);
    return digest.hex();
}

template <class Id>
void copy_ids(std::span<const std::byte> bytes, std::int64_t first, std::span<std::int64_t> out) {
    const auto* ids = reinterpret_cast<const Id*>(bytes.data()) + first;
    std::copy_n(ids, out.size(), out.begin());
}

/// A document's first token is BOS and its last is EOS, which may be the same.
template <class Id>
std::vector<std::vector<std::int32_t>> split_documents(std::span<const std::byte> bytes, std::int64_t tokens,
                                                       std::int32_t eos) {
    const std::span ids(reinterpret_cast<const Id*>(bytes.data()), static_cast<std::size_t>(tokens));
    std::vector<std::vector<std::int32_t>> documents;
    bool is_inside = false;
    for (const Id token : ids) {
        const auto id = static_cast<std::int32_t>(token);
        if (!is_inside)
            documents.emplace_back();
        else if (id != eos)
            documents.back().push_back(id);
        is_inside = !is_inside || id != eos;
    }
    return documents;
}

[[noreturn]] void throw_misuse(const std::string& what) {
    throw Error(ErrorKind::internal,
                "The token store was asked for " + what + "; this is a defect in Retort.");
}

} // namespace

TokenStore::TokenStore(const fs::path& folder) {
    const fs::path file = folder / token_index_name;
    const Json index = read_index(file);
    try {
        index.at("vocab").get_to(vocab_);
        index.at("token_bytes").get_to(token_bytes_);
        bos_ = index.value("bos", bos_);
        eos_ = index.value("eos", eos_);
        index.at("domains").get_to(domains_);
        index.at("piece_bytes").get_to(piece_bytes_);
        if (token_bytes_ != token_bytes_for(vocab_) || std::ssize(piece_bytes_) != vocab_)
            throw_damaged(file, "its numbers contradict each other");
        for (const std::string split : {"train", "valid"})
            for (const std::string& domain : domains_)
                open_stream(folder, split, domain, index.at("files").at(token_file_name(split, domain)));
    } catch (const Json::exception&) {
        throw_damaged(file, "a field is missing");
    }
}

void TokenStore::open_stream(const fs::path& folder, const std::string& split, const std::string& domain,
                             const Json& entry) {
    const fs::path file = folder / token_file_name(split, domain);
    Stream stream{MappedFile(file), entry.at("tokens").get<std::int64_t>()};
    if (std::ssize(stream.file.bytes()) != stream.tokens * token_bytes_)
        throw_damaged(file, "its length is not what tokens.json says");
    if (sha256_of_bytes(stream.file.bytes()) != entry.at("sha256").get<std::string>())
        throw_damaged(file, "its bytes are not those that tokens.json says");
    streams_.emplace(std::pair(split, domain), std::move(stream));
}

const TokenStore::Stream& TokenStore::stream(const std::string& split, const std::string& domain) const {
    const auto found = streams_.find({split, domain});
    if (found == streams_.end()) throw_misuse("the " + split + " split of the domain " + domain);
    return found->second;
}

std::vector<std::string> TokenStore::domains() const {
    return domains_;
}

std::int64_t TokenStore::tokens(const std::string& split, const std::string& domain) const {
    return stream(split, domain).tokens;
}

std::int64_t TokenStore::windows(const std::string& split, const std::string& domain,
                                 std::int64_t context) const {
    if (context < 1) throw_misuse("windows of " + std::to_string(context) + " tokens");
    return std::max<std::int64_t>(stream(split, domain).tokens - 1, 0) / context;
}

void TokenStore::read_window(const std::string& split, const std::string& domain, std::int64_t index,
                             std::span<std::int64_t> out) const {
    const Stream& source = stream(split, domain);
    const std::int64_t context = std::ssize(out) - 1;
    if (index < 0 || index >= windows(split, domain, context))
        throw_misuse("window " + std::to_string(index) + " of " + split + "." + domain);
    if (token_bytes_ == 2)
        copy_ids<std::uint16_t>(source.file.bytes(), index * context, out);
    else
        copy_ids<std::uint32_t>(source.file.bytes(), index * context, out);
}

std::vector<std::vector<std::int32_t>> TokenStore::documents(const std::string& split,
                                                             const std::string& domain) const {
    const Stream& source = stream(split, domain);
    return token_bytes_ == 2 ? split_documents<std::uint16_t>(source.file.bytes(), source.tokens, eos_)
                             : split_documents<std::uint32_t>(source.file.bytes(), source.tokens, eos_);
}

} // namespace retort
