// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/print/page_box.h"

#include <QColor>
#include <QFont>
#include <QString>
#include <QTextLayout>

namespace retort {

/// Fonts of a report, in points.
[[nodiscard]] QFont bodyFont(double points, bool isBold = false);
[[nodiscard]] QFont codeFont(double points);

struct ParagraphStyle {
    QFont font;
    QColor color = Qt::black;
    double leading = 1.35; ///< from line to line, of the font's size
    double spaceBefore = 6;
    Qt::Alignment alignment = Qt::AlignLeft;
    QColor background = {};     ///< invalid: none
    bool staysWithNext = false; ///< with its last line too
    bool isCode = false;        ///< broken anywhere, and its spaces are kept
};

/// A line each. The first two and the last two lines stay together. `formats` are within `text`.
[[nodiscard]] std::vector<PageBox> paragraph(const QString& text, const ParagraphStyle& style, double width,
                                             const QList<QTextLayout::FormatRange>& formats = {});

/// Lines of text laid out in a width; drawn from its upper left corner.
class TextBlock {
public:
    TextBlock(const QString& text, const QFont& font, double width, double leading,
              const QList<QTextLayout::FormatRange>& formats = {}, bool isCode = false,
              Qt::Alignment alignment = Qt::AlignLeft);

    [[nodiscard]] int lineCount() const { return m_layout->lineCount(); }
    [[nodiscard]] double lineHeight() const { return m_lineHeight; }
    [[nodiscard]] double height() const { return m_lineHeight * lineCount(); }
    void drawLine(QCPPainter& painter, int line, QPointF topLeft, const QColor& color) const;
    void draw(QCPPainter& painter, QPointF topLeft, const QColor& color) const;

private:
    std::shared_ptr<QTextLayout> m_layout;
    double m_lineHeight;
};

/// On one line.
[[nodiscard]] double textWidth(const QString& text, const QFont& font,
                               const QList<QTextLayout::FormatRange>& formats = {});

} // namespace retort
