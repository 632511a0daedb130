// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/forgetting_table.h"

#include "widgets/forms/bold_font.h"
#include "widgets/plots/csv_file.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/reading_table.h"

#include <QFont>
#include <QHeaderView>
#include <algorithm>

namespace retort {
namespace {

namespace formula = forgetting_formula;

QString words(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// "+0.31": these are differences.
QString differenceText(double value) {
    return (value > 0 ? QStringLiteral("+") : QString()) + numberText(value, 3);
}

} // namespace

void ForgettingModel::setMeasures(const ForgettingMeasures& measures, const Look& look) {
    QStringList domains;
    for (const DomainForgetting& domain : measures.domains)
        domains << QString::fromStdString(domain.domain);
    const bool isSame = domains == m_domains && look.isAccuracy == m_isAccuracy && !m_lines.empty();
    exchange(isSame, [&] {
        m_lines.clear();
        m_domains = domains;
        m_isAccuracy = look.isAccuracy;
        if (look.isAccuracy)
            addAccuracies(measures);
        else
            addLosses(measures, look.isSequential);
    });
}

void ForgettingModel::addLoss(const ForgettingMeasures& measures, const Line& line, OfDomain part) {
    m_lines.push_back(line);
    for (const DomainForgetting& domain : measures.domains)
        m_lines.back().byDomain.push_back(domain.*part);
}

void ForgettingModel::addLosses(const ForgettingMeasures& measures, bool isSequential) {
    const auto add = [&](const QString& name, const QString& help, const char* key, const Measure& mean,
                         OfDomain part) {
        addLoss(measures, {name, help, key, mean, {}}, part);
    };
    add(tr("Forgetting"),
        tr("How far each domain lies above its best of earlier; above 0 is lost.\n%1\n%2")
            .arg(words(isSequential ? formula::mean_forgetting : formula::mean_forgetting_without_stages),
                 words(isSequential ? formula::forgetting : formula::forgetting_without_stages)),
        "forgetting", measures.forgetting, &DomainForgetting::forgetting);
    add(tr("Backward transfer"),
        tr("What learning the later domains did to the earlier ones; below 0 is lost.\n%1")
            .arg(words(formula::backward)),
        "backward", measures.backward, &DomainForgetting::backward);
    add(tr("Forward transfer, random"),
        tr("What the model knows of a domain before its stage, over the model before its first step; above 0 "
           "is gained.\n%1")
            .arg(words(formula::forward)),
        "forward", measures.forward, &DomainForgetting::forward);
    add(tr("Forward transfer, unigram"),
        tr("The same over a unigram model of the domain, which counts tokens alone.\n%1")
            .arg(words(formula::forward_unigram)),
        "forward_unigram", measures.forward_unigram, &DomainForgetting::forward_unigram);
    add(tr("Intransigence"),
        tr("How much worse a domain was learned in its stage than by a run of all domains at once (the "
           "variant joint of the same study and seed); above 0 is worse.\n%1")
            .arg(words(formula::intransigence)),
        "intransigence", measures.intransigence, &DomainForgetting::intransigence);
}

void ForgettingModel::addAccuracies(const ForgettingMeasures& measures) {
    const auto add = [&](const QString& name, std::string_view help, const char* key, const Measure& mean) {
        m_lines.push_back(
            {name, words(help), key, mean, std::vector<std::optional<double>>(measures.domains.size())});
    };
    const AvalancheMeasures& avalanche = measures.avalanche;
    add(tr("Avalanche, StreamForgetting"), formula::avalanche_forgetting, "avalanche_forgetting",
        avalanche.stream_forgetting);
    m_lines.back().byDomain = avalanche.experience_forgetting;
    add(tr("Avalanche, StreamBWT"), formula::avalanche_bwt, "avalanche_bwt", avalanche.stream_bwt);
    add(tr("Avalanche, StreamForwardTransfer"), formula::avalanche_forward_transfer, "avalanche_forward",
        avalanche.stream_forward_transfer);
    const MammothMeasures& mammoth = measures.mammoth;
    add(tr("Mammoth, forgetting"), formula::mammoth_forgetting, "mammoth_forgetting", mammoth.forgetting);
    add(tr("Mammoth, backward_transfer"), formula::mammoth_backward_transfer, "mammoth_backward",
        mammoth.backward_transfer);
    add(tr("Mammoth, forward_transfer"), formula::mammoth_forward_transfer, "mammoth_forward",
        mammoth.forward_transfer);
}

int ForgettingModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int ForgettingModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || m_lines.empty() ? 0 : FirstDomain + static_cast<int>(m_domains.size());
}

std::optional<double> ForgettingModel::value(int row, int column) const {
    const Line& line = m_lines[static_cast<std::size_t>(row)];
    if (column == Mean) return line.mean.value;
    return line.byDomain[static_cast<std::size_t>(column - FirstDomain)];
}

QString ForgettingModel::reason(int row) const {
    const Line& line = m_lines[static_cast<std::size_t>(row)];
    const auto isThere = [](const std::optional<double>& value) { return value.has_value(); };
    if (line.mean.value || std::ranges::any_of(line.byDomain, isThere)) return {};
    return QString::fromStdString(line.mean.reason);
}

QString ForgettingModel::text(int row, int column) const {
    const Line& line = m_lines[static_cast<std::size_t>(row)];
    if (column == Name) return line.name;
    if (column == Mean && !reason(row).isEmpty()) return reason(row);
    const std::optional<double> number = value(row, column);
    if (!number) return column == Mean ? dash() : QString();
    return differenceText(m_isAccuracy ? 100 * *number : *number);
}

QString ForgettingModel::toolTip(int row, int column) const {
    const Line& line = m_lines[static_cast<std::size_t>(row)];
    if (column == Name) return line.help;
    if (column == Mean && !line.mean.value) return QString::fromStdString(line.mean.reason);
    return line.help;
}

QVariant ForgettingModel::data(const QModelIndex& index, int role) const {
    const int row = index.row(), column = index.column();
    const bool isReason = column == Mean && !reason(row).isEmpty();
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::ToolTipRole:
        return toolTip(row, column);
    case Qt::TextAlignmentRole:
        return cellAlignment(column == Name || isReason);
    case Qt::FontRole: {
        QFont font;
        font.setItalic(isReason);
        return isReason ? QVariant(font) : column == Mean ? QVariant(boldFont()) : QVariant();
    }
    default:
        return {};
    }
}

