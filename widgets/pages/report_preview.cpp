// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/report_preview.h"

#include <qcustomplot.h>

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

constexpr int gap = 16;        ///< pixels between pages
constexpr double widest = 1.6; ///< pixels for a point where the window is wide
constexpr std::size_t keptImages = 6;

} // namespace

ReportPreview::ReportPreview(QWidget* parent) : QAbstractScrollArea(parent) {
    setObjectName(QStringLiteral("reportPreview"));
    setAccessibleName(tr("Pages of the report"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // else the width would depend on the height
    viewport()->setBackgroundRole(QPalette::Window);
}

ReportPreview::~ReportPreview() = default;

void ReportPreview::setDocument(const ReportDocument& document) {
    m_pages = std::make_unique<ReportPages>(document);
    m_images.clear();
    verticalScrollBar()->setValue(0);
    layOut();
}

int ReportPreview::pageCount() const {
    return m_pages ? m_pages->count() : 0;
}

double ReportPreview::scale() const {
    const double fitting =
        std::clamp((viewport()->width() - 2.0 * gap) / ReportPages::a4.width(), 0.4, widest);
    return fitting * m_zoom;
}

QRect ReportPreview::placeOf(int page) const {
    const QSize size = (QSizeF(ReportPages::a4) * scale()).toSize();
    const int left = std::max(gap, (viewport()->width() - size.width()) / 2);
    return {QPoint(left, gap + page * (size.height() + gap)), size};
}

void ReportPreview::layOut() {
    m_images.clear();
    const QRect last = placeOf(std::max(0, pageCount() - 1));
    verticalScrollBar()->setRange(0, std::max(0, last.bottom() + gap - viewport()->height()));
    verticalScrollBar()->setPageStep(last.height() + gap);
    verticalScrollBar()->setSingleStep(40);
    horizontalScrollBar()->setRange(0, std::max(0, last.right() + gap - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    viewport()->update();
}

int ReportPreview::currentPage() const {
    const int middle = verticalScrollBar()->value() + viewport()->height() / 3;
    const int step = placeOf(0).height() + gap;
    return std::clamp((middle - gap) / step, 0, std::max(0, pageCount() - 1));
}

void ReportPreview::goTo(int page) {
    verticalScrollBar()->setValue(placeOf(std::clamp(page, 0, std::max(0, pageCount() - 1))).top() - gap);
}

void ReportPreview::zoom(double factor) {
    const double place =
        static_cast<double>(verticalScrollBar()->value()) / std::max(1, verticalScrollBar()->maximum());
    m_zoom = factor == 0 ? 1 : std::clamp(m_zoom * factor, 0.4, 4.0);
    layOut();
    verticalScrollBar()->setValue(qRound(place * verticalScrollBar()->maximum()));
}

const QImage& ReportPreview::imageOf(int page) {
    const auto found = m_images.find(page);
    if (found != m_images.end()) return found->second;
    if (m_images.size() >= keptImages) m_images.clear();
    const double pixels = devicePixelRatioF();
    QImage image(placeOf(page).size() * pixels, QImage::Format_RGB32);
    image.setDevicePixelRatio(pixels);
    image.fill(Qt::white);
    QCPPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.scale(scale(), scale());
    m_pages->draw(page, painter);
    painter.end();
    return m_images.emplace(page, std::move(image)).first->second;
}

void ReportPreview::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    const QPoint scrolled(horizontalScrollBar()->value(), verticalScrollBar()->value());
    for (int page = 0; page < pageCount(); ++page) {
        const QRect place = placeOf(page).translated(-scrolled);
        if (!place.intersects(viewport()->rect())) continue;
        painter.drawImage(place.topLeft(), imageOf(page));
        painter.setPen(palette().color(QPalette::Mid));
        painter.drawRect(place.adjusted(0, 0, -1, -1));
    }
    if (!hasFocus()) return;
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
}

void ReportPreview::resizeEvent(QResizeEvent*) {
    layOut();
}

void ReportPreview::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_PageDown:
        return goTo(currentPage() + 1);
    case Qt::Key_PageUp:
        return goTo(currentPage() - 1);
    case Qt::Key_Home:
        return goTo(0);
    case Qt::Key_End:
        return verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    case Qt::Key_Plus:
        return zoom(1.25);
    case Qt::Key_Minus:
        return zoom(0.8);
    case Qt::Key_0:
        return zoom(0);
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void ReportPreview::wheelEvent(QWheelEvent* event) {
    if (event->modifiers() & Qt::ControlModifier)
        zoom(event->angleDelta().y() > 0 ? 1.1 : 1 / 1.1);
    else
        QAbstractScrollArea::wheelEvent(event);
}

} // namespace retort
