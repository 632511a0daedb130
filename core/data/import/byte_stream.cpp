// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/byte_stream.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <vector>
#include <zlib.h>
#include <zstd.h>

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view parquet_magic = "PAR1";
constexpr std::string_view zstd_magic = "\x28\xb5\x2f\xfd";
constexpr unsigned gzip_buffer = 256 * 1024;

[[noreturn]] void throw_unreadable(const fs::path& file, const std::string& why) {
    throw Error(ErrorKind::data,
                "Cannot read " + file.string() + ": " + why + "; check the path and its permissions.");
}

[[noreturn]] void throw_damaged(const fs::path& file, const std::string& why) {
    throw Error(ErrorKind::data,
                file.string() + " is damaged or cut short (" + why + "); fetch or compress it again.");
}

/// zlib's own reading of files: several gzip members one after the other, and files that are not compressed.
class GzipStream : public ByteStream {
public:
    explicit GzipStream(const fs::path& file) : path_(file), file_(gzopen(file.c_str(), "rbe")) {
        if (file_ == nullptr) throw_unreadable(file, std::strerror(errno));
        gzbuffer(file_, gzip_buffer);
    }
    ~GzipStream() override { gzclose(file_); }
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;

    std::size_t read(std::span<char> out) override {
        std::size_t filled = 0;
        while (filled < out.size()) {
            const auto wish = static_cast<unsigned>(std::min<std::size_t>(out.size() - filled, 1U << 30));
            const int got = gzread(file_, out.data() + filled, wish);
            if (got < 0) fail();
            if (got == 0) break;
            filled += static_cast<std::size_t>(got);
        }
        if (filled < out.size()) check_end();
        return filled;
    }
    std::int64_t position() const override { return std::max<std::int64_t>(gzoffset(file_), 0); }

private:
    [[noreturn]] void fail() {
        int code = Z_OK;
        const std::string text = gzerror(file_, &code);
        if (code == Z_ERRNO) throw_unreadable(path_, std::strerror(errno));
        throw_damaged(path_, text);
    }
    /// zlib gives what there is of a cut file before it complains.
    void check_end() {
        int code = Z_OK;
        gzerror(file_, &code);
        if (code != Z_OK && code != Z_STREAM_END) fail();
    }

    fs::path path_;
    gzFile file_;
};

class ZstdStream : public ByteStream {
public:
    explicit ZstdStream(const fs::path& file)
        : path_(file),
          source_(std::make_unique<GzipStream>(file)),
          context_(ZSTD_createDStream()),
          buffer_(ZSTD_DStreamInSize()) {}
    ~ZstdStream() override { ZSTD_freeDStream(context_); }
    ZstdStream(const ZstdStream&) = delete;
    ZstdStream& operator=(const ZstdStream&) = delete;

    std::size_t read(std::span<char> out) override {
        ZSTD_outBuffer target{out.data(), out.size(), 0};
        while (target.pos < target.size) {
            if (input_.pos == input_.size && !refill()) break;
            pending_ = ZSTD_decompressStream(context_, &target, &input_);
            if (ZSTD_isError(pending_) != 0) throw_damaged(path_, ZSTD_getErrorName(pending_));
        }
        return target.pos;
    }
    std::int64_t position() const override { return source_->position(); }

private:
    bool refill() {
        const std::size_t got = source_->read(buffer_);
        input_ = {buffer_.data(), got, 0};
        if (got == 0 && pending_ != 0) throw_damaged(path_, "its end is missing");
        return got != 0;
    }

    fs::path path_;
    std::unique_ptr<ByteStream> source_;
    ZSTD_DStream* context_;
    std::vector<char> buffer_;
    ZSTD_inBuffer input_{nullptr, 0, 0};
    std::size_t pending_ = 0; ///< bytes that the frame still needs, 0 at the end of one
};

/// The first bytes as they lie on disk.
std::string first_bytes(const fs::path& file) {
    std::array<char, 4> bytes{};
    std::FILE* in = std::fopen(file.c_str(), "rbe");
    if (in == nullptr) throw_unreadable(file, std::strerror(errno));
    const std::size_t got = std::fread(bytes.data(), 1, bytes.size(), in);
    std::fclose(in);
    return {bytes.data(), got};
}

} // namespace

std::unique_ptr<ByteStream> open_byte_stream(const fs::path& file) {
    const std::string magic = first_bytes(file);
    if (magic == parquet_magic)
        throw Error(ErrorKind::data,
                    file.string() +
                        " is Parquet, which is not read here; write it as JSON lines first, e.g. with "
                        "pandas: read_parquet(…).to_json(…, orient=\"records\", lines=True).");
    if (magic == zstd_magic) return std::make_unique<ZstdStream>(file);
    return std::make_unique<GzipStream>(file);
}

bool read_all(ByteStream& stream, std::size_t limit, std::string& text) {
    constexpr std::size_t step = 256 * 1024;
    text.clear();
    for (;;) {
        const std::size_t before = text.size();
        const std::size_t wish = std::min(step, limit + 1 - before);
        text.resize(before + wish);
        const std::size_t got = stream.read({text.data() + before, wish});
        text.resize(before + got);
        if (text.size() > limit) return false;
        if (got < wish) return true;
    }
}

} // namespace retort
