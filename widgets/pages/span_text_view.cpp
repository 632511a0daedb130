// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/span_text_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QTextCursor>
#include <algorithm>

namespace retort {
namespace {

/// A text edit ends its lines so, and would otherwise move all that follows.
QString documentText(QString text) {
    return text.replace(QLatin1Char('\r'), QLatin1Char(' '));
}

} // namespace

SpanTextView::SpanTextView(QWidget* parent) : QTextEdit(parent) {
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
}

void SpanTextView::beginText(const QString& before, const QTextCharFormat& format) {
    clear();
    m_ends.clear();
    QTextCursor cursor(document());
    cursor.insertText(documentText(before), format);
    m_begin = cursor.position();
}

void SpanTextView::addSpan(const QString& text, const QTextCharFormat& format) {
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    end.insertText(documentText(text), format);
    m_ends.push_back(end.position());
}

int SpanTextView::beginOf(int span) const {
    return span == 0 ? m_begin : m_ends[static_cast<std::size_t>(span) - 1];
}

int SpanTextView::spanAt(int position) const {
    if (m_ends.empty() || position < m_begin) return -1;
    const auto end = std::ranges::upper_bound(m_ends, position);
    return end == m_ends.end() ? -1 : static_cast<int>(end - m_ends.begin());
}

void SpanTextView::choose(int span) {
    if (span == m_current) return;
    m_current = span;
    markCurrent();
    Q_EMIT chosen(span);
}

/// A frame would move the text; the selection's colour does not.
void SpanTextView::markCurrent() {
    QList<QTextEdit::ExtraSelection> marks;
    if (m_current >= 0 && m_current < spanCount()) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(beginOf(m_current));
        mark.cursor.setPosition(m_ends[static_cast<std::size_t>(m_current)], QTextCursor::KeepAnchor);
        mark.format.setBackground(palette().color(QPalette::Highlight));
        mark.format.setForeground(palette().color(QPalette::HighlightedText));
        marks << mark;
    }
    setExtraSelections(marks);
}

void SpanTextView::keyPressEvent(QKeyEvent* event) {
    const bool walks = event->modifiers() == Qt::NoModifier && !m_ends.empty();
    const int last = spanCount() - 1;
    if (walks && (event->key() == Qt::Key_Right || event->key() == Qt::Key_Left)) {
        const int step = event->key() == Qt::Key_Right ? 1 : -1;
        choose(m_current < 0 ? (step > 0 ? 0 : last) : std::clamp(m_current + step, 0, last));
        QTextCursor seen(document());
        seen.setPosition(m_ends[static_cast<std::size_t>(m_current)]);
        setTextCursor(seen);
        ensureCursorVisible();
        return;
    }
    QTextEdit::keyPressEvent(event);
}

void SpanTextView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() == Qt::NoButton)
        if (const int span = spanAt(cursorForPosition(event->position().toPoint()).position()); span >= 0)
            choose(span);
    QTextEdit::mouseMoveEvent(event);
}

void SpanTextView::changeEvent(QEvent* event) {
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) redraw();
}

} // namespace retort
