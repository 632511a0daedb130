// SPDX-License-Identifier: GPL-3.0-or-later
// What poppler-utils says of a PDF.
#pragma once

#include <QList>
#include <QProcess>
#include <QRegularExpression>
#include <QSizeF>
#include <QStandardPaths>
#include <QString>

namespace retort::test {

inline bool hasPdfTools() {
    return !QStandardPaths::findExecutable(QStringLiteral("pdffonts")).isEmpty();
}

inline QString saidBy(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished(-1);
    return QString::fromUtf8(process.readAllStandardOutput());
}

/// Points.
inline QSizeF pageSizeOf(const QString& file) {
    static const QRegularExpression size(QStringLiteral(R"(Page size:\s+([\d.]+) x ([\d.]+) pts)"));
    const auto match = size.match(saidBy(QStringLiteral("pdfinfo"), {file}));
    return {match.captured(1).toDouble(), match.captured(2).toDouble()};
}

inline int pageCountOf(const QString& file) {
    static const QRegularExpression pages(QStringLiteral(R"(Pages:\s+(\d+))"));
    return pages.match(saidBy(QStringLiteral("pdfinfo"), {file})).captured(1).toInt();
}

struct PdfFont {
    QString name;
    QString type;
    bool isEmbedded = false;
};

inline QList<PdfFont> fontsOf(const QString& file) {
    static const QRegularExpression line(
        QStringLiteral(R"(^(\S+)\s+(.+?)\s+\S+\s+(yes|no)\s+(yes|no)\s+(yes|no))"));
    QList<PdfFont> fonts;
    const QStringList lines = saidBy(QStringLiteral("pdffonts"), {file}).split(u'\n').mid(2);
    for (const QString& one : lines)
        if (const auto match = line.match(one); match.hasMatch())
            fonts << PdfFont{match.captured(1), match.captured(2), match.captured(3) == QLatin1String("yes")};
    return fonts;
}

inline QString textOf(const QString& file) {
    return saidBy(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), file, QStringLiteral("-")});
}

} // namespace retort::test
