// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/token_text_view.h"

#include "widgets/forms/accents.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTextCursor>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

constexpr double strongest = 0.5; // text stays readable on it, light or dark

/// A text edit ends its lines so, and would otherwise move all that follows.
QString documentText(const std::string& text) {
    return QString::fromStdString(text).replace(QLatin1Char('\r'), QLatin1Char(' '));
}

} // namespace

TokenTextView::TokenTextView(QWidget* parent) : QTextEdit(parent) {
    setObjectName(QStringLiteral("continuation"));
    setAccessibleName(tr("Text that the run writes"));
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
}

double TokenTextView::shade(double probability) {
    return std::clamp(-std::log10(std::max(probability, 1e-9)) / 4, 0.0, 1.0);
}

void TokenTextView::setPrompt(const QString& prompt) {
    m_prompt = prompt;
    m_tokens.clear();
    m_current = -1;
    redraw();
}

void TokenTextView::append(const std::vector<GeneratedToken>& more) {
    const bool follows = verticalScrollBar()->value() >= verticalScrollBar()->maximum() - 4;
    for (const GeneratedToken& token : more) {
        m_tokens.push_back(token);
        write(token);
    }
    if (follows && m_current < 0) verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void TokenTextView::write(const GeneratedToken& token) {
    QTextCharFormat format;
    format.setForeground(palette().color(QPalette::Text));
    const double share = shade(token.probability);
    if (share > 0.02)
        format.setBackground(blend(palette().color(QPalette::Base), accents::orange, strongest * share));
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    end.insertText(documentText(token.text), format);
    m_ends.push_back(end.position());
}

void TokenTextView::redraw() {
    clear();
    m_ends.clear();
    QTextCharFormat dim;
    dim.setForeground(dimText(palette()));
    QTextCursor(document()).insertText(m_prompt, dim);
    for (const GeneratedToken& token : m_tokens)
        write(token);
    markCurrent();
}

int TokenTextView::tokenAt(int position) const {
    if (m_ends.empty() || position < m_prompt.size()) return -1;
    const auto end = std::ranges::upper_bound(m_ends, position);
    return end == m_ends.end() ? -1 : static_cast<int>(end - m_ends.begin());
}

void TokenTextView::choose(int token) {
    if (token == m_current) return;
    m_current = token;
    markCurrent();
    Q_EMIT chosen(token);
}

/// A frame would move the text; the selection's colour does not.
void TokenTextView::markCurrent() {
    QList<QTextEdit::ExtraSelection> marks;
    if (m_current >= 0) {
        const auto place = static_cast<std::size_t>(m_current);
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(place == 0 ? static_cast<int>(m_prompt.size()) : m_ends[place - 1]);
        mark.cursor.setPosition(m_ends[place], QTextCursor::KeepAnchor);
        mark.format.setBackground(palette().color(QPalette::Highlight));
        mark.format.setForeground(palette().color(QPalette::HighlightedText));
        marks << mark;
    }
    setExtraSelections(marks);
}

void TokenTextView::keyPressEvent(QKeyEvent* event) {
    const bool walks = event->modifiers() == Qt::NoModifier && !m_tokens.empty();
    const int last = static_cast<int>(m_tokens.size()) - 1;
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

void TokenTextView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() == Qt::NoButton)
        if (const int token = tokenAt(cursorForPosition(event->position().toPoint()).position()); token >= 0)
            choose(token);
    QTextEdit::mouseMoveEvent(event);
}

void TokenTextView::changeEvent(QEvent* event) {
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) redraw();
}

} // namespace retort
