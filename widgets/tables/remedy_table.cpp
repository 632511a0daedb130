// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/remedy_table.h"

#include "widgets/forms/bold_font.h"
#include "widgets/plots/csv_file.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/reading_table.h"

#include <QHeaderView>
#include <algorithm>
#include <array>

namespace retort {
namespace {

namespace formula = forgetting_formula;

struct Heading {
    const char* title;
    const char* help;
    std::string_view formula;
};
constexpr std::array<Heading, RemedyModel::ColumnCount> headings = {{
    {QT_TRANSLATE_NOOP("retort::RemedyModel", "Variant"), "", ""},
    {QT_TRANSLATE_NOOP("retort::RemedyModel", "n"),
     QT_TRANSLATE_NOOP("retort::RemedyModel", "Seeds that were evaluated at the end of every stage"), ""},
    {QT_TRANSLATE_NOOP("retort::RemedyModel", "Final loss"),
     QT_TRANSLATE_NOOP("retort::RemedyModel", "At the end, mean of the domains; lower is better"),
     formula::final},
    {QT_TRANSLATE_NOOP("retort::RemedyModel", "Forgetting"),
     QT_TRANSLATE_NOOP("retort::RemedyModel", "Lower is better"), formula::mean_forgetting},
    {QT_TRANSLATE_NOOP("retort::RemedyModel", "BWT"),
     QT_TRANSLATE_NOOP("retort::RemedyModel", "Backward transfer; higher is better"), formula::backward},
    {QT_TRANSLATE_NOOP("retort::RemedyModel", "FWT, random"),
     QT_TRANSLATE_NOOP("retort::RemedyModel",
                       "Forward transfer over the model before its first step; higher is better"),
     formula::forward},
    {QT_TRANSLATE_NOOP("retort::RemedyModel", "FWT, unigram"),
     QT_TRANSLATE_NOOP("retort::RemedyModel", "Forward transfer over a unigram model; higher is better"),
     formula::forward_unigram},
    {QT_TRANSLATE_NOOP("retort::RemedyModel", "Intransigence"),
     QT_TRANSLATE_NOOP("retort::RemedyModel",
                       "How much worse than the variant joint of the same study and seed; lower is better"),
     formula::intransigence},
}};

QString words(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Of a column of numbers.
const SampleSummary& summaryOf(const RemedySummary& summary, int column) {
    switch (column) {
    case RemedyModel::Forgetting:
        return summary.forgetting;
    case RemedyModel::Backward:
        return summary.backward;
    case RemedyModel::Forward:
        return summary.forward;
    case RemedyModel::Unigram:
        return summary.forward_unigram;
    case RemedyModel::Intransigence:
        return summary.intransigence;
    default:
        return summary.loss;
    }
}

bool isLowerBetter(int column) {
    return column == RemedyModel::Loss || column == RemedyModel::Forgetting ||
           column == RemedyModel::Intransigence;
}

} // namespace

QString meanText(const SampleSummary& summary, int digits) {
    if (!summary.mean) return dash();
    const QString text = numberText(*summary.mean, digits);
    if (!summary.standard_deviation) return text;
    return RemedyModel::tr("%1 ± %2").arg(text, numberText(*summary.standard_deviation, 2));
}

void RemedyModel::setSummaries(std::vector<RemedySummary> summaries) {
    const bool isSame =
        std::ranges::equal(summaries, m_summaries, {}, &RemedySummary::variant, &RemedySummary::variant);
    exchange(isSame, [&] { m_summaries = std::move(summaries); });
}

int RemedyModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_summaries.size());
}

bool RemedyModel::isBest(const RemedySummary& summary, int column) const {
    if (column < Loss || !summary.has_stages) return false;
    const auto mean = summaryOf(summary, column).mean;
    int others = 0;
    for (const RemedySummary& other : m_summaries) {
        const auto theirs = summaryOf(other, column).mean;
        if (!mean || &other == &summary || !other.has_stages || !theirs) continue;
        ++others;
        if (isLowerBetter(column) ? *theirs <= *mean : *theirs >= *mean) return false;
    }
    return others > 0;
}

