// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/routing.h"

#include <QAbstractTableModel>
#include <QString>
#include <vector>

namespace retort {

/// Texts that were decided: document, tokens, the probability of each domain, and how the text begins.
class ExampleModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Document, Tokens, FirstDomain };
    using QAbstractTableModel::QAbstractTableModel;

    /// `domains`: those that the router knows, as many as each example has probabilities.
    void setExamples(std::vector<RoutedExample> examples, std::vector<std::string> domains);
    [[nodiscard]] const std::vector<RoutedExample>& examples() const { return m_examples; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] int textColumn() const { return FirstDomain + static_cast<int>(m_domains.size()); }
    [[nodiscard]] QString text(const RoutedExample& example, int column) const;
    [[nodiscard]] bool isMostProbable(const RoutedExample& example, int column) const;

    std::vector<RoutedExample> m_examples;
    std::vector<std::string> m_domains;
};

} // namespace retort
