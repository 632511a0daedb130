// SPDX-License-Identifier: GPL-3.0-or-later
// The evaluation grid as a file.
#include "widgets/plots/csv_file.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/grid_table.h"

#include <QFileInfo>
#include <QStringList>

namespace retort {
namespace {

QString escaped(QString text) {
    for (const char special : {'_', '%', '&', '#'})
        text.replace(QLatin1Char(special), QStringLiteral("\\") + QLatin1Char(special));
    return text;
}

} // namespace

QString GridModel::csv(const QString& variant) const {
    QString csv = QStringLiteral("variant,setting,domain,n,nats_per_token,sd\n");
    for (int row = 0; row < rowCount(); ++row)
        for (int column = 0; column < columnCount(); ++column) {
            const SampleSummary& summary = cell(row, column);
            const bool isMean = column == columnCount() - 1;
            const QStringList fields = {csvField(variant),
                                        csvField(QString::fromStdString(m_grid.settings[std::size_t(row)])),
                                        isMean ? QStringLiteral("macro") : csvField(columnName(column)),
                                        QString::number(summary.n),
                                        fileNumber(summary.mean),
                                        fileNumber(summary.standard_deviation)};
            csv += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
        }
    return csv;
}

QString GridModel::markdown() const {
    QStringList heading = {m_isPerplexity ? tr("perplexity") : tr("nats per token")},
                rule = {QStringLiteral("---")};
    for (int column = 0; column < columnCount(); ++column) {
        heading << columnName(column);
        rule << QStringLiteral("---:");
    }
    const auto line = [](const QStringList& cells) {
        return QStringLiteral("| %1 |\n").arg(cells.join(QStringLiteral(" | ")));
    };
    QString text = line(heading) + line(rule);
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells = {QString::fromStdString(m_grid.settings[std::size_t(row)])};
        for (int column = 0; column < columnCount(); ++column)
            cells << (isBest(row, column) ? QStringLiteral("**%1**") : QStringLiteral("%1"))
                         .arg(number(row, column));
        text += line(cells);
    }
    return text;
}

/// For booktabs.
QString GridModel::latex(const QString& variant) const {
    QStringList heading = {escaped(variant)};
    for (int column = 0; column < columnCount(); ++column)
        heading << escaped(columnName(column));
    const auto line = [](const QStringList& cells) {
        return cells.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n");
    };
    QString text =
        QStringLiteral("\\begin{tabular}{l%1}\n\\toprule\n").arg(QString(columnCount(), QLatin1Char('r')));
    text += line(heading) + QStringLiteral("\\midrule\n");
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells = {escaped(QString::fromStdString(m_grid.settings[std::size_t(row)]))};
        for (int column = 0; column < columnCount(); ++column)
            cells << (isBest(row, column) ? QStringLiteral("\\textbf{%1}") : QStringLiteral("%1"))
                         .arg(number(row, column));
        text += line(cells);
    }
    return text + QStringLiteral("\\bottomrule\n\\end{tabular}\n");
}

QString GridModel::text(const QString& ending, const QString& variant) const {
    if (ending == QLatin1String("md")) return markdown();
    if (ending == QLatin1String("tex")) return latex(variant);
    return csv(variant);
}

QString exportGrid(const GridModel& model, const QString& variant, const QString& file) {
    return saveText(model.text(QFileInfo(file).suffix().toLower(), variant), file);
}

} // namespace retort
