// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/token_store.h"

#include "base/error.h"
#include "base/sha256.h"
#include "data/article_file.h"
#include "data/encode_articles.h"
#include "data/token_files.h"

#include <algorithm>
#include <fstream>

namespace retort {
namespace fs = std::filesystem;
namespace {

template <class Id>
std::string as_bytes(const std::vector<std::int32_t>& ids) {
    std::vector<Id> narrow(ids.begin(), ids.end());
    return {reinterpret_cast<const char*>(narrow.data()), narrow.size() * sizeof(Id)};
}

/// One file of tokens in the making.
class TokenWriter {
public:
    TokenWriter(const fs::path& file, int token_bytes)
        : file_(file), out_(file, std::ios::binary | std::ios::trunc), token_bytes_(token_bytes) {}

    void append(const std::vector<std::int32_t>& ids) {
        const std::string bytes =
            token_bytes_ == 2 ? as_bytes<std::uint16_t>(ids) : as_bytes<std::uint32_t>(ids);
        out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        digest_.update(bytes);
        tokens_ += static_cast<std::int64_t>(ids.size());
    }

    /// Entry of tokens.json. Throws Error{workspace} when not all could be written.
    [[nodiscard]] Json finish() {
        out_.close();
        if (!out_)
            throw Error(ErrorKind::workspace, "Cannot write " + file_.string() +
                                                  "; free space or choose a folder that can be written.");
        return {{"tokens", tokens_}, {"sha256", digest_.hex()}};
    }

private:
    fs::path file_;
    std::ofstream out_;
    int token_bytes_;
    Sha256 digest_;
    std::int64_t tokens_ = 0;
};

const CorpusFile& find_file(const Corpus& corpus, const std::string& split, const std::string& domain) {
    for (const CorpusFile& file : corpus.files)
        if (file.split == split && file.domain == domain) return file;
    throw Error(ErrorKind::data, "The corpus " + corpus.name + " has no " + split + " text of the domain \"" +
                                     domain + "\"; choose one of its domains or another corpus.");
}

/// Files one after the other, each by all cores.
class Tokenising {
public:
    Tokenising(const Corpus& corpus, const Tokenizer& tokenizer, fs::path folder,
               const std::vector<std::string>& domains)
        : corpus_(corpus), tokenizer_(tokenizer), folder_(std::move(folder)) {
        for (const char* split : {"train", "valid"})
            for (const std::string& domain : domains) {
                sources_.push_back(&find_file(corpus, split, domain));
                bytes_total_ += sources_.back()->bytes;
            }
    }

    /// The files' entries of tokens.json.
    [[nodiscard]] Json run(const ProgressFunction& progress) {
        Json files = Json::object();
        for (const CorpusFile* source : sources_)
            files[token_file_name(source->split, source->domain)] = tokenise(*source, progress);
        return files;
    }

private:
    [[nodiscard]] Json tokenise(const CorpusFile& source, const ProgressFunction& progress) {
        TokenWriter writer(folder_ / token_file_name(source.split, source.domain),
                           token_bytes_for(tokenizer_.vocab()));
        for_each_encoded(corpus_, source.split, source.domain, tokenizer_,
                         [&](const Article& article, const std::vector<std::int32_t>& ids) {
                             check_ends(source, article, ids);
                             writer.append({tokenizer_.bos()});
                             writer.append(ids);
                             writer.append({tokenizer_.eos()});
                             bytes_done_ += static_cast<std::int64_t>(article.text.size());
                             if (progress)
                                 progress("tokenising", static_cast<double>(bytes_done_) /
                                                            static_cast<double>(bytes_total_));
                         });
        return writer.finish();
    }

    /// What begins and ends a document must be nowhere else.
    void check_ends(const CorpusFile& source, const Article& article,
                    const std::vector<std::int32_t>& ids) const {
        for (const std::int32_t end : {tokenizer_.bos(), tokenizer_.eos()})
            if (std::ranges::find(ids, end) != ids.end())
                throw Error(ErrorKind::data,
                            "The article " + article.id + " of " +
                                article_file_name(source.split, source.domain) + " has the token \"" +
                                tokenizer_.piece(end) +
                                "\" in its text, which begins or ends a document; take it out or name other "
                                "tokens as bos and eos.");
    }

    const Corpus& corpus_;
    const Tokenizer& tokenizer_;
    fs::path folder_;
    std::vector<const CorpusFile*> sources_;
    std::int64_t bytes_total_ = 0;
    std::int64_t bytes_done_ = 0;
};

std::vector<std::int64_t> bytes_of_pieces(const Tokenizer& tokenizer) {
    std::vector<std::int64_t> bytes;
    for (std::int32_t id = 0; id < tokenizer.vocab(); ++id)
        bytes.push_back(tokenizer.piece_bytes(id));
    return bytes;
}

} // namespace

void tokenise_corpus(const Corpus& corpus, const std::vector<std::string>& domains,
                     const Tokenizer& tokenizer, const fs::path& folder, const ProgressFunction& progress) {
    fs::create_directories(folder);
    const Json files = Tokenising(corpus, tokenizer, folder, domains).run(progress);
    const Json index = {{"vocab", tokenizer.vocab()},
                        {"token_bytes", token_bytes_for(tokenizer.vocab())},
                        {"bos", tokenizer.bos()},
                        {"eos", tokenizer.eos()},
                        {"domains", domains},
                        {"files", files},
                        {"piece_bytes", bytes_of_pieces(tokenizer)}};
    write_file_atomically(folder / token_index_name, index.dump() + "\n");
    if (progress) progress("done", 1.0);
}

} // namespace retort
