// SPDX-License-Identifier: GPL-3.0-or-later
// Orders of the domains as a table and as a file.
#include "widgets/forms/bold_font.h"
#include "widgets/plots/csv_file.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/reading_table.h"
#include "widgets/tables/remedy_table.h"

#include <algorithm>
#include <array>

namespace retort {
namespace {

QString orderText(const std::vector<std::string>& order) {
    QStringList names;
    for (const std::string& domain : order)
        names << QString::fromStdString(domain);
    return names.join(QStringLiteral(" → "));
}

QString spreadText(const Spread& spread) {
    if (!spread.range || !spread.standard_deviation) return dash();
    return OrderModel::tr("%1; s.d. %2")
        .arg(numberText(*spread.range, 3), numberText(*spread.standard_deviation, 3));
}

QString scoreLine(int group, const OrderScore& score) {
    const QStringList fields = {QString::number(group),
                                QStringLiteral("order"),
                                csvField(orderText(score.order)),
                                csvField(QString::fromStdString(score.variant)),
                                QString::number(score.loss.n),
                                fileNumber(score.loss.mean),
                                fileNumber(score.loss.standard_deviation),
                                {},
                                fileNumber(score.forgetting.mean),
                                fileNumber(score.forgetting.standard_deviation),
                                {}};
    return fields.join(QLatin1Char(',')) + QLatin1Char('\n');
}

QString spreadLine(int group, const char* of, const Spread& loss, const Spread& forgetting) {
    return QStringLiteral("%1,%2,,,,,%3,%4,,%5,%6\n")
        .arg(group)
        .arg(QLatin1String(of), fileNumber(loss.standard_deviation), fileNumber(loss.range),
             fileNumber(forgetting.standard_deviation), fileNumber(forgetting.range));
}

QString placeLines(int group, const OrderSensitivity& orders) {
    QString lines;
    const std::size_t count = orders.domains.size();
    for (std::size_t i = 0; i < orders.by_position.size(); ++i) {
        const SampleSummary& cell = orders.by_position[i];
        lines +=
            QStringLiteral("%1,place %2,%3,,%4,%5,%6,,,,\n")
                .arg(group)
                .arg(i % count + 1)
                .arg(csvField(QString::fromStdString(orders.domains[i / count])), QString::number(cell.n),
                     fileNumber(cell.mean), fileNumber(cell.standard_deviation));
    }
    return lines;
}

} // namespace

void OrderModel::setSensitivities(const std::vector<OrderSensitivity>& sensitivities) {
    std::vector<Line> lines;
    for (const OrderSensitivity& orders : sensitivities)
        addLines(lines, orders);
    const auto name = [](const Line& line) { return line.cells[Order] + line.cells[Variant]; };
    exchange(std::ranges::equal(lines, m_lines, {}, name, name), [&] {
        m_sensitivities = sensitivities;
        m_lines = std::move(lines);
    });
}

void OrderModel::addLines(std::vector<Line>& lines, const OrderSensitivity& orders) const {
    for (const OrderScore& score : orders.orders)
        lines.push_back({{orderText(score.order), QString::fromStdString(score.variant),
                          QString::number(score.loss.n), meanText(score.loss), meanText(score.forgetting, 3)},
                         {},
                         false});
    const auto addSpread = [&](const QString& name, const QString& help, const Spread& loss,
                               const Spread& forgetting) {
        lines.push_back({{name, {}, {}, spreadText(loss), spreadText(forgetting)}, help, true});
    };
    addSpread(tr("Over the orders: range; s.d."), tr("Of the means over the seeds of each order"),
              orders.loss.orders, orders.forgetting.orders);
    addSpread(tr("Over the seeds: range; s.d."),
              tr("Within an order: mean of the ranges, and √(Σ (n − 1) s² / Σ (n − 1))"), orders.loss.seeds,
              orders.forgetting.seeds);
}

int OrderModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant OrderModel::data(const QModelIndex& index, int role) const {
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole) return line.cells[index.column()];
    if (role == Qt::ToolTipRole && line.isSpread) return line.help;
    if (role == Qt::FontRole && line.isSpread) return boldFont();
    if (role == Qt::TextAlignmentRole) return cellAlignment(index.column() <= Variant);
    return {};
}

QVariant OrderModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const std::array<QString, ColumnCount> titles = {tr("Order"), tr("Variant"), tr("n"),
                                                     tr("Final loss ± s.d."), tr("Forgetting ± s.d.")};
    if (role == Qt::DisplayRole) return titles[static_cast<std::size_t>(section)];
    if (role == Qt::TextAlignmentRole) return cellAlignment(section <= Variant);
    return {};
}

QString OrderModel::csv() const {
    QString csv = QStringLiteral("group,of,order_or_domain,variant,n,loss_mean,loss_sd,loss_range,"
                                 "forgetting_mean,forgetting_sd,forgetting_range\n");
    int group = 0;
    for (const OrderSensitivity& orders : m_sensitivities) {
        ++group;
        for (const OrderScore& score : orders.orders)
            csv += scoreLine(group, score);
        csv += spreadLine(group, "orders", orders.loss.orders, orders.forgetting.orders);
        csv += spreadLine(group, "seeds", orders.loss.seeds, orders.forgetting.seeds);
        csv += placeLines(group, orders);
    }
    return csv;
}

} // namespace retort
