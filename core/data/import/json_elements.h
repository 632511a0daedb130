// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts a stream of JSON into its objects without building anything of them: those of one top-level array, as
// multi-language-dataset-creator writes it, or one after the other, as in JSON lines. What is cut need not be
// valid inside. After damage it goes on with the next object that begins at a line's start as the first did.
#pragma once

#include "data/import/byte_stream.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

struct JsonElement {
    enum class State {
        whole,
        too_large, ///< longer than the limit; there is no text
        broken,    ///< ends before its braces do; there is no text
        foreign,   ///< no object; there is no text
    };
    State state = State::whole;
    std::string_view text;   ///< until the next call
    std::int64_t number = 0; ///< from 1
    std::int64_t line = 0;   ///< where it begins, from 1
};

/// Memory: 1 MiB and the object at hand, of at most `limit` bytes.
class JsonElements {
public:
    JsonElements(ByteStream& stream, std::size_t limit);

    /// False at the end.
    bool next(JsonElement& element);
    /// Whether the objects are those of an array.
    [[nodiscard]] bool in_array() const { return in_array_; }
    /// At the end: whether an array was begun and not closed.
    [[nodiscard]] bool unclosed() const { return in_array_ && !closed_; }

private:
    [[nodiscard]] bool fill(std::size_t ahead = 1);
    void keep();
    [[nodiscard]] bool to_element();
    void begin_line();
    void note_prefix();
    [[nodiscard]] bool at_new_element();
    void scan_object(JsonElement& element);
    [[nodiscard]] bool scan_to_end(JsonElement& element);
    [[nodiscard]] bool scan_string();
    void resume();
    void skip_line();
    void skip_foreign();

    ByteStream& stream_;
    std::size_t limit_;
    std::vector<char> chunk_;
    std::size_t begin_ = 0; ///< of the part of the chunk that belongs to the object and is not kept yet
    std::size_t at_ = 0;
    std::size_t end_ = 0;
    std::string kept_; ///< what earlier chunks held of the object
    bool is_inside_ = false;
    bool overflown_ = false;
    bool in_array_ = false;
    bool closed_ = false;
    std::int64_t number_ = 0;
    std::int64_t line_ = 1;
    std::string prefix_;      ///< blanks before the first object's brace, and the brace
    std::string blanks_;      ///< since the last line began
    bool only_blanks_ = true; ///< nothing else since then
};

} // namespace retort
