// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/router_ranking_table.h"

#include "widgets/forms/bold_font.h"
#include "widgets/plots/csv_file.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/reading_table.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSortFilterProxyModel>
#include <algorithm>
#include <cmath>
#include <limits>

namespace retort {
namespace {

struct Words {
    const char* file;
    const char* heading;
    const char* help;
};

constexpr std::array<Words, routerScoreCount> scoreWords = {{
    {"accuracy", QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Accuracy"),
     QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Share of the inputs that are decided rightly")},
    {"precision", QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Precision"),
     QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Mean over the domains, weighted by their inputs")},
    {"recall", QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Recall"),
     QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Mean over the domains, weighted by their inputs")},
    {"f1", QT_TRANSLATE_NOOP("retort::RouterRankingModel", "F1"),
     QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Mean over the domains, weighted by their inputs")},
    {"macro_f1", QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Macro F1"),
     QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Mean over the domains, each alike")},
    {"log_loss", QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Log loss"),
     QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Mean of −ln p of the true domain, in nats")},
    {"ece", QT_TRANSLATE_NOOP("retort::RouterRankingModel", "ECE"),
     QT_TRANSLATE_NOOP("retort::RouterRankingModel",
                       "Expected calibration error: how far confidence lies from the share of right ones")},
    {"f1_at_16", QT_TRANSLATE_NOOP("retort::RouterRankingModel", "F1, 16 tok."),
     QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Weighted F1 of inputs of 16 tokens")},
    {"f1_at_128", QT_TRANSLATE_NOOP("retort::RouterRankingModel", "F1, 128 tok."),
     QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Weighted F1 of inputs of 128 tokens")},
    {"seconds_per_decision", QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Time"),
     QT_TRANSLATE_NOOP("retort::RouterRankingModel", "Time for one decision, of a whole article")},
}};

std::size_t placeOf(int column) {
    return static_cast<std::size_t>(column - RouterRankingModel::FirstScore);
}

/// One unit for a mean and its deviation.
QString timeText(const SampleSummary& seconds) {
    const double mean = *seconds.mean;
    const auto [factor, unit] = mean < 1e-3 ? std::pair(1e6, RouterRankingModel::tr("µs"))
                                : mean < 1  ? std::pair(1e3, RouterRankingModel::tr("ms"))
                                            : std::pair(1.0, RouterRankingModel::tr("s"));
    return QStringLiteral("%1 %2").arg(numberText(mean * factor, 3), unit);
}

/// "0.9812 ±.0010": with a thin space, without the 0 that every deviation below 1 has, so that ten columns
/// fit a small screen.
QString scoreText(const SampleSummary& score) {
    const QString mean = decimalText(*score.mean);
    if (!score.standard_deviation) return mean;
    QString deviation = decimalText(*score.standard_deviation);
    if (*score.standard_deviation < 0.99995) deviation.remove(0, 1);
    return RouterRankingModel::tr("%1\u2009±%2").arg(mean, deviation);
}

} // namespace

void RouterRankingModel::setRouters(std::vector<RankedRouter> routers) {
    const bool isSame =
        std::ranges::equal(routers, m_routers, {}, &RankedRouter::variant, &RankedRouter::variant);
    exchange(isSame, [&] { m_routers = std::move(routers); });
}

int RouterRankingModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_routers.size());
}

bool RouterRankingModel::isBest(const RankedRouter& router, int column) const {
    return column >= FirstScore && isBestOf(m_routers, router, static_cast<RouterScore>(placeOf(column)));
}

QString RouterRankingModel::text(const RankedRouter& router, int column) const {
    if (column == Variant) return QString::fromStdString(router.variant);
    if (column == Seeds) return wholeText(static_cast<std::int64_t>(router.n));
    const SampleSummary& score = router.scores[placeOf(column)];
    if (!score.mean) return dash();
    if (static_cast<RouterScore>(placeOf(column)) == RouterScore::seconds) return timeText(score);
    return scoreText(score);
}

QVariant RouterRankingModel::sortValue(const RankedRouter& router, int column) const {
    if (column == Variant) return text(router, column);
    if (column == Seeds) return qulonglong(router.n);
    return router.scores[placeOf(column)].mean.value_or(-std::numeric_limits<double>::infinity());
}

QVariant RouterRankingModel::data(const QModelIndex& index, int role) const {
    const RankedRouter& router = m_routers[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(router, column);
    case Qt::AccessibleTextRole:
        return isBest(router, column) ? tr("%1, best").arg(text(router, column)) : text(router, column);
    case Qt::ToolTipRole:
        return isBest(router, column) ? tr("The best of all") : QString();
    case Qt::TextAlignmentRole:
        return cellAlignment(column == Variant);
    case Qt::FontRole:
        return isBest(router, column) ? QVariant(boldFont()) : QVariant();
    case SortRole:
        return sortValue(router, column);
    default:
        return {};
    }
}

QVariant RouterRankingModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return cellAlignment(section == Variant);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    const bool isHelp = role == Qt::ToolTipRole;
    if (section == Variant)
        return isHelp ? tr("Press S to sort by the column of the current cell") : tr("Variant");
    if (section == Seeds) return isHelp ? tr("Seeds that have been evaluated") : tr("n");
    const Words& words = scoreWords[placeOf(section)];
    if (!isHelp) return tr(words.heading);
    return tr("%1; mean and standard deviation over the seeds, the best is bold").arg(tr(words.help));
}

QString RouterRankingModel::csv() const {
    QString csv = QStringLiteral("variant,n");
    for (const Words& words : scoreWords)
        csv += QStringLiteral(",%1_mean,%1_sd").arg(QLatin1String(words.file));
    csv += QLatin1Char('\n');
    for (const RankedRouter& router : m_routers) {
        QStringList fields = {csvField(QString::fromStdString(router.variant)), QString::number(router.n)};
        for (const SampleSummary& score : router.scores)
            fields << fileNumber(score.mean) << fileNumber(score.standard_deviation);
        csv += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return csv;
}

RouterRankingTable::RouterRankingTable(RouterRankingModel* model, QWidget* parent)
    : QTableView(parent), m_sorted(new QSortFilterProxyModel(this)) {
    m_sorted->setSourceModel(model);
    m_sorted->setSortRole(RouterRankingModel::SortRole);
    setModel(m_sorted);
    setAccessibleName(tr("Ranking of the classifiers"));
    setUpReadingTable(*this);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(RouterRankingModel::Variant, QHeaderView::Fixed);
    horizontalHeader()->setMinimumSectionSize(24);
    setSortingEnabled(true);
    sortByColumn(RouterRankingModel::FirstScore + int(RouterScore::f1), Qt::DescendingOrder);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (!m_isShowing && currentIndex().isValid()) Q_EMIT variantChosen(currentVariant());
    });
}

QString RouterRankingTable::currentVariant() const {
    return currentIndex().siblingAtColumn(RouterRankingModel::Variant).data().toString();
}

void RouterRankingTable::showVariant(const QString& variant) {
    if (variant == currentVariant()) return;
    m_isShowing = true;
    const int column = std::max(0, currentIndex().column());
    for (int row = 0; row < m_sorted->rowCount(); ++row)
        if (m_sorted->index(row, RouterRankingModel::Variant).data().toString() == variant)
            setCurrentIndex(m_sorted->index(row, column));
    m_isShowing = false;
}

/// The best first; then the other way round.
void RouterRankingTable::sortBy(int column) {
    if (column < 0) return;
    const bool isSorted = m_sorted->sortColumn() == column;
    const bool isScore = column >= RouterRankingModel::FirstScore;
    const bool isRising = !isScore || isLowerBetter(static_cast<RouterScore>(placeOf(column)));
    const Qt::SortOrder first = isRising ? Qt::AscendingOrder : Qt::DescendingOrder;
    const bool isReversed = isSorted && m_sorted->sortOrder() == first;
    sortByColumn(column, isReversed == isRising ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void RouterRankingTable::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_S && event->modifiers() == Qt::NoModifier)
        sortBy(currentIndex().column());
    else
        QTableView::keyPressEvent(event);
}

int RouterRankingTable::sizeHintForColumn(int column) const {
    return fontMetrics().averageCharWidth() / 2 + QTableView::sizeHintForColumn(column);
}

/// Names are never cut: what the numbers leave is theirs, and where that is too little the table scrolls.
void RouterRankingTable::updateGeometries() {
    const QHeaderView& header = *horizontalHeader();
    const int others = header.length() - header.sectionSize(RouterRankingModel::Variant);
    const int wanted =
        std::max(sizeHintForColumn(RouterRankingModel::Variant) + 12, viewport()->width() - others);
    if (wanted != header.sectionSize(RouterRankingModel::Variant))
        horizontalHeader()->resizeSection(RouterRankingModel::Variant, wanted);
    QTableView::updateGeometries();
}

/// All nine classifiers; what the window has beyond is the matrix's.
QSize RouterRankingTable::sizeHint() const {
    return {QTableView::sizeHint().width(),
            horizontalHeader()->sizeHint().height() + 9 * verticalHeader()->defaultSectionSize() + 4};
}

} // namespace retort
