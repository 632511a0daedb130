// SPDX-License-Identifier: GPL-3.0-or-later
// A table as values, and as the files that papers, pages and programs take. Numbers are in the C locale.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

struct TableCell {
    std::string text;                  ///< UTF-8, as a person reads it
    std::optional<double> value = {};  ///< exact, for CSV in the place of the text
    std::optional<double> spread = {}; ///< ± this, in a column of its own in CSV
    bool is_best = false;              ///< bold
    bool is_second = false;            ///< second best: underlined
    std::string mark = {};             ///< raised after the text: *, †
};

struct TableColumn {
    std::string title;
    bool is_numeric = false; ///< aligned to the right
    std::string key = {};    ///< in CSV; empty: the title
};

struct ReportTable {
    std::string caption; ///< what is measured, in which unit, over how many runs, and what the marks say
    std::vector<TableColumn> columns;
    std::vector<std::vector<TableCell>> rows; ///< as many cells as there are columns
};

/// RFC 4180, one line for the columns' keys; KEY_spread follows a column whose cells have a spread. Exact
/// numbers; cells without a value have their text; NaN, Infinity and -Infinity are spelt so.
[[nodiscard]] std::string to_csv(const ReportTable& table);
/// A pipe table with its caption above.
[[nodiscard]] std::string to_markdown(const ReportTable& table);
/// A table environment for booktabs, caption above, long texts in lines; compiles without other packages.
[[nodiscard]] std::string to_latex(const ReportTable& table);
/// A <table> with a <caption>, without style.
[[nodiscard]] std::string to_html(const ReportTable& table);

/// UTF-8 text in which nothing is a command of LaTeX; ±, −, × and the comparison signs become mathematics.
[[nodiscard]] std::string latex_text(std::string_view text);
[[nodiscard]] std::string html_text(std::string_view text);
[[nodiscard]] std::string markdown_text(std::string_view text);

} // namespace retort
