// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/remedy_figures.h"

#include <QWidget>
#include <functional>

class QTabWidget;

namespace retort {

class OrderModel;
class RemedyModel;
class ScorePlot;
class TintedLabel;

/// Which remedy helps: what each variant forgot against how good it is in the end, the measures as a table,
/// and, where variants differ in the order of their domains, how much that matters.
class RemedyPanel : public QWidget {
    Q_OBJECT
public:
    explicit RemedyPanel(QWidget* parent = nullptr);

    void setRuns(const RemedyRuns& runs, const RemedyLook& look);
    /// What the files beside figures say of their numbers.
    void nameRuns(const std::vector<FigureRun>& runs, const Json& options);

private:
    QWidget* createPlots();
    QWidget* createTables();
    QWidget* createTable(QWidget* table, const QString& legend, const QString& file,
                         const std::function<QString()>& csv);
    void showOrders(const std::vector<OrderSensitivity>& orders);

    ScorePlot* m_pareto = nullptr;
    ScorePlot* m_positions = nullptr;
    TintedLabel* m_absent = nullptr;
    QTabWidget* m_tables = nullptr;
    RemedyModel* m_remedies = nullptr;
    OrderModel* m_orders = nullptr;
};

} // namespace retort
