// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/token_border_view.h"

#include "widgets/forms/accents.h"
#include "widgets/tables/visible_text.h"

#include <QStringDecoder>
#include <QTextCursor>
#include <QTextDocument>

namespace retort {
namespace {

constexpr double tint = 0.22; // text stays readable on it, light or dark

/// "4E AF"
QString bytesText(const std::string& bytes) {
    return QString::fromLatin1(QByteArray::fromStdString(bytes).toHex(' ').toUpper());
}

} // namespace

std::vector<TokenStretch> stretchesOf(const std::vector<TextToken>& tokens) {
    std::vector<TokenStretch> stretches;
    QStringDecoder decoder(QStringDecoder::Utf8);
    std::size_t first = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& bytes = tokens[i].bytes;
        const QString text = decoder(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
        if (text.isEmpty() && i + 1 < tokens.size()) continue;
        stretches.push_back(
            {text.isEmpty() ? QString(QChar::ReplacementCharacter) : text, first, i + 1 - first});
        first = i + 1;
    }
    return stretches;
}

TokenBorderView::TokenBorderView(QWidget* parent) : SpanTextView(parent) {
    setObjectName(QStringLiteral("article"));
    setAccessibleName(tr("Text of the article"));
    setPlaceholderText(tr("Choose an article to read it."));
}

void TokenBorderView::setText(const ArticleText& text, const QString& words) {
    m_tokens = text.tokens;
    m_stretches = stretchesOf(m_tokens);
    m_plain = m_tokens.empty() ? QString::fromStdString(text.text) : QString();
    m_words = words;
    forgetChoice();
    redraw();
    moveCursor(QTextCursor::Start);
}

/// Blue and orange in turn: told apart by lightness too.
void TokenBorderView::write(const TokenStretch& stretch, std::size_t place) {
    QTextCharFormat format;
    format.setForeground(palette().color(QPalette::Text));
    const QColor& accent = place % 2 == 0 ? accents::blue : accents::orange;
    format.setBackground(blend(palette().color(QPalette::Base), accent, tint));
    QString text = stretch.text;
    text.replace(QLatin1Char('\n'), QStringLiteral("\u23ce\n"));
    addSpan(text, format);
}

void TokenBorderView::markWords() {
    if (m_words.isEmpty()) return;
    QTextCharFormat found;
    found.setFontWeight(QFont::Bold);
    found.setFontUnderline(true);
    for (QTextCursor at = document()->find(m_words); !at.isNull(); at = document()->find(m_words, at))
        at.mergeCharFormat(found);
}

void TokenBorderView::redraw() {
    QTextCharFormat plain;
    plain.setForeground(palette().color(QPalette::Text));
    setUpdatesEnabled(false);
    beginText(m_plain, plain);
    QTextCursor edit(document());
    edit.beginEditBlock();
    for (std::size_t place = 0; place < m_stretches.size(); ++place)
        write(m_stretches[place], place);
    markWords();
    edit.endEditBlock();
    setUpdatesEnabled(true);
    markCurrent();
}

QString TokenBorderView::describe(int stretch) const {
    if (stretch < 0 || stretch >= static_cast<int>(m_stretches.size())) return {};
    const TokenStretch& of = m_stretches[static_cast<std::size_t>(stretch)];
    QStringList parts;
    for (std::size_t i = of.first; i < of.first + of.count; ++i)
        parts << tr("“%1”, id %2, bytes %3")
                     .arg(visibleText(QString::fromStdString(m_tokens[i].piece)),
                          QString::number(m_tokens[i].id),
                          m_tokens[i].bytes.empty() ? tr("none") : bytesText(m_tokens[i].bytes));
    return parts.join(QStringLiteral("  +  "));
}

} // namespace retort
