// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/token_store.h"

#include "base/error.h"
#include "base/sha256.h"
#include "data/token_files.h"

#include <atomic>
#include <fstream>
#include <future>
#include <thread>

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

struct Job {
    CorpusFile source;
    Json entry{}; ///< of tokens.json, when done
};

/// Files are handed out one by one; what is in each depends on nothing but itself.
class Tokenising {
public:
    Tokenising(const Corpus& corpus, const Tokenizer& tokenizer, fs::path folder, std::vector<Job> jobs)
        : corpus_(corpus), tokenizer_(tokenizer), folder_(std::move(folder)), jobs_(std::move(jobs)) {
        for (const Job& job : jobs_)
            bytes_total_ += job.source.bytes;
    }

    /// Works with all cores; `progress` is called on this thread.
    void run(const ProgressFunction& progress) {
        const std::size_t threads =
            std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, jobs_.size());
        std::vector<std::future<void>> helpers;
        for (std::size_t i = 1; i < threads; ++i)
            helpers.push_back(std::async(std::launch::async, [this] { work({}); }));
        work(progress);
        for (auto& helper : helpers)
            helper.get();
    }

    [[nodiscard]] Json index() const {
        Json files = Json::object();
        for (const Job& job : jobs_)
            files[token_file_name(job.source.split, job.source.domain)] = job.entry;
        return files;
    }

private:
    void work(const ProgressFunction& progress) {
        for (std::size_t job = next_++; job < jobs_.size(); job = next_++)
            tokenise(jobs_[job], progress);
    }

    void tokenise(Job& job, const ProgressFunction& progress) {
        const CorpusFile& source = job.source;
        TokenWriter writer(folder_ / token_file_name(source.split, source.domain),
                           token_bytes_for(tokenizer_.vocab()));
        for_each_article(corpus_, source.split, source.domain, [&](const Article& article) {
            std::vector<std::int32_t> ids = tokenizer_.encode(article.text);
            ids.insert(ids.begin(), bos_id);
            ids.push_back(eos_id);
            writer.append(ids);
            bytes_done_ += static_cast<std::int64_t>(article.text.size());
            if (progress)
                progress("tokenising", static_cast<double>(bytes_done_) / static_cast<double>(bytes_total_));
        });
        job.entry = writer.finish();
    }

    const Corpus& corpus_;
    const Tokenizer& tokenizer_;
    fs::path folder_;
    std::vector<Job> jobs_;
    std::int64_t bytes_total_ = 0;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<std::int64_t> bytes_done_ = 0;
};

Job make_job(const Corpus& corpus, const std::string& split, const std::string& domain) {
    for (const CorpusFile& file : corpus.files)
        if (file.split == split && file.domain == domain) return {file};
    throw Error(ErrorKind::data, "The corpus " + corpus.name + " has no " + split + " text of the domain \"" +
                                     domain + "\"; choose one of its domains or another corpus.");
}

std::vector<Job> make_jobs(const Corpus& corpus, const std::vector<std::string>& domains) {
    std::vector<Job> jobs;
    for (const char* split : {"train", "valid"})
        for (const std::string& domain : domains)
            jobs.push_back(make_job(corpus, split, domain));
    return jobs;
}

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
    Tokenising tokenising(corpus, tokenizer, folder, make_jobs(corpus, domains));
    tokenising.run(progress);
    const Json index = {{"vocab", tokenizer.vocab()},
                        {"token_bytes", token_bytes_for(tokenizer.vocab())},
                        {"domains", domains},
                        {"files", tokenising.index()},
                        {"piece_bytes", bytes_of_pieces(tokenizer)}};
    write_file_atomically(folder / token_index_name, index.dump() + "\n");
    if (progress) progress("done", 1.0);
}

} // namespace retort
