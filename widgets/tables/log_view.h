// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/event.h"

#include <QPlainTextEdit>

namespace retort {

/// The lines of a run's log, newest below. Follows the end unless a person has scrolled away from it.
class LogView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit LogView(QWidget* parent = nullptr);

    /// `time` is ISO 8601 in UTC; empty means now.
    void addLine(const QString& time, Notice::Level level, const QString& text);
};

} // namespace retort
