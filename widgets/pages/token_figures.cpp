// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/token_figures.h"

#include "widgets/pages/data_tables.h"
#include "widgets/plots/number_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::TokenPanel)
};

constexpr double groupWidth = 0.8;

/// Shares in per cent.
double valueOf(const TokenRatios& ratios, TokenRatio ratio) {
    switch (ratio) {
    case TokenRatio::perWord:
        return ratios.per_word;
    case TokenRatio::perByte:
        return ratios.per_byte;
    case TokenRatio::unknown:
        return 100 * ratios.unknown;
    case TokenRatio::bytes:
        return 100 * ratios.bytes;
    case TokenRatio::singleCharacters:
        return 100 * ratios.single_characters;
    }
    return 0;
}

QString domainText(const TokenRatios& ratios) {
    return ratios.domain.empty() ? Text::tr("all") : QString::fromStdString(ratios.domain);
}

std::vector<std::string> domainsOf(const std::vector<NamedMeasure>& measures) {
    std::vector<std::string> domains;
    for (const NamedMeasure& one : measures)
        for (const TokenRatios& ratios : one.measure->ratios)
            if (!ratios.domain.empty() && std::ranges::find(domains, ratios.domain) == domains.end())
                domains.push_back(ratios.domain);
    return domains;
}

ScoreColumns columnsOf(const NamedMeasure& of, std::size_t place, std::size_t count,
                       const std::vector<std::string>& domains, TokenRatio ratio) {
    const double width = groupWidth / static_cast<double>(count);
    ScoreColumns columns{of.name, styleOfVariant(static_cast<int>(place)), 0.9 * width, {}};
    for (const TokenRatios& ratios : of.measure->ratios) {
        const auto domain = std::ranges::find(domains, ratios.domain);
        const double value = valueOf(ratios, ratio);
        if (domain == domains.end() || !std::isfinite(value)) continue;
        const double x = static_cast<double>(domain - domains.begin()) +
                         (static_cast<double>(place) + 0.5) * width - groupWidth / 2;
        columns.points.push_back(
            {x,
             value,
             {},
             Text::tr("%1, %2: %3 %4")
                 .arg(domainText(ratios), of.name, numberText(value), tokenRatioName(ratio))});
    }
    return columns;
}

TableCell number(double value, int decimals) {
    return {std::isfinite(value) ? decimalText(value, decimals).toStdString() : dash().toStdString(), value};
}

int decimalsOf(TokenRatio ratio) {
    return ratio == TokenRatio::perWord ? 3 : ratio == TokenRatio::perByte ? 4 : 2;
}

TableCell whole(std::int64_t value) {
    return {wholeText(value).toStdString(), static_cast<double>(value)};
}

std::vector<TableCell> rowOf(const NamedMeasure& of, const TokenRatios& ratios) {
    std::vector<TableCell> row = {
        {of.name.toStdString()}, {domainText(ratios).toStdString()}, whole(ratios.tokens)};
    for (const TokenRatio ratio : allTokenRatios())
        row.push_back(number(valueOf(ratios, ratio), decimalsOf(ratio)));
    const auto entries = static_cast<double>(std::max<std::int64_t>(1, of.measure->parts.entries));
    row.push_back(number(100.0 * static_cast<double>(ratios.used) / entries, 1));
    return row;
}

} // namespace

std::span<const TokenRatio> allTokenRatios() {
    static constexpr std::array all = {TokenRatio::perWord, TokenRatio::perByte, TokenRatio::unknown,
                                       TokenRatio::bytes, TokenRatio::singleCharacters};
    return all;
}

QString tokenRatioName(TokenRatio ratio) {
    switch (ratio) {
    case TokenRatio::perWord:
        return Text::tr("tokens per word");
    case TokenRatio::perByte:
        return Text::tr("tokens per byte");
    case TokenRatio::unknown:
        return Text::tr("% unknown");
    case TokenRatio::bytes:
        return Text::tr("% single bytes");
    case TokenRatio::singleCharacters:
        return Text::tr("% single characters");
    }
    return {};
}

ScoreFigure tokenFigure(const std::vector<NamedMeasure>& measures, TokenRatio ratio) {
    ScoreFigure figure;
    figure.title = Text::tr("Tokenizers by domain: %1").arg(tokenRatioName(ratio));
    figure.yLabel = tokenRatioName(ratio);
    figure.isLegendAbove = true;
    const std::vector<std::string> domains = domainsOf(measures);
    double top = 0;
    for (std::size_t place = 0; place < measures.size(); ++place) {
        figure.columns.push_back(columnsOf(measures[place], place, measures.size(), domains, ratio));
        for (const ScorePoint& point : figure.columns.back().points)
            top = std::max(top, point.y);
    }
    for (std::size_t i = 0; i < domains.size(); ++i)
        figure.ticks.push_back({static_cast<double>(i), QString::fromStdString(domains[i])});
    figure.x = {-0.6, static_cast<double>(std::max<std::size_t>(1, domains.size())) - 0.4};
    figure.y = {0, top > 0 ? 1.1 * top : 1};
    return figure;
}

ReportTable tokenTable(const std::vector<NamedMeasure>& measures) {
    ReportTable table;
    table.caption = Text::tr("Tokens of the train text. %1").arg(countedText(measures)).toStdString();
    table.columns = {{Text::tr("Tokenizer").toStdString(), false, "tokenizer"},
                     {Text::tr("Domain").toStdString(), false, "domain"},
                     {Text::tr("Tokens").toStdString(), true, "tokens"},
                     {Text::tr("Per word").toStdString(), true, "tokens_per_word"},
                     {Text::tr("Per byte").toStdString(), true, "tokens_per_byte"},
                     {Text::tr("% unknown").toStdString(), true, "unknown_percent"},
                     {Text::tr("% bytes").toStdString(), true, "byte_percent"},
                     {Text::tr("% single char.").toStdString(), true, "single_character_percent"},
                     {Text::tr("% of entries used").toStdString(), true, "used_percent"}};
    for (const NamedMeasure& one : measures)
        for (const TokenRatios& ratios : one.measure->ratios)
            table.rows.push_back(rowOf(one, ratios));
    return table;
}

QString countedText(const std::vector<NamedMeasure>& measures) {
    std::int64_t most = 0;
    for (const NamedMeasure& one : measures)
        most = std::max(most, one.measure->mostBytes);
    return most == 0 ? Text::tr("Counted on all of it.")
                     : Text::tr("Counted on the first %1 of each domain.").arg(sizeText(most));
}

} // namespace retort
