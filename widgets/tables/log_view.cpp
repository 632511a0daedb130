// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/log_view.h"

#include "widgets/plots/series_style.h"
#include "widgets/tables/run_status.h"

#include <QDateTime>
#include <QScrollBar>
#include <QTextBlock>

namespace retort {
namespace {

constexpr int keptLines = 10'000;

QString shownTime(const QString& iso) {
    const QDateTime now = QDateTime::currentDateTime();
    const QDateTime time = iso.isEmpty() ? now : QDateTime::fromString(iso, Qt::ISODate).toLocalTime();
    if (!time.isValid()) return iso;
    return time.toString(time.date() == now.date() ? QStringLiteral("HH:mm:ss")
                                                   : QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

} // namespace

LogView::LogView(QWidget* parent) : QPlainTextEdit(parent) {
    setReadOnly(true);
    setMaximumBlockCount(keptLines);
    setFrameShape(QFrame::NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setAccessibleName(tr("Log"));
    setPlaceholderText(tr("What happens during the run is written here."));
}

void LogView::addLine(const QString& time, Notice::Level level, const QString& text) {
    const bool followsEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum() - 2;
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    if (!document()->isEmpty()) cursor.insertBlock();
    QTextCharFormat faint, plain;
    faint.setForeground(palette().color(QPalette::PlaceholderText));
    if (level != Notice::Level::info) {
        const RunStatus like = level == Notice::Level::error ? RunStatus::failed : RunStatus::paused;
        plain.setForeground(statusColor(like, isDark(palette())));
    }
    cursor.insertText(shownTime(time) + QStringLiteral("  "), faint);
    const QString word = level == Notice::Level::error     ? tr("Error: ")
                         : level == Notice::Level::warning ? tr("Warning: ")
                                                           : QString();
    cursor.insertText(word + text, plain);
    if (followsEnd) verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

} // namespace retort
