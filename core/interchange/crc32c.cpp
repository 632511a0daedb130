// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/crc32c.h"

#include <array>
#include <bit>
#include <cstring>

namespace retort {
namespace {

constexpr std::uint32_t reflected_polynomial = 0x82F63B78;

using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

/// Table k turns a byte into its share of the checksum k bytes further on.
constexpr Tables make_tables() {
    Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? reflected_polynomial : 0);
        tables[0][byte] = crc;
    }
    for (std::size_t k = 1; k < tables.size(); ++k)
        for (std::size_t byte = 0; byte < 256; ++byte)
            tables[k][byte] = (tables[k - 1][byte] >> 8) ^ tables[0][tables[k - 1][byte] & 0xFF];
    return tables;
}

constexpr Tables tables = make_tables();

/// Eight bytes at a time ("slicing by 8"), whose look-ups do not wait for each other.
std::uint32_t take_eight(std::uint32_t crc, std::uint64_t word) {
    word ^= crc;
    std::uint32_t sum = 0;
    for (std::size_t k = 0; k < 8; ++k)
        sum ^= tables[7 - k][(word >> (8 * k)) & 0xFF];
    return sum;
}

} // namespace

std::uint32_t crc32c(std::span<const std::byte> bytes) noexcept {
    static_assert(std::endian::native == std::endian::little);
    std::uint32_t crc = 0xFFFFFFFF;
    for (; bytes.size() >= 8; bytes = bytes.subspan(8)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), sizeof word);
        crc = take_eight(crc, word);
    }
    for (const std::byte byte : bytes)
        crc = (crc >> 8) ^ tables[0][(crc ^ std::to_integer<std::uint32_t>(byte)) & 0xFF];
    return ~crc;
}

} // namespace retort
