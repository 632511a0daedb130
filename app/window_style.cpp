// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_style.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace retort {
namespace {

QColor mixed(const QPalette& palette, double shareOfText) {
    const QColor under = palette.color(QPalette::Window), over = palette.color(QPalette::WindowText);
    const auto mix = [shareOfText](float a, float b) {
        return a + static_cast<float>(shareOfText) * (b - a);
    };
    return QColor::fromRgbF(mix(under.redF(), over.redF()), mix(under.greenF(), over.greenF()),
                            mix(under.blueF(), over.blueF()));
}

void drawOutline(const QStyleOption& option, const QRect& box, QPainter& painter) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(mixed(option.palette, option.state.testFlag(QStyle::State_Enabled) ? 0.4 : 0.2), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter.restore();
}

} // namespace

WindowStyle::WindowStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

// The icons that Qt puts on a dialog's buttons are black in the dark theme too.
int WindowStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* result) const {
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons) return 0;
    return QProxyStyle::styleHint(hint, option, widget, result);
}

// Fusion draws outlines darker than the window, where a dark theme has no darker left.
void WindowStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const {
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isFocused = option->state.testFlag(State_HasFocus);
    if (element == PE_FrameLineEdit && !isFocused) drawOutline(*option, option->rect, *painter);
    if (element == PE_IndicatorCheckBox) drawOutline(*option, option->rect.adjusted(1, 1, -1, -1), *painter);
}

// Fusion shades a bar from side to side, which says nothing on one as high as the window.
void WindowStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionToolBar*>(option);
    if (element != CE_ToolBar || bar == nullptr || bar->toolBarArea != Qt::LeftToolBarArea)
        return QProxyStyle::drawControl(element, option, painter, widget);
    painter->fillRect(option->rect, option->palette.color(QPalette::Window));
    painter->fillRect(option->rect.adjusted(option->rect.width() - 1, 0, 0, 0), mixed(option->palette, 0.18));
}

} // namespace retort
