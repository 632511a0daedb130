// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/painted_file.h"

#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

namespace retort {
namespace {

constexpr int pngResolution = 300;

using Paint = std::function<void(QPainter& painter)>;

bool paintOn(QPaintDevice& device, const Paint& paint) {
    QPainter painter;
    if (!painter.begin(&device)) return false;
    paint(painter);
    return painter.end();
}

bool savePdf(const QString& file, QSize points, const Paint& paint) {
    QPdfWriter writer(file);
    writer.setPageSize(QPageSize(QSizeF(points), QPageSize::Point));
    writer.setPageMargins({});
    writer.setResolution(72);
    return paintOn(writer, paint);
}

bool saveSvg(const QString& file, QSize points, const Paint& paint) {
    QSvgGenerator generator;
    generator.setFileName(file);
    generator.setSize(points);
    generator.setViewBox(QRect(QPoint(), points));
    generator.setResolution(72);
    return paintOn(generator, paint);
}

bool savePng(const QString& file, QSize points, const Paint& paint) {
    const double scale = pngResolution / 72.0;
    QImage image((QSizeF(points) * scale).toSize(), QImage::Format_RGB32);
    image.fill(Qt::white);
    return paintOn(image,
                   [&](QPainter& painter) {
                       painter.scale(scale, scale);
                       paint(painter);
                   }) &&
           image.save(file);
}

} // namespace

bool savePainted(const QString& file, const QString& ending, QSize points, const Paint& paint) {
    if (ending == QLatin1String("pdf")) return savePdf(file, points, paint);
    return ending == QLatin1String("svg") ? saveSvg(file, points, paint) : savePng(file, points, paint);
}

} // namespace retort
