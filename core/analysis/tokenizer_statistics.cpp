// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/tokenizer_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace retort {
namespace {

double ratio(std::int64_t of, std::int64_t to) {
    if (to == 0) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(of) / static_cast<double>(to);
}

std::int64_t total(const std::vector<std::int64_t>& counts) {
    return std::reduce(counts.begin(), counts.end());
}

bool is_single_character(const Piece& piece) {
    return piece.kind == PieceKind::text && piece.characters == 1;
}

/// All domains as one.
DomainTokens together(const TokenCounts& counts) {
    DomainTokens all;
    all.counts.resize(counts.pieces.size());
    for (const DomainTokens& domain : counts.domains) {
        all.articles += domain.articles;
        all.words += domain.words;
        all.characters += domain.characters;
        all.bytes += domain.bytes;
        for (std::size_t id = 0; id < all.counts.size(); ++id)
            all.counts[id] += domain.counts[id];
    }
    return all;
}

/// Frequencies per token of one entry, by domain.
std::vector<double> frequencies(const TokenCounts& counts, const std::vector<std::int64_t>& totals,
                                std::size_t id) {
    std::vector<double> frequencies;
    for (std::size_t d = 0; d < totals.size(); ++d)
        frequencies.push_back(totals[d] == 0 ? 0 : ratio(counts.domains[d].counts[id], totals[d]));
    return frequencies;
}

double entropy(const std::vector<double>& shares) {
    double nats = 0;
    for (const double share : shares)
        if (share > 0) nats -= share * std::log(share);
    return nats;
}

PieceAffinity affinity(std::size_t id, std::int64_t count, std::vector<double> shares) {
    PieceAffinity piece{static_cast<std::int64_t>(id), count, std::move(shares), 0, 0};
    const double sum = std::reduce(piece.shares.begin(), piece.shares.end());
    if (sum == 0) return piece;
    for (double& share : piece.shares)
        share /= sum;
    piece.domain = static_cast<std::size_t>(std::ranges::max_element(piece.shares) - piece.shares.begin());
    if (piece.shares.size() > 1)
        piece.specificity =
            std::clamp(1 - entropy(piece.shares) / std::log(double(piece.shares.size())), 0.0, 1.0);
    return piece;
}

/// observed × ln(observed / expected), whose limit at 0 is 0.
double likelihood_part(double observed, double expected) {
    return observed > 0 ? observed * std::log(observed / expected) : 0;
}

double log_likelihood_ratio(double here, double there, double tokens_here, double tokens_there) {
    const double rate = (here + there) / (tokens_here + tokens_there);
    const auto parts = [rate](double count, double tokens) {
        return likelihood_part(count, tokens * rate) + likelihood_part(tokens - count, tokens * (1 - rate));
    };
    return 2 * (parts(here, tokens_here) + parts(there, tokens_there));
}

} // namespace

TokenRatios token_ratios(std::span<const Piece> pieces, const DomainTokens& domain) {
    std::int64_t unknown = 0, bytes = 0, single_characters = 0;
    TokenRatios ratios;
    ratios.domain = domain.domain;
    for (std::size_t id = 0; id < pieces.size(); ++id) {
        const std::int64_t count = domain.counts[id];
        ratios.tokens += count;
        ratios.used += count > 0 ? 1 : 0;
        unknown += pieces[id].kind == PieceKind::unknown ? count : 0;
        bytes += pieces[id].kind == PieceKind::byte ? count : 0;
        single_characters += is_single_character(pieces[id]) ? count : 0;
    }
    ratios.per_word = ratio(ratios.tokens, domain.words);
    ratios.per_character = ratio(ratios.tokens, domain.characters);
    ratios.per_byte = ratio(ratios.tokens, domain.bytes);
    ratios.unknown = ratio(unknown, ratios.tokens);
    ratios.bytes = ratio(bytes, ratios.tokens);
    ratios.single_characters = ratio(single_characters, ratios.tokens);
    return ratios;
}

std::vector<TokenRatios> token_ratios(const TokenCounts& counts) {
    std::vector<TokenRatios> ratios;
    for (const DomainTokens& domain : counts.domains)
        ratios.push_back(token_ratios(counts.pieces, domain));
    ratios.push_back(token_ratios(counts.pieces, together(counts)));
    return ratios;
}

VocabularyParts vocabulary_parts(const TokenCounts& counts) {
    const DomainTokens all = together(counts);
    VocabularyParts parts;
    for (std::size_t id = 0; id < counts.pieces.size(); ++id) {
        const Piece& piece = counts.pieces[id];
        ++parts.entries;
        if (piece.kind == PieceKind::byte)
            ++parts.bytes;
        else if (piece.kind != PieceKind::text)
            ++parts.specials;
        else
            ++(is_single_character(piece) ? parts.single_characters : parts.words);
        parts.unused += piece.kind == PieceKind::text && all.counts[id] == 0 ? 1 : 0;
    }
    return parts;
}

std::vector<PieceAffinity> piece_affinities(const TokenCounts& counts) {
    std::vector<std::int64_t> totals;
    for (const DomainTokens& domain : counts.domains)
        totals.push_back(total(domain.counts));
    const DomainTokens all = together(counts);
    std::vector<PieceAffinity> affinities;
    for (std::size_t id = 0; id < counts.pieces.size(); ++id)
        affinities.push_back(affinity(id, all.counts[id], frequencies(counts, totals, id)));
    return affinities;
}

std::vector<CharacteristicPiece> characteristic_pieces(const TokenCounts& counts, std::size_t domain,
                                                       std::size_t most) {
    if (counts.domains.size() < 2) return {};
    const DomainTokens all = together(counts);
    const DomainTokens& own = counts.domains.at(domain);
    const std::int64_t tokens_here = total(own.counts), tokens_there = total(all.counts) - tokens_here;
    std::vector<CharacteristicPiece> pieces;
    for (std::size_t id = 0; id < counts.pieces.size(); ++id) {
        const std::int64_t here = own.counts[id], there = all.counts[id] - here;
        if (here == 0 || tokens_there == 0) continue;
        const double often = ratio(here, tokens_here) / ratio(there, tokens_there);
        if (often <= 1) continue;
        pieces.push_back(
            {static_cast<std::int64_t>(id), here, often,
             log_likelihood_ratio(double(here), double(there), double(tokens_here), double(tokens_there))});
    }
    std::ranges::stable_sort(pieces, std::greater(), &CharacteristicPiece::evidence);
    if (pieces.size() > most) pieces.resize(most);
    return pieces;
}

double unevenness(std::span<const TokenRatios> domains) {
    double least = std::numeric_limits<double>::infinity(), most = 0;
    for (const TokenRatios& ratios : domains) {
        if (ratios.domain.empty() || std::isnan(ratios.per_byte)) continue;
        least = std::min(least, ratios.per_byte);
        most = std::max(most, ratios.per_byte);
    }
    return most > 0 ? most / least : std::numeric_limits<double>::quiet_NaN();
}

} // namespace retort
