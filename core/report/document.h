// SPDX-License-Identifier: GPL-3.0-or-later
// A report as values: what is said, in order. It is laid out here as one HTML file, as LaTeX and as Markdown.
#pragma once

#include "report/table.h"

#include <string>
#include <variant>
#include <vector>

namespace retort {

struct ReportText {
    std::string text; ///< a paragraph, UTF-8
};
struct ReportFinding {
    std::string verdict; ///< a word or two, before the sentence
    std::string text;
};
struct ReportCode {
    std::string text; ///< shown as it is
};
using ReportBlock = std::variant<ReportText, ReportFinding, ReportCode, ReportTable>;

struct ReportSection {
    std::string title;
    std::vector<ReportBlock> blocks;
};

struct ReportDocument {
    std::string title;
    std::string subtitle;
    std::vector<ReportSection> sections;
};

/// One file that needs no other, in light and dark.
[[nodiscard]] std::string to_html(const ReportDocument& document);
/// An article of pdfLaTeX with booktabs alone.
[[nodiscard]] std::string to_latex(const ReportDocument& document);
[[nodiscard]] std::string to_markdown(const ReportDocument& document);

} // namespace retort
