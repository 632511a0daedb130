// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/legend_bar.h"

#include "widgets/plots/flow_layout.h"

#include <QInputEvent>
#include <QPainter>
#include <algorithm>

namespace retort {
namespace {

constexpr int padding = 4;
constexpr int sampleWidth = 18;
constexpr int longestName = 40; ///< letters
constexpr int mostRows = 3;

} // namespace

LegendEntry::LegendEntry(const QString& label, SeriesStyle style, QWidget* parent)
    : QAbstractButton(parent), m_style(style) {
    setText(label);
    setCheckable(true);
    setChecked(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setToolTip(tr("Show or hide %1; with Shift, show it alone").arg(label));
    connect(this, &QAbstractButton::toggled, this, [this] { describe(); });
    describe();
}

void LegendEntry::setValue(const QString& value) {
    if (value == m_value) return;
    m_value = value;
    const int width = fontMetrics().horizontalAdvance(value);
    if (width > m_valueWidth) {
        m_valueWidth = width;
        updateGeometry();
    }
    describe();
    update();
}

void LegendEntry::describe() {
    setAccessibleName(isChecked() ? tr("%1 %2").arg(text(), m_value) : tr("%1, hidden").arg(text()));
}

QString LegendEntry::name() const {
    const QFontMetrics metrics = fontMetrics();
    return metrics.elidedText(text(), Qt::ElideMiddle, longestName * metrics.averageCharWidth());
}

QSize LegendEntry::sizeHint() const {
    const QFontMetrics metrics = fontMetrics();
    const int name = metrics.horizontalAdvance(this->name());
    const int value = m_valueWidth > 0 ? padding + m_valueWidth : 0;
    return {padding * 3 + sampleWidth + name + value, metrics.height() + padding};
}

bool LegendEntry::event(QEvent* event) {
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave) update();
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::KeyPress)
        m_isShifted = static_cast<QInputEvent*>(event)->modifiers().testFlag(Qt::ShiftModifier);
    return QAbstractButton::event(event);
}

void LegendEntry::nextCheckState() {
    if (m_isShifted)
        Q_EMIT isolationRequested();
    else
        QAbstractButton::nextCheckState();
}

void LegendEntry::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor text = palette().color(QPalette::WindowText);
    if (underMouse()) {
        QColor shade = text;
        shade.setAlpha(24);
        painter.setPen(Qt::NoPen);
        painter.setBrush(shade);
        painter.drawRoundedRect(rect(), 3, 3);
    }
    if (!isChecked()) text.setAlpha(90);
    const double middle = height() / 2.0;
    QColor line = isChecked() ? m_style.color(isDark(palette())) : text;
    painter.setPen(QPen(line, 2, m_style.dash(), Qt::FlatCap));
    painter.drawLine(QPointF(padding, middle), QPointF(padding + sampleWidth, middle));
    painter.setPen(text);
    const QRect words = rect().adjusted(padding * 2 + sampleWidth, 0, 0, 0);
    const QString shown = name();
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, shown);
    const int width = fontMetrics().horizontalAdvance(shown);
    if (isChecked())
        painter.drawText(words.adjusted(width + padding, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_value);
    if (!hasFocus()) return;
    painter.setPen(palette().color(QPalette::Highlight));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
}

LegendBar::LegendBar(const QString& title, const QString& unit, QWidget* parent)
    : QScrollArea(parent), m_content(new QWidget), m_title(new QLabel) {
    auto* layout = new FlowLayout(m_content);
    m_title->setContentsMargins(2, 2, 10, 2);
    setTitle(title, unit);
    layout->addWidget(m_title);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    setWidget(m_content);
    m_content->setAutoFillBackground(false); // the plot's own shows through
    viewport()->setAutoFillBackground(false);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

int LegendBar::heightForWidth(int width) const {
    const int row = fontMetrics().height() + padding;
    return std::min(m_content->heightForWidth(width), mostRows * row);
}

QSize LegendBar::sizeHint() const {
    return {m_content->sizeHint().width(), heightForWidth(std::max(width(), 1))};
}

QSize LegendBar::minimumSizeHint() const {
    return {m_title->minimumSizeHint().width(), fontMetrics().height() + padding};
}

/// Other entries or longer values may need another height.
bool LegendBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_content && event->type() == QEvent::LayoutRequest) updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

void LegendBar::setTitle(const QString& title, const QString& unit) {
    m_title->setText(
        unit.isEmpty()
            ? QStringLiteral("<b>%1</b>").arg(title.toHtmlEscaped())
            : QStringLiteral("<b>%1</b>&nbsp; %2").arg(title.toHtmlEscaped(), unit.toHtmlEscaped()));
}

void LegendBar::addEntry(const QString& id, const QString& label, SeriesStyle style, bool isVisible) {
    auto* entry = new LegendEntry(label, style, m_content);
    entry->setChecked(isVisible);
    m_content->layout()->addWidget(entry);
    m_order.append(entry);
    m_entries.insert(id, entry);
    connect(entry, &QAbstractButton::toggled, this,
            [this, id](bool isChecked) { Q_EMIT toggled(id, isChecked); });
    connect(entry, &LegendEntry::isolationRequested, this, [this, id] { Q_EMIT isolationRequested(id); });
}

void LegendBar::removeEntries() {
    qDeleteAll(m_order);
    m_order.clear();
    m_entries.clear();
}

void LegendBar::setValue(const QString& id, const QString& value) {
    m_entries.value(id)->setValue(value);
}

void LegendBar::setChecked(const QString& id, bool isVisible) {
    m_entries.value(id)->setChecked(isVisible);
}

QString LegendBar::text() const {
    QStringList words;
    for (const LegendEntry* entry : m_order)
        if (entry->isChecked()) words << tr("%1 %2").arg(entry->text(), entry->value());
    return words.join(QStringLiteral("  "));
}

} // namespace retort
