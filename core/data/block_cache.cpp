// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/block_cache.h"

#include "base/error.h"

#include <array>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace retort {
namespace {

using Header = std::array<std::uint64_t, 4>;
constexpr std::uint64_t magic = 0x31454843'41435452; // "RTCACHE1", little-endian
constexpr std::int64_t header_bytes = sizeof(Header);

/// FNV-1a over words of 8 bytes, finished by a multiplication; never 0. It finds torn writes, not forgeries.
std::uint64_t checksum(std::span<const std::byte> bytes) {
    std::uint64_t hash = 0xCBF29CE484222325u;
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, std::min<std::size_t>(8, bytes.size() - i));
        hash = (hash ^ word) * 0x100000001B3u;
        hash ^= hash >> 29;
    }
    return hash == 0 ? 1 : hash;
}

bool write_all(int descriptor, std::span<const std::byte> bytes, std::int64_t place) {
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), place);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        place += written;
    }
    return true;
}

bool has_header(int descriptor, const Header& wanted, std::int64_t bytes) {
    Header found{};
    struct stat status {};
    return ::fstat(descriptor, &status) == 0 && status.st_size == bytes &&
           ::pread(descriptor, found.data(), sizeof found, 0) == header_bytes && found == wanted;
}

} // namespace

BlockCache::BlockCache(const std::filesystem::path& file, std::int64_t blocks, std::int64_t block_length)
    : blocks_(blocks), block_bytes_(block_length * 2) {
    const Header header = {magic, 1, static_cast<std::uint64_t>(blocks),
                           static_cast<std::uint64_t>(block_length)};
    const std::int64_t bytes = place_of(blocks);
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    const bool is_good =
        descriptor_ >= 0 && (has_header(descriptor_, header, bytes) ||
                             (::ftruncate(descriptor_, 0) == 0 && ::ftruncate(descriptor_, bytes) == 0 &&
                              write_all(descriptor_, std::as_bytes(std::span(header)), 0)));
    if (!is_good) {
        if (descriptor_ >= 0) ::close(descriptor_);
        throw Error(ErrorKind::workspace,
                    "Cannot write " + file.string() + "; free some space or set /run/teacher to online.");
    }
    mapped_.emplace(file);
}

BlockCache::~BlockCache() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

BlockCache::BlockCache(BlockCache&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      blocks_(other.blocks_),
      block_bytes_(other.block_bytes_),
      mapped_(std::move(other.mapped_)) {}

std::int64_t BlockCache::place_of(std::int64_t block) const {
    return header_bytes + 8 * blocks_ + block * block_bytes_;
}

bool BlockCache::read(std::int64_t block, std::span<std::uint16_t> out) const {
    const std::span<const std::byte> all = mapped_->bytes();
    std::uint64_t expected = 0;
    std::memcpy(&expected, all.data() + header_bytes + 8 * block, 8);
    if (expected == 0) return false;
    std::memcpy(out.data(), all.data() + place_of(block), static_cast<std::size_t>(block_bytes_));
    return checksum(std::as_bytes(out)) == expected;
}

bool BlockCache::write(std::int64_t block, std::span<const std::uint16_t> values) {
    const std::span<const std::byte> bytes = std::as_bytes(values);
    const std::uint64_t sum = checksum(bytes); // after the bytes, so that a crash leaves the block absent
    return write_all(descriptor_, bytes, place_of(block)) &&
           write_all(descriptor_, std::as_bytes(std::span(&sum, 1)), header_bytes + 8 * block);
}

} // namespace retort
