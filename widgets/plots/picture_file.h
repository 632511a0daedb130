// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of exact size: PDF with its fonts in it, SVG, and PNG at 300 dpi.
#pragma once

#include <QByteArray>
#include <QFont>
#include <QLocale>
#include <QSize>
#include <QString>
#include <functional>

class QCPPainter;

namespace retort {

/// Draws in points, from (0, 0) to the size.
using DrawPicture = std::function<void(QCPPainter& painter)>;

/// By the ending: pdf, svg or png. Whether it could be written. The window's thread.
[[nodiscard]] bool writePicture(const QString& file, const QString& ending, QSize points,
                                const DrawPicture& draw);

/// From <svg> to </svg>, as it stands within an HTML file: it names no other place.
[[nodiscard]] QByteArray svgElement(QSize points, const DrawPicture& draw);

/// Of printed figures, `points` high, and without hinting, which would move letters on paper.
[[nodiscard]] QFont printFont(int points, bool isBold = false);

/// While it lives numbers are written as in C, whatever the user's language: a paper is in English.
class CLocaleScope {
public:
    CLocaleScope();
    ~CLocaleScope();
    CLocaleScope(const CLocaleScope&) = delete;
    CLocaleScope& operator=(const CLocaleScope&) = delete;

private:
    QLocale m_before;
};

} // namespace retort
