// SPDX-License-Identifier: GPL-3.0-or-later
// Fusion, where it leaves too little to see.
#pragma once

#include <QProxyStyle>

namespace retort {

class WindowStyle : public QProxyStyle {
public:
    WindowStyle();
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* result) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
};

} // namespace retort
