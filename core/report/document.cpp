// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/document.h"

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
</style>
)";

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
};

struct LatexWriter {
    std::string operator()(const ReportText& block) const { return latex_text(block.text) + "\n\n"; }
    std::string operator()(const ReportFinding& block) const {
        return "\\textbf{" + latex_text(block.verdict) + ".} " + latex_text(block.text) + "\n\n";
    }
    std::string operator()(const ReportCode& block) const {
        return "{\\footnotesize\\begin{verbatim}\n" + block.text + "\n\\end{verbatim}}\n\n";
    }
    std::string operator()(const ReportTable& block) const { return to_latex(block) + "\n"; }
};

struct MarkdownWriter {
    std::string operator()(const ReportText& block) const { return markdown_text(block.text) + "\n\n"; }
    std::string operator()(const ReportFinding& block) const {
        return "**" + markdown_text(block.verdict) + ".** " + markdown_text(block.text) + "\n\n";
    }
    std::string operator()(const ReportCode& block) const { return "```\n" + block.text + "\n```\n\n"; }
    std::string operator()(const ReportTable& block) const { return to_markdown(block) + "\n"; }
};

template <class Writer>
std::string written(const ReportSection& section, const Writer& writer) {
    std::string text;
    for (const ReportBlock& block : section.blocks)
        text += std::visit(writer, block);
    return text;
}

} // namespace

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
                       "\\usepackage{booktabs}\n\\title{" +
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
