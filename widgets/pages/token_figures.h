// SPDX-License-Identifier: GPL-3.0-or-later
// Tokenizers against each other, as values.
#pragma once

#include "report/table.h"
#include "widgets/pages/data_source.h"
#include "widgets/plots/score_figure.h"

#include <QString>
#include <span>
#include <vector>

namespace retort {

enum class TokenRatio { perWord, perByte, unknown, bytes, singleCharacters };

[[nodiscard]] std::span<const TokenRatio> allTokenRatios();
[[nodiscard]] QString tokenRatioName(TokenRatio ratio);

struct NamedMeasure {
    QString name; ///< of the tokenizer
    const TokenizerMeasure* measure = nullptr;
};

/// A group of columns for each domain, a column for each tokenizer.
[[nodiscard]] ScoreFigure tokenFigure(const std::vector<NamedMeasure>& measures, TokenRatio ratio);

/// A row for each tokenizer and domain, and for each tokenizer over all domains.
[[nodiscard]] ReportTable tokenTable(const std::vector<NamedMeasure>& measures);

/// On how much text the tokens were counted.
[[nodiscard]] QString countedText(const std::vector<NamedMeasure>& measures);

} // namespace retort
