// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/print/text_boxes.h"

#include <qcustomplot.h>

#include <QTextOption>

namespace retort {
namespace {

QFont printed(const QStringList& families, QFont::StyleHint hint, double points) {
    QFont font;
    font.setFamilies(families);
    font.setStyleHint(hint);
    // Pixels are points here; fractions of one are not to be had in pixels.
    font.setPixelSize(qRound(points));
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

QTextOption optionsOf(bool isCode, Qt::Alignment alignment) {
    QTextOption options(alignment);
    options.setWrapMode(isCode ? QTextOption::WrapAnywhere : QTextOption::WrapAtWordBoundaryOrAnywhere);
    options.setUseDesignMetrics(true);
    return options;
}

} // namespace

QFont bodyFont(double points, bool isBold) {
    QFont font =
        printed({QStringLiteral("TeX Gyre Pagella"), QStringLiteral("P052"), QStringLiteral("Palatino"),
                 QStringLiteral("Liberation Serif"), QStringLiteral("DejaVu Serif")},
                QFont::Serif, points);
    font.setBold(isBold);
    return font;
}

QFont codeFont(double points) {
    return printed({QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Liberation Mono")}, QFont::Monospace,
                   points);
}

TextBlock::TextBlock(const QString& text, const QFont& font, double width, double leading,
                     const QList<QTextLayout::FormatRange>& formats, bool isCode, Qt::Alignment alignment)
    : m_layout(std::make_shared<QTextLayout>(text, font)), m_lineHeight(leading * font.pixelSize()) {
    m_layout->setTextOption(optionsOf(isCode, alignment));
    m_layout->setFormats(formats);
    m_layout->beginLayout();
    for (QTextLine line = m_layout->createLine(); line.isValid(); line = m_layout->createLine())
        line.setLineWidth(width);
    m_layout->endLayout();
}

void TextBlock::drawLine(QCPPainter& painter, int line, QPointF topLeft, const QColor& color) const {
    const QTextLine drawn = m_layout->lineAt(line);
    painter.setPen(color);
    // The ascent stands in the middle of what the line has beyond its letters.
    const double air = (m_lineHeight - drawn.height()) / 2;
    drawn.draw(&painter, topLeft - drawn.position() + QPointF(0, air));
}

void TextBlock::draw(QCPPainter& painter, QPointF topLeft, const QColor& color) const {
    for (int line = 0; line < lineCount(); ++line)
        drawLine(painter, line, topLeft + QPointF(0, line * m_lineHeight), color);
}

std::vector<PageBox> paragraph(const QString& text, const ParagraphStyle& style, double width,
                               const QList<QTextLayout::FormatRange>& formats) {
    const TextBlock block(text, style.font, width, style.leading, formats, style.isCode, style.alignment);
    const int count = block.lineCount();
    std::vector<PageBox> lines;
    for (int line = 0; line < count; ++line) {
        PageBox box{block.lineHeight(), line == 0 ? style.spaceBefore : 0, false, {}};
        box.staysWithNext = line == count - 1 ? style.staysWithNext : line == 0 || line == count - 2;
        box.draw = [block, line, style, width](QCPPainter& painter, QPointF topLeft) {
            if (style.background.isValid())
                painter.fillRect(QRectF(topLeft.x() - 4, topLeft.y(), width + 8, block.lineHeight() + 0.2),
                                 style.background);
            block.drawLine(painter, line, topLeft, style.color);
        };
        lines.push_back(std::move(box));
    }
    return lines;
}

double textWidth(const QString& text, const QFont& font, const QList<QTextLayout::FormatRange>& formats) {
    QTextLayout layout(text, font);
    layout.setTextOption(optionsOf(false, Qt::AlignLeft));
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (line.isValid()) line.setLineWidth(1e6);
    layout.endLayout();
    return line.isValid() ? line.naturalTextWidth() : 0;
}

} // namespace retort