QVariant ForgettingModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return cellAlignment(section == Name);
    if (role != Qt::DisplayRole) return {};
    if (section == Name) return m_isAccuracy ? tr("Percentage points") : tr("Nats per token");
    return section == Mean ? tr("Mean") : m_domains.value(section - FirstDomain);
}

QString ForgettingModel::csv() const {
    QString csv = QStringLiteral("measure,domain,value,reason\n");
    for (const Line& line : m_lines) {
        const QString key = QLatin1String(line.key);
        csv += QStringLiteral("%1,mean,%2,%3\n")
                   .arg(key, fileNumber(line.mean.value), csvField(QString::fromStdString(line.mean.reason)));
        for (qsizetype j = 0; j < m_domains.size(); ++j)
            csv += QStringLiteral("%1,%2,%3,\n")
                       .arg(key, csvField(m_domains[j]), fileNumber(line.byDomain[std::size_t(j)]));
    }
    return csv;
}

ForgettingTable::ForgettingTable(ForgettingModel* model, QWidget* parent)
    : QTableView(parent), m_measures(model) {
    setModel(model);
    setObjectName(QStringLiteral("forgettingMeasures"));
    setAccessibleName(tr("Forgetting and transfer by domain"));
    setUpReadingTable(*this, 4);
    setFrameShape(QFrame::NoFrame);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    connect(model, &QAbstractItemModel::modelReset, this, &ForgettingTable::spanReasons);
    connect(model, &QAbstractItemModel::dataChanged, this, &ForgettingTable::spanReasons);
}

void ForgettingTable::spanReasons() {
    clearSpans();
    if (m_measures->columnCount() == 0) return;
    horizontalHeader()->setSectionResizeMode(ForgettingModel::Name, QHeaderView::ResizeToContents);
    const int columns = m_measures->columnCount() - ForgettingModel::Mean;
    for (int row = 0; row < m_measures->rowCount(); ++row)
        if (columns > 1 && !m_measures->reason(row).isEmpty())
            setSpan(row, ForgettingModel::Mean, 1, columns);
}

/// All rows, so that nothing scrolls.
QSize ForgettingTable::sizeHint() const {
    const int rows = std::max(5, m_measures->rowCount());
    return {QTableView::sizeHint().width(),
            horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 4};
}

QSize ForgettingTable::minimumSizeHint() const {
    return {QTableView::minimumSizeHint().width(), sizeHint().height()};
}

} // namespace retort
