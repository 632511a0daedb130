// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/routing_data.h"

#include "base/error.h"
#include "base/philox.h"

#include <algorithm>
#include <map>
#include <set>

namespace retort {
namespace {

constexpr std::int64_t shortest_piece = 8;

RoutingPiece piece_of(const RoutingDocument& document, std::int64_t first, std::int64_t length) {
    const auto begin = static_cast<std::size_t>(first);
    const std::size_t left = document.tokens.size() - begin;
    const std::size_t count = length == 0 ? left : std::min(left, static_cast<std::size_t>(length));
    return {&document, first, Sequence(document.tokens).subspan(begin, count)};
}

/// Lengths that the pieces of an article have in turn.
std::vector<std::int64_t> training_lengths(const RouterSpec& spec) {
    if (spec.cut == RouterCut::article) return {0};
    if (spec.cut == RouterCut::window) return {spec.window};
    std::vector<std::int64_t> lengths;
    for (std::int64_t length = std::min(shortest_piece, spec.window); length <= spec.window; length *= 2)
        lengths.push_back(length);
    return lengths;
}

/// Evenly spread over all, in order.
void thin(std::vector<RoutingPiece>& pieces, std::size_t most) {
    if (pieces.size() <= most) return;
    for (std::size_t i = 0; i < most; ++i)
        pieces[i] = pieces[i * pieces.size() / most];
    pieces.resize(most);
}

std::vector<std::string> ids_in_random_order(const std::vector<RoutingDocument>& documents,
                                             std::uint64_t seed) {
    std::set<std::string> names;
    for (const RoutingDocument& document : documents)
        names.insert(document.id);
    std::vector<std::string> ids(names.begin(), names.end());
    const RandomStream random(seed, "folds");
    for (std::size_t i = ids.size(); i > 1; --i)
        std::swap(ids[i - 1], ids[random.below(i, 0, i)]);
    return ids;
}

} // namespace

std::vector<RoutingDocument> routing_documents(const Corpus& corpus, const TokenStore& store,
                                               const std::vector<std::string>& domains) {
    std::vector<RoutingDocument> all;
    for (std::size_t domain = 0; domain < domains.size(); ++domain)
        for (const char* split : {"train", "valid"}) {
            std::vector<std::vector<std::int32_t>> documents = store.documents(split, domains[domain]);
            const std::vector<std::string> ids = article_ids(corpus, split, domains[domain]);
            if (ids.size() != documents.size())
                throw Error(ErrorKind::data, "The corpus " + corpus.name + " has " +
                                                 std::to_string(ids.size()) + " articles in its " + split +
                                                 " text of " + domains[domain] + ", but its tokens have " +
                                                 std::to_string(documents.size()) +
                                                 "; build or import the corpus again.");
            for (std::size_t i = 0; i < ids.size(); ++i)
                all.push_back({ids[i], split, static_cast<std::int64_t>(domain), std::move(documents[i])});
        }
    return all;
}

std::vector<std::int64_t> classes_of(const std::vector<std::string>& domains,
                                     const std::vector<std::string>& known) {
    std::vector<std::int64_t> classes;
    for (const std::string& domain : domains) {
        const auto found = std::ranges::find(known, domain);
        classes.push_back(found == known.end() ? -1 : found - known.begin());
    }
    return classes;
}

std::vector<RoutingPiece> training_pieces(const std::vector<RoutingDocument>& documents,
                                          const RouterSpec& spec, const DocumentFilter& chosen) {
    const std::vector<std::int64_t> lengths = training_lengths(spec);
    std::vector<RoutingPiece> pieces;
    std::size_t turn = 0;
    for (const RoutingDocument& document : documents) {
        if (document.tokens.empty() || !chosen(document)) continue;
        for (std::int64_t first = 0; first < std::ssize(document.tokens);) {
            pieces.push_back(piece_of(document, first, lengths[turn++ % lengths.size()]));
            first += std::ssize(pieces.back().tokens);
        }
    }
    return pieces;
}

std::vector<RoutingPiece> evaluation_pieces(const std::vector<RoutingDocument>& documents,
                                            std::int64_t length, std::size_t most,
                                            const DocumentFilter& chosen) {
    std::map<std::int64_t, std::vector<RoutingPiece>> by_domain;
    for (const RoutingDocument& document : documents) {
        if (document.tokens.empty() || !chosen(document)) continue;
        std::vector<RoutingPiece>& pieces = by_domain[document.domain];
        if (length == 0) pieces.push_back(piece_of(document, 0, 0));
        for (std::int64_t first = 0; length > 0 && first + length <= std::ssize(document.tokens);
             first += length)
            pieces.push_back(piece_of(document, first, length));
    }
    std::vector<RoutingPiece> all;
    for (auto& [domain, pieces] : by_domain) {
        thin(pieces, most);
        all.insert(all.end(), pieces.begin(), pieces.end());
    }
    return all;
}

std::vector<std::int64_t> evaluation_lengths(std::int64_t longest) {
    std::vector<std::int64_t> lengths = {0};
    for (std::int64_t length = shortest_piece; length <= longest; length *= 2)
        lengths.push_back(length);
    return lengths;
}

std::vector<std::int64_t> deal_folds(const std::vector<RoutingDocument>& documents, std::int64_t folds,
                                     std::uint64_t seed) {
    std::map<std::string, std::int64_t> fold_of;
    std::int64_t next = 0;
    for (const std::string& id : ids_in_random_order(documents, seed))
        fold_of[id] = next++ % folds;
    std::vector<std::int64_t> dealt;
    for (const RoutingDocument& document : documents)
        dealt.push_back(fold_of.at(document.id));
    return dealt;
}

} // namespace retort
