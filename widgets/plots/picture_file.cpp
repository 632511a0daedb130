// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/picture_file.h"

#include <qcustomplot.h>

#include <QBuffer>
#include <QFontDatabase>
#include <QImage>
#include <QPageSize>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSvgGenerator>

namespace retort {
namespace {

constexpr int pdfResolution = 1200; ///< dots per inch, to which Qt rounds
constexpr double pngScale = 300.0 / 72;

bool draw(QPaintDevice& device, double scale, const DrawPicture& picture) {
    QCPPainter painter;
    if (!painter.begin(&device)) return false;
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.scale(scale, scale);
    picture(painter);
    return painter.end();
}

bool writePdf(const QString& file, QSize points, const DrawPicture& picture) {
    QPdfWriter writer(file);
    writer.setCreator(QStringLiteral("Retort"));
    writer.setPageSize(QPageSize(QSizeF(points), QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins({});
    writer.setResolution(pdfResolution);
    return draw(writer, pdfResolution / 72.0, picture);
}

void setUp(QSvgGenerator& generator, QSize points) {
    generator.setSize(points);
    generator.setViewBox(QRect(QPoint(), points));
    generator.setResolution(72);
}

/// Empty where it could not be drawn.
QByteArray svgText(QSize points, const DrawPicture& picture) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    setUp(generator, points);
    if (!draw(generator, 1, picture)) return {};
    // Qt names one font; who has not got it gets one that looks alike.
    return bytes.replace("font-family=\"Nimbus Sans\"",
                         "font-family=\"Nimbus Sans, Helvetica, Arial, sans-serif\"");
}

bool writeSvg(const QString& file, QSize points, const DrawPicture& picture) {
    QSaveFile out(file);
    return out.open(QIODevice::WriteOnly) && out.write(svgText(points, picture)) > 0 && out.commit();
}

bool writePng(const QString& file, QSize points, const DrawPicture& picture) {
    QImage image((QSizeF(points) * pngScale).toSize(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QCPPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.scale(pngScale, pngScale);
    picture(painter);
    painter.end();
    image.setDotsPerMeterX(11811);
    image.setDotsPerMeterY(11811);
    return image.save(file);
}

} // namespace

bool writePicture(const QString& file, const QString& ending, QSize points, const DrawPicture& picture) {
    if (ending == QLatin1String("pdf")) return writePdf(file, points, picture);
    return ending == QLatin1String("svg") ? writeSvg(file, points, picture) : writePng(file, points, picture);
}

QByteArray svgElement(QSize points, const DrawPicture& picture) {
    QString text = QString::fromUtf8(svgText(points, picture));
    text.remove(0, text.indexOf(QLatin1String("<svg")));
    static const QRegularExpression namespaces(QStringLiteral(R"( xmlns(:\w+)?="[^"]*")"));
    static const QRegularExpression notes(QStringLiteral("<(title|desc)>[^<]*</(title|desc)>\\n?"));
    return text.remove(namespaces).remove(notes).toUtf8();
}

QFont printFont(int points, bool isBold) {
    QFont font;
    font.setFamilies({QStringLiteral("Nimbus Sans"), QStringLiteral("Helvetica"),
                      QStringLiteral("Liberation Sans"), QStringLiteral("Arial"),
                      QStringLiteral("DejaVu Sans")});
    font.setStyleHint(QFont::SansSerif);
    font.setPixelSize(points);
    font.setBold(isBold);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

CLocaleScope::CLocaleScope() : m_before() {
    QLocale::setDefault(QLocale::c());
}

CLocaleScope::~CLocaleScope() {
    QLocale::setDefault(m_before);
}

} // namespace retort
