// SPDX-License-Identifier: GPL-3.0-or-later
// The comparison as a file.
#include "widgets/plots/csv_file.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/comparison_table.h"

#include <QStringList>

namespace retort {
namespace {

QStringList differenceFields(const VariantDifference& difference) {
    const SampleSummary& summary = difference.difference.differences;
    const auto low = summary.interval ? std::optional(summary.interval->low) : std::nullopt;
    const auto high = summary.interval ? std::optional(summary.interval->high) : std::nullopt;
    const auto word = difference.is_better ? verdict_word(*difference.is_better) : std::string_view();
    return {QString::number(difference.seeds.size()),
            QString::number(difference.step),
            fileNumber(summary.mean),
            fileNumber(low),
            fileNumber(high),
            fileNumber(difference.difference.t),
            fileNumber(difference.difference.p),
            fileNumber(difference.adjusted_p),
            fileNumber(difference.difference.effect_size),
            fileNumber(difference.ranks.p),
            fileNumber(difference.adjusted_rank_p),
            QString::fromLatin1(word.data(), qsizetype(word.size()))};
}

} // namespace

QString ComparisonModel::csv() const {
    QString csv =
        QStringLiteral("metric,domain,variant,n,step,last_mean,last_sd,best_mean,best_sd,mean_mean,"
                       "mean_sd,reference,pairs,difference_step,difference,low_95,high_95,t,p_t,p_t_holm,"
                       "d_z,p_wilcoxon,p_wilcoxon_holm,verdict\n");
    for (const ComparedVariant& variant : m_variants) {
        QStringList fields = {m_metric.key(),
                              csvField(QString::fromStdString(m_metric.domain)),
                              csvField(QString::fromStdString(variant.variant)),
                              QString::number(variant.n),
                              variant.step ? QString::number(*variant.step) : QString(),
                              fileNumber(variant.last.mean),
                              fileNumber(variant.last.standard_deviation),
                              fileNumber(variant.best.mean),
                              fileNumber(variant.best.standard_deviation),
                              fileNumber(variant.mean.mean),
                              fileNumber(variant.mean.standard_deviation),
                              csvField(QString::fromStdString(m_reference))};
        fields += variant.difference ? differenceFields(*variant.difference) : QStringList(12);
        csv += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return csv;
}

QString exportComparison(const ComparisonModel& model, const QString& file) {
    return saveText(model.csv(), file);
}

} // namespace retort
