// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/empty_state.h"

#include "widgets/forms/tinted_label.h"

#include <QLabel>
#include <QVBoxLayout>

namespace retort {

QWidget* createEmptyState(const QString& title, const QString& nextStep, QWidget* actions) {
    auto* page = new QWidget;
    auto* heading = new QLabel(title);
    QFont large = heading->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    heading->setFont(large);
    auto* advice = new TintedLabel(nextStep);
    auto* layout = new QVBoxLayout(page);
    layout->addStretch(2);
    layout->addWidget(heading, 0, Qt::AlignHCenter);
    layout->addWidget(advice, 0, Qt::AlignHCenter);
    if (actions != nullptr) layout->addWidget(actions, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    return page;
}

} // namespace retort
