// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/architecture_view.h"

#include "widgets/forms/accents.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

constexpr double gap = 6;
constexpr double round = 4;
constexpr double arrow_room = 74;
constexpr int most_bars = 24;

/// Shares of the largest model of the drawing, in (0, 1].
struct Proportion {
    double width = 1;
    double height = 1;
};

class StackPainter {
public:
    StackPainter(QPainter& painter, const QPalette& palette)
        : m_painter(painter), m_palette(palette), m_line(painter.fontMetrics().height()) {}

    /// Returns the box of the head, where arrows start and end.
    QRectF draw(const ModelOutline& model, const QRectF& area, Proportion proportion, const QColor& color) {
        const QRectF column = paintCaption(model, area);
        const double width = std::max(column.width() * proportion.width, std::min(column.width(), 96.0));
        const QRectF stack(column.center().x() - width / 2, column.top(), width, column.height());
        if (!model.isKnown()) return paintBox(stack, model.origin);
        const double box = m_line + 8;
        const QRectF head =
            paintBox(QRectF(stack.left(), stack.top(), width, box),
                     model.model.tied ? ArchitectureView::tr("tied head") : ArchitectureView::tr("head"));
        const QRectF embedding = paintBox(QRectF(stack.left(), stack.bottom() - box, width, box),
                                          ArchitectureView::tr("embeddings"));
        const double room = embedding.top() - head.bottom() - 2 * gap;
        const double height = std::min(room, std::max(m_line + 8, room * proportion.height));
        const double middle = (embedding.top() + head.bottom()) / 2;
        const QRectF blocks(stack.left(), middle - height / 2, width, height);
        paintStem(embedding.top(), blocks.bottom(), column.center().x());
        paintStem(blocks.top(), head.bottom(), column.center().x());
        paintBlocks(model.model, blocks, color);
        return head;
    }

    void paintArrow(const QRectF& from, const QRectF& to, const QString& text) {
        const QColor color = readable(accents::vermillion, m_palette);
        const QPointF start(from.right() + 3, from.top() + (m_line + 8) / 2);
        const QPointF tip(to.left() - 3, start.y());
        m_painter.setPen(QPen(color, 1.6));
        m_painter.setBrush(color);
        m_painter.drawLine(start, tip - QPointF(5, 0));
        m_painter.drawPolygon(QPolygonF({tip, tip + QPointF(-7, -4), tip + QPointF(-7, 4)}));
        const QRectF label((start.x() + tip.x()) / 2 - 60, start.y() + 5, 120, m_line);
        m_painter.drawText(label, Qt::AlignCenter, text);
    }

private:
    QRectF paintCaption(const ModelOutline& model, const QRectF& area) {
        const QFont plain = m_painter.font();
        QFont bold = plain;
        bold.setBold(true);
        m_painter.setFont(bold);
        m_painter.setPen(m_palette.color(QPalette::WindowText));
        m_painter.drawText(area, Qt::AlignHCenter | Qt::AlignTop, model.title);
        m_painter.setFont(plain);
        m_painter.setPen(dimText(m_palette));
        m_painter.drawText(area.adjusted(0, m_line, 0, 0), Qt::AlignHCenter | Qt::AlignTop,
                           model.isKnown() ? sizeText(model, area.width())
                                           : ArchitectureView::tr("trained already"));
        return area.adjusted(0, 2 * m_line + gap, 0, 0);
    }

    [[nodiscard]] QString sizeText(const ModelOutline& model, double room) const {
        const QString count = shortCount(static_cast<double>(model.size.total));
        const QString text = ArchitectureView::tr("%1 parameters").arg(count);
        return m_painter.fontMetrics().horizontalAdvance(text) <= room ? text : count;
    }

    QRectF paintBox(const QRectF& box, const QString& text) {
        m_painter.setPen(QPen(hairline(m_palette), 1));
        m_painter.setBrush(m_palette.color(QPalette::Base));
        m_painter.drawRoundedRect(box, round, round);
        paintText(box, text);
        return box;
    }

