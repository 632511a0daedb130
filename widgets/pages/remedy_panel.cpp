// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/remedy_panel.h"

#include "widgets/forms/tinted_label.h"
#include "widgets/forms/tool_button.h"
#include "widgets/plots/csv_file.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/remedy_table.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace retort {

RemedyPanel::RemedyPanel(QWidget* parent)
    : QWidget(parent), m_remedies(new RemedyModel(this)), m_orders(new OrderModel(this)) {
    auto* all = new QSplitter(Qt::Vertical);
    all->setChildrenCollapsible(false);
    all->setHandleWidth(6);
    all->addWidget(createPlots());
    all->addWidget(createTables());
    all->setSizes({1400, 1000});
    m_absent = new TintedLabel;
    m_absent->setObjectName(QStringLiteral("absentVariants"));
    m_absent->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(all, 1);
    layout->addWidget(m_absent);
    setRuns({}, {});
}

QWidget* RemedyPanel::createPlots() {
    m_pareto = new ScorePlot(tr("Forgetting against final loss"));
    m_pareto->setObjectName(QStringLiteral("paretoPlot"));
    m_pareto->setToolTip(
        tr("Lower left is better. Down the dashed line no variant with stages beats another in "
           "both; variants without stages are hollow."));
    m_positions = new ScorePlot(tr("Final loss by place in the order"));
    m_positions->setObjectName(QStringLiteral("positionPlot"));
    m_positions->setExportText(tr("Ex&port figure…"));
    auto* plots = new QSplitter(Qt::Horizontal);
    plots->setChildrenCollapsible(false);
    plots->setHandleWidth(6);
    plots->addWidget(m_pareto);
    plots->addWidget(m_positions);
    plots->setSizes({1300, 1000});
    return plots;
}

QWidget* RemedyPanel::createTables() {
    m_tables = new QTabWidget;
    m_tables->setObjectName(QStringLiteral("remedyTables"));
    m_tables->setAccessibleName(tr("Tables of the comparison"));
    m_tables->setDocumentMode(true);
    QWidget* remedies = createTable(
        new RemedyTable(m_remedies, tr("Variants by what they forgot")),
        tr("Nats per token, mean ± standard deviation over the seeds; ★ best of the variants with stages"),
        QStringLiteral("remedies"), [this] { return m_remedies->csv(); });
    QWidget* orders = createTable(new RemedyTable(m_orders, tr("Orders of the domains")),
                                  tr("Nats per token; what the order changed beside what the seed did"),
                                  QStringLiteral("orders"), [this] { return m_orders->csv(); });
    m_tables->addTab(remedies, tr("Var&iants"));
    m_tables->addTab(orders, tr("Or&ders"));
    return m_tables;
}

QWidget* RemedyPanel::createTable(QWidget* table, const QString& legend, const QString& file,
                                  const std::function<QString()>& csv) {
    auto* save =
        createToolButton("exportRemedies", tr("Export &table…"), tr("All numbers of the table, as CSV"));
    connect(save, &QToolButton::clicked, this, [this, file, csv] {
        askAndSaveTable(this, tr("Export table"), file,
                        [&](const QString& path) { return saveText(csv(), path); });
    });
    auto* row = new QHBoxLayout;
    row->addWidget(new TintedLabel(legend), 1);
    row->addWidget(save);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(table, 1);
    return box;
}

void RemedyPanel::setRuns(const RemedyRuns& runs, const RemedyLook& look) {
    m_pareto->setFigure(paretoFigure(runs, look));
    m_remedies->setSummaries(summarise_remedies(runs.runs));
    showOrders(order_sensitivities(runs.runs));
    m_absent->setText(tr("Not here: %1.").arg(runs.absent.join(QStringLiteral(", "))));
    m_absent->setVisible(!runs.absent.isEmpty());
}

void RemedyPanel::nameRuns(const std::vector<FigureRun>& runs, const Json& options) {
    for (ScorePlot* plot : {m_pareto, m_positions})
        plot->setRuns(runs, options);
}

/// The figure is of the first group; the table has all.
void RemedyPanel::showOrders(const std::vector<OrderSensitivity>& orders) {
    m_orders->setSensitivities(orders);
    m_positions->setVisible(!orders.empty());
    m_tables->setTabVisible(1, !orders.empty());
    m_tables->tabBar()->setVisible(!orders.empty());
    if (!orders.empty()) m_positions->setFigure(positionFigure(orders.front()));
}

} // namespace retort
