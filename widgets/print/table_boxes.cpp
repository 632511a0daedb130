// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/print/table_boxes.h"

#include "widgets/print/text_boxes.h"

#include <qcustomplot.h>

#include <algorithm>
#include <numeric>

namespace retort {
namespace {

constexpr double gap = 12; ///< between columns
constexpr double leading = 1.3;
constexpr double heavyRule = 0.8, lightRule = 0.5;
constexpr std::size_t shortTable = 14; ///< rows
constexpr int usualSize = 9, leastSize = 6;

struct CellText {
    QString text;
    QList<QTextLayout::FormatRange> formats;
};

CellText textOf(const TableCell& cell) {
    CellText result{QString::fromStdString(cell.text), {}};
    const auto length = static_cast<int>(result.text.size());
    QTextCharFormat format;
    if (cell.is_best) format.setFontWeight(QFont::Bold);
    if (cell.is_second) format.setFontUnderline(true);
    if (cell.is_best || cell.is_second) result.formats << QTextLayout::FormatRange{0, length, format};
    if (cell.mark.empty()) return result;
    result.text += QString::fromStdString(cell.mark);
    QTextCharFormat raised;
    raised.setVerticalAlignment(QTextCharFormat::AlignSuperScript);
    result.formats << QTextLayout::FormatRange{length, static_cast<int>(result.text.size()) - length, raised};
    return result;
}

/// What a column cannot be narrower than without words being cut.
double longestWord(const ReportTable& table, std::size_t column, int size) {
    double width = 0;
    const auto measure = [&](const std::string& text, bool isBold) {
        for (const QString& word : QString::fromStdString(text).split(u' '))
            width = std::max(width, textWidth(word, bodyFont(size, isBold)));
    };
    measure(table.columns[column].title, true);
    for (const auto& row : table.rows)
        measure(row[column].text, false);
    return width + 1;
}

/// Of each column, in the size that is tried.
std::vector<double> naturalWidths(const ReportTable& table, int size) {
    std::vector<double> widths;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        double width = textWidth(QString::fromStdString(table.columns[c].title), bodyFont(size, true));
        for (const auto& row : table.rows) {
            const CellText cell = textOf(row[c]);
            width = std::max(width, textWidth(cell.text, bodyFont(size), cell.formats));
        }
        widths.push_back(width + 1);
    }
    return widths;
}

struct Layout {
    int size = usualSize;
    std::vector<double> widths;
    [[nodiscard]] double total() const {
        return std::reduce(widths.begin(), widths.end()) + gap * static_cast<double>(widths.size() - 1);
    }
};

/// Texts are broken into lines between words before the letters get smaller.
Layout layOut(const ReportTable& table, double width) {
    Layout layout;
    for (; layout.size >= leastSize; --layout.size) {
        layout.widths = naturalWidths(table, layout.size);
        double surplus = layout.total() - width;
        for (std::size_t c = table.columns.size(); c-- > 0 && surplus > 0;) {
            if (table.columns[c].is_numeric) continue;
            const double word = std::min(longestWord(table, c, layout.size), width / 3);
            const double least = std::min(layout.widths[c], std::max({60.0, width / 5, word}));
            const double cut = std::min(surplus, layout.widths[c] - least);
            layout.widths[c] -= cut;
            surplus -= cut;
        }
        if (surplus <= 0) break;
    }
    layout.size = std::max(layout.size, leastSize);
    return layout;
}

void drawRule(QCPPainter& painter, QPointF from, double width, double thickness) {
    painter.setPen(QPen(Qt::black, thickness, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QLineF(from, from + QPointF(width, 0)));
}

struct Rules {
    double above = 0; ///< thickness; 0: none
    double below = 0;
};

PageBox rowBox(const std::vector<CellText>& cells, const ReportTable& table, const Layout& layout,
               bool isBold, Rules rules) {
    std::vector<TextBlock> blocks;
    double height = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        const auto alignment = table.columns[c].is_numeric ? Qt::AlignRight : Qt::AlignLeft;
        blocks.emplace_back(cells[c].text, bodyFont(layout.size, isBold), layout.widths[c], leading,
                            cells[c].formats, false, alignment);
        height = std::max(height, blocks.back().height());
    }
    const double air = rules.above > 0 || isBold ? 3 : 1, airBelow = rules.below > 0 ? 3 : 1;
    PageBox box{height + air + airBelow, 0, false, {}};
    box.draw = [blocks, layout, rules, air, box](QCPPainter& painter, QPointF topLeft) {
        double x = topLeft.x();
        for (std::size_t c = 0; c < blocks.size(); ++c) {
            blocks[c].draw(painter, {x, topLeft.y() + air}, Qt::black);
            x += layout.widths[c] + gap;
        }
        if (rules.above > 0) drawRule(painter, topLeft, layout.total(), rules.above);
        if (rules.below > 0) drawRule(painter, topLeft + QPointF(0, box.height), layout.total(), rules.below);
    };
    return box;
}

} // namespace

std::vector<PageBox> tableBoxes(const ReportTable& table, double width) {
    const Layout layout = layOut(table, width);
    ParagraphStyle caption{bodyFont(9)};
    caption.color = QColor(0x50, 0x50, 0x50);
    caption.spaceBefore = 14;
    caption.staysWithNext = true;
    std::vector<PageBox> boxes = paragraph(QString::fromStdString(table.caption), caption, width);
    for (PageBox& line : boxes)
        line.staysWithNext = true;
    std::vector<CellText> titles;
    for (const TableColumn& column : table.columns)
        titles.push_back({QString::fromStdString(column.title), {}});
    PageBox head = rowBox(titles, table, layout, true, {heavyRule, lightRule});
    head.spaceBefore = 5;
    head.staysWithNext = true;
    const auto repeated = std::make_shared<PageBox>(head);
    boxes.push_back(std::move(head));
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        std::vector<CellText> cells;
        for (const TableCell& cell : table.rows[r])
            cells.push_back(textOf(cell));
        const bool isLast = r + 1 == table.rows.size();
        boxes.push_back(rowBox(cells, table, layout, false, {0, isLast ? heavyRule : 0}));
        boxes.back().spaceBefore = r == 0 ? 2 : 0;
        boxes.back().repeated = repeated;
        // A short table is on one page; of a long one no row is alone under its head.
        boxes.back().staysWithNext = !isLast && (r == 0 || table.rows.size() <= shortTable);
    }
    return boxes;
}

} // namespace retort
