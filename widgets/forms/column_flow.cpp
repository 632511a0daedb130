// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/column_flow.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace retort {
namespace {

constexpr int most_columns = 3;
constexpr int gap = 14;

} // namespace

ColumnFlow::ColumnFlow(QWidget* parent) : QWidget(parent), m_layout(new QHBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 8, 0);
    m_layout->setSpacing(gap);
}

void ColumnFlow::add(QWidget* widget, int weight) {
    m_items << Item{widget, weight};
    m_columns = 0;
    QCoreApplication::postEvent(this, new QEvent(QEvent::LayoutRequest));
}

void ColumnFlow::clear() {
    for (const Item& item : std::as_const(m_items))
        delete item.widget;
    m_items.clear();
    m_columns = 0;
}

/// Widgets that were added since wait for the next round of events, so that many make one arrangement.
bool ColumnFlow::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest && m_columns == 0) arrange(columnsThatFit());
    return QWidget::event(event);
}

int ColumnFlow::columnsThatFit() const {
    return std::clamp((width() + gap) / (m_columnWidth + gap), 1, most_columns);
}

void ColumnFlow::setColumnWidth(int minimum) {
    m_columnWidth = minimum;
    setMinimumWidth(minimum);
}

void ColumnFlow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const int columns = columnsThatFit();
    if (columns != m_columns) arrange(columns);
}

void ColumnFlow::arrange(int columns) {
    m_columns = columns;
    while (QLayoutItem* column = m_layout->takeAt(0))
        delete column; // the layout of a column; its widgets stay
    int total = 0;
    for (const Item& item : std::as_const(m_items))
        total += item.weight;
    QVBoxLayout* column = nullptr;
    int before = 0;
    for (const Item& item : std::as_const(m_items)) {
        const bool pastBorder = (before + item.weight / 2) * columns >= total * m_layout->count();
        if (column == nullptr || (pastBorder && m_layout->count() < columns)) {
            if (column != nullptr) column->addStretch(1);
            column = new QVBoxLayout;
            column->setSpacing(12);
            m_layout->addLayout(column, 1);
        }
        column->addWidget(item.widget);
        before += item.weight;
    }
    if (column != nullptr) column->addStretch(1);
}

} // namespace retort
