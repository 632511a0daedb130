// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 of bytes and files (FIPS 180-4, by libcrypto), as 64 lower-case hexadecimal digits.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace retort {

/// Digest of a stream of bytes. One thread at a time.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void update(std::span<const std::byte> bytes);
    void update(std::string_view text);
    /// Ends the stream; the object must not be used afterwards.
    [[nodiscard]] std::string hex();

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

[[nodiscard]] std::string sha256_of(std::string_view text);

/// Throws Error{data} when the file cannot be read.
[[nodiscard]] std::string sha256_of_file(const std::filesystem::path& file);

} // namespace retort
