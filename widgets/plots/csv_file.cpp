// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/csv_file.h"

#include <QCoreApplication>
#include <QSaveFile>
#include <algorithm>
#include <utility>

namespace retort {

QString csvField(QString text) {
    constexpr QLatin1String special(",\"\n\r");
    if (std::ranges::none_of(text, [&](QChar c) { return special.contains(c); })) return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QList<QStringList> csvRows(const QString& text) {
    QList<QStringList> rows;
    QStringList row;
    QString field;
    bool isQuoted = false, wasQuoted = false;
    const auto endRow = [&] {
        if (!row.isEmpty() || !field.isEmpty() || wasQuoted) rows << (row << field);
        row.clear();
        field.clear();
        wasQuoted = false;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar letter = text[i];
        if (letter == QLatin1Char('"')) {
            const bool isLetter = isQuoted && i + 1 < text.size() && text[i + 1] == QLatin1Char('"');
            if (isLetter) field += text[++i];
            if (!isLetter) isQuoted = !isQuoted;
            wasQuoted = true;
        } else if (isQuoted || (letter != QLatin1Char(',') && letter != QLatin1Char('\n'))) {
            if (isQuoted || letter != QLatin1Char('\r')) field += letter;
        } else if (letter == QLatin1Char(',')) {
            row << std::exchange(field, QString());
        } else {
            endRow();
        }
    }
    endRow();
    return rows;
}

QString saveText(const QString& text, const QString& file) {
    QSaveFile out(file);
    const QByteArray bytes = text.toUtf8();
    if (out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.commit()) return {};
    return QCoreApplication::translate(
               "retort", "%1 could not be written (%2); choose another folder or free some space.")
        .arg(file, out.errorString());
}

} // namespace retort
