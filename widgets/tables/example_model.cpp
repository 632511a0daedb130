// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/example_model.h"

#include "widgets/forms/bold_font.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/reading_table.h"
#include "widgets/tables/visible_text.h"

#include <algorithm>

namespace retort {
namespace {

QString tokensText(const RoutedExample& example) {
    return QStringLiteral("%1–%2").arg(wholeText(example.first_token),
                                       wholeText(example.first_token + example.tokens - 1));
}

QString joined(const std::vector<std::string>& pieces) {
    std::string text;
    for (const std::string& piece : pieces)
        text += piece;
    return QString::fromStdString(text);
}

} // namespace

void ExampleModel::setExamples(std::vector<RoutedExample> examples, std::vector<std::string> domains) {
    beginResetModel();
    m_examples = std::move(examples);
    m_domains = std::move(domains);
    endResetModel();
}

int ExampleModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_examples.size());
}

int ExampleModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : textColumn() + 1;
}

QString ExampleModel::text(const RoutedExample& example, int column) const {
    if (column == Document) return QString::fromStdString(example.document);
    if (column == Tokens) return tokensText(example);
    if (column == textColumn()) return excerptOf(joined(example.pieces));
    const auto place = static_cast<std::size_t>(column - FirstDomain);
    if (place >= example.probabilities.size()) return dash();
    return decimalText(example.probabilities[place], 2);
}

bool ExampleModel::isMostProbable(const RoutedExample& example, int column) const {
    const auto best = std::ranges::max_element(example.probabilities);
    return best != example.probabilities.end() &&
           best - example.probabilities.begin() == column - FirstDomain;
}

QVariant ExampleModel::data(const QModelIndex& index, int role) const {
    const RoutedExample& example = m_examples[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    if (role == Qt::DisplayRole) return text(example, column);
    if (role == Qt::ToolTipRole && column == Document) return text(example, column);
    if (role == Qt::TextAlignmentRole) return cellAlignment(column == Document || column == textColumn());
    if (role == Qt::FontRole && isMostProbable(example, column)) return boldFont();
    return {};
}

QVariant ExampleModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const bool isDomain = section >= FirstDomain && section < textColumn();
    if (role == Qt::ToolTipRole && isDomain) return tr("Probability; the most probable is bold");
    if (role == Qt::TextAlignmentRole) return cellAlignment(section == Document || section == textColumn());
    if (role != Qt::DisplayRole) return {};
    if (section == Document) return tr("Document");
    if (section == Tokens) return tr("Tokens");
    if (!isDomain) return tr("Text");
    return QString::fromStdString(m_domains[static_cast<std::size_t>(section - FirstDomain)]);
}

} // namespace retort
