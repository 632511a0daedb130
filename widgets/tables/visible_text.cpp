// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/visible_text.h"

namespace retort {

QString visibleText(QString text) {
    for (QChar& letter : text) {
        if (letter == QLatin1Char(' '))
            letter = QChar(0x2423);
        else if (letter == QLatin1Char('\n') || letter == QChar::ParagraphSeparator)
            letter = QChar(0x23ce);
        else if (letter == QLatin1Char('\t'))
            letter = QChar(0x21e5);
        else if (letter.unicode() < 0x20)
            letter = QChar(0x2400 + letter.unicode());
        else if (letter.isSpace())
            letter = QChar(0x237d);
    }
    return text;
}

QString excerptOf(const QString& text, int length) {
    const QString line = text.simplified();
    return line.size() <= length ? line : line.left(length) + QChar(0x2026);
}

} // namespace retort
