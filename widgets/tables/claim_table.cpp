// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/claim_table.h"

#include "widgets/plots/number_text.h"
#include "widgets/tables/reading_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>
#include <array>

namespace retort {
namespace {

/// As wide as the texts of a column mostly are, so that the columns of one table stand below those of
/// another.
constexpr std::array<const char*, ClaimModel::ColumnCount> usualTexts = {
    "", "-0.000000 nats per token", "[-0.000000, -0.000000]", "00", "< 0.001", "? no conclusions"};

QString effectHelp(const ClaimTestResult& result) {
    const QString variant = QString::fromStdString(result.test.variant);
    if (!compares_variants(result.test.kind)) return ClaimModel::tr("Mean over the seeds of %1").arg(variant);
    return ClaimModel::tr("Mean over the seeds of %1 minus %2, paired by seed")
        .arg(variant, QString::fromStdString(result.test.reference));
}

QString pHelp(ClaimKind kind) {
    if (kind == ClaimKind::alike)
        return ClaimModel::tr("Two one-sided t tests against the margin: small where the two are alike");
    if (compares_variants(kind))
        return ClaimModel::tr(
            "Paired t test, two-sided, Holm's correction over the comparisons of the claim");
    return ClaimModel::tr("t test against the value, two-sided");
}

} // namespace

void ClaimModel::setTests(std::vector<ClaimTestResult> tests, bool conclusions) {
    const bool areSame =
        std::ranges::equal(tests, m_tests, {}, &ClaimTestResult::test, &ClaimTestResult::test);
    exchange(areSame, [&] {
        m_tests = std::move(tests);
        m_conclusions = conclusions;
    });
}

int ClaimModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_tests.size());
}

QString ClaimModel::text(const ClaimTestResult& result, int column) const {
    switch (column) {
    case Test:
        return statementText(result.test);
    case Effect:
        return effectText(result);
    case Range:
        return intervalText(result);
    case Seeds:
        return wholeText(static_cast<std::int64_t>(result.n));
    case PValue:
        return pText(result.p);
    default:
        return signedVerdict(m_conclusions ? ShownVerdict(result.verdict) : std::nullopt);
    }
}

QString ClaimModel::help(const ClaimTestResult& result, int column) {
    switch (column) {
    case Test:
        return statementText(result.test);
    case Effect:
    case Range:
        return effectHelp(result);
    case PValue: {
        const QString words = pHelp(result.test.kind);
        return result.signed_rank_p
                   ? tr("%1\nWilcoxon's signed-rank test: p = %2").arg(words, pText(result.signed_rank_p))
                   : words;
    }
    case VerdictWord:
        return QString::fromStdString(result.reason);
    default:
        return {};
    }
}

QVariant ClaimModel::data(const QModelIndex& index, int role) const {
    const ClaimTestResult& result = m_tests[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(result, index.column());
    case Qt::ToolTipRole:
        return help(result, index.column());
    case Qt::TextAlignmentRole:
        return cellAlignment(index.column() == Test);
    default:
        return {};
    }
}

QVariant ClaimModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    if (role == Qt::TextAlignmentRole) return cellAlignment(section == Test);
    const QStringList titles = {tr("Test"), tr("Effect"), tr("95 % interval"),
                                tr("n"),    tr("p"),      tr("Verdict")};
    const QStringList helps = {
        tr("What the study expects"),
        tr("Difference to the reference, or the variant's own mean where it is held against a value"),
        tr("Student's t, over the seeds"),
        tr("Seeds whose runs are finished and have measured it"),
        {},
        tr("At 5 %; undecided until all seeds of the study are there, and below 6 of them")};
    if (role == Qt::DisplayRole) return titles[section];
    if (role == Qt::ToolTipRole) return helps[section];
    return {};
}

ClaimTable::ClaimTable(ClaimModel* model, QWidget* parent) : QTableView(parent) {
    setModel(model);
    setUpReadingTable(*this);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Tests of the claim"));
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(ClaimModel::Test, QHeaderView::Stretch);
    connect(model, &QAbstractItemModel::modelReset, this, &ClaimTable::fitRows);
    fitRows();
}

void ClaimTable::fitRows() {
    const int rows = model()->rowCount() * verticalHeader()->defaultSectionSize();
    setFixedHeight(horizontalHeader()->sizeHint().height() + rows + 2 * frameWidth());
}

void ClaimTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyRequested();
        return;
    }
    QTableView::keyPressEvent(event);
}

int ClaimTable::sizeHintForColumn(int column) const {
    const int air = 2 * fontMetrics().averageCharWidth();
    const int usual =
        fontMetrics().horizontalAdvance(QLatin1String(usualTexts[static_cast<std::size_t>(column)]));
    return air + std::max({QTableView::sizeHintForColumn(column), usual,
                           horizontalHeader()->sectionSizeHint(column)});
}

} // namespace retort
