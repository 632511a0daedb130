// SPDX-License-Identifier: GPL-3.0-or-later
// Comma-separated values (RFC 4180) out and in. Numbers are in the C locale, whatever the program's is.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// Quoted where a comma, a quotation mark or the end of a line makes that necessary.
[[nodiscard]] std::string csv_field(std::string_view text);

/// The fewest digits that read back exactly; NaN, Infinity and -Infinity.
[[nodiscard]] std::string csv_number(double value);

/// The inverse, blanks around it ignored; also nan, inf and a sign before them, in any case. Nothing for what
/// is no number.
[[nodiscard]] std::optional<double> number_in(std::string_view text);

/// Reads a text record by record. A byte-order mark, either end of line and empty lines are passed over.
class CsvReader {
public:
    /// The separator is what the first line has most of: comma, semicolon or tab. `text` must outlive the
    /// reader; `name` is what errors call it.
    CsvReader(std::string_view text, std::string name);

    /// The fields of the next record, good until the next call; false at the end. Throws Error{data} where a
    /// quotation mark is never closed.
    [[nodiscard]] bool next(std::vector<std::string_view>& fields);
    /// Where the record begins, from 1.
    [[nodiscard]] std::size_t line() const { return line_; }
    [[nodiscard]] char separator() const { return separator_; }

private:
    [[nodiscard]] bool is_at_end_of_line() const;
    void end_line();
    [[nodiscard]] std::string_view plain_field();
    [[nodiscard]] std::string_view quoted_field();

    std::string_view text_;
    std::string name_;
    char separator_ = ',';
    std::size_t place_ = 0;
    std::size_t line_ = 0;
    std::size_t next_line_ = 1;
    std::deque<std::string> unquoted_; ///< of this record, where a field is not as it stands
};

} // namespace retort
