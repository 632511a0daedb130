// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"

#include "base/error.h"
#include "base/unfinished_write.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace retort {
namespace fs = std::filesystem;
namespace {

class Descriptor {
public:
    Descriptor(const fs::path& file, int flags) : number_(::open(file.c_str(), flags | O_CLOEXEC, 0644)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool open() const { return number_ >= 0; }

private:
    int number_;
};

[[noreturn]] void throw_write_error(const fs::path& file) {
    throw Error(ErrorKind::workspace, "Cannot write " + file.string() + ": " + std::strerror(errno) +
                                          "; free space or choose a folder that can be written.");
}

[[noreturn]] void throw_read_error(const fs::path& file) {
    throw Error(ErrorKind::data, "Cannot read " + file.string() + ": " + std::strerror(errno) +
                                     "; check the path and its permissions.");
}

void sync_path(const fs::path& path) {
    const Descriptor descriptor(path, O_RDONLY);
    if (!descriptor.open() || ::fsync(descriptor.number()) != 0) throw_write_error(path);
}

void write_and_sync(const fs::path& file, std::string_view bytes) {
    const Descriptor out(file, O_WRONLY | O_CREAT | O_TRUNC);
    if (!out.open()) throw_write_error(file);
    while (!bytes.empty()) {
        const ssize_t written = ::write(out.number(), bytes.data(), bytes.size());
        if (written < 0) throw_write_error(file);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(out.number()) != 0) throw_write_error(file);
}

/// Renames a folder onto another, which a plain rename does not do unless that is empty. Where the file
/// system cannot exchange the two in one step, the old one goes first.
void put_in_place(const fs::path& fresh, const fs::path& folder) {
    const bool exchanged = fs::exists(folder) && ::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD,
                                                             folder.c_str(), RENAME_EXCHANGE) == 0;
    fs::remove_all(exchanged ? fresh : folder);
    if (!exchanged && ::rename(fresh.c_str(), folder.c_str()) != 0) throw_write_error(folder);
}

} // namespace

std::string read_file(const fs::path& file) {
    const MappedFile mapped(file);
    const auto bytes = mapped.bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void write_file_atomically(const fs::path& file, std::string_view bytes) {
    const fs::path temporary = temporary_name(file);
    try {
        write_and_sync(temporary, bytes);
        if (::rename(temporary.c_str(), file.c_str()) != 0) throw_write_error(file);
    } catch (...) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw;
    }
    sync_path(file.parent_path().empty() ? fs::path(".") : file.parent_path());
}

void write_folder_atomically(const fs::path& folder, const std::function<void(const fs::path&)>& fill) {
    const fs::path temporary = temporary_name(folder);
    std::error_code failed;
    fs::remove_all(temporary, failed);
    fs::create_directories(temporary, failed);
    if (failed) {
        errno = failed.value();
        throw_write_error(temporary);
    }
    try {
        fill(temporary);
        for (const auto& entry : fs::recursive_directory_iterator(temporary))
            sync_path(entry.path());
        sync_path(temporary);
        put_in_place(temporary, folder);
    } catch (...) {
        fs::remove_all(temporary, failed);
        throw;
    }
    sync_path(folder.parent_path());
}

void copy_files(const fs::path& from, const fs::path& into) {
    for (const auto& entry : fs::directory_iterator(from))
        fs::copy_file(entry.path(), into / entry.path().filename());
}

MappedFile::MappedFile(const fs::path& file) {
    const Descriptor in(file, O_RDONLY);
    struct stat status {};
    if (!in.open() || ::fstat(in.number(), &status) != 0) throw_read_error(file);
    if (!S_ISREG(status.st_mode))
        throw Error(ErrorKind::data, file.string() + " is not a file; check the path.");
    size_ = static_cast<std::size_t>(status.st_size);
    if (size_ == 0) return;
    void* address = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, in.number(), 0);
    if (address == MAP_FAILED) throw_read_error(file);
    data_ = static_cast<const std::byte*>(address);
}

MappedFile::~MappedFile() {
    if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

fs::path xdg_folder(const char* variable, std::string_view fallback) {
    const char* value = std::getenv(variable);
    if (value != nullptr && fs::path(value).is_absolute()) return fs::path(value) / "retort";
    const char* home = std::getenv("HOME");
    return fs::path(home != nullptr ? home : "/") / fallback / "retort";
}

fs::path cache_folder() {
    return xdg_folder("XDG_CACHE_HOME", ".cache");
}

} // namespace retort
