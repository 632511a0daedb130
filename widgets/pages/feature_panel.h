// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/tables/domain_features.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace retort {

class FeatureModel;
class FeatureTable;

/// The strongest features of each domain, or why there are none.
class FeaturePanel : public QWidget {
    Q_OBJECT
public:
    explicit FeaturePanel(QWidget* parent = nullptr);

    void setFeatures(std::vector<DomainFeatures> features);
    [[nodiscard]] QString csv() const;

Q_SIGNALS:
    void exportRequested();

private:
    FeatureModel* m_model;
    QLabel* m_title;
    QToolButton* m_export;
    FeatureTable* m_table;
};

} // namespace retort
