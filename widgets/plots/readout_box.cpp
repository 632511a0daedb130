// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/readout_box.h"

#include "widgets/forms/accents.h"
#include "widgets/forms/bold_font.h"

#include <QPainter>
#include <algorithm>

namespace retort {
namespace {

constexpr int margin = 6;
constexpr int sampleWidth = 18;
constexpr int longestName = 36; ///< letters
constexpr int distance = 12;    ///< from the cursor

QString shortened(const QString& name, const QFontMetrics& metrics) {
    return metrics.elidedText(name, Qt::ElideMiddle, longestName * metrics.averageCharWidth());
}

} // namespace

ReadoutBox::ReadoutBox(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void ReadoutBox::showRows(const QString& heading, std::vector<ReadoutRow> rows, int x, const QRect& axes) {
    m_heading = heading;
    m_rows = std::move(rows);
    m_omitted = 0;
    if (m_rows.empty()) return hide();
    const int lines = (axes.height() - 2 * margin) / rowHeight() - 1; // beside the heading
    if (lines < 1) return hide();
    if (m_rows.size() > static_cast<std::size_t>(lines)) keepAround(static_cast<std::size_t>(lines - 1));
    const int all = static_cast<int>(m_rows.size()) + 1 + (m_omitted > 0 ? 1 : 0);
    const int names = std::max(widthOfNames() + widthOfValues() + sampleWidth + 4 * margin,
                               QFontMetrics(boldFont(font())).horizontalAdvance(m_heading) + 2 * margin);
    resize(names, all * rowHeight() + margin);
    const bool isRoomRight = x + distance + width() <= axes.right();
    move(isRoomRight ? x + distance : std::max(axes.left(), x - distance - width()), axes.top() + 2);
    show();
    update();
}

void ReadoutBox::keepAround(std::size_t count) {
    const auto nearest = std::ranges::find_if(m_rows, &ReadoutRow::isNearest);
    const auto place = nearest == m_rows.end() ? 0 : static_cast<std::size_t>(nearest - m_rows.begin());
    const std::size_t first = std::min(place > count / 2 ? place - count / 2 : 0, m_rows.size() - count);
    m_omitted = m_rows.size() - count;
    const auto begin = m_rows.begin() + static_cast<std::ptrdiff_t>(first);
    m_rows = std::vector<ReadoutRow>(begin, begin + static_cast<std::ptrdiff_t>(count));
}

int ReadoutBox::rowHeight() const {
    return fontMetrics().height() + 2;
}

int ReadoutBox::widthOfNames() const {
    const QFontMetrics metrics(boldFont(font()));
    int width = 0;
    for (const ReadoutRow& row : m_rows)
        width = std::max(width, metrics.horizontalAdvance(shortened(row.name, metrics)));
    return width;
}

int ReadoutBox::widthOfValues() const {
    const QFontMetrics metrics(boldFont(font()));
    int width = 0;
    for (const ReadoutRow& row : m_rows)
        width = std::max(width, metrics.horizontalAdvance(row.value));
    return width;
}

void ReadoutBox::paintRow(QPainter& painter, const ReadoutRow& row, int top) const {
    const QFont bold = boldFont(font());
    const QRect line(margin, top, width() - 2 * margin, rowHeight());
    QColor color = row.style.color(isDark(palette()));
    if (row.isFaint && !row.isNearest) color.setAlphaF(0.45f);
    painter.setPen(QPen(color, row.isNearest ? 3 : 2, row.style.dash(), Qt::FlatCap));
    painter.drawLine(line.left(), line.center().y(), line.left() + sampleWidth, line.center().y());
    painter.setFont(row.isNearest ? bold : font());
    painter.setPen(row.isFaint && !row.isNearest ? dimText(palette()) : palette().color(QPalette::Text));
    painter.drawText(line.adjusted(sampleWidth + margin, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     shortened(row.name, QFontMetrics(bold)));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, row.value);
}

void ReadoutBox::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = palette().color(QPalette::Base);
    fill.setAlpha(235);
    painter.setPen(hairline(palette()));
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(palette().color(QPalette::Text));
    painter.setFont(boldFont(font()));
    int top = margin / 2;
    painter.drawText(QRect(margin, top, width() - 2 * margin, rowHeight()), Qt::AlignVCenter, m_heading);
    for (const ReadoutRow& row : m_rows)
        paintRow(painter, row, top += rowHeight());
    if (m_omitted == 0) return;
    painter.setFont(font());
    painter.setPen(dimText(palette()));
    painter.drawText(QRect(margin, top + rowHeight(), width() - 2 * margin, rowHeight()), Qt::AlignVCenter,
                     tr("and %1 more").arg(m_omitted));
}

} // namespace retort
