// SPDX-License-Identifier: GPL-3.0-or-later
// A report as values: what is said, in order. It is laid out here as one HTML file, as LaTeX and as Markdown.
#pragma once

#include "report/figure.h"
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
struct ReportFigure {
    Figure figure;
    std::string svg =
        {}; ///< the drawing, from <svg> to </svg>; empty: it is not drawn, its data alone are given
    std::string image = {}; ///< the drawing's file, seen from a Markdown document; empty: there is none
};
using ReportBlock = std::variant<ReportText, ReportFinding, ReportCode, ReportTable, ReportFigure>;

struct ReportSection {
    std::string title;
    std::vector<ReportBlock> blocks;
};

struct ReportDocument {
    std::string title;
    std::string subtitle;
    std::vector<ReportSection> sections;
};

/// Its figures, in order.
[[nodiscard]] std::vector<ReportFigure*> figures_of(ReportDocument& document);

/// One file that needs no other, in light and dark; the data of each figure can be unfolded below it.
[[nodiscard]] std::string to_html(const ReportDocument& document);
/// An article of pdfLaTeX with booktabs, float and etoolbox, and pgfplots where there are figures.
[[nodiscard]] std::string to_latex(const ReportDocument& document);
[[nodiscard]] std::string to_markdown(const ReportDocument& document);

/// Drawings that were put in (svg, image) are left out.
[[nodiscard]] Json to_json(const ReportDocument& document);
/// Throws std::invalid_argument with what is wrong.
[[nodiscard]] ReportDocument read_document(const Json& json);

} // namespace retort