QString RemedyModel::text(const RemedySummary& summary, int column) const {
    if (column == Variant) return QString::fromStdString(summary.variant);
    if (column == Seeds)
        return summary.loss.n == summary.runs ? QString::number(summary.runs)
                                              : tr("%1 of %2").arg(summary.loss.n).arg(summary.runs);
    const QString text = meanText(summaryOf(summary, column), column == Loss ? 4 : 3);
    return isBest(summary, column) ? QStringLiteral("★ ") + text : text;
}

QString RemedyModel::toolTip(const RemedySummary& summary, int column) const {
    if (isBest(summary, column)) return tr("The best of the variants with stages");
    if (column == Variant && !summary.has_stages)
        return tr("Without stages: forgetting is read at the same places all the same, as %1.")
            .arg(words(formula::forgetting_without_stages));
    if (column <= Seeds || summaryOf(summary, column).mean) return {};
    if (!summary.has_stages && summary.loss.n > 0) return tr("Only runs with stages have it.");
    if (summary.loss.n == 0) return tr("No seed was evaluated at the end of every stage.");
    return column == Intransigence ? tr("There is no finished run of the variant joint with these seeds.")
                                   : tr("It was not measured, or there is one stage alone.");
}

QVariant RemedyModel::data(const QModelIndex& index, int role) const {
    const RemedySummary& summary = m_summaries[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(summary, column);
    case Qt::AccessibleTextRole:
        return isBest(summary, column) ? tr("%1, best").arg(text(summary, column).mid(2))
                                       : text(summary, column);
    case Qt::ToolTipRole:
        return toolTip(summary, column);
    case Qt::TextAlignmentRole:
        return cellAlignment(column == Variant);
    case Qt::FontRole:
        return isBest(summary, column) ? QVariant(boldFont()) : QVariant();
    default:
        return {};
    }
}

QVariant RemedyModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const Heading& heading = headings[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole) return tr(heading.title);
    if (role == Qt::TextAlignmentRole) return cellAlignment(section == Variant);
    if (role != Qt::ToolTipRole || section == Variant) return {};
    if (section == Seeds) return tr(heading.help);
    return tr("%1. Mean ± standard deviation over the seeds, nats per token.\n%2")
        .arg(tr(heading.help), words(heading.formula));
}

QString RemedyModel::csv() const {
    const QStringList names = {"loss",    "forgetting",      "backward",
                               "forward", "forward_unigram", "intransigence"};
    QString csv = QStringLiteral("variant,has_stages,runs,n");
    for (const QString& name : names)
        csv += QStringLiteral(",%1_mean,%1_sd").arg(name);
    csv += QLatin1Char('\n');
    for (const RemedySummary& summary : m_summaries) {
        QStringList fields = {csvField(QString::fromStdString(summary.variant)),
                              summary.has_stages ? QStringLiteral("true") : QStringLiteral("false"),
                              QString::number(summary.runs), QString::number(summary.loss.n)};
        for (int column = Loss; column < ColumnCount; ++column)
            fields << fileNumber(summaryOf(summary, column).mean)
                   << fileNumber(summaryOf(summary, column).standard_deviation);
        csv += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return csv;
}

RemedyTable::RemedyTable(QAbstractItemModel* model, const QString& name, QWidget* parent)
    : QTableView(parent) {
    setModel(model);
    setAccessibleName(name);
    setUpReadingTable(*this);
    setFrameShape(QFrame::NoFrame);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    horizontalHeader()->setMinimumSectionSize(8 * fontMetrics().averageCharWidth());
}

int RemedyTable::sizeHintForColumn(int column) const {
    const int air = 2 * fontMetrics().averageCharWidth();
    return air + std::max(QTableView::sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column));
}

} // namespace retort
