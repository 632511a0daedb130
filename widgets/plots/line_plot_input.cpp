// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, menu and looks of LinePlot.
#include "widgets/plots/figure_export.h"
#include "widgets/plots/line_plot.h"
#include "widgets/plots/plot_canvas.h"
#include "widgets/plots/value_range.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

namespace retort {

void LinePlot::keyPressEvent(QKeyEvent* event) {
    if (!handleKey(event->key(), event->modifiers())) QWidget::keyPressEvent(event);
}

bool LinePlot::handleKey(int key, Qt::KeyboardModifiers modifiers) {
    constexpr double share = 0.1;
    const Window window = m_group->window();
    const bool isCursor = modifiers & Qt::ShiftModifier;
    switch (key) {
    case Qt::Key_Home:
        m_group->resetZoom();
        return true;
    case Qt::Key_L:
        setLogarithmic(!isLogarithmic());
        return true;
    case Qt::Key_T:
        showDataTable();
        return true;
    case Qt::Key_Escape:
        m_group->setCursor(std::nullopt);
        if (!m_picked.isEmpty()) pickAndTell({});
        return false;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        pickNext(key == Qt::Key_PageUp ? -1 : 1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_picked.isEmpty()) return false;
        Q_EMIT curveActivated(m_picked);
        return true;
    case Qt::Key_Left:
        isCursor ? moveCursor(-1) : m_group->pan(-share);
        return true;
    case Qt::Key_Right:
        isCursor ? moveCursor(1) : m_group->pan(share);
        return true;
    case Qt::Key_Up:
        zoomValues(moved(yWindow(), share, m_view.isLogarithmic));
        return true;
    case Qt::Key_Down:
        zoomValues(moved(yWindow(), -share, m_view.isLogarithmic));
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_group->zoomAround(0.8, (window.from + window.to) / 2);
        return true;
    case Qt::Key_Minus:
        m_group->zoomAround(1.25, (window.from + window.to) / 2);
        return true;
    default:
        return false;
    }
}

/// To the neighbouring point of the longest shown curve.
void LinePlot::moveCursor(int direction) {
    const Curve* longest = nullptr;
    for (const auto& curve : m_curves)
        if (curve->isVisible && (longest == nullptr || curve->size() > longest->size()))
            longest = curve.get();
    if (longest == nullptr || longest->size() == 0) return;
    const auto last = static_cast<std::ptrdiff_t>(longest->size()) - 1;
    const auto start =
        m_group->cursor() ? static_cast<std::ptrdiff_t>(*longest->nearest(*m_group->cursor())) : last;
    const auto next = std::clamp(start + direction, std::ptrdiff_t{0}, last);
    m_group->setCursor(longest->positions()[static_cast<std::size_t>(next)]);
}

void LinePlot::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    fillMenu(menu);
    menu.exec(event->globalPos());
}

void LinePlot::fillMenu(QMenu& menu) {
    menu.addAction(tr("Show &all\tHome"), m_group, &PlotGroup::resetZoom);
    QAction* logarithmic = menu.addAction(tr("&Logarithmic scale\tL"));
    logarithmic->setCheckable(true);
    logarithmic->setChecked(isLogarithmic());
    connect(logarithmic, &QAction::toggled, this, &LinePlot::setLogarithmic);
    menu.addSeparator();
    menu.addAction(tr("Data as &table\tT"), this, &LinePlot::showDataTable);
    menu.addAction(tr("&Copy picture"), this, [this] { copyPicture(*this); });
    menu.addAction(tr("&Export figure and data…"), this, &LinePlot::exportFigure);
}

void LinePlot::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && m_canvas != nullptr) applyPalette();
    QWidget::changeEvent(event);
}

void LinePlot::paintEvent(QPaintEvent* event) {
    QWidget::paintEvent(event);
    if (!hasFocus()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 1.5));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
}

void LinePlot::focusInEvent(QFocusEvent* event) {
    describe();
    QWidget::focusInEvent(event);
    update();
}

void LinePlot::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

} // namespace retort
