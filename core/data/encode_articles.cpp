// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/encode_articles.h"

#include <algorithm>
#include <deque>
#include <future>
#include <thread>

namespace retort {
namespace {

constexpr std::size_t batch_bytes = 512 << 10; ///< much work for a thread, little memory

struct Batch {
    std::vector<Article> articles;
    std::vector<std::vector<std::int32_t>> ids;
    std::size_t bytes = 0;
};

/// Batches being encoded, first in, first out.
class Pipeline {
public:
    Pipeline(const Tokenizer& tokenizer, const EncodedVisitor& visit)
        : tokenizer_(tokenizer), visit_(visit), most_(std::max(2U, std::thread::hardware_concurrency())) {}

    void take(const Article& article) {
        filling_.bytes += article.text.size();
        filling_.articles.push_back(article);
        if (filling_.bytes >= batch_bytes) hand_over();
    }

    void finish() {
        hand_over();
        while (!under_way_.empty())
            visit_first();
    }

private:
    void hand_over() {
        if (under_way_.size() >= most_) visit_first();
        const auto encode = [this](Batch batch) {
            for (const Article& article : batch.articles)
                batch.ids.push_back(tokenizer_.encode(article.text));
            return batch;
        };
        under_way_.push_back(std::async(std::launch::async, encode, std::exchange(filling_, {})));
    }

    void visit_first() {
        const Batch batch = under_way_.front().get();
        under_way_.pop_front();
        for (std::size_t i = 0; i < batch.articles.size(); ++i)
            visit_(batch.articles[i], batch.ids[i]);
    }

    const Tokenizer& tokenizer_;
    const EncodedVisitor& visit_;
    std::size_t most_;
    Batch filling_;
    std::deque<std::future<Batch>> under_way_;
};

} // namespace

void for_each_encoded(const Corpus& corpus, const std::string& split, const std::string& domain,
                      const Tokenizer& tokenizer, const EncodedVisitor& visit) {
    Pipeline pipeline(tokenizer, visit);
    for_each_article(corpus, split, domain, [&](const Article& article) { pipeline.take(article); });
    pipeline.finish();
}

} // namespace retort
