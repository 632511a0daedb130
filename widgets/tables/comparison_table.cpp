// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/comparison_table.h"

#include "widgets/forms/bold_font.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/claim_text.h"
#include "widgets/tables/reading_table.h"

#include <QHeaderView>
#include <algorithm>
#include <array>
#include <cmath>

namespace retort {
namespace {

QVariant alignmentOf(int column) {
    return column == ComparisonModel::Claim ? QVariant(Qt::AlignCenter)
                                            : cellAlignment(column == ComparisonModel::Variant);
}

QString seedsText(const std::vector<std::uint64_t>& seeds) {
    QStringList words;
    for (const std::uint64_t seed : seeds)
        words << QString::number(seed);
    return words.join(QStringLiteral(", "));
}

const SampleSummary& summaryOf(const ComparedVariant& variant, int column) {
    return column == ComparisonModel::Last   ? variant.last
           : column == ComparisonModel::Best ? variant.best
                                             : variant.mean;
}

} // namespace

void ComparisonModel::setVariants(std::vector<ComparedVariant> variants, const CompareMetric& metric,
                                  const std::string& reference) {
    const bool isSame =
        std::ranges::equal(variants, m_variants, {}, &ComparedVariant::variant, &ComparedVariant::variant);
    exchange(isSame, [&] {
        m_variants = std::move(variants);
        m_metric = metric;
        m_reference = reference;
    });
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int ComparisonModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_variants.size());
}

/// "3.412 ± 0.010"; where the values are shown by an exponential, the range from one deviation below the mean
/// to one above.
QString ComparisonModel::summaryText(const SampleSummary& summary) const {
    if (!summary.mean) return dash();
    const double mean = *summary.mean;
    const QString text = numberText(m_metric.shown(mean));
    if (!summary.standard_deviation) return text;
    const double deviation = *summary.standard_deviation;
    if (!m_metric.isShownAsExp()) return tr("%1 ± %2").arg(text, numberText(deviation, 2));
    return tr("%1 (%2–%3)")
        .arg(text, numberText(m_metric.shown(mean - deviation)),
             numberText(m_metric.shown(mean + deviation)));
}

/// A better mean than all others'.
bool ComparisonModel::isBest(const ComparedVariant& variant, int column) const {
    if (column < Last || column > Mean || m_metric.better() == Better::neither || m_variants.size() < 2)
        return false;
    const auto mean = summaryOf(variant, column).mean;
    return mean && std::ranges::all_of(m_variants, [&](const ComparedVariant& other) {
               const auto theirs = summaryOf(other, column).mean;
               if (&other == &variant || !theirs) return true;
               return m_metric.better() == Better::lower ? *mean < *theirs : *mean > *theirs;
           });
}

QString ComparisonModel::differenceText(const ComparedVariant& variant, int column) const {
    if (variant.variant == m_reference) return column == Difference ? tr("reference") : QString();
    if (!variant.difference) return dash();
    const VariantDifference& difference = *variant.difference;
    const SampleSummary& summary = difference.difference.differences;
    switch (column) {
    case Difference:
        if (!summary.mean) return dash();
        if (!summary.interval) return numberText(*summary.mean, 3);
        return tr("%1 [%2, %3]")
            .arg(numberText(*summary.mean, 3), numberText(summary.interval->low, 3),
                 numberText(summary.interval->high, 3));
    case Effect:
        return difference.difference.effect_size ? numberText(*difference.difference.effect_size, 3) : dash();
    case PValue:
        return pText(difference.adjusted_p);
    case RankPValue:
        return difference.ranks.is_too_small ? tr("n too small") : pText(difference.adjusted_rank_p);
    default:
        return difference.is_better ? verdictText(*difference.is_better) : dash();
    }
}

QString ComparisonModel::text(const ComparedVariant& variant, int column) const {
    switch (column) {
    case Variant:
        return QString::fromStdString(variant.variant);
    case Seeds:
        return wholeText(static_cast<std::int64_t>(variant.n));
    case Step:
        return variant.step ? wholeText(*variant.step) : dash();
    case Last:
    case Best:
    case Mean: {
        const QString summary = summaryText(summaryOf(variant, column));
        return isBest(variant, column) ? QStringLiteral("★ ") + summary : summary;
    }
    default:
        return differenceText(variant, column);
    }
}

