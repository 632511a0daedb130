// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/table.h"

#include "base/csv.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace retort {
namespace {

using Replacement = std::pair<std::string_view, std::string_view>;

/// Where a replacement's first part stands in the text, its second comes; the first that fits.
std::string replaced(std::string_view text, std::span<const Replacement> replacements) {
    std::string out;
    while (!text.empty()) {
        const auto fits = [&](const Replacement& one) { return text.starts_with(one.first); };
        const auto found = std::ranges::find_if(replacements, fits);
        const bool is_found = found != replacements.end();
        out += is_found ? found->second : text.substr(0, 1);
        text.remove_prefix(is_found ? found->first.size() : 1);
    }
    return out;
}

bool has_spread(const ReportTable& table, std::size_t column) {
    return std::ranges::any_of(table.rows, [&](const auto& row) { return row[column].spread.has_value(); });
}

std::string csv_head(const ReportTable& table) {
    std::string line;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const TableColumn& column = table.columns[c];
        const std::string& key = column.key.empty() ? column.title : column.key;
        line += (c == 0 ? "" : ",") + csv_field(key);
        if (has_spread(table, c)) line += "," + csv_field(key + "_spread");
    }
    return line + "\n";
}

/// Cells of a row between `separator`s, each made by `text`.
template <class Text>
std::string joined(const std::vector<TableCell>& row, std::string_view separator, const Text& text) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c)
        line += (c == 0 ? std::string() : std::string(separator)) + text(row[c]);
    return line;
}

std::string markdown_cell(const TableCell& cell) {
    const std::string text = markdown_text(cell.text);
    const std::string shown = cell.is_best     ? "**" + text + "**"
                              : cell.is_second ? "<ins>" + text + "</ins>"
                                               : text;
    return shown + markdown_text(cell.mark);
}

std::string latex_cell(const TableCell& cell) {
    const std::string text = latex_text(cell.text);
    const std::string shown = cell.is_best     ? "\\textbf{" + text + "}"
                              : cell.is_second ? "\\underline{" + text + "}"
                                               : text;
    return cell.mark.empty() ? shown : shown + "\\textsuperscript{" + latex_text(cell.mark) + "}";
}

/// Text that is too long for one line is set in lines.
std::string latex_column(const ReportTable& table, std::size_t column) {
    constexpr std::size_t longest_line = 45;
    if (table.columns[column].is_numeric) return "r";
    const bool is_long = std::ranges::any_of(
        table.rows, [&](const auto& row) { return row[column].text.size() > longest_line; });
    return is_long ? "p{0.5\\linewidth}" : "l";
}

std::string html_cell(const TableCell& cell, bool is_numeric) {
    const std::string text = html_text(cell.text);
    std::string shown = cell.is_best     ? "<strong>" + text + "</strong>"
                        : cell.is_second ? "<u>" + text + "</u>"
                                         : text;
    if (!cell.mark.empty()) shown += "<sup>" + html_text(cell.mark) + "</sup>";
    return std::string(is_numeric ? "<td class=\"number\">" : "<td>") + shown + "</td>";
}

} // namespace

std::string to_csv(const ReportTable& table) {
    std::string csv = csv_head(table);
    for (const auto& row : table.rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            csv += c == 0 ? "" : ",";
            csv += row[c].value ? csv_number(*row[c].value) : csv_field(row[c].text);
            if (has_spread(table, c)) csv += "," + (row[c].spread ? csv_number(*row[c].spread) : "");
        }
        csv += "\n";
    }
    return csv;
}

std::string to_markdown(const ReportTable& table) {
    std::string text = table.caption.empty() ? "" : markdown_text(table.caption) + "\n\n";
    std::string rule;
    for (const TableColumn& column : table.columns) {
        text += "| " + markdown_text(column.title) + " ";
        rule += column.is_numeric ? "| ---: " : "| --- ";
    }
    text += "|\n" + rule + "|\n";
    for (const auto& row : table.rows)
        text += "| " + joined(row, " | ", markdown_cell) + " |\n";
    return text;
}

std::string to_latex(const ReportTable& table) {
    std::string columns, head;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        columns += latex_column(table, c);
        head += (c == 0 ? "" : " & ") + latex_text(table.columns[c].title);
    }
    std::string text = "\\begin{table}\n\\centering\n\\caption{" + latex_text(table.caption) +
                       "}\n\\begin{tabular}{" + columns + "}\n\\toprule\n" + head + " \\\\\n\\midrule\n";
    for (const auto& row : table.rows)
        text += joined(row, " & ", latex_cell) + " \\\\\n";
    return text + "\\bottomrule\n\\end{tabular}\n\\end{table}\n";
}

std::string to_html(const ReportTable& table) {
    std::string text = "<table>\n<caption>" + html_text(table.caption) + "</caption>\n<thead><tr>";
    for (const TableColumn& column : table.columns)
        text +=
            std::string(column.is_numeric ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">") +
            html_text(column.title) + "</th>";
    text += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
        text += "<tr>";
        for (std::size_t c = 0; c < row.size(); ++c)
            text += html_cell(row[c], table.columns[c].is_numeric);
        text += "</tr>\n";
    }
    return text + "</tbody>\n</table>\n";
}

std::string latex_text(std::string_view text) {
    static constexpr std::array<Replacement, 35> signs = {{{"\\", "\\textbackslash{}"},
                                                           {"{", "\\{"},
                                                           {"}", "\\}"},
                                                           {"&", "\\&"},
                                                           {"%", "\\%"},
                                                           {"$", "\\$"},
                                                           {"#", "\\#"},
                                                           {"_", "\\_"},
                                                           {"~", "\\textasciitilde{}"},
                                                           {"^", "\\textasciicircum{}"},
                                                           {"<", "$<$"},
                                                           {">", "$>$"},
                                                           {"\"", "''"},
                                                           {"±", "$\\pm$"},
                                                           {"−", "$-$"},
                                                           {"×", "$\\times$"},
                                                           {"≤", "$\\leq$"},
                                                           {"≥", "$\\geq$"},
                                                           {"†", "$\\dagger$"},
                                                           {"–", "--"},
                                                           {"—", "---"},
                                                           {"“", "``"},
                                                           {"”", "''"},
                                                           {"’", "'"},
                                                           {"→", "$\\rightarrow$"},
                                                           {"Σ", "$\\Sigma$"},
                                                           {"α", "$\\alpha$"},
                                                           {"β", "$\\beta$"},
                                                           {"λ", "$\\lambda$"},
                                                           {"Δ", "$\\Delta$"},
                                                           {"·", "$\\cdot$"},
                                                           {"²", "$^2$"},
                                                           {"½", "$\\frac12$"},
                                                           {"|", "\\textbar{}"},
                                                           {"…", "\\dots{}"}}};
    return replaced(text, signs);
}

std::string html_text(std::string_view text) {
    static constexpr std::array<Replacement, 4> signs = {
        {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}}};
    return replaced(text, signs);
}

std::string markdown_text(std::string_view text) {
    static constexpr std::array<Replacement, 9> signs = {{{"\\", "\\\\"},
                                                          {"|", "\\|"},
                                                          {"*", "\\*"},
                                                          {"_", "\\_"},
                                                          {"`", "\\`"},
                                                          {"<", "&lt;"},
                                                          {"[", "\\["},
                                                          {"]", "\\]"},
                                                          {"#", "\\#"}}};
    return replaced(text, signs);
}

} // namespace retort