    void paintText(const QRectF& box, const QString& text) {
        m_painter.setPen(m_palette.color(QPalette::WindowText));
        const int room = static_cast<int>(box.width()) - 6;
        m_painter.drawText(box, Qt::AlignCenter,
                           m_painter.fontMetrics().elidedText(text, Qt::ElideMiddle, room));
    }

    /// A bar for each layer, as far as bars can be told apart.
    void paintBlocks(const ModelSpec& model, const QRectF& area, const QColor& color) {
        const auto bars = static_cast<int>(std::min<std::int64_t>(model.layers, most_bars));
        const double step = area.height() / bars;
        const double space = std::min(2.0, step / 3);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(blend(m_palette.color(QPalette::Window), color, 0.5));
        for (int bar = 0; bar < bars; ++bar)
            m_painter.drawRoundedRect(
                QRectF(area.left(), area.top() + bar * step + space / 2, area.width(), step - space), 2, 2);
        paintShape(model, area);
    }

    void paintShape(const ModelSpec& model, const QRectF& area) {
        const QString text = QStringLiteral("%1 × %2").arg(model.layers).arg(model.width);
        QRectF label(0, 0, m_painter.fontMetrics().horizontalAdvance(text) + 14, m_line + 2);
        label.setWidth(std::min(label.width(), area.width() - 4));
        label.moveCenter(area.center());
        m_painter.setBrush(m_palette.color(QPalette::Base));
        m_painter.drawRoundedRect(label, round, round);
        paintText(label, text);
    }

    void paintStem(double from, double to, double x) {
        m_painter.setPen(QPen(dimText(m_palette), 1));
        m_painter.drawLine(QPointF(x, from), QPointF(x, to));
    }

    QPainter& m_painter;
    const QPalette& m_palette;
    double m_line;
};

/// Roots, so that a model of a tenth of the width is still more than a line.
Proportion proportionOf(const ModelSpec& model, const std::vector<ModelOutline>& all) {
    double width = 1;
    double layers = 1;
    for (const ModelOutline& other : all) {
        width = std::max(width, static_cast<double>(other.model.width));
        layers = std::max(layers, static_cast<double>(other.model.layers));
    }
    return {std::sqrt(static_cast<double>(model.width) / width), static_cast<double>(model.layers) / layers};
}

QString describe(const std::vector<ModelOutline>& models) {
    QStringList sentences;
    for (const ModelOutline& model : models)
        sentences << (model.isKnown() ? ArchitectureView::tr("%1: %2 layers of width %3, %4 parameters.")
                                            .arg(model.title)
                                            .arg(model.model.layers)
                                            .arg(model.model.width)
                                            .arg(model.size.total)
                                      : ArchitectureView::tr("%1: from %2.").arg(model.title, model.origin));
    return sentences.join(u' ');
}

} // namespace

ArchitectureView::ArchitectureView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("architecture"));
    setAccessibleName(tr("Drawing of the models"));
}

void ArchitectureView::setRun(const RunSpec& spec) {
    m_models = modelOutlines(spec);
    m_link = tr("distils");
    setAccessibleDescription(describe(m_models));
    update();
}

QSize ArchitectureView::sizeHint() const {
    return {320, 230};
}

QSize ArchitectureView::minimumSizeHint() const {
    return {240, 160};
}

void ArchitectureView::paintEvent(QPaintEvent*) {
    if (m_models.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    StackPainter stacks(painter, palette());
    const QRectF all = QRectF(rect()).adjusted(1, 1, -1, -1);
    const ModelOutline& student = m_models.back();
    if (m_models.size() == 1) {
        stacks.draw(student, all.adjusted(all.width() / 4, 0, -all.width() / 4, 0), {}, accents::blue);
        return;
    }
    const double column = std::min((all.width() - arrow_room) / 2, 220.0);
    const QRectF left(all.center().x() - arrow_room / 2 - column, all.top(), column, all.height());
    const QRectF right = left.translated(column + arrow_room, 0);
    const QRectF teacherHead =
        stacks.draw(m_models.front(), left, proportionOf(m_models.front().model, m_models), accents::orange);
    const QRectF studentHead =
        stacks.draw(student, right, proportionOf(student.model, m_models), accents::blue);
    stacks.paintArrow(teacherHead, studentHead, m_link);
}

} // namespace retort