QString ComparisonModel::toolTip(const ComparedVariant& variant, int column) const {
    if (isBest(variant, column)) return tr("The best of all variants");
    if (column < Difference || !variant.difference) return {};
    const VariantDifference& difference = *variant.difference;
    const PairedDifference& test = difference.difference;
    QStringList lines = {tr("%1 minus %2 at step %3, paired by seed: %4")
                             .arg(QString::fromStdString(variant.variant),
                                  QString::fromStdString(m_reference), wholeText(difference.step),
                                  seedsText(difference.seeds))};
    if (test.t)
        lines << tr("t = %1 with %2 degrees of freedom, p = %3 before Holm's correction, d_z = %4")
                     .arg(numberText(*test.t, 3), QString::number(test.n - 1), numberText(*test.p, 3),
                          numberText(*test.effect_size, 3));
    if (difference.ranks.p)
        lines << tr("W+ = %1 of %2 differences, p = %3 before Holm's correction")
                     .arg(numberText(difference.ranks.positive, 3), QString::number(difference.ranks.n),
                          numberText(*difference.ranks.p, 3));
    if (difference.is_better && test.n < fewest_pairs)
        lines << tr("Below %1 pairs nothing is decided.").arg(fewest_pairs);
    return lines.join(QLatin1Char('\n'));
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const {
    const ComparedVariant& variant = m_variants[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(variant, column);
    case Qt::AccessibleTextRole:
        return isBest(variant, column) ? tr("%1, best").arg(summaryText(summaryOf(variant, column)))
                                       : text(variant, column);
    case Qt::ToolTipRole:
        return toolTip(variant, column);
    case Qt::TextAlignmentRole:
        return alignmentOf(column);
    case Qt::FontRole:
        return isBest(variant, column) ? QVariant(boldFont()) : QVariant();
    default:
        return {};
    }
}

/// Of a heading, which is no wider than its column should be; the tool tips have the whole name.
QString ComparisonModel::shortReference() const {
    constexpr qsizetype longest = 18;
    const QString name = QString::fromStdString(m_reference);
    if (name.size() <= longest) return name;
    return name.left(longest / 2) + QStringLiteral("…") + name.right(longest / 2);
}

QString ComparisonModel::heading(int column) const {
    const QString reference = shortReference();
    const QString unit = m_metric.differenceUnit();
    switch (column) {
    case Variant:
        return tr("Variant");
    case Seeds:
        return tr("n");
    case Step:
        return tr("Step");
    case Last:
        return m_metric.isShownAsExp() ? tr("Last (± s.d.)") : tr("Last ± s.d.");
    case Best:
        return m_metric.isShownAsExp() ? tr("Best (± s.d.)") : tr("Best ± s.d.");
    case Mean:
        return m_metric.isShownAsExp() ? tr("Mean (± s.d.)") : tr("Mean ± s.d.");
    case Difference:
        return unit.isEmpty() ? tr("Minus %1 [95 %]").arg(reference)
                              : tr("Minus %1 [95 %], %2").arg(reference, unit);
    case Effect:
        return tr("d_z");
    case PValue:
        return tr("p (t)");
    case RankPValue:
        return tr("p (Wilcoxon)");
    case Claim:
        return tr("Better than %1?").arg(reference);
    default:
        return {};
    }
}

QString ComparisonModel::headingHelp(int column) const {
    switch (column) {
    case Seeds:
        return tr("Seeds that have measured something");
    case Step:
        return tr("Newest step that all seeds of the variant have reached; a variant that trains nothing "
                  "itself holds at every step");
    case Last:
        return tr("At that step, mean and standard deviation over the seeds; ★ marks the best");
    case Best:
        return tr("Of the best value of each seed, mean and standard deviation; ★ marks the best");
    case Mean:
        return tr("Of the mean of each seed over all its steps, mean and standard deviation; ★ marks the "
                  "best");
    case Difference:
        return tr(
            "Mean of the differences paired by seed at the newest step that both have reached, with its "
            "95 % Student t interval");
    case Effect:
        return tr("Effect size: Cohen's d_z, the mean of the paired differences by their standard deviation");
    case PValue:
        return tr("Paired t test, two-sided, Holm's correction over the variants");
    case RankPValue:
        return tr(
            "Wilcoxon's signed-rank test, exact, two-sided, Holm's correction over the variants; needs 6 "
            "pairs");
    case Claim:
        return tr("By the corrected p at 0.05; undecided below 6 pairs");
    default:
        return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::DisplayRole) return heading(section);
    if (role == Qt::ToolTipRole) return headingHelp(section);
    if (role == Qt::TextAlignmentRole) return alignmentOf(section);
    return {};
}

ComparisonTable::ComparisonTable(ComparisonModel* model, QWidget* parent) : QTableView(parent) {
    setModel(model);
    setAccessibleName(tr("Comparison of the variants"));
    setUpReadingTable(*this);
    setFrameShape(QFrame::NoFrame);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
}

int ComparisonTable::sizeHintForColumn(int column) const {
    const int air = 2 * fontMetrics().averageCharWidth();
    return air + std::max(QTableView::sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column));
}

} // namespace retort
