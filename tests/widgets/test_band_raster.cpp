// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/band_raster.h"

#include <QImage>
#include <QPainter>
#include <QTest>
#include <cmath>

using namespace retort;

namespace {

/// Opacity of what is drawn on nothing, 0 to 255.
QImage shaded(const std::vector<QPolygonF>& high, const std::vector<QPolygonF>& low, double scale = 1) {
    QImage image(QSize(20, 20) * scale, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(0);
    QPainter painter(&image);
    shadeBetween(painter, QRect(0, 0, 20, 20), high, low, QColor(0, 0, 255, 100));
    return image;
}

} // namespace

class TestBandRaster : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fillsBetweenTheEdges() {
        const QImage image = shaded({{{0, 5}, {20, 5}}}, {{{0, 10.25}, {20, 10.25}}});
        for (const int column : {0, 7, 19}) {
            QCOMPARE(qAlpha(image.pixel(column, 4)), 0);
            QCOMPARE(qAlpha(image.pixel(column, 5)), 100);
            QCOMPARE(qAlpha(image.pixel(column, 9)), 100);
            QCOMPARE(qAlpha(image.pixel(column, 10)), 25); // a quarter of the pixel
            QCOMPARE(qAlpha(image.pixel(column, 11)), 0);
        }
    }
    void agreesWithAFilledPath() {
        const QPolygonF high{{0, 3}, {6, 9}, {13, 1}, {20, 6}}, low{{0, 12}, {6, 18}, {13, 7}, {20, 15}};
        QImage path(20, 20, QImage::Format_ARGB32_Premultiplied);
        path.fill(0);
        QPainter painter(&path);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0, 0, 255, 100));
        QPolygonF outline = high;
        for (auto point = low.rbegin(); point != low.rend(); ++point)
            outline << *point;
        painter.drawPolygon(outline);
        painter.end();
        const QImage image = shaded({high}, {low});
        double difference = 0;
        for (int y = 0; y < 20; ++y)
            for (int x = 0; x < 20; ++x)
                difference += std::abs(qAlpha(image.pixel(x, y)) - qAlpha(path.pixel(x, y)));
        QVERIFY2(difference / 400 < 2, qPrintable(QString::number(difference / 400)));
    }
    void noiseWithinAColumnKeepsItsExtremes() {
        const QImage image =
            shaded({{{10.1, 8}, {10.4, 2}, {10.9, 8}}}, {{{10.1, 12}, {10.5, 17}, {10.9, 12}}});
        QCOMPARE(qAlpha(image.pixel(10, 2)), 100);
        QCOMPARE(qAlpha(image.pixel(10, 16)), 100);
        QCOMPARE(qAlpha(image.pixel(12, 10)), 0);
    }
    void gapsStayEmptyAndWhatLiesOutsideIsCut() {
        const QImage image =
            shaded({{{-5, -5}, {5, -5}}, {{15, -5}, {40, -5}}}, {{{-5, 50}, {5, 50}}, {{15, 50}, {40, 50}}});
        QCOMPARE(qAlpha(image.pixel(2, 0)), 100);
        QCOMPARE(qAlpha(image.pixel(2, 19)), 100);
        QCOMPARE(qAlpha(image.pixel(10, 10)), 0);
        QCOMPARE(qAlpha(image.pixel(19, 10)), 100);
    }
    void finePixelsAreUsed() {
        const QImage image = shaded({{{0, 5}, {20, 5}}}, {{{0, 10}, {20, 10}}}, 2);
        QCOMPARE(qAlpha(image.pixel(39, 9)), 0);
        QCOMPARE(qAlpha(image.pixel(39, 10)), 100);
        QCOMPARE(qAlpha(image.pixel(39, 19)), 100);
        QCOMPARE(qAlpha(image.pixel(39, 20)), 0);
    }
};

QTEST_MAIN(TestBandRaster)
#include "test_band_raster.moc"
