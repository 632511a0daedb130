// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/score_plot.h"

#include "widgets/forms/bold_font.h"
#include "widgets/forms/tinted_label.h"
#include "widgets/forms/tool_button.h"
#include "widgets/plots/data_table.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/score_drawing.h"

#include <qcustomplot.h>

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

namespace retort {

ScorePlot::ScorePlot(const QString& name, QWidget* parent)
    : QWidget(parent),
      m_name(name),
      m_title(new QLabel),
      m_readout(new TintedLabel),
      m_export(createToolButton("exportFigure", tr("Export fig&ure…"),
                                tr("Figure and its data, as PDF, SVG, PNG or CSV (E in the plot)"))),
      m_plot(new QCustomPlot) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(name);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_title->setFont(boldFont(m_title->font()));
    m_readout->setWordWrap(true);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setMinimumSize(160, 120);
    m_plot->setFont(font());
    m_plot->installEventFilter(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(2);
    layout->addLayout(createHeading());
    layout->addWidget(m_readout);
    layout->addWidget(m_plot, 1);
    connect(m_plot, &QCustomPlot::mouseMove, this,
            [this](const QMouseEvent* event) { goToNearest(event->pos()); });
    connect(m_plot, &QCustomPlot::mousePress, this, [this] { setFocus(Qt::MouseFocusReason); });
    setFigure({});
}

QLayout* ScorePlot::createHeading() {
    connect(m_export, &QToolButton::clicked, this, &ScorePlot::askAndExport);
    auto* row = new QHBoxLayout;
    row->addWidget(m_title, 1);
    row->addWidget(m_export);
    return row;
}

void ScorePlot::setExportText(const QString& text) {
    m_export->setText(text);
}

void ScorePlot::setFigure(ScoreFigure figure) {
    m_figure = std::move(figure);
    m_title->setText(m_figure.title);
    goTo(std::min(m_place, static_cast<int>(points().size()) - 1));
}

/// All that can be read, from left to right; one of several at the same place.
std::vector<ScorePoint> ScorePlot::points() const {
    std::vector<ScorePoint> all;
    const auto add = [&all](const std::vector<ScorePoint>& points) {
        for (const ScorePoint& point : points)
            if (std::ranges::find(all, point.text, &ScorePoint::text) == all.end()) all.push_back(point);
    };
    for (const ScoreColumns& columns : m_figure.columns)
        add(columns.points);
    for (const ScoreLine& line : m_figure.lines)
        add(line.points);
    std::ranges::stable_sort(all, {}, &ScorePoint::x);
    return all;
}

QString ScorePlot::readout() const {
    return m_place < 0 ? QString() : points()[static_cast<std::size_t>(m_place)].text;
}

void ScorePlot::goTo(int place) {
    m_place = std::max(-1, place);
    const QString text = readout();
    m_readout->setText(text.isEmpty() ? tr("Point at a mark, or press ← and →, to read it.") : text);
    describe();
    draw(palette());
}

void ScorePlot::goToNearest(const QPoint& position) {
    const std::vector<ScorePoint> all = points();
    int nearest = -1;
    double least = 24; // pixels
    for (std::size_t i = 0; i < all.size(); ++i) {
        const double x = m_plot->xAxis->coordToPixel(all[i].x) - position.x();
        const double y = m_plot->yAxis->coordToPixel(all[i].y) - position.y();
        if (std::hypot(x, y) > least) continue;
        least = std::hypot(x, y);
        nearest = static_cast<int>(i);
    }
    if (nearest >= 0 && nearest != m_place) goTo(nearest);
}

void ScorePlot::describe() {
    QStringList sentences = {m_figure.title};
    for (const ScorePoint& point : points())
        sentences << point.text;
    setAccessibleDescription(m_place < 0 ? sentences.join(QStringLiteral("; ")) : readout());
}

void ScorePlot::draw(const QPalette& colors) {
    const std::vector<ScorePoint> all = points();
    const ScorePoint* marked = m_place < 0 ? nullptr : &all[static_cast<std::size_t>(m_place)];
    drawScoreFigure(*m_plot, m_figure, colors, marked);
}

void ScorePlot::setRuns(std::vector<FigureRun> runs, Json options) {
    m_runs = std::move(runs);
    m_options = std::move(options);
}

Figure ScorePlot::printedFigure() const {
    return {figure_name(m_name.toStdString()),
            m_figure.title.toStdString(),
            {},
            pointFigureOf(m_figure),
            m_runs,
            m_options};
}

void ScorePlot::askAndExport() {
    askAndSaveFigure(this, m_name,
                     [this](const FigureTarget& target) { return saveFigure(printedFigure(), target); });
}

void ScorePlot::showDataTable() {
    openDataTable(*this, m_name, csvTable(QString::fromStdString(to_csv(printedFigure()))),
                  [this] { askAndExport(); });
}

void ScorePlot::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(points().size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        return goTo(std::max(std::min(0, last), m_place - 1));
    case Qt::Key_Right:
        return goTo(std::min(last, m_place + 1));
    case Qt::Key_T:
        return showDataTable();
    case Qt::Key_E:
        return askAndExport();
    default:
        QWidget::keyPressEvent(event);
    }
}

void ScorePlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) m_plot->setFont(font());
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) draw(palette());
}

/// Names are placed by the width of the plot.
bool ScorePlot::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_plot && event->type() == QEvent::Resize) draw(palette());
    return QWidget::eventFilter(watched, event);
}

void ScorePlot::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addAction(tr("Data as &table\tT"), this, &ScorePlot::showDataTable);
    menu.addAction(tr("&Export figure…\tE"), this, &ScorePlot::askAndExport);
    menu.exec(event->globalPos());
}

void ScorePlot::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void ScorePlot::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void ScorePlot::paintEvent(QPaintEvent* event) {
    QWidget::paintEvent(event);
    if (!hasFocus()) return;
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::Highlight));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace retort
