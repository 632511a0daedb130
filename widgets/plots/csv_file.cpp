// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/csv_file.h"

#include <QCoreApplication>
#include <QSaveFile>
#include <algorithm>

namespace retort {

QString csvField(QString text) {
    constexpr QLatin1String special(",\"\n\r");
    if (std::ranges::none_of(text, [&](QChar c) { return special.contains(c); })) return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
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
