// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/print/report_pages.h"

#include "widgets/plots/figure_drawing.h"
#include "widgets/print/table_boxes.h"
#include "widgets/print/text_boxes.h"

#include <qcustomplot.h>

#include <QCoreApplication>
#include <QPageSize>
#include <QPdfWriter>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::ReportPages)
};

// Points.
constexpr double sideMargin = 62, topMargin = 60, bottomMargin = 68;
constexpr double textWidthOfPage = ReportPages::a4.width() - 2 * sideMargin;
constexpr double textHeightOfPage = ReportPages::a4.height() - topMargin - bottomMargin;
constexpr double figureWidth = 396;
constexpr int resolution = 1200;
constexpr std::size_t figureColumns = 800; ///< of curves: two for each point of the page

const QColor muted(0x50, 0x50, 0x50);

QString text(const std::string& words) {
    return QString::fromStdString(words);
}

void append(std::vector<PageBox>& boxes, std::vector<PageBox> more) {
    std::ranges::move(more, std::back_inserter(boxes));
}

struct BlockLayout {
    std::vector<PageBox>& boxes;

    void operator()(const ReportText& block) const {
        append(boxes, paragraph(text(block.text), {bodyFont(10)}, textWidthOfPage));
    }
    void operator()(const ReportFinding& block) const {
        QString verdict = text(block.verdict) + u'.';
        verdict[0] = verdict[0].toUpper();
        QTextCharFormat bold;
        bold.setFontWeight(QFont::Bold);
        append(boxes, paragraph(verdict + u' ' + text(block.text), {bodyFont(10)}, textWidthOfPage,
                                {{0, static_cast<int>(verdict.size()), bold}}));
    }
    void operator()(const ReportCode& block) const {
        ParagraphStyle style{codeFont(7)};
        style.background = QColor(0xf4, 0xf4, 0xf4);
        style.isCode = true;
        style.leading = 1.4;
        style.spaceBefore = 8;
        for (const QString& line : text(block.text).split(u'\n')) {
            append(boxes, paragraph(line, style, textWidthOfPage));
            style.spaceBefore = 0;
        }
    }
    void operator()(const ReportTable& block) const { append(boxes, tableBoxes(block, textWidthOfPage)); }
    void operator()(const ReportFigure& block) const {
        const auto figure = std::make_shared<Figure>(thinned(block.figure, figureColumns));
        const QSize points = figurePoints(*figure, figureWidth);
        PageBox box{double(points.height()), 14, true, {}};
        box.draw = [figure, points](QCPPainter& painter, QPointF topLeft) {
            painter.save();
            painter.translate(topLeft + QPointF((textWidthOfPage - points.width()) / 2, 0));
            drawFigure(painter, *figure, points);
            painter.restore();
        };
        boxes.push_back(std::move(box));
        ParagraphStyle caption{bodyFont(9)};
        caption.color = muted;
        caption.spaceBefore = 4;
        append(boxes, paragraph(text(figure->caption), caption, textWidthOfPage));
    }
};

std::vector<PageBox> boxesOf(const ReportDocument& document) {
    std::vector<PageBox> boxes;
    ParagraphStyle title{bodyFont(20, true)};
    title.leading = 1.2;
    title.staysWithNext = true;
    append(boxes, paragraph(text(document.title), title, textWidthOfPage));
    ParagraphStyle subtitle{bodyFont(10)};
    subtitle.color = muted;
    append(boxes, paragraph(text(document.subtitle), subtitle, textWidthOfPage));
    for (const ReportSection& section : document.sections) {
        ParagraphStyle heading{bodyFont(14, true)};
        heading.spaceBefore = 22;
        heading.staysWithNext = true;
        append(boxes, paragraph(text(section.title), heading, textWidthOfPage));
        for (const ReportBlock& block : section.blocks)
            std::visit(BlockLayout{boxes}, block);
    }
    return boxes;
}

void drawFoot(QCPPainter& painter, const QString& title, int page, int count) {
    const double top = ReportPages::a4.height() - bottomMargin + 26;
    const QString number = Text::tr("%1 of %2").arg(page + 1).arg(count);
    const double width = textWidth(number, bodyFont(8));
    const QString shortened =
        QFontMetricsF(bodyFont(8)).elidedText(title, Qt::ElideRight, textWidthOfPage - width - 20);
    TextBlock(shortened, bodyFont(8), textWidthOfPage, 1.3).draw(painter, {sideMargin, top}, muted);
    TextBlock(number, bodyFont(8), textWidthOfPage, 1.3, {}, false, Qt::AlignRight)
        .draw(painter, {sideMargin, top}, muted);
}

} // namespace

ReportPages::ReportPages(const ReportDocument& document)
    : m_title(text(document.title)), m_pages(paginate(boxesOf(document), textHeightOfPage)) {}

void ReportPages::draw(int page, QCPPainter& painter) const {
    painter.save();
    for (const PlacedBox& placed : m_pages[static_cast<std::size_t>(page)])
        placed.box.draw(painter, {sideMargin, topMargin + placed.top});
    drawFoot(painter, m_title, page, count());
    painter.restore();
}

bool ReportPages::write(const QString& file) const {
    QPdfWriter writer(file);
    writer.setTitle(m_title);
    writer.setCreator(QStringLiteral("Retort"));
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins({});
    writer.setResolution(resolution);
    QCPPainter painter;
    if (!painter.begin(&writer)) return false;
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.scale(resolution / 72.0, resolution / 72.0);
    for (int page = 0; page < count(); ++page) {
        if (page > 0 && !writer.newPage()) return false;
        draw(page, painter);
    }
    return painter.end();
}

} // namespace retort
