// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/forgetting.h"
#include "widgets/tables/in_place_model.h"

#include <QStringList>
#include <QTableView>

namespace retort {

/// What a run forgot and carried over: a row per measure, its mean, and the value of each domain. Losses are
/// in nats per token, accuracies in percentage points.
class ForgettingModel : public InPlaceModel {
    Q_OBJECT
public:
    enum Column { Name, Mean, FirstDomain };
    using InPlaceModel::InPlaceModel;

    struct Look {
        bool isSequential = true; ///< whether the domains have stages, of which the formulas speak
        bool isAccuracy = false;  ///< what Avalanche and Mammoth say, instead of the losses
    };
    void setMeasures(const ForgettingMeasures& measures, const Look& look);
    /// One sentence why a measure has no numbers at all; empty where it has some.
    [[nodiscard]] QString reason(int row) const;
    /// A line per measure and domain, the mean as domain "mean"; all digits; then the reason.
    [[nodiscard]] QString csv() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        QString name;
        QString help;
        const char* key; ///< in files
        Measure mean;
        std::vector<std::optional<double>> byDomain;
    };
    using OfDomain = std::optional<double> DomainForgetting::*;
    void addLosses(const ForgettingMeasures& measures, bool isSequential);
    void addAccuracies(const ForgettingMeasures& measures);
    void addLoss(const ForgettingMeasures& measures, const Line& line, OfDomain part);
    [[nodiscard]] std::optional<double> value(int row, int column) const;
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] QString toolTip(int row, int column) const;

    std::vector<Line> m_lines;
    QStringList m_domains;
    bool m_isAccuracy = false;
};

/// A measure without numbers gives its columns to the reason.
class ForgettingTable : public QTableView {
    Q_OBJECT
public:
    explicit ForgettingTable(ForgettingModel* model, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    void spanReasons();

    ForgettingModel* m_measures;
};

} // namespace retort
