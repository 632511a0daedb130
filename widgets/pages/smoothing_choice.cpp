// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/smoothing_choice.h"

#include "widgets/plots/number_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <cmath>

namespace retort {
namespace {

constexpr int ticks = 100;

} // namespace

SmoothingChoice::SmoothingChoice(const QString& name, QWidget* parent)
    : QWidget(parent), m_slider(new QSlider(Qt::Horizontal)), m_text(new QLabel(tr("off"))) {
    auto* label = new QLabel(name);
    label->setBuddy(m_slider);
    m_slider->setObjectName(QStringLiteral("smoothing"));
    m_slider->setAccessibleName(tr("Smoothing"));
    m_slider->setRange(0, ticks);
    m_slider->setFixedWidth(120);
    m_slider->setToolTip(tr("Moving average without bias: s = w s + (1 − w) x, shown as s / (1 − wᵗ); the "
                            "values stay faint behind it."));
    m_text->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("0.000")));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    for (QWidget* part :
         {static_cast<QWidget*>(label), static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_text)})
        layout->addWidget(part);
    connect(m_slider, &QSlider::valueChanged, this, [this](int tick) {
        m_text->setText(tick == 0 ? tr("off") : decimalText(weight(), 3));
        Q_EMIT weightChanged(weight());
    });
}

double SmoothingChoice::weight() const {
    const int tick = m_slider->value();
    return tick == 0 ? 0 : 1 - std::pow(10, -2.0 * tick / ticks);
}

void SmoothingChoice::setShare(double share) {
    m_slider->setValue(static_cast<int>(std::lround(share * ticks)));
}

} // namespace retort
