// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/tool_button.h"

namespace retort {

QToolButton* createToolButton(const char* name, const QString& text, const QString& help) {
    auto* button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setText(text);
    button->setToolTip(help);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace retort
