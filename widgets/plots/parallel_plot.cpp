// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/parallel_plot.h"

#include "widgets/plots/data_table.h"
#include "widgets/plots/figure_file.h"

#include <qcustomplot.h>

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLineF>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace retort {
namespace {

constexpr double reachOfAxis = 9; ///< pixels
constexpr double reachOfRun = 8;

double distanceTo(const QLineF& line, const QPointF& point) {
    const QPointF along = line.p2() - line.p1(), to = point - line.p1();
    const double square = QPointF::dotProduct(along, along);
    const double share = square > 0 ? std::clamp(QPointF::dotProduct(to, along) / square, 0.0, 1.0) : 0;
    const QPointF nearest = line.p1() + share * along;
    return std::hypot(point.x() - nearest.x(), point.y() - nearest.y());
}

} // namespace

ParallelPlot::ParallelPlot(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setAccessibleName(tr("Runs across their settings"));
    setFigure(m_figure);
}

void ParallelPlot::setFigure(const Figure& figure) {
    const ParallelFigure before = content();
    m_figure = figure;
    ParallelFigure& now = drawn();
    now.kept.assign(now.axes.size(), std::nullopt);
    for (std::size_t i = 0; i < before.kept.size(); ++i)
        for (std::size_t j = 0; j < now.axes.size(); ++j)
            if (now.axes[j].pointer == before.axes[i].pointer) now.kept[j] = before.kept[i];
    if (now.runs != before.runs) m_marks.run = -1;
    m_marks.axis = std::min(m_marks.axis, static_cast<int>(now.axes.size()) - 1);
    describe();
    updateGeometry();
    update();
    Q_EMIT brushed();
}

QSize ParallelPlot::minimumSizeHint() const {
    constexpr int widthOfAxis = 84;
    return {std::max(240, widthOfAxis * static_cast<int>(content().axes.size())), 160};
}

void ParallelPlot::brush(std::size_t axis, std::optional<Interval> interval) {
    drawn().kept[axis] = interval;
    describe();
    update();
    Q_EMIT brushed();
}

void ParallelPlot::clearBrushes() {
    std::ranges::fill(drawn().kept, std::nullopt);
    describe();
    update();
    Q_EMIT brushed();
}

std::vector<std::size_t> ParallelPlot::kept() const {
    std::vector<std::size_t> runs;
    for (std::size_t run = 0; run < content().runs.size(); ++run)
        if (is_kept(content(), run)) runs.push_back(run);
    return runs;
}

QString ParallelPlot::readout() const {
    if (m_marks.run < 0) return tr("Drag along an axis to keep the runs within; point at a run to read it.");
    const auto run = static_cast<std::size_t>(m_marks.run);
    QStringList words;
    for (std::size_t axis = content().axes.size(); axis-- > 0;)
        words << tr("%1 %2", "setting, value")
                     .arg(QString::fromStdString(axis_name(content(), axis)),
                          valueText(content(), axis, run));
    return tr("%1: %2").arg(QString::fromStdString(content().runs[run]), words.join(QStringLiteral("; ")));
}

void ParallelPlot::describe() {
    const QString words =
        tr("%1 of %2 runs kept. %3").arg(kept().size()).arg(content().runs.size()).arg(readout());
    setAccessibleDescription(words);
    Q_EMIT readoutChanged();
}

ParallelLayout ParallelPlot::axesLayout() const {
    return {content(), QRectF(rect()).adjusted(4, 4, -4, -4), font()};
}

int ParallelPlot::runAt(const QPointF& place) const {
    const ParallelLayout layout = axesLayout();
    int nearest = -1;
    double least = reachOfRun;
    for (const std::size_t run : kept())
        for (std::size_t axis = 1; axis < content().axes.size(); ++axis) {
            const QLineF line(layout.x(axis - 1), layout.y(content().axes[axis - 1].places[run]),
                              layout.x(axis), layout.y(content().axes[axis].places[run]));
            const double distance = distanceTo(line, place);
            if (distance >= least) continue;
            least = distance;
            nearest = static_cast<int>(run);
        }
    return nearest;
}

void ParallelPlot::goToRun(int run) {
    if (run == m_marks.run) return;
    m_marks.run = run;
    describe();
    update();
}

void ParallelPlot::goToAxis(int axis) {
    m_marks.axis = std::clamp(axis, 0, static_cast<int>(content().axes.size()) - 1);
    update();
}

/// Of the kept runs, in the order of the axis at hand.
void ParallelPlot::goToNextRun(int direction) {
    std::vector<std::size_t> runs = kept();
    if (runs.empty()) return;
    const auto axis = static_cast<std::size_t>(m_marks.axis < 0 ? static_cast<int>(content().axes.size()) - 1
                                                                : m_marks.axis);
    std::ranges::stable_sort(runs, {}, [&](std::size_t run) { return content().axes[axis].places[run]; });
    const auto last = static_cast<std::ptrdiff_t>(runs.size()) - 1;
    const auto known = std::ranges::find(runs, static_cast<std::size_t>(m_marks.run)) - runs.begin();
    const auto next =
        known > last ? (direction > 0 ? 0 : last) : std::clamp(known + direction, std::ptrdiff_t{0}, last);
    goToRun(static_cast<int>(runs[static_cast<std::size_t>(next)]));
}

void ParallelPlot::brushFromRun(bool isUpwards) {
    if (m_marks.run < 0 || m_marks.axis < 0) return;
    const auto axis = static_cast<std::size_t>(m_marks.axis);
    const double place = content().axes[axis].places[static_cast<std::size_t>(m_marks.run)];
    brush(axis, isUpwards ? Interval{place, 1} : Interval{0, place});
}

void ParallelPlot::askAndExport() {
    askAndSaveFigure(this, QString::fromStdString(m_figure.title),
                     [this](const FigureTarget& target) { return saveFigure(m_figure, target); });
}

void ParallelPlot::showDataTable() {
    openDataTable(*this, QString::fromStdString(m_figure.title),
                  csvTable(QString::fromStdString(to_csv(m_figure))), [this] { askAndExport(); });
}

void ParallelPlot::paintEvent(QPaintEvent* event) {
    QWidget::paintEvent(event);
    QPainter painter(this);
    painter.setFont(font());
    if (!content().axes.empty()) drawParallel(painter, content(), m_marks, axesLayout(), palette());
    if (!hasFocus()) return;
    painter.setPen(palette().color(QPalette::Highlight));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void ParallelPlot::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    m_pressed = event->position();
    m_dragged = axesLayout().axisAt(m_pressed.x(), reachOfAxis);
    if (m_dragged >= 0) goToAxis(m_dragged);
}

void ParallelPlot::mouseMoveEvent(QMouseEvent* event) {
    const ParallelLayout layout = axesLayout();
    if (m_dragged < 0 || !(event->buttons() & Qt::LeftButton)) {
        const bool isAxis = layout.axisAt(event->position().x(), reachOfAxis) >= 0;
        setCursor(isAxis ? Qt::SizeVerCursor : Qt::ArrowCursor);
        return goToRun(runAt(event->position()));
    }
    const double a = layout.placeAt(m_pressed.y()), b = layout.placeAt(event->position().y());
    if (std::abs(event->position().y() - m_pressed.y()) < 3) return;
    brush(static_cast<std::size_t>(m_dragged), Interval{std::min(a, b), std::max(a, b)});
}

void ParallelPlot::mouseReleaseEvent(QMouseEvent* event) {
    const bool isClick = (event->position() - m_pressed).manhattanLength() < 4;
    const int axis = std::exchange(m_dragged, -1);
    if (event->button() != Qt::LeftButton || !isClick) return;
    if (axis >= 0) return brush(static_cast<std::size_t>(axis), std::nullopt);
    goToRun(runAt(event->position()));
    if (m_marks.run >= 0) Q_EMIT runPicked(m_marks.run);
}

void ParallelPlot::keyPressEvent(QKeyEvent* event) {
    if (content().axes.empty() || !handleKey(event->key(), event->modifiers())) QWidget::keyPressEvent(event);
}

bool ParallelPlot::handleKey(int key, Qt::KeyboardModifiers modifiers) {
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        goToAxis(m_marks.axis + (key == Qt::Key_Left ? -1 : 1));
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
        goToNextRun(key == Qt::Key_Up ? 1 : -1);
        return true;
    case Qt::Key_Space:
        brushFromRun(modifiers.testFlag(Qt::ShiftModifier));
        return true;
    case Qt::Key_Backspace:
        if (m_marks.axis >= 0) brush(static_cast<std::size_t>(m_marks.axis), std::nullopt);
        return true;
    case Qt::Key_Home:
        clearBrushes();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_marks.run >= 0) Q_EMIT runPicked(m_marks.run);
        return true;
    case Qt::Key_T:
        showDataTable();
        return true;
    case Qt::Key_E:
        askAndExport();
        return true;
    default:
        return false;
    }
}

void ParallelPlot::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addAction(tr("Keep &all runs\tHome"), this, &ParallelPlot::clearBrushes);
    menu.addSeparator();
    menu.addAction(tr("Data as &table\tT"), this, &ParallelPlot::showDataTable);
    menu.addAction(tr("&Export figure…\tE"), this, &ParallelPlot::askAndExport);
    menu.exec(event->globalPos());
}

} // namespace retort
