// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/document.h"

#include "report/venue.h"

namespace retort {
namespace {

constexpr const char* html_style = R"(<style>
:root { color-scheme: light dark; --muted: #666; --line: #ccc; --code: #f4f4f4; }
@media (prefers-color-scheme: dark) { :root { --muted: #aaa; --line: #555; --code: #222; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0; } h2 { margin-top: 2.5rem; } .subtitle, caption { color: var(--muted); }
table { border-collapse: collapse; margin: 1rem 0; border-top: 2px solid; border-bottom: 2px solid; }
caption { text-align: left; padding-bottom: .4rem; } thead { border-bottom: 1px solid; }
th, td { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
pre { background: var(--code); padding: .8rem; overflow-x: auto; font-size: .85rem; }
.wide { overflow-x: auto; } .finding strong { text-transform: capitalize; }
figure { margin: 1.5rem 0; } figure svg { max-width: 100%; height: auto; background: #fff; padding: .5rem; }
figcaption { color: var(--muted); } details { margin-top: .4rem; } details pre { max-height: 20rem; }
</style>
)";

constexpr double latex_width = 396; ///< of the text of an article with margins of an inch, about

struct HtmlWriter {
    std::string operator()(const ReportText& block) const { return "<p>" + html_text(block.text) + "</p>\n"; }
    std::string operator()(const ReportFinding& block) const {
        return "<p class=\"finding\"><strong>" + html_text(block.verdict) + ".</strong> " +
               html_text(block.text) + "</p>\n";
    }
    std::string operator()(const ReportCode& block) const {
        return "<pre><code>" + html_text(block.text) + "</code></pre>\n";
    }
    std::string operator()(const ReportTable& block) const {
        return "<div class=\"wide\">\n" + to_html(block) + "</div>\n";
    }
    std::string operator()(const ReportFigure& block) const {
        const Figure& figure = block.figure;
        const std::string points = std::to_string(point_count(figure));
        return "<figure role=\"group\" aria-label=\"" + html_text(figure.title) + "\">\n" + block.svg +
               "<figcaption>" + html_text(figure.caption) + "</figcaption>\n<details" +
               (block.svg.empty() ? " open" : "") + "><summary>Data: " + points +
               " values as CSV</summary><pre><code>" + html_text(to_csv(figure)) +
               "</code></pre></details>\n</figure>\n";
    }
};

/// In lines of at most `width` letters, which verbatim does not make itself.
std::string in_short_lines(const std::string& text, std::size_t width) {
    std::string broken;
    std::size_t column = 0;
    for (const char letter : text) {
        const bool begins_letter = (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U; // of UTF-8
        if (column >= width && letter != '\n' && begins_letter) {
            broken += '\n';
            column = 0;
        }
        broken += letter;
        column = letter == '\n' ? 0 : column + (begins_letter ? 1 : 0);
    }
    return broken;
}

struct LatexWriter {
    std::string operator()(const ReportText& block) const { return latex_text(block.text) + "\n\n"; }
    std::string operator()(const ReportFinding& block) const {
        return "\\textbf{" + latex_text(block.verdict) + ".} " + latex_text(block.text) + "\n\n";
    }
    std::string operator()(const ReportCode& block) const {
        return "{\\footnotesize\\begin{verbatim}\n" + in_short_lines(block.text, 100) +
               "\n\\end{verbatim}}\n\n";
    }
    std::string operator()(const ReportTable& block) const { return to_latex(block) + "\n"; }
    std::string operator()(const ReportFigure& block) const {
        return "\\begin{figure}\n\\centering\n" +
               to_pgfplots(block.figure, latex_width, usual_height(latex_width)) + "\\caption{" +
               latex_text(block.figure.caption) + "}\n\\end{figure}\n\n";
    }
};

struct MarkdownWriter {
    std::string operator()(const ReportText& block) const { return markdown_text(block.text) + "\n\n"; }
    std::string operator()(const ReportFinding& block) const {
        return "**" + markdown_text(block.verdict) + ".** " + markdown_text(block.text) + "\n\n";
    }
    std::string operator()(const ReportCode& block) const { return "```\n" + block.text + "\n```\n\n"; }
    std::string operator()(const ReportTable& block) const { return to_markdown(block) + "\n"; }
    std::string operator()(const ReportFigure& block) const {
        const std::string caption = markdown_text(block.figure.caption);
        if (!block.image.empty()) return "![" + caption + "](" + block.image + ")\n\n";
        return caption + "\n\n```csv\n" + to_csv(block.figure) + "```\n\n";
    }
};

template <class Writer>
std::string written(const ReportSection& section, const Writer& writer) {
    std::string text;
    for (const ReportBlock& block : section.blocks)
        text += std::visit(writer, block);
    return text;
}

bool has_figures(const ReportDocument& document) {
    ReportDocument copy = document;
    return !figures_of(copy).empty();
}

} // namespace

std::vector<ReportFigure*> figures_of(ReportDocument& document) {
    std::vector<ReportFigure*> figures;
    for (ReportSection& section : document.sections)
        for (ReportBlock& block : section.blocks)
            if (auto* figure = std::get_if<ReportFigure>(&block)) figures.push_back(figure);
    return figures;
}

std::string to_html(const ReportDocument& document) {
    std::string html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
                       html_text(document.title) + "</title>\n" + html_style + "</head>\n<body>\n<h1>" +
                       html_text(document.title) + "</h1>\n<p class=\"subtitle\">" +
                       html_text(document.subtitle) + "</p>\n";
    for (const ReportSection& section : document.sections)
        html += "<section>\n<h2>" + html_text(section.title) + "</h2>\n" + written(section, HtmlWriter()) +
                "</section>\n";
    return html + "</body>\n</html>\n";
}

std::string to_latex(const ReportDocument& document) {
    std::string text = "\\documentclass{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage[T1]{fontenc}\n"
                       "\\usepackage[margin=1in]{geometry}\n\\usepackage{booktabs}\n\\usepackage{float}\n"
                       "\\usepackage{etoolbox}\n\\AtBeginEnvironment{tabular}{\\footnotesize}\n"
                       "\\floatplacement{table}{H}\n\\floatplacement{figure}{H}\n" +
                       (has_figures(document) ? pgfplots_preamble() : std::string()) + "\\title{" +
                       latex_text(document.title) + "}\n\\author{" + latex_text(document.subtitle) +
                       "}\n\\date{}\n\\begin{document}\n\\maketitle\n\n";
    for (const ReportSection& section : document.sections)
        text += "\\section{" + latex_text(section.title) + "}\n\n" + written(section, LatexWriter());
    return text + "\\end{document}\n";
}

std::string to_markdown(const ReportDocument& document) {
    std::string text =
        "# " + markdown_text(document.title) + "\n\n" + markdown_text(document.subtitle) + "\n\n";
    for (const ReportSection& section : document.sections)
        text += "## " + markdown_text(section.title) + "\n\n" + written(section, MarkdownWriter());
    return text;
}

} // namespace retort
