// SPDX-License-Identifier: GPL-3.0-or-later
// What the Data page draws, as values.
#pragma once

#include "widgets/pages/data_source.h"
#include "widgets/plots/score_figure.h"

#include <QString>
#include <string>
#include <utility>
#include <vector>

namespace retort {

/// What an axis up to `most` is written in: 1, a thousand or a million, and the words for it.
[[nodiscard]] std::pair<double, QString> amountScale(double most, const QString& unit);

enum class TextAmount { characters, bytes, articles };

/// Columns of each domain's train text, with a line where the smallest ends. Says in the title by how much
/// the smallest falls short of the largest.
[[nodiscard]] ScoreFigure balanceFigure(const ListedCorpus& corpus, TextAmount amount);

/// The share of each domain's articles by their length, a line each. `unit`: characters, tokens.
[[nodiscard]] ScoreFigure lengthDistribution(const std::vector<DomainLengths>& lengths,
                                             const std::string& split, const QString& unit);

} // namespace retort
