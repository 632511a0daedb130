// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace retort {

/// A file that is written at its end and read anywhere. One thread at a time. Throws Error{workspace} when
/// the disk is full or cannot be written, Error{internal} when a read asks for what is not there.
class SpillFile {
public:
    /// Makes the file, or empties it. `buffer`: bytes that are gathered before they are written.
    explicit SpillFile(std::filesystem::path file, std::size_t buffer = 256 * 1024);
    ~SpillFile();
    SpillFile(SpillFile&& other) noexcept;
    SpillFile& operator=(SpillFile&&) = delete;

    void append(std::string_view bytes);
    template <class T>
    requires std::is_trivially_copyable_v<T>
    void append_records(std::span<const T> records) {
        append({reinterpret_cast<const char*>(records.data()), records.size_bytes()});
    }
    [[nodiscard]] std::int64_t size() const { return written_ + std::ssize(pending_); }
    /// Flushes first.
    void read(std::int64_t offset, std::span<char> out);
    template <class T>
    requires std::is_trivially_copyable_v<T>
    void read_records(std::int64_t offset, std::span<T> out) {
        read(offset, {reinterpret_cast<char*>(out.data()), out.size_bytes()});
    }
    /// Bytes that were appended before; flushes first.
    void overwrite(std::int64_t offset, std::span<const char> bytes);
    /// Leaves the first `size` bytes.
    void truncate(std::int64_t size);
    void flush();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    void write_at(std::int64_t offset, std::string_view bytes);

    std::filesystem::path path_;
    int descriptor_ = -1;
    std::size_t buffer_;
    std::string pending_;
    std::int64_t written_ = 0;
};

} // namespace retort
