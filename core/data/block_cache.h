// SPDX-License-Identifier: GPL-3.0-or-later
// A file of equally long blocks that are written when they are first known and read from memory afterwards.
// What it holds can be computed again: a block that is missing, torn by a crash or damaged reads as absent.
#pragma once

#include "base/files.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>

namespace retort {

/// Layout: 32 bytes of header, a checksum of 8 bytes for each block (0: absent), the blocks. The file is
/// sparse and takes the room of what was written. Several processes may share it as long as they write the
/// same blocks, and several threads may share the object.
class BlockCache {
public:
    /// Opens or makes the file; one of other sizes is replaced. Throws Error{workspace} when it can be
    /// neither.
    BlockCache(const std::filesystem::path& file, std::int64_t blocks, std::int64_t block_length);
    ~BlockCache();
    BlockCache(BlockCache&& other) noexcept;
    BlockCache& operator=(BlockCache&&) = delete;

    /// Copies a block of block_length numbers. False: it is not there.
    [[nodiscard]] bool read(std::int64_t block, std::span<std::uint16_t> out) const;
    /// False when the disk does not take it; the cache then goes on without.
    bool write(std::int64_t block, std::span<const std::uint16_t> values);

private:
    [[nodiscard]] std::int64_t place_of(std::int64_t block) const;

    int descriptor_ = -1;
    std::int64_t blocks_;
    std::int64_t block_bytes_;
    std::optional<MappedFile> mapped_;
};

} // namespace retort
