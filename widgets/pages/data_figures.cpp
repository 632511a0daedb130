// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/data_figures.h"

#include "widgets/pages/data_tables.h"
#include "widgets/plots/number_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::DataPage)
};

constexpr double columnWidth = 0.6;

QString nameOf(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

std::vector<SeriesStyle> stylesOfDomains(const std::vector<std::string>& domains) {
    QStringList names;
    for (const std::string& domain : domains)
        names << nameOf(domain);
    return stylesOf(names);
}

double amountOf(const CorpusPart& part, TextAmount amount) {
    switch (amount) {
    case TextAmount::characters:
        return static_cast<double>(part.characters);
    case TextAmount::bytes:
        return static_cast<double>(part.bytes);
    case TextAmount::articles:
        return static_cast<double>(part.articles);
    }
    return 0;
}

QString amountName(TextAmount amount) {
    return amount == TextAmount::characters ? Text::tr("characters")
           : amount == TextAmount::bytes    ? Text::tr("bytes")
                                            : Text::tr("articles");
}

QString balanceTitle(const std::vector<double>& amounts) {
    if (amounts.size() < 2 || std::ranges::max(amounts) <= 0) return Text::tr("Train text");
    const auto [least, most] = std::ranges::minmax(amounts);
    return Text::tr("Train text: the smallest domain is %1 % below the largest")
        .arg(decimalText(100 * (1 - least / most), 1));
}

ScoreColumns domainColumn(const std::string& domain, SeriesStyle style, double x, double value, double scale,
                          const QString& unit) {
    ScoreColumns column{nameOf(domain), style, columnWidth, {}};
    const QString exact = wholeText(static_cast<std::int64_t>(value));
    column.points = {{x, value / scale, {}, Text::tr("%1: %2 %3").arg(nameOf(domain), exact, unit)}};
    return column;
}

ScorePoint binPoint(const std::string& domain, const LengthBin& bin, const LengthSummary& of,
                    const QString& unit) {
    const double share = 100 * static_cast<double>(bin.count) / static_cast<double>(of.count);
    ScorePoint point{std::sqrt(bin.low * bin.high), share, {}, {}};
    point.text = Text::tr("%1, %2 to %3 %4: %5 articles, %6 %")
                     .arg(nameOf(domain), countText(std::ceil(bin.low)), countText(bin.high), unit,
                          wholeText(bin.count), decimalText(share, 1));
    return point;
}

ScoreLine lengthLine(const DomainLengths& domain, SeriesStyle style, const QString& unit) {
    ScoreLine line{nameOf(domain.domain), style, {}};
    for (const LengthBin& bin : domain.lengths.bins)
        line.points.push_back(binPoint(domain.domain, bin, domain.lengths, unit));
    return line;
}

QString tickText(double length) {
    return length < 1000 ? QString::number(length) : Text::tr("%1k").arg(length / 1000);
}

/// 100, 200, 500, 1k, … within the range.
std::vector<ScoreTick> lengthTicks(Interval range) {
    std::vector<ScoreTick> ticks;
    for (double decade = std::pow(10, std::floor(std::log10(range.low))); decade <= range.high; decade *= 10)
        for (const double x : {decade, 2 * decade, 5 * decade})
            if (x >= range.low && x <= range.high) ticks.push_back({x, tickText(x)});
    return ticks;
}

} // namespace

std::pair<double, QString> amountScale(double most, const QString& unit) {
    if (most >= 1e6) return {1e6, Text::tr("million %1").arg(unit)};
    if (most >= 1e4) return {1e3, Text::tr("thousand %1").arg(unit)};
    return {1, unit};
}

ScoreFigure balanceFigure(const ListedCorpus& corpus, TextAmount amount) {
    ScoreFigure figure;
    std::vector<double> amounts;
    const std::vector<std::string> domains = corpus.domains();
    for (const std::string& domain : domains) {
        const CorpusPart* part = corpus.part("train", domain);
        amounts.push_back(part == nullptr ? 0 : amountOf(*part, amount));
    }
    const double most = amounts.empty() ? 0 : std::ranges::max(amounts);
    const auto [scale, unit] = amountScale(most, amountName(amount));
    const std::vector<SeriesStyle> styles = stylesOfDomains(domains);
    figure.title = balanceTitle(amounts);
    figure.yLabel = unit;
    for (std::size_t i = 0; i < domains.size(); ++i) {
        const auto x = static_cast<double>(i);
        figure.columns.push_back(
            domainColumn(domains[i], styles[i], x, amounts[i], scale, amountName(amount)));
        figure.ticks.push_back({x, nameOf(domains[i])});
    }
    figure.x = {-0.6, static_cast<double>(std::max<std::size_t>(1, domains.size())) - 0.4};
    figure.y = {0, most > 0 ? 1.12 * most / scale : 1};
    figure.isLegendAbove = true;
    return figure;
}

ScoreFigure lengthDistribution(const std::vector<DomainLengths>& lengths, const std::string& split,
                               const QString& unit) {
    ScoreFigure figure;
    std::vector<std::string> domains;
    for (const DomainLengths& one : lengths)
        if (one.split == split && one.lengths.count > 0) domains.push_back(one.domain);
    const std::vector<SeriesStyle> styles = stylesOfDomains(domains);
    figure.title = Text::tr("Articles by their length, %1 split").arg(splitText(split));
    figure.xLabel = Text::tr("Length in %1").arg(unit);
    figure.yLabel = Text::tr("% of the domain’s articles");
    figure.isXLogarithmic = true;
    figure.isLegendAbove = true;
    double low = 1e9, high = 1, top = 0;
    for (const DomainLengths& one : lengths) {
        const auto place = std::ranges::find(domains, one.domain);
        if (one.split != split || place == domains.end()) continue;
        const auto slot = static_cast<std::size_t>(place - domains.begin());
        figure.lines.push_back(lengthLine(one, styles[slot], unit));
        low = std::min(low, one.lengths.bins.front().low);
        high = std::max(high, one.lengths.bins.back().high);
        for (const ScorePoint& point : figure.lines.back().points)
            top = std::max(top, point.y);
    }
    figure.x = domains.empty() ? Interval{1, 10} : Interval{low, high};
    figure.y = {0, top > 0 ? 1.08 * top : 1};
    figure.ticks = lengthTicks(figure.x);
    return figure;
}

} // namespace retort
