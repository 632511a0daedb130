// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/hugging_face/decoder.h"

#include "data/hugging_face/byte_level.h"
#include "data/hugging_face/text_steps.h"
#include "data/utf8.h"

#include <charconv>
#include <numeric>

namespace retort::hugging_face {
namespace {

using Tokens = std::vector<std::string>;

constexpr std::string_view replacement_character = "\uFFFD";

std::string joined(const Tokens& tokens) {
    return std::accumulate(tokens.begin(), tokens.end(), std::string());
}

std::string joined_by_spaces(const Tokens& tokens) {
    std::string text;
    for (const std::string& token : tokens)
        text += (text.empty() ? "" : " ") + token;
    return text;
}

/// A run of bytes is one text, or as many replacement characters as it has bytes.
void write_bytes(std::string& bytes, Tokens& tokens) {
    if (bytes.empty()) return;
    if (!find_invalid_utf8(bytes))
        tokens.push_back(bytes);
    else
        tokens.insert(tokens.end(), bytes.size(), std::string(replacement_character));
    bytes.clear();
}

Tokens fall_back(const Tokens& tokens) {
    Tokens texts;
    std::string bytes;
    for (const std::string& token : tokens) {
        if (const auto byte = byte_of_name(token)) {
            bytes += *byte;
            continue;
        }
        write_bytes(bytes, texts);
        texts.push_back(token);
    }
    write_bytes(bytes, texts);
    return texts;
}

std::string stripped(std::string_view text, const DecoderStep& step) {
    for (std::size_t i = 0; i < step.start && text.starts_with(step.content); ++i)
        text.remove_prefix(step.content.size());
    for (std::size_t i = 0; i < step.stop && text.ends_with(step.content); ++i)
        text.remove_suffix(step.content.size());
    return std::string(text);
}

/// A token that is not made of the letters of bytes, an added one, stands for itself.
std::string raw_bytes(const Tokens& tokens) {
    std::string bytes;
    for (const std::string& token : tokens)
        bytes += bytes_of_letters(token).value_or(token);
    return bytes;
}

Tokens apply(const DecoderStep& step, Tokens tokens) {
    switch (step.kind) {
    case DecoderStep::Kind::replace:
        for (std::string& token : tokens)
            token = replaced(token, step.pattern, step.content);
        return tokens;
    case DecoderStep::Kind::byte_fallback:
        return fall_back(tokens);
    case DecoderStep::Kind::fuse:
        return {joined(tokens)};
    case DecoderStep::Kind::strip:
        for (std::string& token : tokens)
            token = stripped(token, step);
        return tokens;
    case DecoderStep::Kind::byte_level:
        return {replace_broken_utf8(raw_bytes(tokens))};
    }
    return tokens;
}

} // namespace

std::optional<char> byte_of_name(std::string_view token) {
    unsigned value = 0;
    if (token.size() != 6 || !token.starts_with("<0x") || token.back() != '>') return {};
    const auto [end, error] = std::from_chars(token.data() + 3, token.data() + 5, value, 16);
    if (error != std::errc() || end != token.data() + 5) return {};
    return static_cast<char>(value);
}

std::string decode(const std::optional<std::vector<DecoderStep>>& decoder, std::vector<std::string> tokens) {
    if (!decoder) return joined_by_spaces(tokens);
    for (const DecoderStep& step : *decoder)
        tokens = apply(step, std::move(tokens));
    return joined(tokens);
}

std::string decode_alone(const std::optional<std::vector<DecoderStep>>& decoder, const std::string& token) {
    std::string text = token;
    if (!decoder) return text;
    for (const DecoderStep& step : *decoder) {
        if (step.kind == DecoderStep::Kind::byte_fallback) {
            if (const auto byte = byte_of_name(text)) return {*byte};
        } else if (step.kind == DecoderStep::Kind::byte_level) {
            text = raw_bytes({text});
        } else if (step.kind == DecoderStep::Kind::replace) {
            text = replaced(text, step.pattern, step.content);
        }
    }
    return text;
}

} // namespace retort::hugging_face
