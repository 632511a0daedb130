// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/spill_file.h"

#include "base/error.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace retort {
namespace {

[[noreturn]] void throw_write_error(const std::filesystem::path& file) {
    throw Error(ErrorKind::workspace, "Cannot write " + file.string() + ": " + std::strerror(errno) +
                                          "; free space or choose a folder that can be written.");
}

} // namespace

SpillFile::SpillFile(std::filesystem::path file, std::size_t buffer)
    : path_(std::move(file)),
      descriptor_(::open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)),
      buffer_(buffer) {
    if (descriptor_ < 0) throw_write_error(path_);
}

SpillFile::~SpillFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

SpillFile::SpillFile(SpillFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      buffer_(other.buffer_),
      pending_(std::move(other.pending_)),
      written_(other.written_) {}

void SpillFile::append(std::string_view bytes) {
    pending_ += bytes;
    if (pending_.size() >= buffer_) flush();
}

void SpillFile::flush() {
    write_at(written_, pending_);
    written_ += std::ssize(pending_);
    if (pending_.capacity() > 4 * buffer_) pending_ = {};
    pending_.clear();
}

void SpillFile::write_at(std::int64_t offset, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t wrote = ::pwrite(descriptor_, bytes.data(), bytes.size(), offset);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) throw_write_error(path_);
        offset += wrote;
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
}

void SpillFile::overwrite(std::int64_t offset, std::span<const char> bytes) {
    flush();
    write_at(offset, {bytes.data(), bytes.size()});
}

void SpillFile::read(std::int64_t offset, std::span<char> out) {
    if (!pending_.empty()) flush();
    while (!out.empty()) {
        const ssize_t got = ::pread(descriptor_, out.data(), out.size(), offset);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0)
            throw Error(ErrorKind::internal, path_.string() + " is shorter than what was written to it.");
        offset += got;
        out = out.subspan(static_cast<std::size_t>(got));
    }
}

void SpillFile::truncate(std::int64_t size) {
    flush();
    if (::ftruncate(descriptor_, size) != 0) throw_write_error(path_);
    written_ = size;
}

void SpillReader::next(std::span<char> out) {
    while (!out.empty()) {
        if (at_ == held_.size()) {
            const std::int64_t left = file_.size() - offset_;
            held_.resize(std::max<std::size_t>(
                1, std::min(ahead_, static_cast<std::size_t>(left)))); // reading at the end throws
            file_.read(offset_, held_);
            offset_ += std::ssize(held_);
            at_ = 0;
        }
        const std::size_t step = std::min(out.size(), held_.size() - at_);
        std::copy_n(held_.begin() + static_cast<std::ptrdiff_t>(at_), step, out.begin());
        at_ += step;
        out = out.subspan(step);
    }
}

} // namespace retort
