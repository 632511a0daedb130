// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a file from its beginning to its end, decompressed where it is gzip or Zstandard.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace retort {

/// One thread at a time.
class ByteStream {
public:
    virtual ~ByteStream() = default;
    /// Fills `out` as far as there are bytes; fewer than its size only at the end. Throws Error{data} for a
    /// file that cannot be read or whose compressed form is damaged or cut short.
    [[nodiscard]] virtual std::size_t read(std::span<char> out) = 0;
    /// Bytes of the file itself that have been read.
    [[nodiscard]] virtual std::int64_t position() const = 0;
};

/// Goes by the first bytes and not by the name. Throws Error{data} for a file that cannot be opened, and for
/// Parquet, saying how to convert it.
[[nodiscard]] std::unique_ptr<ByteStream> open_byte_stream(const std::filesystem::path& file);

/// The whole of a stream of at most `limit` bytes; false: it is longer, and `text` holds its beginning.
bool read_all(ByteStream& stream, std::size_t limit, std::string& text);

} // namespace retort
