// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/pgfplots_text.h"

#include "base/csv.h"
#include "report/figure_style.h"
#include "report/table.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace retort::pgfplots {

std::string number(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    return csv_number(value);
}

std::string length(double points) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.2fbp", points);
    return text.data();
}

std::string colour_name(int style) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "retort%06X", print_hue(style));
    return text.data();
}

std::string colour_definitions(const std::set<int>& styles) {
    std::set<std::string> names;
    for (const int style : styles)
        names.insert(colour_name(style));
    std::string text;
    for (const std::string& name : names)
        text += "\\definecolor{" + name + "}{HTML}{" + name.substr(6) + "}\n";
    return text;
}

std::string axis_options(char letter, const FigureAxis& axis) {
    const std::string name(1, letter);
    std::string text = ",\n  " + name + "label={" + latex_text(axis_text(axis)) + "}";
    if (axis.is_logarithmic) text += ", " + name + "mode=log";
    if (axis.range)
        text +=
            ", " + name + "min=" + number(axis.range->low) + ", " + name + "max=" + number(axis.range->high);
    return text;
}

std::string tick_options(char letter, const std::vector<FigureTick>& ticks) {
    std::string places, names;
    for (const FigureTick& tick : ticks) {
        places += (places.empty() ? "" : ",") + number(tick.x);
        names += (names.empty() ? "{" : ",{") + latex_text(tick.text) + "}";
    }
    const std::string name(1, letter);
    return ",\n  " + name + "tick={" + places + "}, " + name + "ticklabels={" + names + "}";
}

std::string axis_head(double width, double height) {
    return "\\begin{axis}[width=" + length(width) + ", height=" + length(height) +
           ", tick label style={font=\\scriptsize}, label style={font=\\footnotesize},\n"
           "  legend style={font=\\scriptsize, draw=none, fill opacity=0.8, text opacity=1}, legend cell "
           "align=left,\n"
           "  axis line style={black!60}, unbounded coords=jump";
}

std::string whiskers(const std::string& letters) {
    std::string text = letters.empty() ? "" : ", error bars/.cd";
    for (const char letter : letters)
        text += std::string(", ") + letter + " dir=both, " + letter + " explicit";
    return text;
}

} // namespace retort::pgfplots
