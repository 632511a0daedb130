// SPDX-License-Identifier: GPL-3.0-or-later
// Letters that Alt takes to a part of a page.
#pragma once

#include <QAbstractButton>
#include <QKeySequence>
#include <QLabel>
#include <QTabBar>
#include <QWidget>

namespace retort {

/// Those that more than one visible part has, each with what has it.
inline QStringList ambiguousMnemonics(const QWidget& page) {
    QMap<QString, QStringList> texts;
    const auto add = [&](const QString& text) {
        const QString letter = QKeySequence::mnemonic(text).toString();
        if (!letter.isEmpty()) texts[letter] << text;
    };
    for (const auto* button : page.findChildren<QAbstractButton*>())
        if (button->isVisible()) add(button->text());
    for (const auto* label : page.findChildren<QLabel*>())
        if (label->isVisible() && label->buddy() != nullptr) add(label->text());
    for (const auto* bar : page.findChildren<QTabBar*>())
        for (int tab = 0; bar->isVisible() && tab < bar->count(); ++tab)
            add(bar->tabText(tab));
    QStringList ambiguous;
    for (const QStringList& having : texts)
        if (having.size() > 1) ambiguous << having.join(QStringLiteral(" = "));
    return ambiguous;
}

} // namespace retort
