// SPDX-License-Identifier: GPL-3.0-or-later
// Keys and values of the tokens that a body has read, so that the next ones can be read alone.
#pragma once

#include <ATen/core/Tensor.h>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace retort {

/// Of one sequence and one body. Named by ForwardContext::cache, a forward pass on embeddings [1, T, D] reads
/// them as the T tokens that follow those in the cache; together they must fit the body's positions. It has
/// no dropout and no gradients.
class KeyValueCache {
public:
    [[nodiscard]] std::int64_t length() const { return length_; }
    /// After a pass of so many tokens.
    void advance(std::int64_t tokens) { length_ += tokens; }
    /// Forgets what was read; the memory is kept.
    void clear() { length_ = 0; }

    /// Attention of new tokens to all that were read and to those among them that came before:
    /// qkv [1, T, 3 × D] -> [1, T, D].
    [[nodiscard]] at::Tensor attend(std::size_t layer, const at::Tensor& qkv, std::int64_t heads,
                                    std::int64_t positions);

private:
    struct Layer {
        at::Tensor keys, values; ///< [heads, positions, depth], filled up to length_
    };
    std::vector<Layer> layers_;
    std::int64_t length_ = 0;
};

} // namespace retort
