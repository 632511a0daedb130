// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace retort {

/// The checksum of iSCSI (RFC 3720, appendix B.4): polynomial 0x1EDC6F41, reflected.
[[nodiscard]] std::uint32_t crc32c(std::span<const std::byte> bytes) noexcept;

/// As TensorFlow's records hold it, so that the checksum of bytes which hold checksums stays a good one.
[[nodiscard]] constexpr std::uint32_t masked_crc(std::uint32_t crc) noexcept {
    return ((crc >> 15) | (crc << 17)) + 0xA282EAD8U;
}

} // namespace retort
