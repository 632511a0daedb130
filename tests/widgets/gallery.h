// SPDX-License-Identifier: GPL-3.0-or-later
// What the gallery programs share: they draw a page with sample data, for a person to look at.
#pragma once

#include "widgets/plots/figure_drawing.h"
#include "widgets/plots/figure_export.h"
#include "widgets/plots/line_plot.h"
#include "widgets/plots/picture_file.h"

#include <QApplication>
#include <QFileInfo>
#include <QPalette>
#include <QStyleFactory>
#include <QTimer>
#include <functional>
#include <memory>

namespace retort {

inline QPalette darkPalette() {
    QPalette palette(QColor(0x2b, 0x2d, 0x30));
    palette.setColor(QPalette::Base, QColor(0x1e, 0x1f, 0x22));
    palette.setColor(QPalette::AlternateBase, QColor(0x26, 0x28, 0x2b));
    palette.setColor(QPalette::Highlight, QColor(0x2f, 0x65, 0xa5));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(role, QColor(0xdf, 0xe1, 0xe5));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(0x7a, 0x7e, 0x85));
    palette.setColor(QPalette::PlaceholderText, QColor(0x9a, 0x9e, 0xa5));
    return palette;
}

inline void setLooks(const QString& theme) {
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    if (theme == QLatin1String("dark")) QApplication::setPalette(darkPalette());
}

inline bool drawnFigure(const LinePlot& plot, const QString& file) {
    const Figure figure = figureOf(plot);
    const QSize points = figurePoints(figure, 396);
    return writePicture(file, QFileInfo(file).suffix(), points,
                        [&](QCPPainter& painter) { drawFigure(painter, figure, points); });
}

/// NAME WIDTH HEIGHT light|dark FILE: draws what `create` makes of the name, or exports its first plot where
/// the name is "figure". `shown` comes after the page has been shown. Returns the exit status.
inline int runGallery(const std::function<std::unique_ptr<QWidget>(const QString& name)>& create,
                      const std::function<void(QWidget& page, const QString& name)>& shown = {}) {
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 6) return 2;
    setLooks(arguments[4]);
    const std::unique_ptr<QWidget> page = create(arguments[1]);
    if (!page) return 2;
    page->resize(arguments[2].toInt(), arguments[3].toInt());
    page->show();
    if (shown) shown(*page, arguments[1]);
    QTimer::singleShot(400, page.get(), [&] {
        const bool isDone = arguments[1] == QLatin1String("figure")
                                ? drawnFigure(*page->findChild<LinePlot*>(), arguments[5])
                                : page->grab().save(arguments[5]);
        QCoreApplication::exit(isDone ? 0 : 1);
    });
    return QCoreApplication::exec();
}

} // namespace retort
