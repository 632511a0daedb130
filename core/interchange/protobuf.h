// SPDX-License-Identifier: GPL-3.0-or-later
// The wire format of protocol buffers, as far as event files need it: fields of a message one after the
// other, each a key (number << 3 | kind) and a value.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace retort::protobuf {

using Bytes = std::span<const std::byte>;

enum class Kind : std::uint8_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

struct Field {
    std::uint32_t number = 0;
    Kind kind = Kind::varint;
    std::uint64_t bits = 0; ///< of a varint, fixed64 or fixed32
    Bytes bytes;            ///< of a string, a message, packed numbers

    [[nodiscard]] double real() const { return std::bit_cast<double>(bits); }
    [[nodiscard]] float single() const { return std::bit_cast<float>(static_cast<std::uint32_t>(bits)); }
    [[nodiscard]] std::int64_t integer() const { return static_cast<std::int64_t>(bits); }
    [[nodiscard]] std::string_view text() const {
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
};

template <class T>
[[nodiscard]] T load(Bytes bytes) {
    T value{};
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

/// The fields of one message. What is cut off or of an unknown kind ends the reading.
class Reader {
public:
    explicit Reader(Bytes message) : rest_(message) {}

    [[nodiscard]] bool next(Field& field) {
        std::uint64_t key = 0;
        if (!varint(key)) return false;
        field.number = static_cast<std::uint32_t>(key >> 3);
        field.kind = static_cast<Kind>(key & 7);
        switch (field.kind) {
        case Kind::varint:
            return varint(field.bits);
        case Kind::fixed64:
            return fixed<std::uint64_t>(field.bits);
        case Kind::fixed32:
            return fixed<std::uint32_t>(field.bits);
        case Kind::bytes:
            return take(field.bytes);
        }
        return false;
    }

private:
    [[nodiscard]] bool varint(std::uint64_t& value) {
        value = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = std::to_integer<std::uint64_t>(rest_.front());
            rest_ = rest_.subspan(1);
            value |= (byte & 0x7F) << shift;
            if (byte < 0x80) return true;
        }
        return false;
    }
    template <class T>
    [[nodiscard]] bool fixed(std::uint64_t& value) {
        if (rest_.size() < sizeof(T)) return false;
        value = load<T>(rest_);
        rest_ = rest_.subspan(sizeof(T));
        return true;
    }
    [[nodiscard]] bool take(Bytes& bytes) {
        std::uint64_t length = 0;
        if (!varint(length) || length > rest_.size()) return false;
        bytes = rest_.first(static_cast<std::size_t>(length));
        rest_ = rest_.subspan(static_cast<std::size_t>(length));
        return true;
    }

    Bytes rest_;
};

/// Fields appended to a message.
class Writer {
public:
    void integer(std::uint32_t number, std::int64_t value) {
        key(number, Kind::varint);
        varint(static_cast<std::uint64_t>(value));
    }
    void real(std::uint32_t number, double value) { fixed(number, Kind::fixed64, value); }
    void single(std::uint32_t number, float value) { fixed(number, Kind::fixed32, value); }
    void text(std::uint32_t number, std::string_view value) {
        key(number, Kind::bytes);
        varint(value.size());
        bytes_ += value;
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    void key(std::uint32_t number, Kind kind) { varint(number << 3 | static_cast<std::uint32_t>(kind)); }
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7)
            bytes_ += static_cast<char>(value | 0x80);
        bytes_ += static_cast<char>(value);
    }
    template <class T>
    void fixed(std::uint32_t number, Kind kind, T value) {
        key(number, kind);
        char raw[sizeof value];
        std::memcpy(raw, &value, sizeof value);
        bytes_.append(raw, sizeof value);
    }

    std::string bytes_;
};

} // namespace retort::protobuf
