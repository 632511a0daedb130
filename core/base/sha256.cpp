// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sha256.h"

#include "base/error.h"

#include <array>
#include <fstream>
#include <openssl/evp.h>
#include <vector>

namespace retort {

struct Sha256::Context {
    EVP_MD_CTX* evp = EVP_MD_CTX_new();
    Context() = default;
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context() { EVP_MD_CTX_free(evp); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
    if (EVP_DigestInit_ex(context_->evp, EVP_sha256(), nullptr) != 1)
        throw Error(ErrorKind::internal, "libcrypto offers no SHA-256 on this machine.");
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::span<const std::byte> bytes) {
    EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size());
}

void Sha256::update(std::string_view text) {
    update(std::as_bytes(std::span(text)));
}

std::string Sha256::hex() {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(context_->evp, digest.data(), nullptr);
    std::string text;
    for (const unsigned char byte : digest) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string sha256_of(std::string_view text) {
    Sha256 digest;
    digest.update(text);
    return digest.hex();
}

std::string sha256_of_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    Sha256 digest;
    std::vector<char> block(1 << 20);
    while (stream) {
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        digest.update(std::string_view(block.data(), static_cast<std::size_t>(stream.gcount())));
    }
    if (!stream.eof())
        throw Error(ErrorKind::data, "Cannot read " + file.string() + "; check that it exists.");
    return digest.hex();
}

} // namespace retort
