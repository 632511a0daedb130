// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

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

/// Reads a file from its beginning on, ahead of what is asked for.
class SpillReader {
public:
    /// `file` outlives the reader, and nothing is appended to it meanwhile.
    explicit SpillReader(SpillFile& file, std::size_t ahead = 256 * 1024) : file_(file), ahead_(ahead) {}

    [[nodiscard]] bool at_end() const { return at_ == held_.size() && offset_ == file_.size(); }
    /// Throws Error{internal} when less is left.
    template <class T>
    requires std::is_trivially_copyable_v<T>
    void next_records(std::span<T> out) { next({reinterpret_cast<char*>(out.data()), out.size_bytes()}); }

private:
    void next(std::span<char> out);

    SpillFile& file_;
    std::size_t ahead_;
    std::int64_t offset_ = 0; ///< behind what is held
    std::vector<char> held_;
    std::size_t at_ = 0; ///< in what is held
};

} // namespace retort
