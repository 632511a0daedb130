// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/splitter_sizes.h"

#include <QSplitter>
#include <QStringList>
#include <QWidget>

namespace retort {
namespace {

/// Class and number among the siblings of that class.
QString placeAmongSiblings(const QWidget& widget) {
    const char* const name = widget.metaObject()->className();
    int number = 0;
    for (const QObject* sibling : widget.parent()->children()) {
        if (sibling == &widget) break;
        if (qstrcmp(sibling->metaObject()->className(), name) == 0) ++number;
    }
    return QStringLiteral("%1-%2").arg(QLatin1String(name)).arg(number);
}

/// The number of parts belongs to it, as sizes of others mean nothing. Settings take '/' for groups.
QString keyOf(const QSplitter& splitter, const QWidget& top) {
    QStringList path{QString::number(splitter.count())};
    for (const QWidget* widget = &splitter; widget != &top; widget = widget->parentWidget())
        path.prepend(placeAmongSiblings(*widget));
    return path.join(QLatin1Char('.'));
}

} // namespace

QVariantMap splitterSizes(const QWidget& top) {
    QVariantMap sizes;
    for (const QSplitter* splitter : top.findChildren<QSplitter*>())
        sizes.insert(keyOf(*splitter, top), splitter->saveState());
    return sizes;
}

void restoreSplitterSizes(const QWidget& top, const QVariantMap& sizes) {
    for (QSplitter* splitter : top.findChildren<QSplitter*>())
        splitter->restoreState(sizes.value(keyOf(*splitter, top)).toByteArray());
}

} // namespace retort
