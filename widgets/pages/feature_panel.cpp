// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/feature_panel.h"

#include "widgets/forms/tool_button.h"
#include "widgets/tables/feature_table.h"

#include <QHBoxLayout>
#include <QLabel>
#include <algorithm>

namespace retort {

FeaturePanel::FeaturePanel(QWidget* parent)
    : QWidget(parent),
      m_model(new FeatureModel(this)),
      m_title(new QLabel),
      m_export(createToolButton("exportFeatures", tr("Ex&port…"), tr("All features and weights, as CSV"))),
      m_table(new FeatureTable(m_model)) {
    m_title->setObjectName(QStringLiteral("featuresTitle"));
    m_title->setWordWrap(true);
    connect(m_export, &QToolButton::clicked, this, &FeaturePanel::exportRequested);
    auto* row = new QHBoxLayout;
    row->addWidget(m_title, 1);
    row->addWidget(m_export);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 6);
    layout->setSpacing(6);
    layout->addLayout(row);
    layout->addWidget(m_table, 1);
    layout->addStretch(0);
    setFeatures({});
}

void FeaturePanel::setFeatures(std::vector<DomainFeatures> features) {
    const bool hasSome =
        std::ranges::any_of(features, [](const DomainFeatures& domain) { return !domain.features.empty(); });
    m_title->setText(hasSome ? tr("Weight and token, the strongest first. ␣ is a space, ⏎ a line’s end.")
                             : tr("This classifier has no weight for each token."));
    m_table->setVisible(hasSome);
    m_export->setVisible(hasSome);
    m_model->setFeatures(std::move(features));
}

QString FeaturePanel::csv() const {
    return m_model->csv();
}

} // namespace retort
