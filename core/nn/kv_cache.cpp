// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/kv_cache.h"

#include <ATen/ATen.h>
#include <cmath>
#include <limits>

namespace retort {

at::Tensor KeyValueCache::attend(std::size_t layer, const at::Tensor& qkv, std::int64_t heads,
                                 std::int64_t positions) {
    const std::int64_t tokens = qkv.size(1), width = qkv.size(2) / 3, depth = width / heads,
                       end = length_ + tokens;
    while (layers_.size() <= layer) {
        const auto room = [&] { return at::empty({heads, positions, depth}, qkv.options()); };
        layers_.push_back({room(), room()});
    }
    Layer& kept = layers_[layer];
    const at::Tensor split = qkv.view({tokens, 3, heads, depth}).permute({1, 2, 0, 3});
    kept.keys.slice(1, length_, end).copy_(split[1]);
    kept.values.slice(1, length_, end).copy_(split[2]);
    at::Tensor scores = at::bmm(split[0], kept.keys.slice(1, 0, end).transpose(1, 2));
    scores.mul_(1.0 / std::sqrt(static_cast<double>(depth)));
    if (tokens > 1) {
        const at::Tensor future =
            at::ones({tokens, end}, scores.options().dtype(at::kBool)).triu(length_ + 1);
        scores.masked_fill_(future, -std::numeric_limits<float>::infinity());
    }
    const at::Tensor mixed = at::bmm(at::softmax(scores, -1), kept.values.slice(1, 0, end));
    return mixed.transpose(0, 1).reshape({1, tokens, width});
}

} // namespace retort
